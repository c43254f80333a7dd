package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// CreateUserInput is what a new user starts with.
type CreateUserInput struct {
	Email                string
	Password             identity.Secret
	PasswordConfirmation *identity.Secret
	UserType             ccube.UserType
	RoleIDs              []string
	ContactID            *string
	GivenName            *string
	FamilyName           *string
	Suspended            *bool
	SuperUser            *bool
	PaidTenant           *bool
	DunningTenant        *bool
	Trial                *bool
	Demo                 *bool
	PaidUser             *bool
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateUserInput) Write(c *Check) ccube.UserWrite {
	w := ccube.UserWrite{
		Email:         c.filled("email", given(&in.Email)),
		UserType:      asIs(given(&in.UserType)),
		RoleIDs:       c.ids("roleIds", graphql.OmittableOf(in.RoleIDs)),
		ContactID:     c.id("contactId", given(in.ContactID)),
		GivenName:     c.text("givenName", given(in.GivenName)),
		FamilyName:    c.text("familyName", given(in.FamilyName)),
		Suspended:     asIs(given(in.Suspended)),
		SuperUser:     asIs(given(in.SuperUser)),
		PaidTenant:    asIs(given(in.PaidTenant)),
		DunningTenant: asIs(given(in.DunningTenant)),
		Trial:         asIs(given(in.Trial)),
		Demo:          asIs(given(in.Demo)),
		PaidUser:      asIs(given(in.PaidUser)),
	}
	w.Password, w.PasswordConfirmation = c.password(in.Password, in.PasswordConfirmation)
	return w
}

// UpdateUserInput is what to change in a user.
type UpdateUserInput struct {
	Email      graphql.Omittable[*string]
	GivenName  graphql.Omittable[*string]
	FamilyName graphql.Omittable[*string]
	Suspended  graphql.Omittable[*bool]
	UserType   graphql.Omittable[*ccube.UserType]
	ContactID  graphql.Omittable[*string]
	RoleIDs    graphql.Omittable[[]string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateUserInput) Write(c *Check) ccube.UserWrite {
	w := ccube.UserWrite{
		Email:      c.filled("email", in.Email),
		GivenName:  c.text("givenName", in.GivenName),
		FamilyName: c.text("familyName", in.FamilyName),
		Suspended:  asIs(in.Suspended),
		UserType:   asIs(in.UserType),
		ContactID:  c.id("contactId", in.ContactID),
		RoleIDs:    c.ids("roleIds", in.RoleIDs),
	}
	return changes(c, w)
}
