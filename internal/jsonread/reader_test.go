package jsonread

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read reads a text to its end and tells what it saw: keys and strings quoted, numbers and words as they are. choose says
// which objects and arrays it enters; the others it shows as … and their kind.
func read(text []byte, choose func() bool) (seen []string, ok bool) {
	r := Of(text)
	var see func(Value)
	see = func(v Value) {
		switch v.Kind() {
		case Nothing:
		case String:
			seen = append(seen, fmt.Sprintf("%q", r.Text(v)))
		case Object:
			if !choose() {
				seen = append(seen, "{…}")
				return
			}
			seen = append(seen, "{")
			r.Enter()
			for key, v, ok := r.Member(); ok; key, v, ok = r.Member() {
				seen = append(seen, fmt.Sprintf("%q", key))
				see(v)
			}
			seen = append(seen, "}")
		case Array:
			if !choose() {
				seen = append(seen, "[…]")
				return
			}
			seen = append(seen, "[")
			r.Enter()
			for v, ok := r.Element(); ok; v, ok = r.Element() {
				see(v)
			}
			seen = append(seen, "]")
		default:
			seen = append(seen, string(r.Text(v)))
		}
	}
	see(r.Value())
	ok = r.End()
	return seen, ok
}

func always() bool { return true }
func never() bool  { return false }

