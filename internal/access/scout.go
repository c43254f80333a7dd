package access

// This file finds out whether a list is long, by looking where its end would have to lie.
//
// Notes of N things are N filtered calls, or one walk of all pages. To walk N pages only to find that there are more of them
// would have cost N calls for nothing. So a walk that may take N pages, and has found its first ones full, looks at page N+1
// beside the next: rows there say that it is not worth going on, after four calls; none cost one call.

import (
	"context"
	"sync"
)

// scout is how many full pages a walk reads before it looks whether the list is too long for it.
const scout = pair

// tooLong reports whether the list has more than max pages, where that is not known and asking is worth a call. It reads
// the walk's first pages.
func (w *Walker[T]) tooLong(ctx context.Context, max int) bool {
	if w.scouted || w.read > scout || max <= 2*scout || w.reader.size(w.list.Endpoint, w.list.Name).whole {
		return false
	}
	if err := w.walk(ctx, scout, never); err != nil || w.done {
		return false
	}
	w.scouted = true
	far := w.far(ctx, max+1)
	if len(far) == 0 {
		return false
	}
	per := w.reader.habit(w.list.Endpoint).page(w.reader.options.PageSize)
	w.reader.measured(w.list.Endpoint, w.list.Name, size{rows: max*per + len(far)})
	return true
}

// far reads a page far ahead, and the walk's next beside it. That either fails is the walk's business, if it gets there.
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
