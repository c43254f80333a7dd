package ccube

// This file holds the words that CCUBE has a fixed set of. The reference spells some of them in several ways: all are
// taken, and one is sent.

import (
	"slices"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// PartyType is what a party is. Its values are what CCUBE's filter takes.
type PartyType string

// The types of party (chapter Parties).
const (
	PartyCompany  PartyType = "company"
	PartyContact  PartyType = "contact"
	PartyBuilding PartyType = "building"
)

// MarshalJSON encodes the type in the long form that CCUBE wants in writes: Crm::Parties::Company.
func (t PartyType) MarshalJSON() ([]byte, error) {
	if !slices.Contains(partyTypes, t) {
		return nil, unknownWord("a type of party", t)
	}
	return []byte(`"Crm::Parties::` + strings.ToUpper(string(t[:1])) + string(t[1:]) + `"`), nil
}

// PartyRole is what a party does, as a filter.
type PartyRole string

// The roles of parties (chapter Parties).
const (
	RoleEmployee PartyRole = "employee"
	RoleSupplier PartyRole = "supplier"
	RoleClient   PartyRole = "client"
)

// PartySubtype is what a party is among its type, as a filter.
type PartySubtype string

// The subtypes of parties (chapter Parties).
const (
	SubtypeSupplier PartySubtype = "supplier"
	SubtypeClient   PartySubtype = "client"
	SubtypeContact  PartySubtype = "contact"
	SubtypeEmployee PartySubtype = "employee"
)

// NotableType is what a note can be about.
type NotableType string

// The types of things with notes (chapter Notes).
const (
	NotableProject       NotableType = "Project"
	NotableQuote         NotableType = "Quote"
	NotableInvoice       NotableType = "Invoice"
	NotableWorkOrder     NotableType = "WorkOrder"
	NotablePurchaseOrder NotableType = "PurchaseOrder"
)

// MarshalText encodes the type as CCUBE spells it. A type that CCUBE does not have is an error.
func (t NotableType) MarshalText() ([]byte, error) {
	if !slices.Contains(notableTypes, t) {
		return nil, unknownWord("a type of thing with notes", t)
	}
	return []byte(t), nil
}

// UserType is how much of CCUBE a user may use.
type UserType string

// The types of users (chapter Users).
const (
	UserFull    UserType = "full"
	UserLimited UserType = "limited"
)

// MarshalText encodes the type as CCUBE spells it. A type that CCUBE does not have is an error.
func (t UserType) MarshalText() ([]byte, error) {
	if !slices.Contains(userTypes, t) {
		return nil, unknownWord("a type of user", t)
	}
	return []byte(t), nil
}

var (
	partyTypes    = []PartyType{PartyCompany, PartyContact, PartyBuilding}
	partyRoles    = []PartyRole{RoleEmployee, RoleSupplier, RoleClient}
	partySubtypes = []PartySubtype{SubtypeSupplier, SubtypeClient, SubtypeContact, SubtypeEmployee}
	notableTypes  = []NotableType{NotableProject, NotableQuote, NotableInvoice, NotableWorkOrder, NotablePurchaseOrder}
	userTypes     = []UserType{UserFull, UserLimited}
)

// unknownWord is the failure of a word that CCUBE's set does not have.
func unknownWord[T ~string](what string, word T) error {
	return fault.New(fault.BadUserInput, "%q is not %s that CCUBE has", brief(string(word)), what)
}

// readWord takes a word of a set, in any of the spellings that CCUBE has for it: Company, Crm::Parties::Company,
// work_order.
func readWord[T ~string](v value, set []T) (none Null[T]) {
	b, _ := v.content()
	s := string(b)
	s = strings.ReplaceAll(s[strings.LastIndex(s, ":")+1:], "_", "")
	for _, word := range set {
		if strings.EqualFold(s, string(word)) {
			return Null[T]{word, true}
		}
	}
	return none
}
