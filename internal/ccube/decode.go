package ccube

// This file turns CCUBE's answers into rows. A reader goes through the JSON text once, and hands each value to the row that
// it is in (package jsonread); nothing is built in between. What rows keep is copied, so that the memory of an answer is
// used for the next one.

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/jsonread"
)

// settable is a row that takes CCUBE's keys one at a time. A key that it does not know it passes over.
type settable[T any] interface {
	taker[T]
	Identity() ID
	row() *Row
}

// taker is what takes keys: a row, or what is embedded in one.
type taker[T any] interface {
	*T
	set(key []byte, v value)
}

var (
	// errSyntax does not quote the answer: that may hold anything.
	errSyntax = errors.New("not JSON, or cut short")
	errNoID   = errors.New("no id")
	errForm   = errors.New("a value of another form")
)

// mostGuessed is how many rows an answer is expected to have at most, by the length of its first one.
const mostGuessed = 100

// decodeRows reads an array of rows. An object where an array is due, or a row without an id, is an error: half a list
// would be taken for a whole one. Nothing of body is kept.
func decodeRows[T any, P settable[T]](body []byte) ([]*T, error) {
	d := newDocument(body)
	d.many = true
	if d.Value().Kind() != jsonread.Array {
		return nil, errSyntax
	}
	rows := make([]*T, 0, 1)
	d.Enter()
	for v, ok := d.Element(); ok; v, ok = d.Element() {
		if len(rows) == 1 {
			rows = slices.Grow(rows, min(len(body)/d.Pos(), mostGuessed))
		}
		row, err := decodeInto[T, P](d, v)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows), err)
		}
		rows = append(rows, row)
	}
	if !d.End() {
		return nil, errSyntax
	}
	return rows, nil
}

// decodeRow reads one row. Nothing of body is kept.
func decodeRow[T any, P settable[T]](body []byte) (*T, error) {
	d := newDocument(body)
	row, err := decodeInto[T, P](d, d.Value())
	if err == nil && !d.End() {
		err = errSyntax
	}
	if err != nil {
		return nil, err
	}
	return row, nil
}

// decodeInto reads a row, which has to be an object with an id.
func decodeInto[T any, P settable[T]](d *document, v jsonread.Value) (*T, error) {
	if v.Kind() != jsonread.Object {
		return nil, errSyntax
	}
	row := new(T)
	identified, hasID := false, false
	d.Enter()
	for key, v, ok := d.Member(); ok; key, v, ok = d.Member() {
		if string(key) == "id" && !identified {
			identified = true
			hasID = readID(value{v, d}).Valid
		}
		P(row).set(key, value{v, d})
	}
	switch {
	case d.Failed():
		return nil, errSyntax
	case !identified:
		return nil, errNoID
	case !hasID:
		return nil, errForm
	}
	return row, nil
}

// objects finds the objects of an answer that is an array, or else the one that it is: each as a text of its own.
func objects(body []byte) (texts [][]byte, err error) {
	d := newDocument(body)
	v := d.Value()
	if v.Kind() == jsonread.Array {
		d.Enter()
		for v, ok := d.Element(); ok; v, ok = d.Element() {
			if v.Kind() == jsonread.Object {
				texts = append(texts, d.Raw())
			}
		}
	} else if v.Kind() == jsonread.Object {
		texts = append(texts, d.Raw())
	}
	if !d.End() {
		return nil, errSyntax
	}
	return texts, nil
}
