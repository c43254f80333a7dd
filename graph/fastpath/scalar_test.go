package fastpath

import (
	"bytes"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// Text is written as gqlgen writes it, whatever stands in it.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Roof", "a \"b\" \\ c", "line\nand\ttab\r", "\x00\x1f\x7f", "é 😀 \u2028", "\xff\xc3 half", "</script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		if got := appendText(nil, s); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%q is written as %s, by gqlgen as %s", s, got, want.Bytes())
		}
	})
}
