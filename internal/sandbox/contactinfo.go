package sandbox

import "strings"

// Phones, emails and addresses created on their own belong to nothing that can be read, so nothing of them is kept
// but the count of their ids. The reference shows no answer; the sandbox sends back what it understood.

type address struct {
	id                                int64
	street, city, state, zip, country string
}

func createPhone(c *call) error {
	f, err := c.fields("phone", true)
	if err != nil {
		return err
	}
	var value, label string
	f.require("value")
	f.text("value", &value)
	f.text("type", &label)
	return c.contactInfo(f, &c.db().nextPhone, func() {
		c.text("value", value)
		c.textOrNull("type", label)
	})
}

func createEmail(c *call) error {
	f, err := c.fields("email", true)
	if err != nil {
		return err
	}
	var value string
	f.require("value")
	f.text("value", &value)
	if value != "" && !strings.Contains(value, "@") {
		f.refuse("value", "is invalid")
	}
	return c.contactInfo(f, &c.db().nextEmail, func() { c.text("value", value) })
}

func createAddress(c *call) error {
	f, err := c.fields("address", true)
	if err != nil {
		return err
	}
	var a address
	f.require("street", "city", "state", "zip")
	f.address(&a)
	return c.contactInfo(f, &c.db().nextAddress, func() { c.addressKeys(&a) })
}

func (c *call) contactInfo(f *fields, sequence *int64, write func()) error {
	if err := f.err(); err != nil {
		return err
	}
	id := take(sequence)
	c.created()
	if c.silent(false) {
		return nil
	}
	c.object()
	c.number("id", id)
	write()
	c.end()
	return nil
}

func (f *fields) address(a *address) {
	f.text("street", &a.street)
	f.text("city", &a.city)
	f.text("state", &a.state)
	f.text("zip", &a.zip)
	f.text("country", &a.country)
}

// address writes an address: with its id in a project, without in a party.
func (e *encoder) address(a *address, withID bool) {
	e.object()
	if withID {
		e.number("id", a.id)
	}
	e.addressKeys(a)
	e.end()
}

func (e *encoder) addressKeys(a *address) {
	e.textOrNull("street", a.street)
	e.textOrNull("city", a.city)
	e.textOrNull("state", a.state)
	e.textOrNull("zip", a.zip)
	e.textOrNull("country", a.country)
}
