package ccube

// This file is how CCUBE's words pass through GraphQL, where they are enums in upper case: WorkOrder is WORK_ORDER.

import (
	"fmt"
	"io"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// MarshalGQL writes the type as a GraphQL enum.
func (t PartyType) MarshalGQL(w io.Writer) { _, _ = w.Write(t.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (t PartyType) AppendGQL(b []byte) []byte { return append(appendEnum(append(b, '"'), t), '"') }

// UnmarshalGQL takes the type as an argument.
func (t *PartyType) UnmarshalGQL(v any) (err error) { *t, err = readEnum(v, partyTypes); return err }

// MarshalGQL writes the role as a GraphQL enum.
func (r PartyRole) MarshalGQL(w io.Writer) { _, _ = w.Write(r.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (r PartyRole) AppendGQL(b []byte) []byte { return append(appendEnum(append(b, '"'), r), '"') }

// UnmarshalGQL takes the role as an argument.
func (r *PartyRole) UnmarshalGQL(v any) (err error) { *r, err = readEnum(v, partyRoles); return err }

// MarshalGQL writes the subtype as a GraphQL enum.
func (s PartySubtype) MarshalGQL(w io.Writer) { _, _ = w.Write(s.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (s PartySubtype) AppendGQL(b []byte) []byte { return append(appendEnum(append(b, '"'), s), '"') }

// UnmarshalGQL takes the subtype as an argument.
func (s *PartySubtype) UnmarshalGQL(v any) (err error) {
	*s, err = readEnum(v, partySubtypes)
	return err
}

// MarshalGQL writes the type as a GraphQL enum.
func (t NotableType) MarshalGQL(w io.Writer) { _, _ = w.Write(t.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (t NotableType) AppendGQL(b []byte) []byte { return append(appendEnum(append(b, '"'), t), '"') }

// UnmarshalGQL takes the type as an argument.
func (t *NotableType) UnmarshalGQL(v any) (err error) {
	*t, err = readEnum(v, notableTypes)
	return err
}

// MarshalGQL writes the type as a GraphQL enum.
func (t UserType) MarshalGQL(w io.Writer) { _, _ = w.Write(t.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (t UserType) AppendGQL(b []byte) []byte { return append(appendEnum(append(b, '"'), t), '"') }

// UnmarshalGQL takes the type as an argument.
func (t *UserType) UnmarshalGQL(v any) (err error) { *t, err = readEnum(v, userTypes); return err }

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
func enumName[T ~string](word T) string { return string(appendEnum(nil, word)) }

// appendEnum appends a word as GraphQL spells it. CCUBE's words are ASCII.
func appendEnum[T ~string](b []byte, word T) []byte {
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z' && i > 0:
			b = append(b, '_', c)
		case c >= 'a' && c <= 'z':
			b = append(b, c-'a'+'A')
		default:
			b = append(b, c)
		}
	}
	return b
}
