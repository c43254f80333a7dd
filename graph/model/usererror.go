package model

import (
	"fmt"
	"io"
	"strconv"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// UserError is something that the caller can mend before sending a mutation again.
type UserError struct {
	// Field is the path into the mutation's arguments; nil where it is about the whole.
	Field []string
	// Message is one sentence for people.
	Message string
	// Code is what kind of mistake it is.
	Code UserErrorCode
}

// UserErrorCode is a kind of mistake, spelled as clients see it.
type UserErrorCode string

// The kinds of mistakes.
const (
	// Required means that something has to be given.
	Required UserErrorCode = "REQUIRED"
	// Invalid means that a value cannot be taken as it is.
	Invalid UserErrorCode = "INVALID"
	// Conflict means that it collides with what is there.
	Conflict UserErrorCode = "CONFLICT"
	// NotFound means that there is no such thing, or no longer.
	NotFound UserErrorCode = "NOT_FOUND"
)

// MarshalGQL writes the code as a GraphQL enum.
func (c UserErrorCode) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(c))) }

// UnmarshalGQL refuses: no argument is such a code.
func (*UserErrorCode) UnmarshalGQL(v any) error {
	return fault.New(fault.BadUserInput, "%s cannot be given here", fmt.Sprint(v))
}
