package ccube

import (
	"encoding/json"
	"fmt"
)

// Field is what a write says of one key: nothing (the zero value), that it is to be cleared, or its value. A key of
// which nothing is said is left out, so that CCUBE leaves it as it is.
type Field[T any] struct {
	value T
	said  said
}

type said uint8

const (
	nothing said = iota
	cleared
	set
)

// Set says a value.
func Set[T any](v T) Field[T] { return Field[T]{value: v, said: set} }

// Clear says null.
func Clear[T any]() Field[T] { return Field[T]{said: cleared} }

// Get returns the value. ok is false where the field says nothing, or null.
func (f Field[T]) Get() (v T, ok bool) { return f.value, f.said == set }

// IsZero reports whether the field says nothing: what `json:",omitzero"` asks.
func (f Field[T]) IsZero() bool { return f.said == nothing }

// MarshalJSON encodes the value, or null.
func (f Field[T]) MarshalJSON() ([]byte, error) {
	if f.said != set {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// Format prints the value as it wants to be printed, so that a secret stays one.
func (f Field[T]) Format(s fmt.State, verb rune) {
	switch f.said {
	case nothing:
		_, _ = fmt.Fprint(s, "absent")
	case cleared:
		_, _ = fmt.Fprint(s, "null")
	default:
		_, _ = fmt.Fprintf(s, fmt.FormatString(s, verb), f.value)
	}
}
