package ccube

import (
	"context"
	"slices"
	"strings"
)

// Keys of a [Party].
const (
	PartyName Keys = 1 << iota
	PartyTypeKey
	PartyFirstName
	PartyLastName
	PartyAddresses
	PartyPhones
	PartyEmails
)

// What the reference promises of a party's list row (chapter Parties). There is no call for one party.
const (
	PartyListKeys        = PartyName | PartyTypeKey | PartyAddresses
	PartyDetailKeys Keys = 0
)

// PartyFilter says which parties to ask for. The zero value asks for all.
type PartyFilter struct {
	Type PartyType
	// Subtypes are all wanted at once: supplier and client are the parties that are both.
	Subtypes []PartySubtype
	Role     PartyRole
}

// String returns the filter as a query string, the same one for equal filters; empty for one that CCUBE does not take.
func (f PartyFilter) String() string {
	query, _ := f.query()
	return query
}

// query returns the filter as a query string, the same one for equal filters. It is built from CCUBE's own words alone,
// so nothing in it needs escaping.
func (f PartyFilter) query() (query string, err error) {
	if f.Type != "" {
		if !slices.Contains(partyTypes, f.Type) {
			return "", unknownWord("a type of party", f.Type)
		}
		query = "type=" + string(f.Type)
	}
	if len(f.Subtypes) > 0 {
		subtypes := make([]string, 0, len(f.Subtypes))
		for _, s := range f.Subtypes {
			if !slices.Contains(partySubtypes, s) {
				return "", unknownWord("a subtype of party", s)
			}
			subtypes = append(subtypes, string(s))
		}
		slices.Sort(subtypes)
		query = and(query, "subtype="+strings.Join(slices.Compact(subtypes), ","))
	}
	if f.Role != "" {
		if !slices.Contains(partyRoles, f.Role) {
			return "", unknownWord("a role of party", f.Role)
		}
		query = and(query, "role="+string(f.Role))
	}
	return query, nil
}

// ListParties reads one page of the parties that the filter asks for. The error is of category fault.BadUserInput, and
// no call is made, for a word that CCUBE's filters do not take.
func (a *API) ListParties(ctx context.Context, f PartyFilter, p Page) ([]*Party, error) {
	query, err := f.query()
	if err != nil {
		return nil, err
	}
	return list[Party](ctx, a, "parties", and(query, p.query()))
}

// Party is a company, a contact or a building as any of CCUBE's answers shows it (chapter Parties).
type Party struct {
	Row
	Name                Null[string]
	Type                Null[PartyType]
	FirstName, LastName Null[string]
	Addresses           []*Address
	Phones              []*Phone
	Emails              []*Email
}

func (p *Party) set(key []byte, v value) {
	switch string(key) {
	case "id":
		p.identify(v)
	case "name":
		p.text(PartyName, &p.Name, v)
	case "type":
		take(&p.Row, PartyTypeKey, &p.Type, v, readWord(v, partyTypes))
	case "first_name":
		p.text(PartyFirstName, &p.FirstName, v)
	case "last_name":
		p.text(PartyLastName, &p.LastName, v)
	case "addresses":
		embedMany(&p.Row, PartyAddresses, &p.Addresses, v)
	case "phones":
		embedMany(&p.Row, PartyPhones, &p.Phones, v)
	case "emails":
		embedMany(&p.Row, PartyEmails, &p.Emails, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same party; see [Project.Fill].
func (p *Party) Fill(from *Party) *Party {
	f := *p
	lacks := from.Keys &^ p.Keys
	fill(lacks, PartyName, &f.Name, from.Name)
	fill(lacks, PartyTypeKey, &f.Type, from.Type)
	fill(lacks, PartyFirstName, &f.FirstName, from.FirstName)
	fill(lacks, PartyLastName, &f.LastName, from.LastName)
	fill(lacks, PartyAddresses, &f.Addresses, from.Addresses)
	fill(lacks, PartyPhones, &f.Phones, from.Phones)
	fill(lacks, PartyEmails, &f.Emails, from.Emails)
	f.fillKeys(&from.Row)
	return &f
}

// PartyWrite is what a write says of a party (chapter Parties). To create one CCUBE wants name and type, and for a
// contact its first and last name.
type PartyWrite struct {
	Name      Field[string]         `json:"name,omitzero"`
	Type      Field[PartyType]      `json:"type,omitzero"`
	FirstName Field[string]         `json:"first_name,omitzero"`
	LastName  Field[string]         `json:"last_name,omitzero"`
	Addresses Field[[]AddressWrite] `json:"addresses_attributes,omitzero"`
	Phones    Field[[]PhoneWrite]   `json:"phones_attributes,omitzero"`
	Emails    Field[[]EmailWrite]   `json:"emails_attributes,omitzero"`
}

// CreateParty makes a party.
func (a *API) CreateParty(ctx context.Context, w PartyWrite) (*Party, error) {
	return create[Party](ctx, a, "parties", "party", w)
}

// UpdateParty changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateParty(ctx context.Context, id ID, w PartyWrite) (*Party, error) {
	return update[Party](ctx, a, "parties", id, "party", w)
}

// DeleteParty deletes a party.
func (a *API) DeleteParty(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "parties", id)
}
