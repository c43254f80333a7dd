package access

// This file holds the readers to their laws over made-up lists, habits and histories:
//
//   - A walk ends, and is whole: the list's rows, in its order, each once, whatever the habit.
//   - A change of habit costs calls, not rows: the next walk is whole already. After it pages are right too, provided that
//     it could see the change: the list was longer than a page, and a large page has another length than before.
//   - A page is the list's own rows from offset to offset+count, and whether more follow.
//   - What is known from before saves calls, and changes no answer.
//
// Caps are round numbers wherever something is known from before, since that is what the readers take them to be
// (habit.last). A walk that knows nothing is whole for any cap.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// habits are the habits that a history can be made with.
func habits() *rapid.Generator[paging] {
	round := func(t *rapid.T, label string) int { return 5 * rapid.IntRange(2, 12).Draw(t, label) }
	return rapid.Custom(func(t *rapid.T) paging {
		switch rapid.SampledFrom([]string{"honoured", "at most 100", "capped", "ignored", "fixed"}).Draw(t, "habit") {
		case "at most 100":
			return paging{most: 100}
		case "capped":
			return paging{most: round(t, "cap")}
		case "ignored":
			return paging{ignored: true}
		case "fixed":
			return paging{fixed: round(t, "fixed")}
		}
		return paging{}
	})
}

// windows are mostly small, and mostly within a list of the length.
func windows(rows int) *rapid.Generator[Window] {
	return rapid.Custom(func(t *rapid.T) Window {
		count := rapid.OneOf(rapid.IntRange(1, 30), rapid.IntRange(1, 120), rapid.IntRange(1, 1000)).Draw(t, "count")
		offset := rapid.OneOf(rapid.IntRange(0, rows), rapid.IntRange(0, 500)).Draw(t, "offset")
		return Window{Offset: offset, Count: count, Next: rapid.Bool().Draw(t, "next")}
	})
}

// lengths are lengths of lists, the awkward ones often: those that end where a page does.
func lengths() *rapid.Generator[int] {
	return rapid.OneOf(rapid.IntRange(0, 350), rapid.SampledFrom([]int{0, 1, 10, 20, 50, 100, 101, 200, 300}))
}

// history is a list, and readers of it that remember.
type history struct {
	*upstream
	census *Census
	// next is an id that no row has had. A reader may remember the longest that the list has been, and the fewest rows that
	// a page has had.
	next, longest, fewest int
}

// begin returns a list that nobody has read yet.
func begin(t *rapid.T, habit paging) *history {
	n := lengths().Draw(t, "rows")
	return &history{upstream: holding(n, habit), census: NewCensus(), next: n + 1, longest: n, fewest: 100}
}

// mustWalk walks the list and holds the walk to its law.
func (h *history) mustWalk(t *rapid.T, r *Reader) {
	h.calls()
	rows, err := NewWalker(r, h.list()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h.whole(), idsOf(rows)); diff != "" {
		t.Fatalf("a walk over %d rows, paging %s, differs (-want +got):\n%s", len(h.ids), h.habit, diff)
	}
	if calls, most := h.calls(), pagesOf(h.longest, min(100, h.fewest, h.habit.rows(100)))*9/8+4; !h.habit.ignored && calls > most {
		t.Fatalf("a walk over %d rows, paging %s, took %d calls, want %d at most", len(h.ids), h.habit, calls, most)
	}
}

// mustPage reads a window and holds the page to its law.
func (h *history) mustPage(t *rapid.T, r *Reader, w Window) {
	rows, more, err := PageOf(t.Context(), r, h.list(), w)
	if err != nil {
		t.Fatal(err)
	}
	want, wantMore := Cut(w, h.whole())
	if diff := cmp.Diff(slices.Clone(want), idsOf(rows)); diff != "" {
		t.Fatalf("the window %+v of %d rows, paging %s, differs (-want +got):\n%s", w, len(h.ids), h.habit, diff)
	}
	if w.Next && more != wantMore {
		t.Fatalf("the window %+v of %d rows, paging %s, is said to have more: %t", w, len(h.ids), h.habit, more)
	}
}

