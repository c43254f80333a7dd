package access

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestCut(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		window Window
		want   []ccube.ID
		more   bool
	}{
		"the beginning": {"rows follow", Window{Count: 2}, []ccube.ID{1, 2}, true},
		"the middle":    {"rows follow", Window{Offset: 1, Count: 3}, []ccube.ID{2, 3, 4}, true},
		"the end":       {"no row follows", Window{Offset: 3, Count: 2}, []ccube.ID{4, 5}, false},
		"over the end":  {"fewer rows than asked for", Window{Offset: 4, Count: 9}, []ccube.ID{5}, false},
		"past the end":  {"an empty page, not an error", Window{Offset: 9, Count: 9}, []ccube.ID{}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := numbers(1, 5)
			got, more := Cut(c.window, all)
			if diff := cmp.Diff(c.want, got); diff != "" || more != c.more {
				t.Errorf("more is %t, want %t: %s (-want +got):\n%s", more, c.more, c.reason, diff)
			}
			_ = append(got, 99) // what is handed out leaves the list alone
			if !slices.Equal(all, numbers(1, 5)) {
				t.Error("appending to the window changes the list")
			}
		})
	}
}

// FuzzLayOut holds that a layout covers its window, with pages that are not too large, and trusts no page's place that is
// not known.
func FuzzLayOut(f *testing.F) {
	f.Add(uint16(0), uint16(20), true, false, false, false, uint8(0), uint8(0))
	f.Add(uint16(187), uint16(21), true, true, true, false, uint8(100), uint8(100))
	f.Add(uint16(900), uint16(1000), false, true, false, true, uint8(20), uint8(20))
	f.Add(uint16(99), uint16(1), true, true, false, false, uint8(50), uint8(7))
	f.Fuzz(func(t *testing.T, offset, count uint16, next, paged, sized, fixed bool, full, most uint8) {
		w := Window{Offset: int(offset), Count: 1 + int(count)%1000, Next: next}
		h := habit{paged: paged, sized: paged && sized && !fixed, fixed: paged && fixed && full > 0, full: int(full), atLeast: int(full), cap: int(most)}
		const pageSize = 100
		l := layOut(w, h, pageSize)
		if l.size < 1 || l.size > h.page(pageSize) {
			t.Errorf("%+v of %+v is laid out as %+v: pages of a size that is not to be had", w, h, l)
		}
		if l.first < 1 || l.last < l.first || l.from() > w.Offset || l.last*l.size < w.end() {
			t.Errorf("%+v of %+v is laid out as %+v, which does not cover it", w, h, l)
		}
		if l.first*l.size <= w.Offset || (l.last-1)*l.size >= w.end() && w.need() > 0 {
			t.Errorf("%+v of %+v is laid out as %+v, with a page that it does not need", w, h, l)
		}
		if h.fixed && l.size != h.full {
			t.Errorf("%+v of %+v is laid out as %+v: pages have a size of their own", w, h, l)
		}
		if l.last > 1 && !l.control && !h.places(l.size) {
			t.Errorf("%+v of %+v is laid out as %+v, though nobody knows where its pages begin", w, h, l)
		}
		if w.end() <= pageSize && !paged && most == 0 && l.last > 1 {
			t.Errorf("%+v of %+v is laid out as %+v: page 1 could hold it", w, h, l)
		}
	})
}

func TestLayouts(t *testing.T) {
	t.Parallel()
	known := habit{paged: true, full: 20, atLeast: 20}
	cases := map[string]struct {
		reason string
		window Window
		habit  habit
		want   layout
	}{
		"nothing is known": {"page 1 is where it is", Window{Offset: 20, Count: 20}, habit{}, layout{size: 40, first: 1, last: 1}},
		"full pages of the size have been seen": {"its places are known, and it has no row too many",
			Window{Offset: 20, Count: 20}, known, layout{size: 20, first: 2, last: 2}},
		"full pages of another size": {"a page of 25 may be of 20", Window{Offset: 25, Count: 25}, known, layout{size: 50, first: 1, last: 1}},
		"out of page 1's reach":      {"one more page tells", Window{Offset: 200, Count: 25}, known, layout{size: 25, first: 9, last: 9, control: true}},
		"the next row too": {"no smaller page holds it", Window{Offset: 20, Count: 20, Next: true}, known,
			layout{size: 41, first: 1, last: 1}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := layOut(c.window, c.habit, 100); got != c.want {
				t.Errorf("it is laid out as %+v, want %+v: %s", got, c.want, c.reason)
			}
		})
	}
}

