package graph

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// cursorVersion begins every cursor, so that its form can change. A cursor is base64url, without padding, of the version,
// the list's name and the number of rows before the place that it marks: "v1:projects:40".
const cursorVersion = "v1"

// maxOffset is how far into a list one can ask for: more rows than any tenant has.
const maxOffset = 1_000_000_000

// newCursor returns the cursor of the place behind the list's first n rows.
func newCursor(list string, n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorVersion + ":" + list + ":" + strconv.Itoa(n)))
}

// readCursor returns how many rows come before the place that a cursor of the list marks. The error is of category
// fault.BadUserInput.
func readCursor(list, cursor string) (int, error) {
	const longest = 128
	mangled := fault.New(fault.BadUserInput, "`after` is not a cursor: take an endCursor, or an edge's cursor, as it is")
	if len(cursor) > longest {
		return 0, mangled
	}
	plain, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(plain), ":")
	if err != nil || len(parts) != 3 || parts[0] != cursorVersion {
		return 0, mangled
	}
	n, err := strconv.Atoi(parts[2])
	if err != nil || n < 0 || n > maxOffset || newCursor(parts[1], n) != cursor {
		return 0, mangled
	}
	if parts[1] != list {
		return 0, fault.New(fault.BadUserInput, "`after` is a cursor of another list: this one takes cursors of %s", list)
	}
	return n, nil
}
