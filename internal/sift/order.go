package sift

// This file sorts rows. A page shows but a few of a long list, so those are all that get sorted: it is a quicksort that
// leaves out what the page does not show.

import (
	"cmp"
	"math/bits"
	"slices"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Order is a way to sort rows.
type Order[T any] struct {
	// Keys are what rows have to show to be sorted.
	Keys ccube.Keys
	sort func(rows []T, from, to int, descending bool)
}

// Sort sorts the rows in place.
func (o Order[T]) Sort(rows []T, descending bool) { o.sort(rows, 0, len(rows), descending) }

// SortWindow sorts the rows in place as far as those from one place to another are concerned. Those that come before and
// after do so in any order.
func (o Order[T]) SortWindow(rows []T, from, to int, descending bool) {
	o.sort(rows, from, to, descending)
}

// identified is a row with an id.
type identified interface{ Identity() ccube.ID }

// ByID sorts by CCUBE's number.
func ByID[T identified]() Order[T] {
	return Order[T]{sort: func(rows []T, from, to int, descending bool) {
		sortWindow(rows, from, to, func(a, b T) int {
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
	return Order[T]{Keys: keys, sort: func(rows []T, from, to int, descending bool) {
		places := make([]place, len(rows))
		for i, row := range rows {
			v, ok := of(row)
			places[i] = place{row, v, ok}
		}
		sortWindow(places, from, to, func(a, b place) int {
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

// sortWindow puts those in order that belong from one place to another.
func sortWindow[E any](all []E, from, to int, compare func(a, b E) int) {
	const enough = 2 // times the rounds that a lucky choice of pivots takes: a quicksort may go wrong
	quicksort(all, max(0, from), min(to, len(all)), enough*bits.Len(uint(len(all))), compare)
}

func quicksort[E any](all []E, from, to, rounds int, compare func(a, b E) int) {
	const few = 32
	if from >= to {
		return
	}
	if len(all) <= few || rounds == 0 || from == 0 && to == len(all) {
		slices.SortFunc(all, compare)
		return
	}
	at := partition(all, compare)
	quicksort(all[:at], from, min(to, at), rounds-1, compare)
	quicksort(all[at+1:], max(0, from-at-1), to-at-1, rounds-1, compare)
}

// partition moves what belongs before one of the elements in front of it, and what belongs after it behind. It returns
// where that one stands.
func partition[E any](all []E, compare func(a, b E) int) int {
	last := len(all) - 1
	for _, pair := range [][2]int{{0, last / 2}, {last / 2, last}, {0, last / 2}} { // the one in the middle of three
		if compare(all[pair[1]], all[pair[0]]) < 0 {
			all[pair[0]], all[pair[1]] = all[pair[1]], all[pair[0]]
		}
	}
	all[last/2], all[last] = all[last], all[last/2]
	at := 0
	for i := range last {
		if compare(all[i], all[last]) < 0 {
			all[i], all[at] = all[at], all[i]
			at++
		}
	}
	all[at], all[last] = all[last], all[at]
	return at
}
