package model

import (
	"fmt"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Given is a scalar of an input as it was given, whatever that is. It is judged with the rest of the input, by a [Check]:
// what is wrong with it is one of the mutation's user errors then, and not the end of all mutations of the request.
type Given string

// MarshalGQL writes the text.
func (g Given) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(g))) }

// UnmarshalGQL takes a number as its digits, text as it is, and anything else as something that no check lets pass.
func (g *Given) UnmarshalGQL(v any) error {
	*g = Given(fmt.Sprint(v))
	return nil
}

// UnmarshalSecret takes text that nobody is to see.
func UnmarshalSecret(v any) (identity.Secret, error) {
	text, err := graphql.UnmarshalString(v)
	return identity.Secret(text), err
}

// MarshalSecret writes the mask.
func MarshalSecret(s identity.Secret) graphql.Marshaler { return graphql.MarshalString(s.String()) }
