package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Party is a party as the graph shows it: a row, and what the query selects of it.
type Party loaders.Found[*ccube.Party]

// NewParty wraps a party that has been read; nil stays nil.
func NewParty(f *loaders.Found[*ccube.Party]) *Party { return (*Party)(f) }

// IsNode marks the type as one of interface Node.
func (*Party) IsNode() {}

// NodeID resolves Party.nodeId.
func (p *Party) NodeID() string { return NodeID{"Party", p.Row.ID}.String() }

// ID resolves Party.id.
func (p *Party) ID() ccube.ID { return p.Row.ID }

// Name resolves Party.name.
func (p *Party) Name() (*string, error) {
	return read(&p.Row.Row, ccube.PartyName, &p.Row.Name, p.Err)
}

// Type resolves Party.type.
func (p *Party) Type() (*ccube.PartyType, error) {
	return read(&p.Row.Row, ccube.PartyTypeKey, &p.Row.Type, p.Err)
}

// FirstName resolves Party.firstName.
func (p *Party) FirstName() (*string, error) {
	return read(&p.Row.Row, ccube.PartyFirstName, &p.Row.FirstName, p.Err)
}

// LastName resolves Party.lastName.
func (p *Party) LastName() (*string, error) {
	return read(&p.Row.Row, ccube.PartyLastName, &p.Row.LastName, p.Err)
}

// Addresses resolves Party.addresses.
func (p *Party) Addresses() ([]*Address, error) {
	return wrap(p.Row.Addresses, newAddress), readable(&p.Row.Row, ccube.PartyAddresses, p.Err)
}

// Phones resolves Party.phones.
func (p *Party) Phones() ([]*Phone, error) {
	return wrap(p.Row.Phones, newPhone), readable(&p.Row.Row, ccube.PartyPhones, p.Err)
}

// Emails resolves Party.emails.
func (p *Party) Emails() ([]*Email, error) {
	return wrap(p.Row.Emails, newEmail), readable(&p.Row.Row, ccube.PartyEmails, p.Err)
}

// PartyConnection is one page of parties.
type PartyConnection struct{ Connection[Party] }

// PartyEdge is a row in a page of parties.
type PartyEdge struct{ Edge[Party] }

// Edges resolves PartyConnection.edges.
func (c *PartyConnection) Edges(ctx context.Context) []*PartyEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[Party]) *PartyEdge { return &PartyEdge{e} })
}
