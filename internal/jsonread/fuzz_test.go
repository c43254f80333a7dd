package jsonread

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample has something of everything.
const sample = `[{"id":1,"name":"Électricité","number":"P-2022-100","note":"two\nlines, \"quoted\" \u00e9\ud83d\ude00\\",` +
	`"stage":{"id":9,"name":"closed"},"client":null,"open":true,"paid":false,"total":-1295.20,"rate":1E-3,"none":[],"more":{}},` +
	` {"tags" : [ "a", ["b"], {"c":[0]} ] } ]`

// Whatever is read is what encoding/json reads, whichever objects and arrays are passed over; and what is not JSON for it is
// not JSON here.
func FuzzReader(f *testing.F) {
	for _, s := range []string{
		sample, ``, ` `, `null`, `true`, `false`, `nul`, `truefalse`, `0`, `-0`, `-`, `01`, `1.`, `.5`, `1e`, `1e+`, `1E-2`, `NaN`, `-Infinity`,
		`1e400`, strings.Repeat("9", 400), `[`, `]`, `[]`, `[1,]`, `[,1]`, `[1 2]`, `{}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{,"a":1}`, `{a:1}`, `{"a":1 "b":2}`,
		`{"a":1}}`, `[1}`, `{"a":1,"a":2,"\u0061":3}`, "\ufeff{}", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n", "[\v1]", "[\f1]", "[\u00a01]", "[\u20281]",
		"\x00", "[1]\x00", `"`, `"\`, `"\u`, `"\u12`, `"\u12g4"`, `"\x41"`, "\"\n\"", "\"\x1f\"", "\"\x7f\"", `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83d\ud83d\ude00"`,
		`"\ud83d\u0041"`, `"\ud83d\\ude00"`, `"\uD83D\uDE00\u0000\u2028"`, "\"\xff\xfe\"", "\"\xed\xa0\x80\"", "\"\xf0\x9f\x98\"", "\"\xc3\"", "\"1234567\xc3\xa9\"",
		`"1234567`, `"12345678"`, `"123456789"`, `'a'`, `/**/1`, `[1]//`, strings.Repeat("[", 600) + strings.Repeat("]", 600), strings.Repeat(`{"a":[`, 99),
	} {
		f.Add([]byte(s), ^uint64(0))
		f.Add([]byte(s), uint64(0b0101))
	}
	f.Fuzz(func(t *testing.T, text []byte, choices uint64) {
		before := bytes.Clone(text)
		valid := json.Valid(text)
		seen, ok := read(text, always)
		if ok != valid {
			t.Fatalf("%q is JSON: %t; encoding/json says %t", text, ok, valid)
		}
		if ok {
			if diff := cmp.Diff(tokens(t, text), seen); diff != "" {
				t.Errorf("%q (-encoding/json +read):\n%s", text, diff)
			}
		}
		_, ok = read(text, func() (enter bool) {
			enter, choices = choices&1 == 1, choices>>1
			return enter
		})
		if ok != valid {
			t.Errorf("%q is JSON: %t, where some is passed over; encoding/json says %t", text, ok, valid)
		}
		if !bytes.Equal(text, before) {
			t.Error("the text has changed")
		}
	})
}

// tokens is read by encoding/json.
func tokens(t *testing.T, text []byte) (seen []string) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return seen
		}
		if err != nil {
			t.Fatalf("encoding/json takes %q for JSON, and cannot read it: %v", text, err)
		}
		switch token := token.(type) {
		case string:
			seen = append(seen, fmt.Sprintf("%q", token))
		case nil:
			seen = append(seen, "null")
		default:
			seen = append(seen, fmt.Sprint(token))
		}
	}
}

// A text that is cut anywhere, or has any byte in the place of another, is JSON exactly where encoding/json says so.
func TestEveryByte(t *testing.T) {
	t.Parallel()
	check := func(text []byte) {
		want := json.Valid(text)
		if _, ok := read(text, always); ok != want {
			t.Errorf("%q is JSON: %t, want %t", text, ok, want)
		}
		if _, ok := read(text, never); ok != want {
			t.Errorf("%q, passed over, is JSON: %t, want %t", text, ok, want)
		}
	}
	for i := range len(sample) {
		check([]byte(sample[:i]))
		check([]byte(sample[i:]))
		check([]byte(sample[:i] + sample[i+1:]))
		for _, c := range []byte("\x00\x01\x1f \t\n\v\"\\/,:;{}[]+-.019eEnftua'\x7f\x80\xc3\xe9\xff") {
			text := []byte(sample)
			text[i] = c
			check(text)
		}
	}
}
