package access

// This file counts: what a walk and a page cost at most, for a list that honours pages of 100 rows, whatever its length.

import (
	"fmt"
	"testing"
)

// cost reads with a reader and returns the number of calls.
func cost(t *testing.T, u *upstream, read func() error) int {
	t.Helper()
	u.calls()
	if err := read(); err != nil {
		t.Fatal(err)
	}
	return u.calls()
}

// walking walks a list for a reader.
func walking(t *testing.T, u *upstream, r *Reader) int {
	t.Helper()
	return cost(t, u, func() error {
		rows, err := NewWalker(r, u.list()).All(t.Context())
		if err == nil && len(rows) != len(u.ids) {
			err = fmt.Errorf("%d of %d rows", len(rows), len(u.ids))
		}
		return err
	})
}

// windowing reads a window of a list for a reader.
func windowing(t *testing.T, u *upstream, r *Reader, w Window) int {
	t.Helper()
	return cost(t, u, func() error {
		_, _, err := PageOf(t.Context(), r, u.list(), w)
		return err
	})
}

// taught returns a census that a walk over a long list and two pages of it have taught the endpoint's habit.
func taught(t *testing.T, habit paging) *Census {
	t.Helper()
	census := NewCensus()
	r := readerFor(census, "acme", "teacher@example.com")
	u := holding(1000, habit)
	walking(t, u, r)
	windowing(t, u, r, Window{Offset: 300, Count: 20})
	windowing(t, u, r, Window{Offset: 300, Count: 30})
	return census
}

func TestWalkCosts(t *testing.T) {
	t.Parallel()
	honoured := paging{most: 100}
	all := taught(t, honoured)
	for n := range 620 {
		full := pagesOf(n, 100)
		u := holding(n, honoured)
		// Nothing is known: a page more, to see that a short page is the last, and one more where no page is short.
		census := NewCensus()
		unknown := full + 1
		if n%100 == 0 {
			unknown++
		}
		if calls := walking(t, u, ada(census)); calls > unknown {
			t.Errorf("a first walk over %d rows took %d calls, want %d at most", n, calls, unknown)
		}
		// Habit and size are known: not a page more, but where the last page does not look like the last. In a list of one
		// page a round number of rows looks like a cap, since no page has held more.
		known := full
		if n%100 == 0 || n < 100 && n%round == 0 {
			known++
		}
		if calls := walking(t, u, ada(census)); calls > known {
			t.Errorf("a second walk over %d rows took %d calls, want %d at most", n, calls, known)
		}
		// The habit is known from elsewhere, the size is not: the end is found with one page too many at most. A list of one
		// page costs one, unless it has a round number of rows: that could be a cap that the tenant has of late.
		elsewhere := full + 1
		switch {
		case n%100 == 0:
			elsewhere++
		case n < 100 && n%round != 0:
			elsewhere--
		}
		newcomer := readerFor(all, "acme", fmt.Sprintf("caller%d@example.com", n))
		if calls := walking(t, u, newcomer); calls > elsewhere {
			t.Errorf("a walk over %d rows by a new caller took %d calls, want %d at most", n, calls, elsewhere)
		}
		// Then the size is known too, and a larger page has been seen: only a full last page does not look like the last.
		known = full
		if n%100 == 0 {
			known++
		}
		if calls := walking(t, u, newcomer); calls > known {
			t.Errorf("that caller's next walk over %d rows took %d calls, want %d at most", n, calls, known)
		}
	}
}

// A long list is read by ever wider rounds; what these read past the end is one page in sixteen.
func TestLongWalkCosts(t *testing.T) {
	t.Parallel()
	for n := 1200; n <= 40_000; n += 613 {
		u := holding(n, paging{most: 100})
		if calls, most := walking(t, u, ada(NewCensus())), pagesOf(n, 100)*17/16+1; calls > most {
			t.Errorf("a first walk over %d rows took %d calls, want %d at most", n, calls, most)
		}
	}
}

