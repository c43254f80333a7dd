package tabular

import (
	"io"
	"unicode/utf8"

	"github.com/valyala/fastjson"
)

// NDJSON writes a JSON object a line: the columns' names in their order, every value of the type and with the digits that
// it has in the answer. A table without rows is empty.
type NDJSON struct {
	w    io.Writer
	keys [][]byte
	line []byte
}

// NewNDJSON returns a writer of NDJSON.
func NewNDJSON(w io.Writer) *NDJSON { return &NDJSON{w: w} }

// Type is part of Writer.
func (*NDJSON) Type() string { return "application/x-ndjson" }

// Extension is part of Writer.
func (*NDJSON) Extension() string { return ".ndjson" }

// Header is part of Writer. It writes nothing: every line names its columns.
func (n *NDJSON) Header(columns []string) error {
	n.keys = make([][]byte, len(columns))
	for i, column := range columns {
		n.keys[i] = append(appendString([]byte{','}, []byte(column)), ':')
	}
	n.keys[0][0] = '{'
	return nil
}

// Row is part of Writer.
func (n *NDJSON) Row(cells []*fastjson.Value) error {
	n.line = n.line[:0]
	for i, cell := range cells {
		n.line = append(n.line, n.keys[i]...)
		n.line = appendJSON(n.line, cell)
	}
	n.line = append(n.line, '}', '\n')
	_, err := n.w.Write(n.line)
	return err
}

// Break is part of Writer. The line is an object that does not end, which is no JSON.
func (n *NDJSON) Break(message string) error {
	n.line = appendString(append(n.line[:0], `{"THE TABLE IS NOT WHOLE":`...), []byte(message))
	_, err := n.w.Write(n.line)
	return err
}

// appendJSON appends a value. Strings are escaped here, since fastjson escapes some control characters as Go does.
func appendJSON(line []byte, v *fastjson.Value) []byte {
	if v == nil {
		return append(line, "null"...)
	}
	switch v.Type() {
	case fastjson.TypeString:
		return appendString(line, v.GetStringBytes())
	case fastjson.TypeArray:
		line = append(line, '[')
		for i, element := range v.GetArray() {
			if i > 0 {
				line = append(line, ',')
			}
			line = appendJSON(line, element)
		}
		return append(line, ']')
	case fastjson.TypeObject:
		return appendObject(line, v.GetObject())
	}
	return v.MarshalTo(line)
}

func appendObject(line []byte, o *fastjson.Object) []byte {
	line = append(line, '{')
	first := true
	o.Visit(func(key []byte, v *fastjson.Value) {
		if !first {
			line = append(line, ',')
		}
		first = false
		line = append(appendString(line, key), ':')
		line = appendJSON(line, v)
	})
	return append(line, '}')
}

const hexDigits = "0123456789abcdef"

// appendString appends a JSON string. What is not UTF-8 becomes the replacement character.
func appendString(line, text []byte) []byte {
	line = append(line, '"')
	for len(text) > 0 {
		switch c := text[0]; {
		case c == '"' || c == '\\':
			line, text = append(line, '\\', c), text[1:]
		case c < ' ':
			line, text = append(line, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15]), text[1:]
		case c < utf8.RuneSelf:
			line, text = append(line, c), text[1:]
		default:
			r, n := utf8.DecodeRune(text)
			line, text = utf8.AppendRune(line, r), text[n:]
		}
	}
	return append(line, '"')
}
