// Package sift filters, orders and sums up rows that have been read, since CCUBE does none of that.
//
// A [Test] decides on one row and says which of the row's keys it needs, so that rows are judged by what their list shows
// before anything more is read of them. An [Order] sorts rows; equal ones follow one another by id, and null comes last in
// either direction. A [Sum] adds amounts to the last digit. Nothing here makes a call.
package sift

import (
	"cmp"
	"slices"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Test decides whether a row is wanted.
type Test[T any] struct {
	// Keys are what the row has to show to be judged.
	Keys ccube.Keys
	// Pass judges a row that shows them.
	Pass func(T) bool
}

// OneOf passes rows whose value is one of those wanted. With none wanted, none passes.
func OneOf[T any, V comparable](keys ccube.Keys, wanted []V, of func(T) ccube.Null[V]) Test[T] {
	set := make(map[V]bool, len(wanted))
	for _, v := range wanted {
		set[v] = true
	}
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		v := of(row)
		return v.Valid && set[v.V]
	}}
}

// InDays passes rows whose day lies in the range.
func InDays[T any](keys ccube.Keys, in Days, of func(T) ccube.Null[ccube.Date]) Test[T] {
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		day := of(row)
		return day.Valid && (in.From == nil || *in.From <= day.V) && (in.To == nil || day.V <= *in.To)
	}}
}

// InInstants passes rows whose instant lies in the range.
func InInstants[T any](keys ccube.Keys, in Instants, of func(T) ccube.Null[ccube.Instant]) Test[T] {
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		at, ok := instant(of(row))
		return ok && (in.from == nil || !at.Before(*in.from)) && (in.to == nil || !at.After(*in.to))
	}}
}

// InAmounts passes rows whose amount lies in the range.
func InAmounts[T any](keys ccube.Keys, in Amounts, of func(T) ccube.Null[ccube.Decimal]) Test[T] {
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		a, ok := readAmount(of(row))
		return ok && (in.from == nil || in.from.compare(a) <= 0) && (in.to == nil || a.compare(*in.to) <= 0)
	}}
}

// Order is a way to sort rows.
type Order[T any] struct {
	// Keys are what rows have to show to be sorted.
	Keys ccube.Keys
	sort func(rows []T, descending bool)
}

// Sort sorts the rows in place.
func (o Order[T]) Sort(rows []T, descending bool) { o.sort(rows, descending) }

// identified is a row with an id.
type identified interface{ Identity() ccube.ID }

// ByID sorts by CCUBE's number.
func ByID[T identified]() Order[T] {
	return Order[T]{sort: func(rows []T, descending bool) {
		slices.SortFunc(rows, func(a, b T) int {
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
	return Order[T]{Keys: keys, sort: func(rows []T, descending bool) {
		places := make([]place, len(rows))
		for i, row := range rows {
			v, ok := of(row)
			places[i] = place{row, v, ok}
		}
		slices.SortFunc(places, func(a, b place) int {
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
