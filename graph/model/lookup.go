package model

// This file holds the lookups. A project embeds its own as id and name; the rest stands in the tenant's lists. The two
// need not agree: the embedded name wins, and a lookup that is not listed has no more than what is embedded.

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// PropertyType is a kind of property. CCUBE has no list of them.
type PropertyType struct{ named ccube.Named }

// ID resolves PropertyType.id.
func (p *PropertyType) ID() ccube.ID { return p.named.ID }

// Name resolves PropertyType.name.
func (p *PropertyType) Name() string { return p.named.Name.V }

// Lookup is a lookup as a project embeds it, as its list has it, or both.
type Lookup[T any] struct {
	// Embedded is what the project shows; nil for one that comes from the list.
	Embedded *ccube.Named
	// Row is the row of the list; nil where it is not listed, or was not needed.
	Row *T
	// Plan is what the query selects of it.
	Plan *loaders.Plan
	// Err is why the list could not be read.
	Err error
}

// name returns the embedded name, or else the list's.
func (l *Lookup[T]) name(listed func(*T) *ccube.Null[string]) string {
	switch {
	case l.Embedded != nil:
		return l.Embedded.Name.V
	case l.Row != nil:
		return listed(l.Row).V
	}
	return ""
}

// id returns CCUBE's number of the lookup.
func (l *Lookup[T]) id(listed func(*T) ccube.ID) ccube.ID {
	if l.Embedded != nil {
		return l.Embedded.ID
	}
	return listed(l.Row)
}

// listed returns a field of the list's row: nil where there is none, or why the list could not be read.
func listed[T, V any](l *Lookup[T], field func(*T) (*V, error)) (*V, error) {
	if l.Row == nil {
		return nil, l.Err
	}
	return field(l.Row)
}
