package access

// This file finds out whether a list is long, by looking where its end would have to lie.
//
// Notes of N things are N filtered calls, or one walk of all pages; rows of N ids are N details, or a walk. To walk N pages
// only to find that there are more of them would have cost N calls for nothing. So a walk that is worth N pages, and has
// found its first ones full, looks at page N+1 beside the next: rows there say that it is not worth going on, after four
// calls; none cost one call.

import (
	"context"
	"sync"
)

// How far a walk reads before it looks ahead, and how much it must have before it for that to be worth a call.
const (
	scoutAfter = pair
	scoutFor   = 2 * pair
)

// scout reads the walk's first pages and, if the list is not done, not known, and not enough yet, looks whether it has more
// than worth() pages. It reports whether it has; that is remembered.
func (w *Walker[T]) scout(ctx context.Context, worth func() int, enough func() bool) bool {
	if w.scouted || w.read > scoutAfter || w.reader.goesOn.Load() || w.reader.size(w.list.Endpoint, w.list.Name).whole {
		return false
	}
	if err := w.walk(ctx, min(scoutAfter, worth()), enough); err != nil || w.done || enough() || worth() <= scoutFor {
		return false
	}
	w.scouted = true
	last := worth()
	far := w.far(ctx, last+1)
	if len(far) == 0 {
		return false
	}
	per := w.reader.habit(w.list.Endpoint).page(w.reader.options.PageSize)
	w.reader.measured(w.list.Endpoint, w.list.Name, size{rows: last*per + len(far)})
	return true
}

// far reads a page far ahead, and the walk's next beside it, which is needed unless the far one has rows: the chain is
// no longer for the look. That either fails is the walk's business, if it gets there.
func (w *Walker[T]) far(ctx context.Context, number int) (rows []T) {
	var readers sync.WaitGroup
	for _, n := range []int{w.read + 1, number} {
		readers.Go(func() {
			if a := w.fetch(ctx, n); n == number && a.err == nil {
				rows = a.rows
			}
		})
	}
	readers.Wait()
	return rows
}
