package ccube

// This file is the values of an answer as they stand in it, and how they are kept.

import (
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/jsonread"
)

// value is a value of an answer. It is a part of the answer, whose memory is used again: nothing may hold it, and what rows
// keep of it is copied. An object or array is there to be entered in its document, or else passed over.
type value struct {
	jsonread.Value
	// in is the answer that it stands in.
	in *document
}

// document is an answer while it is read.
type document struct {
	jsonread.Reader
	body  []byte
	texts texts
	// many tells that it is a list, whose rows share their lookups.
	many    bool
	lookups *lookups
}

// newDocument returns an answer that nothing has been read of.
func newDocument(body []byte) *document {
	return &document{Reader: jsonread.Of(body), body: body, texts: texts{left: len(body)}}
}

// isNull reports whether the value is null.
func (v value) isNull() bool { return v.Kind() == jsonread.Null }

// content returns what a string says, or a number's digits. It is good until the next call.
func (v value) content() (b []byte, ok bool) {
	if kind := v.Kind(); kind != jsonread.String && kind != jsonread.Number {
		return nil, false
	}
	return v.in.Text(v.Value), true
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
