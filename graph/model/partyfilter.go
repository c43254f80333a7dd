package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// PartyFilter says which parties are wanted. Type, subtype and role are CCUBE's own filters.
type PartyFilter struct {
	Type    *ccube.PartyType
	Subtype []ccube.PartySubtype
	Role    *ccube.PartyRole
	IDs     []ccube.ID
	Search  *string
}

// List returns the list that CCUBE filters; nil for all parties.
func (f *PartyFilter) List() *access.List[*ccube.Party] {
	if u := f.upstream(); u.String() != "" {
		return access.PartiesThat(u)
	}
	return nil
}

// upstream returns what CCUBE filters by.
func (f *PartyFilter) upstream() (u ccube.PartyFilter) {
	if f == nil {
		return u
	}
	if f.Type != nil {
		u.Type = *f.Type
	}
	if f.Role != nil {
		u.Role = *f.Role
	}
	u.Subtypes = f.Subtype
	return u
}

// Tests returns the rest of the filter as tests of rows. The error is of category fault.BadUserInput.
func (f *PartyFilter) Tests() ([]sift.Test[*ccube.Party], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.Party]{err: checkIDs(f.IDs)}
	t.search(f.Search, ccube.PartyName, func(p *ccube.Party) []ccube.Null[string] { return []ccube.Null[string]{p.Name} })
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *PartyFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}
