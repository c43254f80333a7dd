// Package sift filters, orders and sums up rows that have been read, since CCUBE does none of that.
//
// A [Test] decides on one row and says which of the row's keys it needs, so that rows are judged by what their list shows
// before anything more is read of them. An [Order] sorts rows; equal ones follow one another by id, and null comes last in
// either direction. A [Sum] adds amounts to the last digit. Nothing here makes a call.
package sift

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

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
