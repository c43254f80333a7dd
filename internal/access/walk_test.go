package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Rows that are made or deleted while a walk is under way move others from one page to the next.
func TestRowsThatShiftDuringAWalk(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		shift  func(ids []ccube.ID) []ccube.ID
		// missed are rows that the walk cannot have seen.
		missed []ccube.ID
	}{
		"a new row first": {
			"the last row of each page comes again on the next, and is taken once", func(ids []ccube.ID) []ccube.ID {
				return slices.Insert(ids, 0, 1000)
			}, []ccube.ID{1000},
		},
		"many new rows first": {
			"half a page comes again", func(ids []ccube.ID) []ccube.ID { return slices.Insert(ids, 0, numbers(1000, 50)...) },
			numbers(1000, 50),
		},
		"a page of new rows first": {
			"page 2 repeats page 1, as where paging is ignored", func(ids []ccube.ID) []ccube.ID {
				return slices.Insert(ids, 0, numbers(1000, 100)...)
			}, slices.Concat(numbers(101, 250), numbers(1000, 100)),
		},
		"a new row last": {"it is on a page that is still to come", func(ids []ccube.ID) []ccube.ID { return append(ids, 351) }, nil},
		"a row deleted before": {
			"the first row of the next page has moved to one that has been read", func(ids []ccube.ID) []ccube.ID { return slices.Delete(ids, 0, 1) },
			[]ccube.ID{101},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(350, paging{most: 100})
			r := ada(NewCensus())
			r.options.Concurrency = 1 // one page after the other, so that there is a moment between the first two
			var once sync.Once
			u.before = func(_ context.Context, p ccube.Page) error {
				if p.Number == 2 {
					once.Do(func() { u.set(func(u *upstream) { u.ids = c.shift(u.ids) }) })
				}
				return nil
			}
			before := u.whole()
			rows, err := NewWalker(r, u.list()).All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(union(before, u.whole()), func(id ccube.ID) bool { return slices.Contains(c.missed, id) })
			got := idsOf(rows)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if calls := u.calls(); calls > 6 {
				t.Errorf("it took %d calls", calls)
			}
		})
	}
}

