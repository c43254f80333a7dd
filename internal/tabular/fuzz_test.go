package tabular

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/valyala/fastjson"
)

// Whatever an answer looks like, each row has all columns, and both forms have the same rows.
func FuzzRows(f *testing.F) {
	for _, data := range []string{
		`{"books":{"nodes":[{"title":"A","author":{"name":"B","books":[{"pages":1.50,"tags":["x","y"]},{"tags":null}]}}]}}`,
		`{"books":{"nodes":[null,1,"x",[],{}]}}`, `{"books":{"nodes":[{"author":{"books":{}}}]}}`, `{"books":null}`, `[]`, `{}`,
		`{"books":{"nodes":[{"title":{"a":["\u0000\ud800",1e400]}}]}}`,
	} {
		f.Add(data)
	}
	p, err := planned(f, `{ books { nodes { title author { name books { pages tags } } } } }`, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if !json.Valid([]byte(data)) || !utf8.ValidString(data) {
			t.Skip()
		}
		v, err := fastjson.Parse(data)
		if err != nil {
			t.Skip()
		}
		var commas, lines bytes.Buffer
		writers := []Writer{NewCSV(&commas), NewNDJSON(&lines)}
		rows := 0
		for _, w := range writers {
			rows = 0
			if err := w.Header(p.Columns); err != nil {
				t.Fatal(err)
			}
			elements, err := p.Rows(v, func(cells []*fastjson.Value) error { rows++; return w.Row(cells) })
			if err != nil || elements > rows {
				t.Fatalf("%d elements, %d rows, %v", elements, rows, err)
			}
		}
		reader := csv.NewReader(&commas)
		reader.FieldsPerRecord = len(p.Columns)
		records, err := reader.ReadAll()
		if err != nil || len(records) != rows+1 {
			t.Errorf("CSV has %d records, want %d and the header: %v", len(records), rows, err)
		}
		decoder := json.NewDecoder(&lines)
		for range rows {
			var row map[string]any
			if err := decoder.Decode(&row); err != nil && !strings.Contains(err.Error(), "cannot unmarshal number") || len(row) != len(p.Columns) {
				t.Fatalf("a line of NDJSON is %v: %v", row, err)
			}
		}
	})
}

// A text comes out of CSV as it went in, but for the apostrophe; and no cell begins a formula.
func FuzzCSVText(f *testing.F) {
	for _, text := range []string{"", "a", `"`, ",", "\r\n", "=1", "-5", "+a", "@", "＝", "\x00", " ", "é", "'=1", "\t", "-\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		var line bytes.Buffer
		cell := fastjson.MustParseBytes(appendString(nil, []byte(text)))
		if err := NewCSV(&line).Row([]*fastjson.Value{cell, cell}); err != nil {
			t.Fatal(err)
		}
		record, err := csv.NewReader(&line).Read()
		if err != nil || len(record) != 2 || record[0] != record[1] {
			t.Fatalf("%q: %q, %v", text, record, err)
		}
		got, want := record[0], strings.ReplaceAll(text, "\r\n", "\n") // which is what encoding/csv makes of it
		if got != want && got != "'"+want {
			t.Errorf("%q came out as %q", text, got)
		}
		if strings.ContainsAny(got[:min(1, len(got))], "=\t\r\n") || len(got) > 1 && strings.ContainsAny(got[:1], "+-@") && strings.ContainsAny(got, "ABCDEFabcdef!|") {
			t.Errorf("%q begins a formula", got)
		}
	})
}
