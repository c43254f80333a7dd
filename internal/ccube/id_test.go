package ccube_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestParseID(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, id string
		want       ccube.ID
		refused    bool
	}{
		"a number":        {"what CCUBE has", "42", 42, false},
		"zero":            {"CCUBE's to say that there is none", "0", 0, false},
		"leading zeros":   {"the same thing", "007", 7, false},
		"18 digits":       {"as long as an id can be", "999999999999999999", 999999999999999999, false},
		"19 digits":       {"it might not fit", "1000000000000000000", 0, true},
		"empty":           {"it would be the list's path", "", 0, true},
		"a path":          {"it would be another call", "1/../../users", 0, true},
		"dots":            {"it would be another call", "..", 0, true},
		"a query":         {"it would be another call", "1?page=2", 0, true},
		"an escape":       {"it would be read again", "%31", 0, true},
		"negative":        {"no id", "-1", 0, true},
		"a plus":          {"no id", "+1", 0, true},
		"a space":         {"no id", " 1", 0, true},
		"a line":          {"no id", "1\n", 0, true},
		"a full-width 1":  {"no digit of ASCII", "１", 0, true},
		"a decimal":       {"no id", "1.0", 0, true},
		"an exponent":     {"no id", "1e3", 0, true},
		"hexadecimal":     {"no id", "0x1", 0, true},
		"a long nonsense": {"the message stays short", strings.Repeat("9x", 1000), 0, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ccube.ParseID(c.id)
			if got != c.want || errors.Is(err, fault.BadUserInput) != c.refused {
				t.Errorf("ParseID(%q) = %d, %v: %s", c.id, got, err, c.reason)
			}
			if err != nil && len(err.Error()) > 150 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
			var byGraphQL ccube.ID
			if err := byGraphQL.UnmarshalGQL(c.id); byGraphQL != c.want || (err != nil) != c.refused {
				t.Errorf("UnmarshalGQL(%q) = %d, %v: %s", c.id, byGraphQL, err, c.reason)
			}
		})
	}
}