// union returns the ids of both, each once, sorted.
func union(a, b []ccube.ID) []ccube.ID {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// A list that is never the same twice ends a walk all the same.
func TestWalkOverAListThatNeverRestsEnds(t *testing.T) {
	t.Parallel()
	u := holding(1000, paging{most: 100})
	u.before = func(context.Context, ccube.Page) error {
		u.set(func(u *upstream) { u.ids = slices.Insert(u.ids, 0, ccube.ID(len(u.ids)+1)) })
		return nil
	}
	r := ada(NewCensus())
	r.options.Concurrency = 1 // read out of their order, pages can miss a row that moves on between them
	rows, err := NewWalker(r, u.list()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := idsOf(rows)
	if slices.Sort(ids); len(slices.Compact(ids)) != len(rows) || len(rows) < 1000 {
		t.Errorf("%d rows, %d of them different, want the 1000 that were there all the time", len(rows), len(slices.Compact(ids)))
	}
}

func TestFailureIsTheSameForAllAskers(t *testing.T) {
	t.Parallel()
	for _, page := range []int{1, 2, 4} {
		u := holding(1000, paging{most: 100})
		u.before = func(_ context.Context, p ccube.Page) error {
			if p.Number == page {
				return fault.New(fault.UpstreamError, "no page %d", p.Number)
			}
			return nil
		}
		w := NewWalker(ada(NewCensus()), u.list())
		_, first := w.All(t.Context())
		if !errors.Is(first, fault.UpstreamError) || !strings.HasPrefix(first.Error(), "cannot walk notes: ") {
			t.Errorf("page %d fails with %v, want it told as UPSTREAM_ERROR", page, first)
		}
		calls := u.calls()
		if calls > 8 {
			t.Errorf("page %d fails after %d calls", page, calls)
		}
		_, second := w.All(t.Context())
		_, found := w.Find(t.Context(), []ccube.ID{900}, nil)
		_, done, within := w.Within(t.Context(), 100)
		for _, err := range []error{second, found, within} {
			if !errors.Is(err, first) {
				t.Errorf("a later asker gets %v, want %v", err, first)
			}
		}
		if done || w.Done() || u.calls() != 0 {
			t.Error("a walk that has failed is done, or is read again")
		}
	}
}

func TestFailureTeachesNothing(t *testing.T) {
	t.Parallel()
	u := holding(250, paging{most: 100})
	census := NewCensus()
	u.before = func(_ context.Context, p ccube.Page) error {
		if p.Number > 1 {
			return fault.New(fault.UpstreamUnavailable, "down")
		}
		return nil
	}
	if _, err := NewWalker(ada(census), u.list()).All(t.Context()); err == nil {
		t.Fatal("no error")
	}
	if _, _, err := PageOf(t.Context(), ada(census), u.list(), Window{Offset: 150, Count: 20}); !errors.Is(err, fault.UpstreamUnavailable) {
		t.Errorf("the page's error is %v", err)
	}
	u.before = nil
	(&history{upstream: u}).check(t, ada(census))
}

// check walks the list outside of a property.
func (h *history) check(t *testing.T, r *Reader) {
	t.Helper()
	rows, err := NewWalker(r, h.list()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h.whole(), idsOf(rows)); diff != "" {
		t.Errorf("the walk differs (-want +got):\n%s", diff)
	}
}

func TestPanicOfAPageIsAnError(t *testing.T) {
	t.Parallel()
	u := holding(10, paging{})
	u.before = func(context.Context, ccube.Page) error { panic("s3cr3t") }
	r := ada(NewCensus())
	if _, err := NewWalker(r, u.list()).All(t.Context()); fault.KindOf(err) != fault.Internal {
		t.Errorf("a walk gives %v, want INTERNAL", err)
	}
	if _, _, err := PageOf(t.Context(), r, u.list(), Window{Count: 5}); fault.KindOf(err) != fault.Internal {
		t.Errorf("a page gives %v, want INTERNAL", err)
	}
}

// hang has pages wait until their call is given up.
func hang(ctx context.Context, _ ccube.Page) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestCancelledReadsEnd(t *testing.T) {
	t.Parallel()
	reads := map[string]func(context.Context, *Reader, *List[*ccube.Note]) error{
		"All": func(ctx context.Context, r *Reader, l *List[*ccube.Note]) error {
			_, err := NewWalker(r, l).All(ctx)
			return err
		},
		"Find": func(ctx context.Context, r *Reader, l *List[*ccube.Note]) error {
			_, err := NewWalker(r, l).Find(ctx, []ccube.ID{7}, nil)
			return err
		},
		"Within": func(ctx context.Context, r *Reader, l *List[*ccube.Note]) error {
			_, _, err := NewWalker(r, l).Within(ctx, 50)
			return err
		},
		"PageOf": func(ctx context.Context, r *Reader, l *List[*ccube.Note]) error {
			_, _, err := PageOf(ctx, r, l, Window{Offset: 100, Count: 500})
			return err
		},
	}
	for name, read := range reads {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // whose end waits for every goroutine
				u := holding(1000, paging{})
				u.before = hang
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan error, 1)
				go func() { done <- read(ctx, ada(NewCensus()), u.list()) }()
				synctest.Wait()
				cancel()
				if err := <-done; !errors.Is(err, context.Canceled) {
					t.Errorf("the error is %v, want the context's own", err)
				}
			})
		})
	}
}

// One page's failure ends the others of its round, which would only be thrown away.
func TestFailureEndsTheRound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := holding(1000, paging{})
		u.before = func(ctx context.Context, p ccube.Page) error {
			if p.Number == 2 {
				return fault.New(fault.RateLimited, "too much")
			}
			return hang(ctx, p)
		}
		if _, err := NewWalker(ada(NewCensus()), u.list()).All(t.Context()); !errors.Is(err, fault.RateLimited) {
			t.Errorf("the error is %v, want the page's that failed", err)
		}
	})
}

