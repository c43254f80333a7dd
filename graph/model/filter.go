package model

// This file turns filters and orders, as clients give them, into tests and orders of rows. Each noun's file beside it says
// which fields there are and what they look at.

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// DateTimeRange is a range of instants, both ends included; nil is open.
type DateTimeRange struct{ From, To *ccube.Instant }

// DecimalRange is a range of amounts, both ends included; nil is open.
type DecimalRange struct{ From, To *ccube.Decimal }

// maxValues is how many values a list in a filter may have.
const maxValues = 1000

// tests collects the tests of a filter, and the first complaint about it.
type tests[T any] struct {
	all []sift.Test[T]
	err error
}

// oneOf adds a test for a list of values. A list that was not given is no test; an empty one lets nothing pass.
func oneOf[T any, V comparable](t *tests[T], field string, values []V, keys ccube.Keys, of func(T) ccube.Null[V]) {
	if len(values) > maxValues {
		t.refuse(tooMany(field, len(values)))
	}
	if values != nil {
		t.all = append(t.all, sift.OneOf(keys, values, of))
	}
}

// tooMany is the complaint about a list of more values than a filter takes.
func tooMany(field string, n int) error {
	return fault.New(fault.BadUserInput, "`%s` has %d values: it takes %d", field, n, maxValues)
}

// days adds a test for a range of days.
func (t *tests[T]) days(field string, in *sift.Days, keys ccube.Keys, of func(T) ccube.Null[ccube.Date]) {
	if in != nil {
		t.refuse(in.Check(field))
		t.all = append(t.all, sift.InDays(keys, *in, of))
	}
}

// instants adds a test for a range of instants.
func (t *tests[T]) instants(field string, in *DateTimeRange, keys ccube.Keys, of func(T) ccube.Null[ccube.Instant]) {
	if in != nil {
		between, err := sift.NewInstants(field, in.From, in.To)
		t.refuse(err)
		t.all = append(t.all, sift.InInstants(keys, between, of))
	}
}

// amounts adds a test for a range of amounts.
func (t *tests[T]) amounts(field string, in *DecimalRange, keys ccube.Keys, of func(T) ccube.Null[ccube.Decimal]) {
	if in != nil {
		between, err := sift.NewAmounts(field, in.From, in.To)
		t.refuse(err)
		t.all = append(t.all, sift.InAmounts(keys, between, of))
	}
}

// search adds a test for a text.
func (t *tests[T]) search(text *string, keys ccube.Keys, of func(T) []ccube.Null[string]) {
	if text != nil {
		t.refuse(sift.CheckSearch(*text))
		t.all = append(t.all, sift.Search(keys, *text, of))
	}
}

// refuse keeps the first complaint.
func (t *tests[T]) refuse(err error) {
	if t.err == nil {
		t.err = err
	}
}

// checkIDs refuses more ids than a filter takes.
func checkIDs(ids []ccube.ID) error {
	if len(ids) > maxValues {
		return tooMany("ids", len(ids))
	}
	return nil
}

// named returns the id of an embedded lookup.
func named(n *ccube.Named) ccube.Null[ccube.ID] {
	if n == nil || !n.Keys.Has(ccube.EmbeddedID) {
		return ccube.Null[ccube.ID]{}
	}
	return ccube.Null[ccube.ID]{V: n.ID, Valid: true}
}

// clientName returns the name of an embedded client.
func clientName(c *ccube.EmbeddedClient) ccube.Null[string] {
	if c == nil {
		return ccube.Null[string]{}
	}
	return c.Name
}

// reference returns an id that may be nil as a value that may be null.
func reference(id *ccube.ID) ccube.Null[ccube.ID] {
	if id == nil {
		return ccube.Null[ccube.ID]{}
	}
	return ccube.Null[ccube.ID]{V: *id, Valid: true}
}
