package access

// This file reads lists whole. The law of a walk: it ends, and it is whole.
//
// It asks for large pages, several at once (pipeline.go), and stops at an empty page, at a page that repeats what has been
// seen, or at a short page once it is known that the endpoint pages at all. A short page alone proves nothing: per_page may
// be capped below what was asked. Rows that shift from one page to the next while the walk is under way are taken once.

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// fewRows is how many rows a first page may have to be taken for all of a list of few rows, while the habit is not
// known: no tenant is known to page by less than ten, and the reference's own default is twenty.
const fewRows = 10

// few reports whether a first page of these rows is taken for the whole list.
func (l *List[T]) few(rows []T) bool { return l.Few && len(rows) < fewRows }

// Walker walks one list for one request. What it has read it keeps, so that askers who come later, or at the same time,
// cost nothing more. It is safe for concurrent use.
type Walker[T Row[T]] struct {
	reader *Reader
	list   *List[T]

	turn turn
	rows []T
	// byID is nil as long as ids only rise, or only fall, and nobody looks for one: no row can have come twice then.
	byID map[ccube.ID]T
	// whole is the list once it is remembered; nil before.
	whole *whole[T]
	// first is the number of rows on the first page.
	first int
	// read is how many pages have been read, expected how many the list had last time, 0 where that is not known.
	read, expected int
	// was is the list's length when it was last walked.
	was size
	// asked is the last page that was asked for, round the last of those that may be asked for at once.
	asked, round int
	// began is when the walk began: a snapshot is as old as its oldest page.
	began time.Time
	// scouted tells that it has been looked whether the list is too long.
	scouted bool
	// recalled tells that it has been looked whether the walk is remembered.
	recalled bool
	// given is the first page where that has been read before the walk; nil else.
	given *arrival[T]
	done  bool
	// good tells that it is done, without a failure.
	good atomic.Bool
	// begun is told, once, when the calls have begun that can begin at once; nil for nobody, or where it has been told.
	begun func()
	err   error
}

// NewWalker returns a walker that has read nothing yet.
func NewWalker[T Row[T]](r *Reader, l *List[T]) *Walker[T] {
	return &Walker[T]{reader: r, list: l, turn: newTurn()}
}

// All returns the whole list, in CCUBE's order, each row once. The rows are shared: do not change the slice.
func (w *Walker[T]) All(ctx context.Context) ([]T, error) { return w.AllFrom(ctx, func() {}) }

// AllFrom is All, and tells begun as soon as the calls have begun that can begin at once, perhaps on another's behalf, so that
// others begin behind them. It tells it once or more, and before it returns.
func (w *Walker[T]) AllFrom(ctx context.Context, begun func()) ([]T, error) {
	defer begun()
	if !w.turn.try() {
		begun() // somebody walks
		if err := w.turn.take(ctx); err != nil {
			return nil, err
		}
	}
	defer w.leave()
	w.begun = begun
	w.recall(ctx)
	if key, ok := snapshotOf(ctx, w.reader, w.list); ok && w.err == nil && !w.done && w.read == 0 {
		w.err = w.share(ctx, key)
	}
	if err := w.walk(ctx, math.MaxInt, never); err != nil {
		return nil, err
	}
	return w.rows, nil
}

// hasBegun tells that calls have begun.
func (w *Walker[T]) hasBegun() {
	if w.begun != nil {
		w.begun()
		w.begun = nil
	}
}

// leave ends an asker's turn.
func (w *Walker[T]) leave() {
	w.begun = nil
	w.good.Store(w.done && w.err == nil)
	w.turn.leave()
}

// recall takes a remembered walk in place of one of its own, if there is one.
func (w *Walker[T]) recall(ctx context.Context) {
	if w.recalled {
		return
	}
	w.recalled = true
	if found := recall(ctx, w.reader, w.list); found != nil {
		w.err = w.adopt(found)
	}
}