func TestManyAskersReadPagesOnce(t *testing.T) {
	t.Parallel()
	u := holding(1000, paging{most: 100})
	w := NewWalker(ada(NewCensus()), u.list())
	var askers sync.WaitGroup
	for i := range 64 {
		askers.Go(func() {
			switch i % 3 {
			case 0:
				if rows, err := w.All(t.Context()); err != nil || len(rows) != 1000 {
					t.Errorf("All: %d rows, %v", len(rows), err)
				}
			case 1:
				id := ccube.ID(1 + i*15)
				if found, err := w.Find(t.Context(), []ccube.ID{id}, nil); err != nil || found[id] == nil {
					t.Errorf("Find: %v, %v", found, err)
				}
			default:
				if rows, whole, err := w.Within(t.Context(), 100); err != nil || !whole || len(rows) != 1000 {
					t.Errorf("Within: %d rows, whole %t, %v", len(rows), whole, err)
				}
			}
		})
	}
	askers.Wait()
	pages := map[int]int{}
	for _, p := range u.asked {
		if pages[p.Number]++; pages[p.Number] > 1 {
			t.Errorf("page %d was read %d times", p.Number, pages[p.Number])
		}
	}
}

// A walker reads several pages at once, and not more than it may.
func TestPagesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := holding(4000, paging{most: 100})
		census := NewCensus()
		walking(t, u, ada(census))
		release := make(chan struct{})
		u.before = func(context.Context, ccube.Page) error { <-release; return nil }
		var walk sync.WaitGroup
		walk.Go(func() { _, _ = NewWalker(ada(census), u.list()).All(t.Context()) })
		synctest.Wait()
		const most = 32
		if n := u.calls(); n != most {
			t.Errorf("%d pages are read at once, want %d: the size is known, and so many are allowed", n, most)
		}
		close(release)
		walk.Wait()
	})
}

func TestFind(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason    string
		ids       []ccube.ID
		worth     func(missing, read int) bool
		want      []ccube.ID
		wantCalls int
	}{
		"nothing":          {"nothing is missing from the start", nil, nil, nil, 0},
		"on page 1":        {"the first pair of pages has it", []ccube.ID{1}, nil, []ccube.ID{1}, 2},
		"on page 3":        {"a round more", []ccube.ID{1, 250}, nil, []ccube.ID{1, 250}, 3},
		"nowhere":          {"that is known at the end", []ccube.ID{9999}, nil, nil, 11},
		"not worth it":     {"not even a first call", []ccube.ID{250}, func(int, int) bool { return false }, nil, 0},
		"no longer worth":  {"what has been found is kept", []ccube.ID{1, 900}, func(_, read int) bool { return read < 2 }, []ccube.ID{1}, 2},
		"worth while many": {"it is told how many are missing", []ccube.ID{1, 2, 900}, func(missing, _ int) bool { return missing > 1 }, []ccube.ID{1, 2}, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(1000, paging{most: 100})
			found, err := NewWalker(ada(NewCensus()), u.list()).Find(t.Context(), c.ids, c.worth)
			if err != nil {
				t.Fatal(err)
			}
			var got []ccube.ID
			for _, id := range c.ids {
				if row := found[id]; row != nil {
					got = append(got, row.ID)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if calls := u.calls(); calls > c.wantCalls {
				t.Errorf("it took %d calls, want %d at most: %s", calls, c.wantCalls, c.reason)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason          string
		known           bool
		max             int
		whole           bool
		fewest, atMost  int
		afterwards      int
		afterwardsCause string
	}{
		"known, fits":      {"ten pages and one that is empty", true, 11, true, 11, 11, 0, "it has all"},
		"known, too long":  {"it does not begin what it will not end", true, 10, false, 0, 0, 11, "nothing had been read"},
		"unknown, fits":    {"page 13 is empty", false, 12, true, 12, 13, 0, "it has all"},
		"unknown, too far": {"page 6 has rows", false, 5, false, 4, 4, 7, "what it had read is kept"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(1000, paging{most: 100})
			census := NewCensus()
			if c.known {
				walking(t, u, ada(census))
			}
			w := NewWalker(ada(census), u.list())
			rows, whole, err := w.Within(t.Context(), c.max)
			if err != nil || whole != c.whole || whole && len(rows) != 1000 {
				t.Errorf("%d rows, whole %t, %v, want whole %t: %s", len(rows), whole, err, c.whole, c.reason)
			}
			if calls := u.calls(); calls < c.fewest || calls > c.atMost {
				t.Errorf("it took %d calls, want %d to %d: %s", calls, c.fewest, c.atMost, c.reason)
			}
			rows, err = w.All(t.Context())
			if calls := u.calls(); err != nil || len(rows) != 1000 || calls > c.afterwards {
				t.Errorf("afterwards %d rows, %v, took %d calls, want %d at most: %s", len(rows), err, calls, c.afterwards, c.afterwardsCause)
			}
		})
	}
}

// A list of few rows is one call, as long as a page that short can hardly be a full one.
func TestFewRows(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		rows   int
		habit  paging
		first  int
		then   int
	}{
		"none":            {"an empty page is the end", 0, paging{}, 1, 1},
		"few":             {"nobody is known to page by less than ten", 9, paging{}, 1, 1},
		"ten":             {"ten could be a cap", 10, paging{}, 2, 2},
		"eleven":          {"once a second page was empty, eleven is no cap", 11, paging{}, 2, 1},
		"capped":          {"a full first page is followed by another", 25, paging{most: 20}, 2, 2},
		"all that exists": {"once it is known that everything comes at once", 230, paging{ignored: true}, 2, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(c.rows, c.habit)
			census := NewCensus()
			for i, most := range []int{c.first, c.then} {
				list := u.list()
				list.Few, list.Name = true, ""
				rows, err := NewWalker(ada(census), list).All(t.Context())
				if err != nil || len(rows) != c.rows {
					t.Errorf("reading %d gives %d rows, %v, want %d", i+1, len(rows), err, c.rows)
				}
				if calls := u.calls(); calls > most {
					t.Errorf("reading %d took %d calls, want %d at most: %s", i+1, calls, most, c.reason)
				}
			}
		})
	}
}

