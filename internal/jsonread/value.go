package jsonread

// Kind is what a value is.
type Kind uint8

// The kinds of values. Nothing is what the zero [Value] is, and what is not JSON.
const (
	Nothing Kind = iota
	Null
	False
	True
	Number
	String
	escaped // a string that does not say what stands in it: String, for others
	Object
	Array
)

// Value is a value as it stands in a text, a part of it: good until that changes.
type Value struct {
	kind Kind
	// text is what stands between a string's quotes, or a number, or a word.
	text []byte
}

// Kind returns what the value is.
func (v Value) Kind() Kind {
	if v.kind == escaped {
		return String
	}
	return v.kind
}

// Text returns what a string says, or a number or word as it is written; nothing of an object or array. It is good until the
// next call, or until the text changes.
func (r *Reader) Text(v Value) []byte {
	if v.kind == escaped {
		r.scratch = unquote(r.scratch[:0], v.text)
		return r.scratch
	}
	return v.text
}

// value reads the value at i, perhaps after space.
func (r *Reader) value(i int) Value {
	text := r.text
	if i < len(text) && text[i] <= ' ' {
		i = space(text, i)
	}
	if i >= len(text) {
		r.fail()
		return Value{}
	}
	var end int
	kind := Number
	switch text[i] {
	case '"':
		inner, plain, end := quoted(text, i)
		if end < 0 {
			r.fail()
			return Value{}
		}
		r.pos = end
		if plain {
			return Value{kind: String, text: inner}
		}
		return Value{kind: escaped, text: inner}
	case '{':
		r.pos, r.pending = i, i
		return Value{kind: Object}
	case '[':
		r.pos, r.pending = i, i
		return Value{kind: Array}
	case 'n':
		kind, end = Null, word(text, i, "null")
	case 't':
		kind, end = True, word(text, i, "true")
	case 'f':
		kind, end = False, word(text, i, "false")
	default:
		end = number(text, i)
	}
	if end < 0 {
		r.fail()
		return Value{}
	}
	r.pos = end
	return Value{kind: kind, text: text[i:end]}
}

// word returns where one of the three words ends that begins at i, -1 where it is another.
func word(text []byte, i int, word string) int {
	end := i + len(word)
	if end > len(text) || string(text[i:end]) != word {
		return -1
	}
	return end
}

// IsNumber reports whether a text is a JSON number, and nothing else.
func IsNumber[T string | []byte](text T) bool { return len(text) > 0 && number(text, 0) == len(text) }

// number returns where the number ends that begins at i, -1 where none does.
func number[T string | []byte](text T, i int) int {
	if i < len(text) && text[i] == '-' {
		i++
	}
	whole := i
	i = digits(text, i)
	if i == whole || text[whole] == '0' && i > whole+1 {
		return -1
	}
	if i < len(text) && text[i] == '.' {
		fraction := i + 1
		if i = digits(text, fraction); i == fraction {
			return -1
		}
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		exponent := i + 1
		if exponent < len(text) && (text[exponent] == '+' || text[exponent] == '-') {
			exponent++
		}
		if i = digits(text, exponent); i == exponent {
			return -1
		}
	}
	return i
}

// digits returns where the digits end that begin at i.
func digits[T string | []byte](text T, i int) int {
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	return i
}
