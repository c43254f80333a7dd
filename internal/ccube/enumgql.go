package ccube

// This file is how CCUBE's words pass through GraphQL, where they are enums in upper case: WorkOrder is WORK_ORDER.

import (
	"fmt"
	"io"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// MarshalGQL writes the type as a GraphQL enum.
func (t PartyType) MarshalGQL(w io.Writer) { writeEnum(w, t) }

// UnmarshalGQL takes the type as an argument.
func (t *PartyType) UnmarshalGQL(v any) (err error) { *t, err = readEnum(v, partyTypes); return err }

// MarshalGQL writes the role as a GraphQL enum.
func (r PartyRole) MarshalGQL(w io.Writer) { writeEnum(w, r) }

// UnmarshalGQL takes the role as an argument.
func (r *PartyRole) UnmarshalGQL(v any) (err error) { *r, err = readEnum(v, partyRoles); return err }

// MarshalGQL writes the subtype as a GraphQL enum.
func (s PartySubtype) MarshalGQL(w io.Writer) { writeEnum(w, s) }

// UnmarshalGQL takes the subtype as an argument.
func (s *PartySubtype) UnmarshalGQL(v any) (err error) {
	*s, err = readEnum(v, partySubtypes)
	return err
}

// MarshalGQL writes the type as a GraphQL enum.
func (t NotableType) MarshalGQL(w io.Writer) { writeEnum(w, t) }

// UnmarshalGQL takes the type as an argument.
func (t *NotableType) UnmarshalGQL(v any) (err error) {
	*t, err = readEnum(v, notableTypes)
	return err
}

// MarshalGQL writes the type as a GraphQL enum.
func (t UserType) MarshalGQL(w io.Writer) { writeEnum(w, t) }

// UnmarshalGQL takes the type as an argument.
func (t *UserType) UnmarshalGQL(v any) (err error) { *t, err = readEnum(v, userTypes); return err }

func writeEnum[T ~string](w io.Writer, word T) { _, _ = io.WriteString(w, `"`+enumName(word)+`"`) }

// readEnum finds the word of a set by its name in GraphQL.
func readEnum[T ~string](v any, set []T) (T, error) {
	for _, word := range set {
		if v == enumName(word) {
			return word, nil
		}
	}
	return "", fault.New(fault.BadUserInput, "%q is not one of this enum's values", brief(fmt.Sprint(v)))
}

// enumName spells a word as GraphQL does.
func enumName[T ~string](word T) string {
	var name strings.Builder
	for i, c := range string(word) {
		if i > 0 && c >= 'A' && c <= 'Z' {
			name.WriteByte('_')
		}
		name.WriteRune(c)
	}
	return strings.ToUpper(name.String())
}
