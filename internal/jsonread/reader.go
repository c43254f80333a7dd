package jsonread

import "bytes"

// maxDepth is how deep a text may nest: as deep as for encoding/json.
const maxDepth = 10_000

// Reader walks through a text.
type Reader struct {
	text []byte
	// pos is where it stands: where a value ends, or an object or array begins.
	pos int
	// pending is where an object or array begins that has been told of and not entered, or, if first, where the first
	// thing in one stands that has been entered. The reader stands there if it is pos.
	pending int
	depth   int
	first   bool
	failed  bool
	// scratch is for strings that do not say what stands in the text.
	scratch []byte
}

// Of returns a reader that stands at the beginning of a text.
func Of(text []byte) Reader { return Reader{text: text, pending: -1} }

// Value reads the value that the reader stands before. Of an object or array it tells the kind: [Reader.Enter] enters it,
// and whatever is read next passes over it otherwise.
func (r *Reader) Value() Value { return r.value(r.pos) }

// Enter enters the object or array that has been told of. Its members or elements have to be read up to the end.
func (r *Reader) Enter() {
	r.pos++
	r.pending, r.first = r.pos, true
	if r.depth++; r.depth > maxDepth {
		r.fail()
	}
}

// Member reads the next member of the object that was entered last. ok is false where there is none, or the text is broken.
// The key is good until the text changes.
func (r *Reader) Member() (key []byte, v Value, ok bool) {
	text, i := r.text, r.pos
	if i != r.pending && i+1 < len(text) && text[i] == ',' && text[i+1] == '"' {
		i++
	} else if i = r.next('}'); i < 0 {
		return nil, v, false
	}
	key, plain, i := quoted(text, i)
	if plain && i < len(text) && text[i] == ':' {
		i++
	} else if key, i = r.oddKey(key, plain, i); i < 0 {
		return nil, v, false
	}
	if i < len(text) && text[i] == '"' { // as value has it, for one call less
		if inner, plain, end := quoted(text, i); plain {
			r.pos = end
			return key, Value{kind: String, text: inner}, true
		}
	}
	v = r.value(i)
	return key, v, v.kind != Nothing
}

// Element reads the next element of the array that was entered last. ok is false where there is none, or the text is broken.
func (r *Reader) Element() (v Value, ok bool) {
	i := r.next(']')
	if i < 0 {
		return v, false
	}
	v = r.value(i)
	return v, v.kind != Nothing
}

// Raw passes over the object or array that has been told of, and returns its text.
func (r *Reader) Raw() []byte {
	start := r.pos
	r.pass()
	return r.text[start:r.pos]
}

// Pos returns where the reader stands.
func (r *Reader) Pos() int { return r.pos }

// Again passes over the object or array that has been told of, if it is written like one that has been read.
func (r *Reader) Again(object []byte) bool {
	if !bytes.HasPrefix(r.text[r.pos:], object) {
		return false
	}
	r.pos += len(object)
	return true
}

// End reports whether all that was read is JSON, and nothing follows.
func (r *Reader) End() bool {
	r.finish()
	return !r.failed && space(r.text, r.pos) == len(r.text)
}

// Failed reports whether what was read is not JSON. Nothing more can be read then.
func (r *Reader) Failed() bool { return r.failed }

// next returns where another member or element stands, space passed over. Where none does, it leaves the object or array and
// returns -1.
func (r *Reader) next(closing byte) int {
	first := r.finish()
	i := space(r.text, r.pos)
	if i == len(r.text) {
		r.fail()
		return -1
	}
	switch c := r.text[i]; {
	case c == closing:
		r.pos = i + 1
		r.depth--
		return -1
	case first:
		return i
	case c != ',':
		r.fail()
		return -1
	}
	return space(r.text, i+1)
}

// finish passes over what nobody has entered. It reports whether the reader stands before the first thing of what somebody
// has.
func (r *Reader) finish() (first bool) {
	if r.pos != r.pending {
		return false
	}
	if !r.first {
		r.pass()
		return false
	}
	r.pending, r.first = -1, false
	return true
}

// oddKey finishes the reading of a key that ends at end and is not plain, or that space follows.
func (r *Reader) oddKey(key []byte, plain bool, end int) ([]byte, int) {
	if end >= 0 {
		end = space(r.text, end)
	}
	if end < 0 || end == len(r.text) || r.text[end] != ':' {
		r.fail()
		return nil, -1
	}
	if !plain {
		key = unquote(nil, key)
	}
	return key, end + 1
}

// pass passes over the object or array that the reader stands before. It does not recurse: a hostile text nests deep.
func (r *Reader) pass() {
	var few [64]byte
	around := append(few[:0], r.text[r.pos]) // how what is around begins
	r.Enter()
	for len(around) > 0 {
		var v Value
		var ok bool
		if around[len(around)-1] == '{' {
			_, v, ok = r.Member()
		} else {
			v, ok = r.Element()
		}
		switch {
		case !ok:
			around = around[:len(around)-1]
		case v.kind >= Object:
			around = append(around, r.text[r.pos])
			r.Enter()
		}
	}
}

// space returns where the space ends that begins at i, if one does.
func space(text []byte, i int) int {
	for i < len(text) && text[i] <= ' ' && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
		i++
	}
	return i
}

// fail notes that the text is not JSON.
func (r *Reader) fail() {
	r.failed, r.first = true, false
	r.pos, r.pending = len(r.text), -1
}
