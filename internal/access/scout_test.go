package access

import (
	"context"
	"errors"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// A walk of at most 20 pages that knows nothing costs one call more than the list has pages, or two; where the list is
// longer, four calls tell.
func TestScout(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		rows   int
		habit  paging
		whole  bool
		calls  int
	}{
		"none":                 {"pages 1 and 2 are empty", 0, paging{}, true, 2},
		"a page":               {"page 2 is empty", 63, paging{}, true, 2},
		"two pages":            {"page 2 is short", 163, paging{}, true, 2},
		"three pages":          {"page 21 is read in vain", 263, paging{}, true, 4},
		"four pages":           {"pages 21 and 5 are", 363, paging{}, true, 6},
		"nine pages":           {"page 21 is", 863, paging{}, true, 10},
		"twenty pages":         {"pages 21 and, since it would be the walk's last, no other", 1963, paging{}, true, 21},
		"twenty-one pages":     {"page 21 has rows", 2001, paging{}, false, 4},
		"sixty pages":          {"page 21 has rows", 6000, paging{}, false, 4},
		"capped, fits":         {"20 pages of 50", 963, paging{most: 50}, true, 21},
		"capped, long":         {"page 21 has rows", 1063, paging{most: 50}, false, 4},
		"capped oddly, long":   {"page 21 has rows", 150, paging{most: 7}, false, 4},
		"all at once":          {"page 2 is page 1", 130, paging{ignored: true}, true, 2},
		"all at once, few":     {"page 2 is page 1, and less than a page", 63, paging{ignored: true}, true, 2},
		"larger pages, fits":   {"three pages of 500", 1103, paging{fixed: 500}, true, 4},
		"larger pages, longer": {"page 21 has rows", 10500, paging{fixed: 500}, false, 4},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(c.rows, c.habit)
			rows, whole, err := NewWalker(ada(NewCensus()), u.list()).Within(t.Context(), 20)
			if err != nil || whole != c.whole || whole && len(rows) != c.rows {
				t.Errorf("%d rows, whole %t, %v, want whole %t: %s", len(rows), whole, err, c.whole, c.reason)
			}
			if calls := u.calls(); calls > c.calls {
				t.Errorf("it took %d calls, want %d at most: %s", calls, c.calls, c.reason)
			}
		})
	}
}

// What the look at the far page has shown is remembered: who comes later does not look again.
func TestScoutOnce(t *testing.T) {
	t.Parallel()
	u, census := holding(6000, paging{}), NewCensus()
	for i, want := range []int{4, 0} {
		_, whole, err := NewWalker(ada(census), u.list()).Within(t.Context(), 20)
		if calls := u.calls(); err != nil || whole || calls != want {
			t.Errorf("time %d: whole %t, %v, %d calls, want given up after %d", i+1, whole, err, calls, want)
		}
	}
}

// A list whose length is known is neither looked at nor begun in vain.
func TestScoutOfAKnownList(t *testing.T) {
	t.Parallel()
	u, census := holding(863, paging{}), NewCensus()
	walking(t, u, ada(census))
	rows, whole, err := NewWalker(ada(census), u.list()).Within(t.Context(), 20)
	if calls := u.calls(); err != nil || !whole || len(rows) != 863 || calls != 9 {
		t.Errorf("%d rows, whole %t, %v, %d calls, want 863 for 9", len(rows), whole, err, calls)
	}
}

// That a page behind the end fails says nothing of the list; that one of the walk's own does, ends it.
func TestScoutFails(t *testing.T) {
	t.Parallel()
	for page, want := range map[int]int{21: 250, 1: 0, 3: 0} {
		u := holding(250, paging{})
		u.before = func(_ context.Context, p ccube.Page) error {
			if p.Number == page {
				return fault.New(fault.UpstreamError, "no page %d", p.Number)
			}
			return nil
		}
		rows, whole, err := NewWalker(ada(NewCensus()), u.list()).Within(t.Context(), 20)
		if want == 250 && (err != nil || !whole || len(rows) != want) || want == 0 && !errors.Is(err, fault.UpstreamError) {
			t.Errorf("page %d fails: %d rows, whole %t, %v, want %d rows", page, len(rows), whole, err, want)
		}
	}
}
