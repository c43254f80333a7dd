package model

import (
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// MarshalInt writes an Int.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt takes an Int as an argument: a whole number, and no text that looks like one, which the specification has
// refused. How large it may be says whoever uses it, where it can be told as what it is: a mistake of that field alone.
func UnmarshalInt(v any) (int, error) {
	switch v := v.(type) {
	case int:
		return v, nil
	case int64:
		return int(v), nil
	case json.Number:
		if number, err := v.Int64(); err == nil {
			return int(number), nil
		}
	}
	return 0, errNoInt
}

var errNoInt = fault.New(fault.BadUserInput, "an Int is a whole number of 32 bits, without quotes")
