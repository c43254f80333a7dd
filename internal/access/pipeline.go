package access

// This file keeps several pages of a walk under way at once, and judges them in their order, so that CCUBE is never left
// idle while one page is late. How far it reads ahead of what it has judged bounds the calls that a walk can waste.

import (
	"context"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// arrival is a page that has come, or why it did not.
type arrival[T any] struct {
	number int
	rows   []T
	err    error
}

// readOn reads pages until the list is done or enough says so. Pages behind the end, or behind what was enough, are given
// up; that one of these failed is no failure of the walk.
func (w *Walker[T]) readOn(ctx context.Context, enough func() bool) (err error) {
	defer fault.Wrap(&err, "cannot walk %s", w.list.Endpoint)
	w.open()
	var readers sync.WaitGroup
	defer readers.Wait()
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp() // before it waits for the readers
	atOnce := w.reader.options.Concurrency
	arrived := make(chan arrival[T], atOnce)
	early := make(map[int]arrival[T], atOnce)
	for asked, flying, stop := w.read, 0, false; !w.done; {
		for ; !stop && flying < atOnce && asked < w.read+w.window(); flying++ {
			asked++
			number := asked
			readers.Go(func() { arrived <- w.fetch(ctx, number) })
		}
		page, here := early[w.read+1]
		switch {
		case here && page.err != nil && stop, !here && flying == 0:
			return nil
		case here && page.err != nil:
			return page.err
		case here:
			delete(early, page.number)
			w.take(page.number, page.rows)
			w.measure()
			stop = stop || enough()
		default:
			page = <-arrived
			early[page.number] = page
			flying--
		}
	}
	return nil
}

// fetch reads one page.
func (w *Walker[T]) fetch(ctx context.Context, number int) (a arrival[T]) {
	defer fault.Recover(&a.err)
	a.number = number
	a.rows, a.err = w.list.page(ctx, w.reader, number, w.reader.options.PageSize)
	return a
}

// measure remembers the list's length, as far as it is known.
func (w *Walker[T]) measure() {
	known := size{rows: len(w.rows), whole: w.done}
	if !w.done {
		known.rows++
	}
	w.reader.measured(w.list.Endpoint, w.list.Name, known)
}

// pair is how many pages a walk begins with that knows nothing.
const pair = 2

// open says how many pages to ask for at first. Where the size is known from last time, all of them; else two, so that the
// end of a short list is found with one call too many at most, or one, where a page tells more.
func (w *Walker[T]) open() {
	if w.read > 0 {
		return
	}
	w.was = w.reader.size(w.list.Endpoint, w.list.Name)
	if w.was.rows > len(w.byID) {
		w.byID = make(map[ccube.ID]T, w.was.rows)
	}
	h := w.reader.habit(w.list.Endpoint)
	n, whole := pages(w.reader, w.list)
	switch {
	case whole && n > 0:
		w.expected, w.opening = n, n
	case w.list.Few || h.paged || h.ignored:
		w.opening = 1
	default:
		w.opening = pair
	}
}

// window says how many pages may be read beyond those that have been judged: the rest of the first ones, then two, and
// more the longer the list proves to be, one in sixteen. After the first pages that were full one is enough, since a list
// that ends just there would cost two; so it is after a first page
// that was short or everything, and is doubted.
func (w *Walker[T]) window() int {
	const each = 16
	h := w.reader.habit(w.list.Endpoint)
	switch {
	case w.read < w.opening:
		return w.opening - w.read
	case w.read == w.expected, w.read == pair, w.read == 1 && (w.list.Few || w.first != h.page(w.reader.options.PageSize)):
		return 1
	}
	return min(pair+w.read/each, w.reader.options.Concurrency)
}