func TestIgnoredCosts(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 10, 99, 100, 101, 250, 1200} {
		u := holding(n, paging{ignored: true})
		census := NewCensus()
		if calls := walking(t, u, ada(census)); calls != 2 {
			t.Errorf("a first walk over %d rows that come at once took %d calls, want 2", n, calls)
		}
		known := 1
		if n == 100 {
			known = 2 // it looks like a page
		}
		if calls := walking(t, u, ada(census)); calls > known {
			t.Errorf("a second walk over %d rows that come at once took %d calls, want %d", n, calls, known)
		}
		if calls := windowing(t, u, ada(census), Window{Offset: 40, Count: 20, Next: true}); calls > known {
			t.Errorf("a page of %d rows that come at once took %d calls, want %d", n, calls, known)
		}
	}
}

func TestPageCosts(t *testing.T) {
	t.Parallel()
	honoured := paging{most: 100}
	windows := []Window{
		{0, 1, false}, {0, 20, false}, {0, 20, true}, {0, 99, true}, {0, 100, false}, {20, 20, true}, {60, 40, false}, {79, 20, true},
	}
	for _, n := range []int{0, 1, 19, 20, 21, 40, 41, 99, 100, 101, 250} {
		for _, w := range windows {
			u := holding(n, honoured)
			short := n < w.end()
			// Within the first hundred rows: one call, and one more while it is not known what a short page means.
			unknown := 1
			if short && n > 0 {
				unknown = 2
			}
			if calls := windowing(t, u, ada(NewCensus()), w); calls > unknown {
				t.Errorf("a first %+v of %d rows took %d calls, want %d at most", w, n, calls, unknown)
			}
			if calls := windowing(t, u, ada(taught(t, honoured)), w); calls != 1 {
				t.Errorf("%+v of %d rows took %d calls once the habit is known, want 1", w, n, calls)
			}
		}
	}
}

func TestDeepPageCosts(t *testing.T) {
	t.Parallel()
	honoured := paging{most: 100}
	cases := map[string]struct {
		reason         string
		window         Window
		unknown, known int
	}{
		"on a page":       {"page 1 beside it tells whether it is another", Window{200, 20, false}, 2, 1},
		"between pages":   {"some size of page holds any window of up to half a page", Window{187, 21, true}, 2, 1},
		"over the end":    {"a page past the end is empty for every habit", Window{900, 20, true}, 2, 1},
		"a large one":     {"three pages at once", Window{100, 300, false}, 4, 3},
		"a whole page":    {"a row more than a page is two pages", Window{100, 100, true}, 3, 2},
		"the largest one": {"page 1 is one of them", Window{0, 700, false}, 7, 7},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(700, honoured)
			if calls := windowing(t, u, ada(NewCensus()), c.window); calls > c.unknown {
				t.Errorf("it took %d calls, want %d at most: %s", calls, c.unknown, c.reason)
			}
			if calls := windowing(t, u, ada(taught(t, honoured)), c.window); calls > c.known {
				t.Errorf("it took %d calls once the habit is known, want %d at most: %s", calls, c.known, c.reason)
			}
		})
	}
}

// Whoever knows from a walk alone that a list pages takes page 1 for a window near the beginning: that needs no comparison.
func TestPageAfterAWalkCosts(t *testing.T) {
	t.Parallel()
	u := holding(700, paging{most: 100})
	census := NewCensus()
	walking(t, u, ada(census))
	if calls := windowing(t, u, ada(census), Window{Offset: 40, Count: 20}); calls != 1 {
		t.Errorf("it took %d calls, want 1", calls)
	}
}

// Someone who pages through a list pays for what is learned once.
func TestPagingThroughCosts(t *testing.T) {
	t.Parallel()
	for _, count := range []int{10, 20, 50, 100} {
		u := holding(1000, paging{most: 100})
		r := ada(NewCensus())
		calls := 0
		for offset := 0; offset < 1000; offset += count {
			calls += windowing(t, u, r, Window{Offset: offset, Count: count})
		}
		if most := 1000/count + 2; calls > most {
			t.Errorf("1000 rows by %d took %d calls, want %d at most", count, calls, most)
		}
	}
}
