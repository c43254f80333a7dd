package access

// This file reads one window of a list: rows offset to offset+count, and whether more follow.
//
// The window is laid over CCUBE's pages so that one page holds all of it where any size of page can do that; the
// row after the window rides along when somebody wants to know whether there is one. What comes back is judged by what is
// known of the endpoint's habit; a surprise (everything at once, fewer rows than asked, the first page again) is learned,
// and the window laid anew.

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Window is a stretch of a list.
type Window struct {
	// Offset is how many rows come before, Count how many rows the window has.
	Offset, Count int
	// Next asks whether a row follows.
	Next bool
}

// need is how many rows have to be read for the window.
func (w Window) need() int {
	if w.Next {
		return w.Count + 1
	}
	return w.Count
}

// end is where the rows to be read end.
func (w Window) end() int { return w.Offset + w.need() }

// Cut takes the window out of a whole list, and tells whether more rows follow.
func Cut[T any](w Window, all []T) (rows []T, more bool) { return cut(w, all, 0) }

// cut takes the window out of rows that begin with the list's row number from.
func cut[T any](w Window, rows []T, from int) ([]T, bool) {
	begin := min(max(0, w.Offset-from), len(rows))
	end := min(begin+w.Count, len(rows))
	return rows[begin:end:end], end < len(rows)
}

// PageOf returns the rows of the window, fewer where the list ends, and whether more follow (if the window asks for it).
func PageOf[T Row[T]](ctx context.Context, r *Reader, l *List[T], window Window) (rows []T, more bool, err error) {
	defer fault.Wrap(&err, "cannot read a page of %s", l.Endpoint)
	if found := recall(ctx, r, l); found != nil {
		w := Walker[T]{}
		if err := w.adopt(found); err != nil {
			return nil, false, err
		}
		rows, more = cut(window, w.rows, 0)
		return rows, more, nil
	}
	const attempts = 3 // a surprise is learned, so the second mostly fits; a list that surprises again is walked
	for range attempts {
		h := r.habit(l.Endpoint)
		if h.ignored {
			break
		}
		clipped := clip(r, l, window)
		try := attempt[T]{reader: r, list: l, window: window, layout: layOut(clipped, h, r.options.PageSize)}
		verdict, err := try.run(ctx)
		if err != nil {
			return nil, false, err
		}
		reached := try.from() + len(try.rows)
		if verdict == fits && clipped.end() < window.end() && reached >= clipped.end() {
			r.measured(l.Endpoint, l.Name, size{rows: reached}) // the list has grown
			continue
		}
		if verdict == fits {
			overtake(ctx, r, l)
			r.measured(l.Endpoint, l.Name, size{rows: reached})
			rows, more = cut(window, try.rows, try.from())
			return rows, more, nil
		}
		if verdict == hopeless {
			break
		}
	}
	all, err := NewWalker(r, l).All(ctx)
	if err != nil {
		return nil, false, err
	}
	rows, more = cut(window, all, 0)
	return rows, more, nil
}

// clip shortens a window that reaches past the list's end, as far as that is known: to one row more, so that a list that
// has grown is noticed by that row.
func clip[T Row[T]](r *Reader, l *List[T], w Window) Window {
	if known := r.size(l.Endpoint, l.Name); known.whole && w.end() > known.rows+1 {
		w.Count, w.Next = max(1, known.rows+1-w.Offset), false
	}
	return w
}

// Surely returns how many rows a window has at least, by what is known of the list; 0 where it may be empty.
func Surely[T Row[T]](r *Reader, l *List[T], w Window) int {
	return max(0, min(w.Count, r.size(l.Endpoint, l.Name).rows-w.Offset))
}

// layout is a run of CCUBE's pages that covers a window.
type layout struct {
	// size is the rows asked per page; first and last are the page numbers.
	size, first, last int
	// control tells that page 1 is read too, to compare: it is not known yet where pages of the size begin.
	control bool
}

// from is the list's row number that the layout begins with.
func (l layout) from() int { return (l.first - 1) * l.size }

// layOut finds the smallest page that holds the whole window, of largest rows at most; where none does, or pages have a
// size of their own, pages of the largest size. Where it is not known where that page begins, page 1 is taken if it can hold
// the window.
func layOut(w Window, h habit, largest int) layout {
	largest = h.page(largest)
	for size := max(1, w.need()); size <= largest && !h.fixed; size++ {
		first, last := w.pages(size)
		switch {
		case first != last:
		case last == 1 || h.places(size):
			return layout{size: size, first: first, last: last}
		case !h.sized && w.end() <= largest:
			return layout{size: max(1, w.end()), first: 1, last: 1}
		default:
			return layout{size: size, first: first, last: last, control: true}
		}
	}
	first, last := w.pages(largest)
	return layout{size: largest, first: first, last: last, control: last > 1 && !h.places(largest)}
}

