package ccube

// This file makes addresses, phones and emails on their own (chapter Contact Information). They are attached to
// nothing that can be read. The reference shows no answer: a row has the keys that CCUBE's answer shows, perhaps not
// even an id.

import "context"

// AddressWrite is what a write says of an address. On its own it needs all but the country, in a party nothing.
type AddressWrite struct {
	Street  Field[string] `json:"street,omitzero"`
	City    Field[string] `json:"city,omitzero"`
	State   Field[string] `json:"state,omitzero"`
	Zip     Field[string] `json:"zip,omitzero"`
	Country Field[string] `json:"country,omitzero"`
}

// PhoneWrite is what a write says of a phone. It needs the value.
type PhoneWrite struct {
	// Value is the number, in international form if possible.
	Value Field[string] `json:"value,omitzero"`
	// Type is what it is for: office, mobile, home.
	Type Field[string] `json:"type,omitzero"`
}

// EmailWrite is what a write says of an email address. It needs the value.
type EmailWrite struct {
	Value Field[string] `json:"value,omitzero"`
}

// CreateAddress makes an address.
func (a *API) CreateAddress(ctx context.Context, w AddressWrite) (*Address, error) {
	return createLoose[Address](ctx, a, "addresses", "address", w)
}

// CreatePhone makes a phone.
func (a *API) CreatePhone(ctx context.Context, w PhoneWrite) (*Phone, error) {
	return createLoose[Phone](ctx, a, "phones", "phone", w)
}

// CreateEmail makes an email address.
func (a *API) CreateEmail(ctx context.Context, w EmailWrite) (*Email, error) {
	return createLoose[Email](ctx, a, "emails", "email", w)
}

// createLoose makes a thing whose answer need not say anything.
func createLoose[T any, P settable[T]](ctx context.Context, a *API, name, key string, input any) (*T, error) {
	rows, _, err := writeRows(ctx, a, posting(name), key, input, decodeEmbedded[T, P])
	if err != nil {
		return nil, err
	}
	if len(rows) == 1 {
		return rows[0], nil
	}
	return new(T), nil
}
