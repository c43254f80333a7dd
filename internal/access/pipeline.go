package access

// This file keeps several pages of a walk under way at once, and judges them in their order, so that CCUBE is never left
// idle while one page is late. How far it reads ahead of what it has judged bounds the calls that a walk can waste.

import (
	"context"
	"errors"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// arrival is a page that has come, or why it did not.
type arrival[T any] struct {
	number int
	rows   []T
	err    error
}

// readOn reads pages until the list is done or enough says so, and no page behind the last.
func (w *Walker[T]) readOn(ctx context.Context, last int, enough func() bool) (err error) {
	defer fault.Wrap(&err, "cannot walk %s", w.list.Endpoint)
	w.open()
	w.asked = w.read
	for !w.done {
		switch next := min(w.ahead(), last); {
		case next <= w.read:
			return nil
		case next > w.read+1:
			return w.pipe(ctx, last, enough)
		}
		w.hasBegun()
		w.asked++ // one page alone is read here: most walks are of one page, and need no goroutine
		page := w.fetch(ctx, w.asked)
		if page.err != nil {
			return page.err
		}
		w.judge(page)
		if enough() {
			return nil
		}
	}
	return nil
}

// pipe is readOn for several pages at once. That a page behind the end, or behind what was enough, failed is no failure of
// the walk.
func (w *Walker[T]) pipe(ctx context.Context, last int, enough func() bool) (err error) {
	var readers sync.WaitGroup
	ctx, giveUp := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			giveUp()
		}
		readers.Wait() // a page too many is about to come: to break it off would cost its connection
		giveUp()
	}()
	atOnce := min(w.reader.options.Concurrency, max(w.expected, farthest))
	arrived := make(chan arrival[T], atOnce)
	early := make(map[int]arrival[T])
	for flying, stop := 0, false; !w.done; {
		for ; !stop && flying < atOnce && w.asked < min(w.ahead(), last); flying++ {
			w.asked++
			finish := w.begin(ctx, w.asked)
			readers.Go(func() { arrived <- finish() })
		}
		w.hasBegun()
		page, here := early[w.read+1]
		switch {
		case here && page.err != nil && stop, !here && flying == 0:
			return nil
		case here && page.err != nil:
			return page.err
		case here:
			delete(early, page.number)
			w.judge(page)
			stop = stop || enough()
		default:
			page = <-arrived
			if concernsAll(page.err) {
				return page.err
			}
			early[page.number] = page
			flying--
		}
	}
	return nil
}

// judge takes a page whose turn has come.
func (w *Walker[T]) judge(page arrival[T]) {
	w.take(page.number, page.rows)
	w.measure()
}

// concernsAll reports whether a page's failure would be every page's, so that the others need not be waited for.
func concernsAll(err error) bool {
	return errors.Is(err, fault.Unauthenticated) || errors.Is(err, fault.Forbidden) || errors.Is(err, fault.RateLimited)
}

// fetch reads one page.
func (w *Walker[T]) fetch(ctx context.Context, number int) (a arrival[T]) {
	defer fault.Recover(&a.err)
	if number == 1 && w.given != nil {
		return *w.given
	}
	a.number = number
	a.rows, a.err = w.list.page(ctx, w.reader, number, w.reader.options.PageSize)
	return a
}

// begin begins to read one page, and returns what waits for it, which has to be called.
func (w *Walker[T]) begin(ctx context.Context, number int) (finish func() arrival[T]) {
	size := w.reader.options.PageSize
	wait := func() arrival[T] { return w.fetch(ctx, number) }
	if w.list.Begin == nil || w.list.Name == "" || w.given != nil {
		return wait
	}
	page := w.reader.memo.page(pageKey{w.list.Endpoint, w.list.Name, number, size})
	if !page.begin() {
		return wait
	}
	reading := w.list.begin(ctx, w.reader, number, size)
	return func() (a arrival[T]) {
		defer page.turn.leave()
		defer fault.Recover(&a.err)
		a.number = number
		a.rows, a.err = w.list.took(ctx, w.reader, reading)
		a.err = keep(ctx, page, a.rows, a.err)
		return a
	}
}

// measure remembers the list's length, as far as it is known.
func (w *Walker[T]) measure() {
	known := size{rows: len(w.rows), whole: w.done}
	if !w.done {
		known.rows++
	}
	w.reader.measured(w.list.Endpoint, w.list.Name, known)
}

// How a walk reads ahead.
const (
	// pair is how many pages a walk begins with that knows nothing.
	pair = 2
	// each is how many pages have to have been read for one more to be read ahead: so much of a walk may be wasted.
	each = 16
	// farthest is how many are read ahead at most where the end is not known: as many may be wasted.
	farthest = 8
)

// open looks up what is known of the list from last time.
func (w *Walker[T]) open() {
	if w.read > 0 {
		return
	}
	w.was = w.reader.size(w.list.Endpoint, w.list.Name)
	if n, whole := pages(w.reader, w.list); whole {
		w.expected = n
		w.rows = make([]T, 0, w.was.rows)
	}
}

// ahead is the page that may be read before those in front of it have been judged. A list that may yet be short is read in
// rounds, each as far as the one before has earned; a long one without a pause.
func (w *Walker[T]) ahead() int {
	if w.read >= w.round || w.read >= each && w.read > w.expected {
		w.round = max(w.round, w.read+w.window())
	}
	return w.round
}

// window says how many pages to read at once. Where the size is known from last time, all of them. Else two, so that the
// end is found with one call too many at most, and more the longer the list proves to be: one in sixteen. After a first
// round that gave full pages one is enough, since a list that ends just there would cost two; so it is after a first page
// that was short or everything, and is doubted.
func (w *Walker[T]) window() int {
	h := w.reader.habit(w.list.Endpoint)
	switch {
	case w.read == 0 && w.expected > 0:
		return w.expected
	case w.read == 0 && (w.list.Few || h.paged || h.ignored):
		return 1
	case w.read == 0:
		return pair
	case w.read == w.expected, w.read == pair, w.read == 1 && (w.list.Few || w.first != h.page(w.reader.options.PageSize)):
		return 1
	}
	return min(pair+w.read/each, farthest, w.reader.options.Concurrency)
}