func TestReader(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, text, want string }{
		"an object":         {"keys and values, in their order", `{"b":1,"a":[null,true,false,"x"]}`, `{ "b" 1 "a" [ null true false "x" ] }`},
		"nothing in it":     {"an end is not a member", `[{},[],""]`, `[ { } [ ] "" ]`},
		"space":             {"all four kinds, everywhere", " \t{ \n\"a\"\r : 1 , \"b\" : [ 1 , 2 ] } \n", `{ "a" 1 "b" [ 1 2 ] }`},
		"a mere value":      {"a text need not be an object", `"x"`, `"x"`},
		"the same key":      {"who takes it decides which one counts", `{"a":1,"a":2}`, `{ "a" 1 "a" 2 }`},
		"numbers":           {"as they are written, whatever they come to", `[-0,0.10,1e400,1E+2,90071992547409931]`, `[ -0 0.10 1e400 1E+2 90071992547409931 ]`},
		"a long string":     {"more than eight bytes, in each of which it may end", `["12345678","1234567","123456789012345678"]`, `[ "12345678" "1234567" "123456789012345678" ]`},
		"letters":           {"UTF-8 is taken as it is", `["é","Électricité et 😀 à côté"]`, `[ "é" "Électricité et 😀 à côté" ]`},
		"escapes":           {"what they mean", `["\"\\\/\b\f\n\r\t","\u00e9\uD83D\uDE00"]`, `[ "\"\\/\b\f\n\r\t" "é😀" ]`},
		"escaped keys":      {"a key is what it means", `{"\u0061 key that is long":1}`, `{ "a key that is long" 1 }`},
		"half a pair":       {"U+FFFD, as encoding/json has it", `["\ud83d","\ude00x","\ud83d\u0041","\ud83d\ud83d\ude00"]`, `[ "�" "�x" "�A" "�😀" ]`},
		"not UTF-8":         {"U+FFFD for each byte", "[\"\xff\xfe\",\"\xed\xa0\x80\",\"a\xf0\x9f\"]", `[ "��" "���" "a��" ]`},
		"two things":        {"one text is one value", `1 2`, ``},
		"nothing":           {"no value", ` `, ``},
		"a trailing comma":  {"JavaScript's", `{"a":1,}`, ``},
		"in an array":       {"JavaScript's", `[1,]`, ``},
		"a leading comma":   {"nobody's", `[,1]`, ``},
		"no comma":          {"nobody's", `[1 2]`, ``},
		"no colon":          {"nobody's", `{"a" 1}`, ``},
		"no key":            {"a list's element", `{1}`, ``},
		"a bare key":        {"JavaScript's", `{a:1}`, ``},
		"another bracket":   {"what was opened is closed", `[1}`, ``},
		"a comment":         {"JavaScript's", `[1/**/]`, ``},
		"NaN":               {"no number", `NaN`, ``},
		"part of a word":    {"no word", `nul`, ``},
		"more than a word":  {"no word", `nulll`, ``},
		"a leading zero":    {"C's", `01`, ``},
		"a plus":            {"no number", `+1`, ``},
		"a minus":           {"no number", `-`, ``},
		"a bare point":      {"no number", `1.`, ``},
		"no whole":          {"no number", `.5`, ``},
		"no exponent":       {"no number", `1e+`, ``},
		"single quotes":     {"JavaScript's", `'a'`, ``},
		"no end":            {"cut short", `"abc`, ``},
		"cut in an escape":  {"cut short", `"abc\`, ``},
		"no such escape":    {"no escape", `"\x41"`, ``},
		"no hexadecimal":    {"no escape", `"\u00g1"`, ``},
		"a line's end":      {"control characters are escaped", "\"a\nb\"", ``},
		"a byte order mark": {"no space", "\ufeff[]", ``},
		"a no-break space":  {"no space", "[\u00a01]", ``},
		"a vertical tab":    {"no space", "[\v1]", ``},
		"a zero":            {"no space", "[1]\x00", ``},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen, ok := read([]byte(c.text), always)
			if got := strings.Join(seen, " "); ok != (c.want != "") || ok && got != c.want {
				t.Errorf("%s: read %s (%t), want %s", c.reason, got, ok, c.want)
			}
			if _, passed := read([]byte(c.text), never); passed != ok {
				t.Errorf("passed over it is JSON: %t; read it is: %t", passed, ok)
			}
			if json.Valid([]byte(c.text)) != ok {
				t.Errorf("encoding/json does not agree")
			}
		})
	}
}

// What nobody enters is passed over, and checked.
func TestPassing(t *testing.T) {
	t.Parallel()
	choices := []bool{true, false, true}
	choose := func() (enter bool) {
		enter, choices = choices[0], choices[1:]
		return enter
	}
	seen, ok := read([]byte(`{"a":{"x":[{}]},"b":[1],"c":2}`), choose)
	want := []string{"{", `"a"`, "{…}", `"b"`, "[", "1", "]", `"c"`, "2", "}"}
	if diff := cmp.Diff(want, seen); diff != "" || !ok {
		t.Errorf("it is JSON: %t (-want +got):\n%s", ok, diff)
	}
	if _, ok := read([]byte(`{"a":[01]}`), func() bool { return false }); ok {
		t.Error("what was passed over was not checked")
	}
}

// A text that nests deeper than encoding/json reads is none, and no text exhausts a stack.
func TestDepth(t *testing.T) {
	t.Parallel()
	nested := func(opening, closing string, depth int) []byte {
		return []byte(strings.Repeat(opening, depth) + "1" + strings.Repeat(closing, depth))
	}
	for _, c := range []struct{ opening, closing string }{{"[", "]"}, {`{"a":`, "}"}, {`[{"a":`, "}]"}} {
		for _, depth := range []int{1, 31, 32, 33, 4999, 5000, 5001, 9999, 10_000, 10_001, 300_000} {
			text := nested(c.opening, c.closing, depth)
			want := json.Valid(text)
			for name, choose := range map[string]func() bool{"read": always, "passed over": never} {
				if _, ok := read(text, choose); ok != want {
					t.Errorf("%d times %s, %s, is JSON: %t, want %t", depth, c.opening, name, ok, want)
				}
			}
		}
	}
	if _, ok := read([]byte(strings.Repeat("[", 1<<20)), never); ok {
		t.Error("what never ends is JSON")
	}
}

// Raw, Pos and Again find an object that is written as an earlier one is.
func TestAgain(t *testing.T) {
	t.Parallel()
	r := Of([]byte(`[{"a":1}, {"a":1} ,{"a":12},{"a":1`))
	r.Value()
	r.Enter()
	r.Element()
	first, begin := r.Raw(), 1
	if want := `{"a":1}`; string(first) != want || r.Pos() != begin+len(want) {
		t.Errorf("the first is %s, and ends at %d", first, r.Pos())
	}
	for i, want := range []bool{true, false, false} {
		if r.Element(); r.Again(first) != want {
			t.Errorf("element %d is written like the first: %t", i+1, !want)
		}
	}
	if r.End() || !r.Failed() {
		t.Error("it is cut short, and taken for JSON")
	}
}

// Reading allocates nothing.
func TestAllocations(t *testing.T) {
	text := []byte(`[{"id":1,"name":"Électricité","tags":["a",{"deep":[[[]]]}],"total":12.50,"note":"a\nb"}]`)
	if n := testing.AllocsPerRun(100, func() {
		r := Of(text)
		r.Value()
		r.Enter()
		for _, ok := r.Element(); ok; _, ok = r.Element() {
			r.Enter()
			for _, _, ok := r.Member(); ok; _, _, ok = r.Member() {
			}
		}
		if !r.End() {
			t.Fatal("it is not JSON")
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
