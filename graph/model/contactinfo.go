package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// embeddedID returns the id of something embedded, nil where CCUBE leaves it out.
func embeddedID(row *ccube.Row) *ccube.ID {
	if !row.Keys.Has(ccube.EmbeddedID) {
		return nil
	}
	return &row.ID
}

// Address is a postal address.
type Address struct{ row ccube.Address }

func newAddress(row *ccube.Address) *Address {
	if row == nil {
		return nil
	}
	return &Address{*row}
}

// ID resolves Address.id.
func (a *Address) ID() *ccube.ID { return embeddedID(&a.row.Row) }

// Street resolves Address.street.
func (a *Address) Street() (*string, error) {
	return read(&a.row.Row, ccube.AddressStreet, &a.row.Street, nil)
}

// City resolves Address.city.
func (a *Address) City() (*string, error) {
	return read(&a.row.Row, ccube.AddressCity, &a.row.City, nil)
}

// State resolves Address.state.
func (a *Address) State() (*string, error) {
	return read(&a.row.Row, ccube.AddressState, &a.row.State, nil)
}

// Zip resolves Address.zip.
func (a *Address) Zip() (*string, error) {
	return read(&a.row.Row, ccube.AddressZip, &a.row.Zip, nil)
}

// Country resolves Address.country.
func (a *Address) Country() (*string, error) {
	return read(&a.row.Row, ccube.AddressCountry, &a.row.Country, nil)
}

// Phone is a phone number.
type Phone struct{ row ccube.Phone }

func newPhone(row *ccube.Phone) *Phone {
	if row == nil {
		return nil
	}
	return &Phone{*row}
}

// ID resolves Phone.id.
func (p *Phone) ID() *ccube.ID { return embeddedID(&p.row.Row) }

// Value resolves Phone.value.
func (p *Phone) Value() (*string, error) {
	return read(&p.row.Row, ccube.PhoneValue, &p.row.Value, nil)
}

// Type resolves Phone.type.
func (p *Phone) Type() (*string, error) {
	return read(&p.row.Row, ccube.PhoneType, &p.row.Type, nil)
}

// Email is an email address.
type Email struct{ row ccube.Email }

func newEmail(row *ccube.Email) *Email {
	if row == nil {
		return nil
	}
	return &Email{*row}
}

// ID resolves Email.id.
func (e *Email) ID() *ccube.ID { return embeddedID(&e.row.Row) }

// Value resolves Email.value.
func (e *Email) Value() (*string, error) {
	return read(&e.row.Row, ccube.EmailValue, &e.row.Value, nil)
}