// The endings of these lists look like something else: the window that is laid over them has to come out right.
func TestPagesThatDeceive(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		rows   int
		habit  paging
		teach  []Window
		window Window
	}{
		"everything is a page":         {"a list of 100 that comes at once looks like full pages", 100, paging{ignored: true}, nil, Window{0, 150, false}},
		"everything is the window":     {"so does one of as many rows as are asked for", 20, paging{ignored: true}, nil, Window{200, 20, false}},
		"pages of their own, past":     {"page 16 of 20 rows is past the end, row 150 is not", 300, paging{fixed: 20}, nil, Window{150, 10, false}},
		"pages of their own, last":     {"page 7 of 20 rows has the 5 that were asked for, others", 125, paging{fixed: 20}, []Window{{0, 200, false}}, Window{30, 5, false}},
		"pages of their own, large":    {"a page has more than was asked for", 400, paging{fixed: 150}, nil, Window{160, 30, true}},
		"pages of their own, as asked": {"pages of 20 look honoured as long as 20 are asked for", 300, paging{fixed: 20}, []Window{{100, 20, false}}, Window{100, 10, false}},
		"a cap below the window":       {"page 7 of 10 rows has one, which is not row 384", 61, paging{most: 10}, []Window{{0, 1, true}, {30, 5, false}}, Window{384, 58, false}},
		"a cap in the window":          {"a full page, shorter than asked for", 300, paging{most: 50}, []Window{{0, 20, true}}, Window{100, 80, true}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(c.rows, c.habit)
			r := ada(NewCensus())
			for range 3 { // unknown, learned, and still right
				for _, w := range append(c.teach, c.window) {
					rows, more, err := PageOf(t.Context(), r, u.list(), w)
					if err != nil {
						t.Fatal(err)
					}
					want, wantMore := Cut(w, u.whole())
					if diff := cmp.Diff(slices.Clone(want), idsOf(rows)); diff != "" || w.Next && more != wantMore {
						t.Errorf("%+v has more: %t, want %t: %s (-want +got):\n%s", w, more, wantMore, c.reason, diff)
					}
				}
			}
		})
	}
}

// What is known of one size of page is not known of another: a size larger than any page has been may be over the cap.
func TestPagesLargerThanAnyBefore(t *testing.T) {
	t.Parallel()
	r := ada(NewCensus())
	long := holding(1000, paging{most: 30})
	for _, count := range []int{10, 20} { // per_page is honoured, up to 20 for all that is known
		windowing(t, long, r, Window{Offset: 100 * count, Count: count})
		windowing(t, long, r, Window{Offset: 10 * count, Count: count})
	}
	// Page 7 of 64 rows would be past the end; page 7 of 30 has the list's last three.
	rows, _, err := PageOf(t.Context(), readerFor(r.census, "acme", "bob@example.com"), holding(183, paging{most: 30}).list(), Window{Offset: 384, Count: 58})
	if err != nil || len(rows) != 0 {
		t.Errorf("past the end are %v, %v", idsOf(rows), err)
	}
}

// A page that is larger than was asked for ends all trust in where pages begin.
func TestPagesThatSurpriseAreForgotten(t *testing.T) {
	t.Parallel()
	census := taught(t, paging{most: 50})
	u := holding(300, paging{fixed: 50})
	for i, w := range []Window{{5, 1, false}, {60, 5, true}, {200, 20, true}} {
		rows, _, err := PageOf(t.Context(), ada(census), u.list(), w)
		want, _ := Cut(w, u.whole())
		if diff := cmp.Diff(slices.Clone(want), idsOf(rows)); err != nil || diff != "" {
			t.Errorf("window %d, %+v: %v (-want +got):\n%s", i+1, w, err, diff)
		}
	}
}

// A window past the end costs no walk.
func TestPastTheEndIsEmpty(t *testing.T) {
	t.Parallel()
	for _, habit := range []paging{{}, {most: 100}, {most: 20}} {
		u := holding(45, habit)
		rows, more, err := PageOf(t.Context(), ada(NewCensus()), u.list(), Window{Offset: 1_000_000, Count: 20, Next: true})
		if err != nil || len(rows) != 0 || more {
			t.Errorf("paging %s: %v, more %t, %v, want an empty page", habit, rows, more, err)
		}
		if calls := u.calls(); calls > 2 {
			t.Errorf("paging %s: it took %d calls, want 2 at most", habit, calls)
		}
	}
}