// share walks the list for all requests of the caller that want it now, and remembers it.
func (w *Walker[T]) share(ctx context.Context, key snapshotKey) error {
	start := time.Now()
	found, shared, err := takeSnapshot(ctx, w.reader, w.list, key, w.begun)
	if shared && errors.Is(err, fault.BudgetExceeded) {
		return nil // the budget was the other request's: this one walks on its own
	}
	if err != nil {
		return err
	}
	if shared {
		ccube.Report(ctx, ccube.Call{
			Method: "GET", Path: "/api/v2/" + w.list.Endpoint, Start: start, Duration: time.Since(start), Source: ccube.Shared,
		})
	}
	hold(w.reader, w.list, found)
	return w.adopt(found)
}

// Within is All as long as that takes no more than max pages. Where it would take more it gives up and returns false;
// what it has read until then is kept.
func (w *Walker[T]) Within(ctx context.Context, max int) ([]T, bool, error) {
	if err := w.turn.take(ctx); err != nil {
		return nil, false, err
	}
	defer w.leave()
	w.recall(ctx)
	if w.reader.goesOn.Load() {
		max = math.MaxInt
	}
	if n, _ := pages(w.reader, w.list); !w.done && n > max {
		return nil, false, nil
	}
	if w.scout(ctx, func() int { return max }, never) {
		return nil, false, nil
	}
	err := w.walk(ctx, max, never)
	return w.rows, w.done, err
}

// Find returns the rows with the ids, as far as the list has them: it reads on until all are found.
//
// Where giving up may be worth it, as when details would be fewer calls, worth says so: it is asked after each page with the
// number of rows that are still missing, and how many pages have been read; false ends the search. Nil never does.
func (w *Walker[T]) Find(ctx context.Context, ids []ccube.ID, worth func(missing, read int) bool) (map[ccube.ID]T, error) {
	if err := w.turn.take(ctx); err != nil {
		return nil, err
	}
	defer w.leave()
	w.recall(ctx)
	enough := func() bool {
		missing := w.missing(ids)
		return missing == 0 || worth != nil && !worth(missing, max(w.read, w.asked))
	}
	if worth != nil {
		w.scout(ctx, func() int { return w.read + w.missing(ids) + 1 }, enough)
	}
	if err := w.walk(ctx, math.MaxInt, enough); err != nil {
		return nil, err
	}
	found, byID := make(map[ccube.ID]T, len(ids)), w.index()
	for _, id := range ids {
		if row, ok := byID[id]; ok {
			found[id] = row
		}
	}
	return found, nil
}

// Done reports whether the whole list has been read. It does not wait for a walk that is under way.
func (w *Walker[T]) Done() bool {
	return w.good.Load()
}

func (w *Walker[T]) missing(ids []ccube.ID) int {
	n, byID := 0, w.index()
	for _, id := range ids {
		if _, ok := byID[id]; !ok {
			n++
		}
	}
	return n
}

// never is for walks that nothing but their end ends.
func never() bool { return false }

// walk reads pages until the list is done or enough says so, and none behind the last. A failure stays: it is the same for all askers.
func (w *Walker[T]) walk(ctx context.Context, last int, enough func() bool) error {
	if w.began.IsZero() {
		w.began = w.reader.options.Snapshots.now()
	}
	if w.err != nil || w.done || enough() {
		return w.err
	}
	if w.err = w.readOn(ctx, last, enough); w.err == nil && w.done {
		w.remember(ctx)
	}
	return w.err
}

// take adds a page's rows, learns from it, and judges whether it is the last.
func (w *Walker[T]) take(number int, rows []T) {
	w.read = number
	size := w.reader.options.PageSize
	fresh := w.add(rows)
	if number == 1 {
		w.first = len(rows)
	}
	before := w.reader.habit(w.list.Endpoint)
	w.reader.learn(w.list.Endpoint, func(h *habit) { w.observe(h, number, len(rows), fresh, size) })
	after := w.reader.habit(w.list.Endpoint)
	switch {
	case fresh == 0, number == 1 && w.list.few(rows):
		w.done = true
	case number == 1 && before.ignored:
		// Everything came at once, unless the tenant has begun to page.
		w.done = len(rows) > size || len(rows) < size && !w.doubtful(len(rows))
	default:
		w.done = after.last(len(rows), size) && !w.doubtful(len(rows))
	}
}

