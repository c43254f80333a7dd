package graph

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestCursorsComeBack(t *testing.T) {
	t.Parallel()
	for _, list := range []listName{{field: "projects"}, {field: "purchaseOrders", digest: "abcDEF_-0123"}} {
		for _, n := range []int{0, 1, 999, maxOffset} {
			if got, err := readCursor(list, newCursor(list, n)); err != nil || got != n {
				t.Errorf("%v at %d comes back as %d, %v", list, n, got, err)
			}
		}
	}
}

func TestCursorsOfOthersAreTold(t *testing.T) {
	t.Parallel()
	mine := listName{field: "projects", digest: "one"}
	for text, want := range map[string]string{
		newCursor(listName{field: "quotes", digest: "one"}, 3):   "another list",
		newCursor(listName{field: "projects", digest: "two"}, 3): "another filter",
		newCursor(listName{field: "projects"}, 3):                "another filter",
		newCursor(mine, -1):            "not a cursor",
		newCursor(mine, maxOffset+1):   "not a cursor",
		newCursor(mine, 3) + "=":       "not a cursor",
		newCursor(mine, 3)[1:]:         "not a cursor",
		strings.Repeat("A", 1_000_000): "not a cursor",
	} {
		if _, err := readCursor(mine, text); !errors.Is(err, fault.BadUserInput) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want one that says %q", text, err, want)
		}
	}
}

// FuzzReadCursor holds that what is read is written the same, and lies in a list.
func FuzzReadCursor(f *testing.F) {
	list := listName{field: "projects"}
	for _, s := range []string{"", newCursor(list, 7), newCursor(list, 7) + "A", "djE6cHJvamVjdHM6Ojc", "!"} {
		f.Add(s)
	}
	for _, plain := range []string{"v1:projects::+7", "v1:projects::07", "v1:projects::7:", "v2:projects::7", "v1:projects::9999999999999999999"} {
		f.Add(base64.RawURLEncoding.EncodeToString([]byte(plain)))
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := readCursor(list, s)
		switch {
		case err != nil && !errors.Is(err, fault.BadUserInput):
			t.Errorf("%q: %v is no bad input", s, err)
		case err == nil && (newCursor(list, n) != s || n < 0 || n > maxOffset):
			t.Errorf("%q is read as %d", s, n)
		}
	})
}
