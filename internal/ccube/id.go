package ccube

import (
	"io"
	"strconv"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// maxIDDigits is how long an id can be: 18 digits fit an int64 whatever they are.
const maxIDDigits = 18

// ID is CCUBE's number of a thing. Being an integer it cannot change the path that it is put into.
type ID int64

// ParseID takes an id as clients send it: 1 to 18 digits and nothing else. The error is of category fault.BadUserInput.
func ParseID(s string) (ID, error) {
	id, ok := digitsOf(s)
	if !ok {
		return 0, badID(s)
	}
	return id, nil
}

// digitsOf is ParseID for one who needs no reason.
func digitsOf[T string | []byte](s T) (id ID, ok bool) {
	if len(s) == 0 || len(s) > maxIDDigits {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		id = id*10 + ID(s[i]-'0')
	}
	return id, true
}

func badID(s string) error {
	const shown = 40
	if len(s) > shown {
		s = s[:shown] + "…"
	}
	return fault.New(fault.BadUserInput, "%q is not an id of CCUBE's: an id is 1 to %d digits", s, maxIDDigits)
}

// String returns the digits.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalGQL writes the id as GraphQL's ID, a string.
func (id ID) MarshalGQL(w io.Writer) { _, _ = w.Write(id.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (id ID) AppendGQL(b []byte) []byte {
	return append(strconv.AppendInt(append(b, '"'), int64(id), 10), '"')
}

// UnmarshalGQL takes an id as an argument: a string or an integer.
func (id *ID) UnmarshalGQL(v any) (err error) {
	switch v := v.(type) {
	case string:
		*id, err = ParseID(v)
	case int64:
		*id, err = ParseID(strconv.FormatInt(v, 10))
	default:
		err = fault.New(fault.BadUserInput, "an id is a string of 1 to %d digits", maxIDDigits)
	}
	return err
}
