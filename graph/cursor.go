package graph

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// cursorVersion begins every cursor, so that its form can change. A cursor is base64url, without padding, of the version,
// the list, a digest of its filter and order, and the number of rows before the place that it marks: "v1:projects::40".
const cursorVersion = "v1"

// maxOffset is how far into a list one can ask for: more rows than any tenant has.
const maxOffset = 1_000_000_000

// listName is the list that a cursor belongs to. Lists filtered or ordered in another way are other lists.
type listName struct {
	// field is the root field's name, digest stands for its filter and order; empty where it has neither.
	field, digest string
}

// nameOf names a root field's list by the filter and the order that it was asked for with.
func nameOf(field string, of []any) listName {
	name := listName{field: field}
	text, err := json.Marshal(of)
	if err == nil && strings.Trim(string(text), "[nul,]") != "" {
		sum := sha256.Sum256(text)
		const enough = 9
		name.digest = base64.RawURLEncoding.EncodeToString(sum[:enough])
	}
	return name
}

// newCursor returns the cursor of the place behind the list's first n rows.
func newCursor(list listName, n int) string {
	text := strings.Join([]string{cursorVersion, list.field, list.digest, strconv.Itoa(n)}, ":")
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// readCursor returns how many rows come before the place that a cursor of the list marks. The error is of category
// fault.BadUserInput.
func readCursor(list listName, cursor string) (int, error) {
	const longest = 128
	mangled := fault.New(fault.BadUserInput, "`after` is not a cursor: take an endCursor, or an edge's cursor, as it is")
	if len(cursor) > longest {
		return 0, mangled
	}
	plain, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(plain), ":")
	if err != nil || len(parts) != 4 || parts[0] != cursorVersion {
		return 0, mangled
	}
	of := listName{parts[1], parts[2]}
	n, err := strconv.Atoi(parts[3])
	if err != nil || n < 0 || n > maxOffset || newCursor(of, n) != cursor {
		return 0, mangled
	}
	switch {
	case of.field != list.field:
		return 0, fault.New(fault.BadUserInput, "`after` is a cursor of another list: this one takes cursors of %s", list.field)
	case of.digest != list.digest:
		return 0, fault.New(fault.BadUserInput, "`after` is a cursor of this list with another filter or order: page on with those it came with")
	}
	return n, nil
}
