package cache_test

import (
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestKeyHoldsNamespaceAndVersion(t *testing.T) {
	t.Parallel()
	got := cache.ListKey{Tenant: "acme", Name: "work_types"}.String()
	if want := "ccube:v1:lookup:acme:work_types"; got != want {
		t.Errorf("key = %q, want %q", got, want)
	}
}

func TestKeysDoNotMeet(t *testing.T) {
	t.Parallel()
	parts := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("a:%/ \n")), 0, 4, -1), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		same := len(a) == len(b) && strings.Join(a, "\x00") == strings.Join(b, "\x00")
		if (cache.Key("k", a...) == cache.Key("k", b...)) != same {
			t.Errorf("%q and %q have the keys %q and %q", a, b, cache.Key("k", a...), cache.Key("k", b...))
		}
	})
}
