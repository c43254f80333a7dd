package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// PartyAddressInput is an address of a new party.
type PartyAddressInput struct {
	Street  *string
	City    *string
	State   *string
	Zip     *string
	Country *string
}

// write returns what is to be sent of a party's address.
func (in *PartyAddressInput) write(c *Check) ccube.AddressWrite {
	w := ccube.AddressWrite{
		Street:  c.text("street", given(in.Street)),
		City:    c.text("city", given(in.City)),
		State:   c.text("state", given(in.State)),
		Zip:     c.text("zip", given(in.Zip)),
		Country: c.text("country", given(in.Country)),
	}
	return w
}

// AddressInput is an address on its own.
type AddressInput struct {
	Street  string
	City    string
	State   string
	Zip     string
	Country *string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *AddressInput) Write(c *Check) ccube.AddressWrite {
	w := ccube.AddressWrite{
		Street:  c.filled("street", given(&in.Street)),
		City:    c.filled("city", given(&in.City)),
		State:   c.filled("state", given(&in.State)),
		Zip:     c.filled("zip", given(&in.Zip)),
		Country: c.text("country", given(in.Country)),
	}
	return w
}

// PhoneInput is a phone, of a new party or on its own.
type PhoneInput struct {
	Value string
	Type  *string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *PhoneInput) Write(c *Check) ccube.PhoneWrite {
	w := ccube.PhoneWrite{
		Value: c.filled("value", given(&in.Value)),
		Type:  c.text("type", given(in.Type)),
	}
	return w
}

// EmailInput is an email address, of a new party or on its own.
type EmailInput struct {
	Value string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *EmailInput) Write(c *Check) ccube.EmailWrite {
	w := ccube.EmailWrite{
		Value: c.filled("value", given(&in.Value)),
	}
	return w
}
