package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreatePartyInput is what a new party starts with.
type CreatePartyInput struct {
	Name      string
	Type      ccube.PartyType
	FirstName *string
	LastName  *string
	Addresses []*PartyAddressInput
	Phones    []*PhoneInput
	Emails    []*EmailInput
}

// Write returns what is to be sent, and notes what is wrong. A contact needs both of its names (chapter Parties).
func (in *CreatePartyInput) Write(c *Check) ccube.PartyWrite {
	name := c.text
	if in.Type == ccube.PartyContact {
		name = c.contactName
	}
	return ccube.PartyWrite{
		Name:      c.filled("name", given(&in.Name)),
		Type:      asIs(given(&in.Type)),
		FirstName: name("firstName", given(in.FirstName)),
		LastName:  name("lastName", given(in.LastName)),
		Addresses: each(c, "addresses", in.Addresses, (*PartyAddressInput).write),
		Phones:    each(c, "phones", in.Phones, (*PhoneInput).Write),
		Emails:    each(c, "emails", in.Emails, (*EmailInput).Write),
	}
}

// contactName takes a name that a contact needs.
func (c *Check) contactName(name string, v graphql.Omittable[*string]) ccube.Field[string] {
	if !v.IsSet() {
		c.At(name).refuse(Required, "It has to be given when type is CONTACT.")
	}
	return c.filled(name, v)
}

// UpdatePartyInput is what to change in a party.
type UpdatePartyInput struct {
	Name      graphql.Omittable[*string]
	FirstName graphql.Omittable[*string]
	LastName  graphql.Omittable[*string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdatePartyInput) Write(c *Check) ccube.PartyWrite {
	w := ccube.PartyWrite{
		Name:      c.filled("name", in.Name),
		FirstName: c.text("firstName", in.FirstName),
		LastName:  c.text("lastName", in.LastName),
	}
	return changes(c, w)
}
