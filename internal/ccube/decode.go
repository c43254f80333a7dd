package ccube

// This file turns CCUBE's answers into rows. A library walks the JSON text and tells where each value stands (value.go);
// nothing is built in between. What rows keep is copied, so that the memory of an answer is used for the next one.

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/go-faster/jx"
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
	// errSyntax does not quote the answer, as the library's own errors do: that may hold anything.
	errSyntax = errors.New("not JSON, or cut short")
	errNoID   = errors.New("no id")
)

// decodeRows reads an array of rows. An object where an array is due, or a row without an id, is an error: half a list
// would be taken for a whole one. Nothing of body is kept.
func decodeRows[T any, P settable[T]](body []byte) ([]*T, error) {
	d := walk(body)
	defer jx.PutDecoder(d)
	var (
		rows  = make([]*T, 0, 1)
		whole = newDocument(body)
	)
	whole.lookups = make(map[string]*Named)
	err := elements(d, func() error {
		row := new(T)
		if err := decodeInto[T, P](d, whole, row); err != nil {
			return fmt.Errorf("row %d: %w", len(rows), err)
		}
		rows = append(rows, row)
		return nil
	})
	if err == nil {
		err = end(d)
	}
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// decodeRow reads one row. Nothing of body is kept.
func decodeRow[T any, P settable[T]](body []byte) (*T, error) {
	d := walk(body)
	defer jx.PutDecoder(d)
	row := new(T)
	if err := decodeInto[T, P](d, newDocument(body), row); err != nil {
		return nil, err
	}
	return row, end(d)
}

// decodeValue is decodeRow for one that has been found already.
func decodeValue[T any, P settable[T]](v value) (*T, error) { return decodeRow[T, P](v.raw) }

// oneOrMany finds the elements of an answer that is an array, or else the whole of it.
func oneOrMany(body []byte) (values []value, err error) {
	in := newDocument(body)
	d := walk(body)
	defer jx.PutDecoder(d)
	if d.Next() == jx.Array {
		err = elements(d, func() error {
			v, err := element(d, in)
			values = append(values, v)
			return err
		})
	} else {
		values = make([]value, 1)
		values[0], err = element(d, in)
	}
	if err == nil {
		err = end(d)
	}
	return values, err
}

// decodeInto reads the object that d stands before into a row. It has to have an id.
func decodeInto[T any, P settable[T]](d *jx.Decoder, in *document, row *T) error {
	identified, idErr := false, errNoID
	err := members(d, in, func(key []byte, v value) {
		if string(key) == "id" && !identified {
			identified = true
			_, idErr = readID(v)
		}
		P(row).set(key, v)
	})
	return cmp.Or(err, idErr)
}

// walk returns what walks through a text.
func walk(text []byte) *jx.Decoder {
	d := jx.GetDecoder()
	d.ResetBytes(text)
	return d
}

// end reports whether the text ends where d stands.
func end(d *jx.Decoder) error {
	if err := d.Skip(); !errors.Is(err, io.EOF) {
		return errSyntax
	}
	return nil
}
