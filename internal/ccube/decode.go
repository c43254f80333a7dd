package ccube

import (
	"errors"
	"fmt"

	"github.com/valyala/fastjson"
)

// settable is a row that takes CCUBE's keys one at a time. A key that it does not know it passes over.
type settable[T any] interface {
	*T
	set(key string, v *fastjson.Value)
	Identity() ID
	row() *Row
}

// parsers keeps the memory of parsed documents for the next one. Rows hold copies, never parts of it.
var parsers fastjson.ParserPool

var errSyntax = errors.New("not JSON, or cut short")

// parse reads a document. Its error does not quote the document as the parser's own does: that may hold anything.
func parse(p *fastjson.Parser, body []byte) (*fastjson.Value, error) {
	v, err := p.ParseBytes(mendSurrogates(body))
	if err != nil {
		return nil, errSyntax
	}
	return v, nil
}

// decodeRows reads an array of rows. An object where an array is due, or a row without an id, is an error: half a list
// would be taken for a whole one.
func decodeRows[T any, P settable[T]](body []byte) ([]*T, error) {
	p := parsers.Get()
	defer parsers.Put(p)
	v, err := parse(p, body)
	if err != nil {
		return nil, err
	}
	values, err := v.Array()
	if err != nil {
		return nil, err
	}
	rows := make([]*T, len(values))
	for i, v := range values {
		if rows[i], err = decodeValue[T, P](v); err != nil {
			return nil, fmt.Errorf("row %d: %w", i, err)
		}
	}
	return rows, nil
}

// decodeRow reads one row.
func decodeRow[T any, P settable[T]](body []byte) (*T, error) {
	p := parsers.Get()
	defer parsers.Put(p)
	v, err := parse(p, body)
	if err != nil {
		return nil, err
	}
	return decodeValue[T, P](v)
}

func decodeValue[T any, P settable[T]](v *fastjson.Value) (*T, error) {
	row, err := visit[T, P](v)
	if err == nil && !hasID(v) {
		err = fmt.Errorf("no id")
	}
	return row, err
}

// hasID reports whether v carries an id that can be one.
func hasID(v *fastjson.Value) bool {
	id := v.Get("id")
	if id == nil {
		return false
	}
	_, err := readID(id)
	return err == nil
}

// visit hands each key of an object to a new row.
func visit[T any, P interface {
	*T
	set(key string, v *fastjson.Value)
}](v *fastjson.Value) (*T, error) {
	object, err := v.Object()
	if err != nil {
		return nil, err
	}
	row := P(new(T))
	object.Visit(func(key []byte, v *fastjson.Value) { row.set(string(key), v) })
	return (*T)(row), nil
}
