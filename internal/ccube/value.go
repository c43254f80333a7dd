package ccube

// This file is the values of an answer as they stand in it, and how they are found and kept.

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/go-faster/jx"
)

// value is a value of an answer: its JSON text, which is well-formed. It is a part of the answer, whose memory is used again:
// nothing may hold it, and what rows keep of it is copied.
type value struct {
	raw []byte
	// in is the answer that it stands in.
	in *document
}

// document is an answer while it is read.
type document struct {
	texts texts
	// lookups are those that the rows of a list have embedded so far, by their text: it has many rows, and few stages. It is nil
	// where there is one row.
	lookups map[string]*Named
}

// newDocument returns an answer of one row.
func newDocument(body []byte) *document { return &document{texts: texts{left: len(body)}} }

// isNull reports whether the value is null.
func (v value) isNull() bool { return v.raw[0] == 'n' }

// content returns what a string says, or a number's digits. Each byte that is not UTF-8, and each half of a surrogate pair, is
// U+FFFD, as encoding/json has it. The bytes may be the value's own.
func (v value) content() ([]byte, error) {
	switch first := v.raw[0]; {
	case first == '-', first >= '0' && first <= '9':
		return v.raw, nil
	case first != '"':
		return nil, errForm
	}
	inner := v.raw[1 : len(v.raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner, nil
	}
	var s string
	err := json.Unmarshal(v.raw, &s)
	return []byte(s), err
}

// keep returns a copy of some bytes.
func (v value) keep(b []byte) string { return v.in.texts.keep(b) }

// texts holds the texts of a document's rows one after another, in pieces: fewer for the garbage collector to look at, and
// less memory than if each stood alone.
type texts struct {
	piece strings.Builder
	// left is how many bytes of the document may still become texts.
	left int
}

// largestPiece is how large a piece is at most, in bytes. What keeps one of its texts keeps all.
const largestPiece = 2 << 10

// keep returns a copy.
func (t *texts) keep(b []byte) string {
	if t.piece.Cap()-t.piece.Len() < len(b) { // it would move
		t.piece = strings.Builder{}
		t.piece.Grow(max(len(b), min(t.left/2, largestPiece))) // keys and marks are about half of a document
	}
	t.left -= len(b)
	start := t.piece.Len()
	t.piece.Write(b)
	return t.piece.String()[start:]
}

// members hands each member of the object that d stands before to f. Key and value are good for the call alone.
func members(d *jx.Decoder, in *document, f func(key []byte, v value)) error {
	object, err := d.ObjIter()
	if err != nil {
		return errSyntax
	}
	for object.Next() {
		raw, err := d.Raw()
		if err != nil {
			return errSyntax
		}
		f(object.Key(), value{raw, in})
	}
	if object.Err() != nil {
		return errSyntax
	}
	return nil
}

// elements calls f before each element of the array that d stands before. f has to read it.
func elements(d *jx.Decoder, f func() error) error {
	array, err := d.ArrIter()
	if err != nil {
		return errSyntax
	}
	for array.Next() {
		if err := f(); err != nil {
			return err
		}
	}
	if array.Err() != nil {
		return errSyntax
	}
	return nil
}

// element reads the value that d stands before, perhaps with space between.
func element(d *jx.Decoder, in *document) (value, error) {
	d.Next()
	raw, err := d.Raw()
	if err != nil {
		return value{}, errSyntax
	}
	return value{raw, in}, nil
}