// doubtful reports whether a page of n rows may be as many as the tenant gives since of late: a round number, no fewer than
// the walk's first page had, that has not brought it to the length that the list had.
func (w *Walker[T]) doubtful(n int) bool {
	return n%round == 0 && n >= w.first && (!w.was.whole || w.was.rows != len(w.rows))
}

// add keeps the rows that are new and returns how many they are.
func (w *Walker[T]) add(rows []T) int {
	fresh := 0
	for _, row := range rows {
		if w.has(row.Identity()) {
			continue
		}
		if w.byID != nil {
			w.byID[row.Identity()] = row
		}
		w.rows = append(w.rows, row)
		fresh++
	}
	return fresh
}

// has reports whether a row has come before.
func (w *Walker[T]) has(id ccube.ID) bool {
	if w.byID == nil && w.follows(id) {
		return false
	}
	_, ok := w.index()[id]
	return ok
}

// follows reports whether an id goes on as all before it did: they rise, or they fall.
func (w *Walker[T]) follows(id ccube.ID) bool {
	n := len(w.rows)
	if n == 0 {
		return true
	}
	first, last := w.rows[0].Identity(), w.rows[n-1].Identity()
	return id > last && last >= first || id < last && last <= first
}

// index returns the rows by their ids.
func (w *Walker[T]) index() map[ccube.ID]T {
	switch {
	case w.whole != nil:
		return w.whole.index()
	case w.byID == nil:
		w.byID = indexOf(w.rows)
	}
	return w.byID
}

// observe learns the endpoint's habit from a page of n rows, of which fresh had not been seen.
func (w *Walker[T]) observe(h *habit, number, n, fresh, size int) {
	switch {
	case number == 1:
		if n > 0 && n <= size {
			h.atLeast = max(h.atLeast, n)
		}
	case number == 2 && n == 0:
		h.paged, h.ignored = w.first > 0, false
	case number == 2 && fresh == 0 && n == w.first:
		h.ignore()
	case fresh > 0:
		h.paged, h.ignored = true, false
		if number == 2 {
			h.follow(w.first, size)
		}
	}
}

// page reads one page, once a reader, and learns which keys its rows carry.
func (l *List[T]) page(ctx context.Context, r *Reader, number, size int) ([]T, error) {
	if l.Name == "" {
		return l.read(ctx, r, number, size)
	}
	return once(ctx, r.memo.page(pageKey{l.Endpoint, l.Name, number, size}), func() ([]T, error) {
		return l.read(ctx, r, number, size)
	})
}

func (l *List[T]) read(ctx context.Context, r *Reader, number, size int) ([]T, error) {
	if l.Begin != nil {
		return l.took(ctx, r, l.begin(ctx, r, number, size))
	}
	rows, err := l.Read(ctx, r.API, ccube.Page{Number: number, Size: size})
	if err == nil {
		l.shown(r, rows)
	}
	return rows, err
}

// begin begins to read one page of a list that has a Begin.
func (l *List[T]) begin(ctx context.Context, r *Reader, number, size int) *ccube.Reading[[]T] {
	return l.Begin(ctx, r.API, l.Endpoint, ccube.Page{Number: number, Size: size})
}

// took waits for a page that is being read, and learns from it.
func (l *List[T]) took(ctx context.Context, r *Reader, reading *ccube.Reading[[]T]) ([]T, error) {
	rows, err := reading.Wait(ctx)
	if err == nil {
		l.shown(r, rows)
	}
	return rows, err
}

// shown learns which keys rows of the list carry.
func (l *List[T]) shown(r *Reader, rows []T) {
	var keys ccube.Keys
	for _, row := range rows {
		keys |= row.Present()
	}
	r.shows(l.Endpoint, keys, 0)
}