// A row that comes again is taken once, in whatever order the ids come; an index is made only where it is needed to tell.
func TestRowsAreTakenOnce(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		ids, want []ccube.ID
		indexed   bool
	}{
		"rising":            {[]ccube.ID{1, 2, 5, 9}, []ccube.ID{1, 2, 5, 9}, false},
		"falling":           {[]ccube.ID{9, 5, 2, 1}, []ccube.ID{9, 5, 2, 1}, false},
		"rising, again":     {[]ccube.ID{1, 2, 2, 5}, []ccube.ID{1, 2, 5}, true},
		"falling, again":    {[]ccube.ID{9, 5, 9, 1}, []ccube.ID{9, 5, 1}, true},
		"the only one":      {[]ccube.ID{7, 7}, []ccube.ID{7}, true},
		"to and fro":        {[]ccube.ID{3, 9, 1, 9, 4, 3}, []ccube.ID{3, 9, 1, 4}, true},
		"turning at once":   {[]ccube.ID{3, 9, 8, 9}, []ccube.ID{3, 9, 8}, true},
		"one page all over": {[]ccube.ID{1, 2, 3, 1, 2, 3}, []ccube.ID{1, 2, 3}, true},
	}
	for name, c := range cases {
		var w Walker[*ccube.Note]
		var got []ccube.ID
		for _, id := range c.ids {
			w.add([]*ccube.Note{{Row: ccube.Row{ID: id}}})
		}
		for _, row := range w.rows {
			got = append(got, row.ID)
		}
		if !slices.Equal(got, c.want) || (w.byID != nil) != c.indexed {
			t.Errorf("%s: %v gives %v, indexed %t, want %v and %t", name, c.ids, got, w.byID != nil, c.want, c.indexed)
		}
		for _, id := range c.want {
			if w.index()[id] == nil {
				t.Errorf("%s: the row %d is not found", name, id)
			}
		}
	}
}