// pages returns the numbers of the first and the last page of the size that the window touches.
func (w Window) pages(size int) (first, last int) {
	return w.Offset/size + 1, max(w.Offset, w.end()-1)/size + 1
}

// verdict is what an attempt has shown.
type verdict int

const (
	// fits means that the rows read answer the window.
	fits verdict = iota
	// again means that something was learned, and the window has to be laid anew.
	again
	// hopeless means that the pages follow no rule; the list has to be walked.
	hopeless
)

// attempt reads one layout of a window.
type attempt[T Row[T]] struct {
	reader *Reader
	list   *List[T]
	window Window
	layout
	// rows are the list's rows from row number from() on.
	rows []T
}

func (a *attempt[T]) run(ctx context.Context) (verdict, error) {
	pages, control, err := a.read(ctx)
	if err != nil {
		return hopeless, err
	}
	if a.control {
		later := pages[0]
		if a.first == 1 {
			control, later = pages[0], pages[1]
		}
		if v := a.compare(control, later); v != fits {
			return v, nil
		}
	}
	for i, page := range pages {
		a.rows = append(a.rows, page...)
		if len(page) == a.size {
			continue
		}
		if followed := i+1 < len(pages) && len(pages[i+1]) > 0; followed && len(page) < a.size {
			return a.compare(page, pages[i+1]), nil
		}
		return a.uneven(ctx, a.first+i, page)
	}
	return fits, nil
}

// read reads the layout's pages at once, and page 1 beside them where it is needed for comparison.
func (a *attempt[T]) read(ctx context.Context) (pages [][]T, control []T, err error) {
	pages = make([][]T, a.last-a.first+1)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(a.reader.options.Concurrency)
	get := func(dst *[]T, number int) {
		group.Go(func() (err error) {
			defer fault.Recover(&err)
			*dst, err = a.list.page(ctx, a.reader, number, a.size)
			return err
		})
	}
	if a.control && a.first > 1 {
		get(&control, 1)
	}
	for i := range pages {
		get(&pages[i], a.first+i)
	}
	return pages, control, group.Wait()
}

// compare learns from page 1 and a later page whether the endpoint pages.
func (a *attempt[T]) compare(one, later []T) verdict {
	switch {
	case len(later) == 0 && len(one) > a.size:
		return hopeless // past the end of pages that are larger than was asked for, by nobody knows how much
	case len(later) == 0:
		// Past the end by any size of page: a cap would only have put this page nearer to the beginning.
		a.reader.learn(a.list.Endpoint, func(h *habit) { h.paged = h.paged || len(one) > 0 })
		return fits
	case same(one, later):
		a.reader.learn(a.list.Endpoint, (*habit).ignore)
		return again
	}
	a.reader.learn(a.list.Endpoint, func(h *habit) { h.follow(len(one), a.size) })
	if len(one) != a.size {
		return again
	}
	return fits
}

// uneven judges a page that has not as many rows as were asked for. The attempt's rows end with it.
func (a *attempt[T]) uneven(ctx context.Context, number int, page []T) (verdict, error) {
	enough := a.from()+len(a.rows) >= a.window.end()
	switch {
	case len(page) > a.size && a.first == 1 && number == 1 && enough:
		return fits, nil
	case len(page) > a.size:
		a.reader.learn(a.list.Endpoint, func(h *habit) { h.full, h.sized, h.fixed = 0, false, false })
		return hopeless, nil
	case enough, a.reader.habit(a.list.Endpoint).last(len(page), a.size):
		return fits, nil
	case number == 1 && a.list.few(page):
		return fits, nil // as a walk would take it
	}
	return a.settle(ctx, number, page)
}

// settle reads the page after a short one, to learn whether the short one was the last, everything, or capped.
func (a *attempt[T]) settle(ctx context.Context, number int, page []T) (verdict, error) {
	next, err := a.list.page(ctx, a.reader, number+1, a.size)
	if err != nil {
		return hopeless, err
	}
	switch {
	case len(next) == 0:
		a.reader.learn(a.list.Endpoint, func(h *habit) { h.paged, h.atLeast = true, max(h.atLeast, len(page)) })
		return fits, nil
	case same(page, next):
		a.reader.learn(a.list.Endpoint, (*habit).ignore)
		if a.first == 1 && number == 1 {
			return fits, nil
		}
		return again, nil
	}
	a.reader.learn(a.list.Endpoint, func(h *habit) { h.follow(len(page), a.size) })
	return again, nil
}

// same reports whether two pages hold the same rows.
func same[T Row[T]](a, b []T) bool {
	return slices.EqualFunc(a, b, func(a, b T) bool { return a.Identity() == b.Identity() })
}
