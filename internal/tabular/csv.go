package tabular

import (
	"bytes"
	"io"
	"strings"

	"github.com/valyala/fastjson"
)

// CSV writes comma-separated values as RFC 4180 describes them: UTF-8 without a byte order mark, lines that end with CRLF,
// and a header, always. Null is an empty cell and the empty text is "", for readers who tell these apart.
//
// A spreadsheet takes a text that begins with = + - or @ for a formula, whoever wrote it, and quotes do not hinder it. Such
// a text gets an apostrophe before it. A text of nothing but digits and their punctuation has nothing to call and is left
// as it is, such as a telephone number; numbers are numbers.
type CSV struct {
	w    io.Writer
	line []byte
}

// NewCSV returns a writer of CSV.
func NewCSV(w io.Writer) *CSV { return &CSV{w: w} }

// Type is part of Writer.
func (*CSV) Type() string { return "text/csv; charset=utf-8; header=present" }

// Extension is part of Writer.
func (*CSV) Extension() string { return ".csv" }

// Header is part of Writer.
func (c *CSV) Header(columns []string) error {
	c.line = append(c.line[:0], strings.Join(columns, ",")...) // GraphQL names and dots: nothing to quote
	return c.end()
}

// Row is part of Writer. A line of one empty cell would be an empty line, which readers skip, so that cell is written as
// an empty text.
func (c *CSV) Row(cells []*fastjson.Value) error {
	c.line = c.line[:0]
	for i, cell := range cells {
		if i > 0 {
			c.line = append(c.line, ',')
		}
		c.cell(cell)
	}
	if len(c.line) == 0 {
		c.line = append(c.line, `""`...)
	}
	return c.end()
}

// Break is part of Writer. The line opens a quote and does not close it: a reader that goes by RFC 4180 cannot but fail.
func (c *CSV) Break(message string) error {
	text := strings.NewReplacer(`"`, `'`, "\r", " ", "\n", " ").Replace(message)
	_, err := io.WriteString(c.w, `"THE TABLE IS NOT WHOLE. `+text)
	return err
}

func (c *CSV) end() error {
	c.line = append(c.line, "\r\n"...)
	_, err := c.w.Write(c.line)
	return err
}

func (c *CSV) cell(v *fastjson.Value) {
	switch {
	case isNull(v):
	case v.Type() == fastjson.TypeString:
		c.text(v.GetStringBytes())
	case v.Type() == fastjson.TypeObject || v.Type() == fastjson.TypeArray:
		c.quote("", appendJSON(nil, v))
	default:
		c.line = v.MarshalTo(c.line)
	}
}

func (c *CSV) text(text []byte) {
	switch {
	case startsFormula(text):
		c.quote("'", text)
	case len(text) == 0 || needsQuotes(text):
		c.quote("", text)
	default:
		c.line = append(c.line, text...)
	}
}

func (c *CSV) quote(before string, text []byte) {
	c.line = append(c.line, '"')
	c.line = append(c.line, before...)
	c.line = append(c.line, bytes.ReplaceAll(text, []byte(`"`), []byte(`""`))...)
	c.line = append(c.line, '"')
}

// needsQuotes reports whether a text would be read as something else without quotes. Spaces at an end some readers trim.
func needsQuotes(text []byte) bool {
	return bytes.ContainsAny(text, ",;\t\"\r\n") || text[0] == ' ' || text[len(text)-1] == ' '
}

// What a formula may start with, full-width signs and blanks that spreadsheets overlook included: what always makes one,
// and signs that digits alone may follow.
var (
	starts = [][]byte{[]byte("="), []byte("＝"), []byte("\t"), []byte("\r"), []byte("\n")}
	signs  = [][]byte{[]byte("+"), []byte("-"), []byte("@"), []byte("＋"), []byte("－"), []byte("＠")}
)

// startsFormula reports whether a spreadsheet could take a text for more than text.
func startsFormula(text []byte) bool {
	for _, start := range starts {
		if bytes.HasPrefix(text, start) {
			return true
		}
	}
	for _, sign := range signs {
		if rest, ok := bytes.CutPrefix(text, sign); ok {
			return len(bytes.Trim(rest, "0123456789 ().,-/")) > 0
		}
	}
	return false
}
