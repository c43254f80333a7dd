package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// User is a user as the graph shows it: a row, and what the query selects of it.
type User loaders.Found[*ccube.User]

// NewUser wraps a user that has been read; nil stays nil.
func NewUser(f *loaders.Found[*ccube.User]) *User { return (*User)(f) }

// IsNode marks the type as one of interface Node.
func (*User) IsNode() {}

// NodeID resolves User.nodeId.
func (u *User) NodeID() string { return NodeID{"User", u.Row.ID}.String() }

// ID resolves User.id.
func (u *User) ID() ccube.ID { return u.Row.ID }

// Email resolves User.email.
func (u *User) Email() (*string, error) {
	return read(&u.Row.Row, ccube.UserEmail, &u.Row.Email, u.Err)
}

// Name resolves User.name.
func (u *User) Name() (*string, error) {
	return read(&u.Row.Row, ccube.UserName, &u.Row.Name, u.Err)
}

// GivenName resolves User.givenName.
func (u *User) GivenName() (*string, error) {
	return read(&u.Row.Row, ccube.UserGivenName, &u.Row.GivenName, u.Err)
}

// FamilyName resolves User.familyName.
func (u *User) FamilyName() (*string, error) {
	return read(&u.Row.Row, ccube.UserFamilyName, &u.Row.FamilyName, u.Err)
}

// Role resolves User.role.
func (u *User) Role() (*string, error) {
	return read(&u.Row.Row, ccube.UserRole, &u.Row.Role, u.Err)
}

// Suspended resolves User.suspended.
func (u *User) Suspended() (*bool, error) {
	return read(&u.Row.Row, ccube.UserSuspended, &u.Row.Suspended, u.Err)
}

// CurrentSignInAt resolves User.currentSignInAt.
func (u *User) CurrentSignInAt() (*ccube.Instant, error) {
	return read(&u.Row.Row, ccube.UserCurrentSignInAt, &u.Row.CurrentSignInAt, u.Err)
}

// LastSignInAt resolves User.lastSignInAt.
func (u *User) LastSignInAt() (*ccube.Instant, error) {
	return read(&u.Row.Row, ccube.UserLastSignInAt, &u.Row.LastSignInAt, u.Err)
}

// CreatedAt resolves User.createdAt.
func (u *User) CreatedAt() (*ccube.Instant, error) {
	return read(&u.Row.Row, ccube.UserCreatedAt, &u.Row.CreatedAt, u.Err)
}

// UpdatedAt resolves User.updatedAt.
func (u *User) UpdatedAt() (*ccube.Instant, error) {
	return read(&u.Row.Row, ccube.UserUpdatedAt, &u.Row.UpdatedAt, u.Err)
}

// UserConnection is one page of users.
type UserConnection struct{ Connection[User] }

// UserEdge is a row in a page of users.
type UserEdge struct{ Edge[User] }

// Edges resolves UserConnection.edges.
func (c *UserConnection) Edges(ctx context.Context) []*UserEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[User]) *UserEdge { return &UserEdge{e} })
}
