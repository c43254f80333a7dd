package ccube

// This file is the chapter Contact Information: addresses, phones and emails, as parties and projects show them and as
// they are made on their own. There is no call that reads them.

// Keys of an [Address], beside EmbeddedID: parties show their addresses without ids.
const (
	AddressStreet Keys = 1 << (iota + 1)
	AddressCity
	AddressState
	AddressZip
	AddressCountry
)

// Address is a postal address.
type Address struct {
	Row
	Street, City, State, Zip, Country Null[string]
}

func (a *Address) set(key []byte, v value) {
	switch string(key) {
	case "id":
		a.embeddedID(v)
	case "street":
		a.text(AddressStreet, &a.Street, v)
	case "city":
		a.text(AddressCity, &a.City, v)
	case "state":
		a.text(AddressState, &a.State, v)
	case "zip":
		a.text(AddressZip, &a.Zip, v)
	case "country":
		a.text(AddressCountry, &a.Country, v)
	}
}

// Keys of a [Phone], beside EmbeddedID.
const (
	PhoneValue Keys = 1 << (iota + 1)
	PhoneType
)

// Phone is a phone number and what it is for: office, mobile, home.
type Phone struct {
	Row
	Value, Type Null[string]
}

func (p *Phone) set(key []byte, v value) {
	switch string(key) {
	case "id":
		p.embeddedID(v)
	case "value":
		p.text(PhoneValue, &p.Value, v)
	case "type":
		p.text(PhoneType, &p.Type, v)
	}
}

// EmailValue is the key of an [Email], beside EmbeddedID.
const EmailValue Keys = 1 << 1

// Email is an email address.
type Email struct {
	Row
	Value Null[string]
}

func (e *Email) set(key []byte, v value) {
	switch string(key) {
	case "id":
		e.embeddedID(v)
	case "value":
		e.text(EmailValue, &e.Value, v)
	}
}
