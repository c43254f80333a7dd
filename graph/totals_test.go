package graph

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestCompareKeys(t *testing.T) {
	t.Parallel()
	want := []string{"7", "007", "10", "900719925474099267", "10a", "2024-08", "2024-09", "Active", ""}
	want[0], want[1] = "007", "7" // equal numbers by their text
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareKeys)
	if !slices.Equal(got, want) {
		t.Errorf("the keys are sorted %q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.OneOf(rapid.StringMatching(`[0-9]{0,3}`), rapid.StringMatching(`[0-9a]{0,3}`))
		a, b, c := key.Draw(t, "a"), key.Draw(t, "b"), key.Draw(t, "c")
		if compareKeys(a, b) != -compareKeys(b, a) || (compareKeys(a, b) == 0) != (a == b) {
			t.Fatalf("%q and %q have no order", a, b)
		}
		if compareKeys(a, b) < 0 && compareKeys(b, c) < 0 && compareKeys(a, c) >= 0 {
			t.Fatalf("%q, %q, %q go in a circle", a, b, c)
		}
	})
}

// Rows without what they are grouped by are a group too, with an empty key and no label.
func TestGroups(t *testing.T) {
	t.Parallel()
	id := func(n ccube.ID) *ccube.ID { return &n }
	named := ccube.Null[string]{V: "Laval", Valid: true}
	shares := []share{sharedID(id(9), ccube.Null[string]{}), sharedID(nil, named), sharedID(id(10), named), sharedID(id(9), named)}
	gs := grouped([]int{0, 1, 2, 3}, func(i int) share { return shares[i] })
	type row struct {
		key, label string
		rows       []int
	}
	got, err := each(gs, func(key string, label *string, rows []int) (*row, error) {
		if label == nil {
			label = new("none")
		}
		return &row{key, *label, rows}, nil
	})
	if err != nil || len(got) != 3 {
		t.Fatalf("%d groups, %v", len(got), err)
	}
	for i, want := range []row{{"9", "Laval", []int{0, 3}}, {"10", "Laval", []int{2}}, {"", "none", []int{1}}} {
		if g := got[i]; g.key != want.key || g.label != want.label || !slices.Equal(g.rows, want.rows) {
			t.Errorf("group %d is %+v, want %+v", i, *g, want)
		}
	}
}

func TestSharedMonth(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		day    ccube.Null[ccube.Instant]
		want   share
	}{
		"an instant":       {"the month where CCUBE wrote it", ccube.Null[ccube.Instant]{V: "2024-08-31T23:59:59-04:00", Valid: true}, share{"2024-08", "2024-08"}},
		"null":             {"no month", ccube.Null[ccube.Instant]{}, share{}},
		"too short to cut": {"no month", ccube.Null[ccube.Instant]{V: "2024", Valid: true}, share{}},
	}
	for name, c := range cases {
		if got := sharedMonth(c.day); got != c.want {
			t.Errorf("%s: %+v, want %+v: %s", name, got, c.want, c.reason)
		}
	}
}
