package sift

// This file sorts rows. A page wants but the first few of a long list in order, so that is all that gets sorted: those
// are picked by a heap, in one pass.

import (
	"cmp"
	"slices"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Order is a way to sort rows.
type Order[T any] struct {
	// Keys are what rows have to show to be sorted.
	Keys ccube.Keys
	sort func(rows []T, first int, descending bool)
}

// Sort sorts the rows in place.
func (o Order[T]) Sort(rows []T, descending bool) { o.sort(rows, len(rows), descending) }

// SortFirst sorts the rows in place as far as the first so many are concerned. The others follow in any order.
func (o Order[T]) SortFirst(rows []T, first int, descending bool) { o.sort(rows, first, descending) }

// identified is a row with an id.
type identified interface{ Identity() ccube.ID }

// ByID sorts by CCUBE's number.
func ByID[T identified]() Order[T] {
	return Order[T]{sort: func(rows []T, first int, descending bool) {
		sortFirst(rows, first, func(a, b T) int {
			if descending {
				a, b = b, a
			}
			return cmp.Compare(a.Identity(), b.Identity())
		})
	}}
}

// By sorts by a value that orders itself: text, a day.
func By[T identified, V cmp.Ordered](keys ccube.Keys, of func(T) ccube.Null[V]) Order[T] {
	return by(keys, func(row T) (V, bool) { v := of(row); return v.V, v.Valid }, cmp.Compare[V])
}

// ByInstant sorts by a point in time, whatever its offset.
func ByInstant[T identified](keys ccube.Keys, of func(T) ccube.Null[ccube.Instant]) Order[T] {
	return by(keys, func(row T) (time.Time, bool) { return instant(of(row)) }, time.Time.Compare)
}

// ByAmount sorts by an amount, exactly.
func ByAmount[T identified](keys ccube.Keys, of func(T) ccube.Null[ccube.Decimal]) Order[T] {
	return by(keys, func(row T) (amount, bool) { return readAmount(of(row)) }, amount.compare)
}

// by reads each row's value once, and sorts by that.
func by[T identified, V any](keys ccube.Keys, of func(T) (V, bool), compare func(a, b V) int) Order[T] {
	type place struct {
		row T
		v   V
		ok  bool
	}
	return Order[T]{Keys: keys, sort: func(rows []T, first int, descending bool) {
		places := make([]place, len(rows))
		for i, row := range rows {
			v, ok := of(row)
			places[i] = place{row, v, ok}
		}
		sortFirst(places, first, func(a, b place) int {
			switch {
			case a.ok != b.ok && a.ok:
				return -1
			case a.ok != b.ok:
				return 1
			}
			c := 0
			if a.ok {
				c = compare(a.v, b.v)
			}
			if descending {
				c = -c
			}
			return cmp.Or(c, cmp.Compare(a.row.Identity(), b.row.Identity()))
		})
		for i := range places {
			rows[i] = places[i].row
		}
	}}
}

// sortFirst puts the first so many in order in front.
func sortFirst[E any](all []E, first int, compare func(a, b E) int) {
	const worth = 8 // of so many rows one: above that, sorting all is as fast
	if first > len(all)/worth {
		slices.SortFunc(all, compare)
		return
	}
	heap := all[:first]
	for i := len(heap)/2 - 1; i >= 0; i-- {
		sink(heap, i, compare)
	}
	for i := first; i < len(all) && first > 0; i++ {
		if compare(all[i], heap[0]) < 0 {
			all[i], heap[0] = heap[0], all[i]
			sink(heap, 0, compare)
		}
	}
	slices.SortFunc(heap, compare)
}

// sink moves an element down a heap that has the last in order on top.
func sink[E any](heap []E, i int, compare func(a, b E) int) {
	for {
		last := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if compare(heap[child], heap[last]) > 0 {
				last = child
			}
		}
		if last == i {
			return
		}
		heap[i], heap[last] = heap[last], heap[i]
		i = last
	}
}
