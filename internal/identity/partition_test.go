package identity_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// parts are the four texts that a partition is made from.
type parts [4]string

func (p parts) partition() identity.Partition {
	return identity.New(identity.Tenant{Name: p[0], Base: p[1]}, p[2], identity.Secret(p[3])).Partition
}

func TestPartition(t *testing.T) {
	t.Parallel()
	base := parts{"acme", "https://acme.inc.construction", "ada@example.com", "Token t0ken,user_email=ada@example.com"}
	cases := map[string]struct {
		reason string
		other  parts
		same   bool
	}{
		"equal":            {"one caller's requests share", base, true},
		"tenant":           {"another company", parts{"globex", base[1], base[2], base[3]}, false},
		"host":             {"another CCUBE", parts{base[0], "http://127.0.0.1", base[2], base[3]}, false},
		"email":            {"another person", parts{base[0], base[1], "eve@example.com", base[3]}, false},
		"token":            {"another credential of the same person", parts{base[0], base[1], base[2], "Token x"}, false},
		"a moved letter":   {"no border moves", parts{"acm", "ehttps://acme.inc.construction", base[2], base[3]}, false},
		"parts exchanged":  {"each part has its place", parts{base[1], base[0], base[2], base[3]}, false},
		"all in one":       {"no concatenation is another's", parts{strings.Join(base[:], ""), "", "", ""}, false},
		"case of an email": {"CCUBE may tell them apart", parts{base[0], base[1], "Ada@example.com", base[3]}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := base.partition() == c.other.partition(); got != c.same {
				t.Errorf("the partitions are equal: %t: %s", got, c.reason)
			}
		})
	}
}

func TestPartitionsDifferWhereAnythingDoes(t *testing.T) {
	t.Parallel()
	// A short alphabet makes concatenations meet often.
	text := rapid.StringOfN(rapid.RuneFrom([]rune("a@\x00")), 0, 3, -1)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (p parts) {
			for i := range p {
				p[i] = text.Draw(t, name)
			}
			return p
		}
		a, b := draw("a"), draw("b")
		if (a == b) != (a.partition() == b.partition()) {
			t.Errorf("%q and %q have the partitions %s and %s", a, b, a.partition(), b.partition())
		}
	})
}

func TestPartitionTellsNothing(t *testing.T) {
	t.Parallel()
	p := parts{"acme", "https://acme.inc.construction", "ada@example.com", "Token t0ken"}.partition()
	if s := p.String(); len(s) != 32 || strings.Trim(s, "0123456789abcdef") != "" {
		t.Errorf("String() = %q, want 32 hex digits", s)
	}
}