// shown reports whether a walk could see that the habit is not the old one any more.
func (h *history) shown(old paging) bool {
	return len(h.ids) > 100 && (h.habit.ignored || old.ignored || h.habit.rows(100) != old.rows(100))
}

func (h *history) mustFind(t *rapid.T, r *Reader) {
	ids := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) ccube.ID { return ccube.ID(rapid.IntRange(1, 400).Draw(t, "id")) }),
		1, 20, rapid.ID).Draw(t, "ids")
	found, err := NewWalker(r, h.list()).Find(t.Context(), ids, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if _, ok := found[id]; ok != slices.Contains(h.ids, id) {
			t.Fatalf("id %d of %d rows, paging %s, is found: %t", id, len(h.ids), h.habit, ok)
		}
	}
}

func TestHistories(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := begin(t, habits().Draw(t, "paging"))
		callers := 0
		newcomer := func() string { // who remembers no length
			callers++
			return fmt.Sprintf("caller%d@example.com", callers)
		}
		reader := func(t *rapid.T) *Reader {
			return readerFor(h.census, "acme", rapid.SampledFrom([]string{"ada@example.com", "bob@example.com"}).Draw(t, "caller"))
		}
		t.Repeat(map[string]func(*rapid.T){
			"walk": func(t *rapid.T) { h.mustWalk(t, reader(t)) },
			"page": func(t *rapid.T) { h.mustPage(t, reader(t), windows(len(h.ids)).Draw(t, "window")) },
			"find": func(t *rapid.T) { h.mustFind(t, reader(t)) },
			"change of habit": func(t *rapid.T) {
				h.mustWalk(t, ada(h.census)) // so that the length that she remembers is the list's
				h.fewest = min(h.fewest, h.habit.rows(100))
				old := h.habit
				h.set(func(u *upstream) { u.habit = habits().Draw(t, "paging") })
				h.mustWalk(t, readerFor(h.census, "acme", rapid.SampledFrom([]string{"ada@example.com", newcomer()}).Draw(t, "caller")))
				if !h.shown(old) {
					h.census = NewCensus() // what is known may be wrong
				}
			},
			"grow": func(t *rapid.T) {
				more := numbers(h.next, rapid.IntRange(1, 60).Draw(t, "new rows"))
				h.next += len(more)
				at := rapid.SampledFrom([]int{0, len(h.ids)}).Draw(t, "at")
				h.set(func(u *upstream) { u.ids = slices.Insert(u.ids, at, more...) })
				h.longest = max(h.longest, len(h.ids))
			},
			"shrink": func(t *rapid.T) {
				gone := rapid.IntRange(0, len(h.ids)).Draw(t, "gone")
				at := rapid.IntRange(0, len(h.ids)-gone).Draw(t, "at")
				h.set(func(u *upstream) { u.ids = slices.Delete(u.ids, at, at+gone) })
			},
		})
	})
}

func TestColdWalkIsWholeForAnyCap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 250).Draw(t, "rows a page")
		habit := rapid.SampledFrom([]paging{{most: rows}, {fixed: rows}}).Draw(t, "paging")
		h := begin(t, habit)
		h.mustWalk(t, ada(h.census))
		h.mustWalk(t, ada(h.census)) // and what that has taught does no harm
	})
}

func TestColdPageIsRightForAnyCap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 250).Draw(t, "rows a page")
		habit := rapid.SampledFrom([]paging{{}, {most: rows}, {fixed: rows}, {ignored: true}}).Draw(t, "paging")
		h := begin(t, habit)
		h.mustPage(t, ada(h.census), windows(len(h.ids)).Draw(t, "window"))
	})
}
