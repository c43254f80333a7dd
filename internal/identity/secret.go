package identity

import (
	"fmt"
	"io"
	"log/slog"
)

// mask is what a [Secret] shows of itself.
const mask = "***"

// Secret is text that must not be seen: it prints, logs and encodes as ***. Only Reveal gives it up, so that a search
// for Reveal finds every place where a credential leaves the process.
//
// Two places are out of its reach, since fmt and encoding/json do not ask it there: a field that is not exported (give
// its struct a Format of its own) and the key of a map (do not use it as one).
type Secret string

// Reveal returns the text itself.
func (s Secret) Reveal() string { return string(s) }

// String returns the mask.
func (s Secret) String() string { return mask }

// Format prints the mask whatever the verb is, %#v and %x included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, mask) }

// MarshalText encodes the mask, for JSON too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue logs the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }
