package tabular

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/valyala/fastjson"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { books(first: Int, after: String): BookConnection  shelf(id: ID): Shelf  authors: [Author!]  version: String  grid: [[Int!]!] }
	type Mutation { burn: [Book!] }
	type BookConnection { nodes: [Book!]!  edges: [BookEdge!]!  totalCount: Int }
	type BookEdge { cursor: String!  node: Book! }
	type Shelf { id: ID!  books: [Book!]  boxes: [Box!]  grid: [[Int!]!] }
	type Box { id: ID!  books: [Book!] }
	type Book { title: String  pages: Int  author: Author  tags: [String!]  chapters: [Chapter!]  about: Subject }
	type Author { name: String  books: [Book!] }
	type Chapter { name: String  notes: [String!] }
	union Subject = Author | Book
`})

// planned plans a query.
func planned(t testing.TB, query string, variables map[string]any) (*Plan, error) {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
	if errs != nil {
		t.Fatalf("%s: %v", query, errs)
	}
	return NewPlan(&graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: variables}, schema)
}

// table writes an answer's rows as CSV, with | for CRLF.
func table(t testing.TB, p *Plan, data string) string {
	t.Helper()
	var text bytes.Buffer
	w := NewCSV(&text)
	if err := w.Header(p.Columns); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Rows(fastjson.MustParse(data), w.Row); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(text.String(), "\r\n", "|")
}

func TestTables(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, query, data, want string
		variables                 map[string]any
	}{
		"plain list": {
			reason: "each element is a row",
			query:  `{ authors { name } }`, data: `{"authors":[{"name":"Ann"},{"name":"Bo"}]}`, want: `name|Ann|Bo|`,
		},
		"connection": {
			reason: "its nodes are the list",
			query:  `{ books { nodes { title pages } } }`, data: `{"books":{"nodes":[{"title":"A","pages":3}]}}`, want: `title,pages|A,3|`,
		},
		"edges": {
			reason: "the node of an edge is the row, so that edges have the columns of nodes",
			query:  `{ books { edges { cursor node { title } } } }`, data: `{"books":{"edges":[{"cursor":"x","node":{"title":"A"}}]}}`, want: `cursor,title|x,A|`,
		},
		"aliases": {
			reason: "columns are called what the answer calls them, in the order of the selection",
			query:  `{ list: books { rows: nodes { n: pages by: author { who: name } t: title } } }`,
			data:   `{"list":{"rows":[{"n":1,"by":{"who":"Ann"},"t":"A"}]}}`, want: `n,by.who,t|1,Ann,A|`,
		},
		"fragments": {
			reason: "a field that is selected twice is one column, where it stands first",
			query:  `query { books { nodes { ...a ... on Book { title pages } } } } fragment a on Book { title author { name } }`,
			data:   `{"books":{"nodes":[{"title":"A","author":{"name":"Ann"},"pages":1}]}}`, want: `title,author.name,pages|A,Ann,1|`,
		},
		"skip and include": {
			reason: "what is not in the answer is no column",
			query:  `query($no: Boolean!) { authors { name books @include(if: $no) { title } } }`, variables: map[string]any{"no": false},
			data: `{"authors":[{"name":"Ann"}]}`, want: `name|Ann|`,
		},
		"union": {
			reason: "each type's fields are columns, empty for objects of other types",
			query:  `{ authors { books { about { __typename ... on Author { name } ... on Book { title } } } } }`,
			data:   `{"authors":[{"books":[{"about":{"__typename":"Author","name":"Ann"}},{"about":{"__typename":"Book","title":"A"}},{"about":null}]}]}`,
			want:   `books.about.__typename,books.about.name,books.about.title|Author,Ann,|Book,,A|,,|`,
		},
		"nested list": {
			reason: "the parent's columns are repeated, whether they stand before or behind",
			query:  `{ books { nodes { title chapters { name } pages } } }`,
			data:   `{"books":{"nodes":[{"title":"A","chapters":[{"name":"1"},{"name":"2"}],"pages":9}]}}`,
			want:   `title,chapters.name,pages|A,1,9|A,2,9|`,
		},
		"empty nested list": {
			reason: "a parent without children stands once, and takes no cell from the row before",
			query:  `{ authors { name books { title } } }`,
			data:   `{"authors":[{"name":"Ann","books":[{"title":"A"}]},{"name":"Bo","books":[]},{"name":"Cy","books":null}]}`,
			want:   `name,books.title|Ann,A|Bo,|Cy,|`,
		},
		"lists in lists": {
			reason: "one below the other they are one chain of rows",
			query:  `{ authors { name books { title chapters { name notes } } } }`,
			data:   `{"authors":[{"name":"Ann","books":[{"title":"A","chapters":[{"name":"1","notes":["x","y"]},{"name":"2","notes":[]}]},{"title":"B","chapters":[]}]}]}`,
			want:   `name,books.title,books.chapters.name,books.chapters.notes|Ann,A,1,x|Ann,A,1,y|Ann,A,2,|Ann,B,,|`,
		},
		"list below an object": {
			reason: "a chain may lead through objects, also such as are null",
			query:  `{ books { nodes { title author { books { pages } } } } }`,
			data:   `{"books":{"nodes":[{"title":"A","author":{"books":[{"pages":1},{"pages":2}]}},{"title":"B","author":null}]}}`,
			want:   `title,author.books.pages|A,1|A,2|B,|`,
		},
		"one object's list": {
			reason: "an object that selects nothing but a list is the way to it",
			query:  `{ shelf { books { title } } }`, data: `{"shelf":{"books":[{"title":"A"}]}}`, want: `title|A|`,
		},
		"one object's empty list": {
			reason: "a list without elements has no rows",
			query:  `{ shelf { books { title } } }`, data: `{"shelf":{"books":[]}}`, want: `title|`,
		},
		"one object": {
			reason: "it is a row, repeated for its list",
			query:  `{ shelf { id books { title } } }`, data: `{"shelf":{"id":"7","books":[{"title":"A"},{"title":"B"}]}}`,
			want: `id,books.title|7,A|7,B|`,
		},
		"no object": {
			reason: "what is not there has no rows, but columns",
			query:  `{ shelf { id books { title } } }`, data: `{"shelf":null}`, want: `id,books.title|`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := planned(t, c.query, c.variables)
			if err != nil {
				t.Fatalf("%v: %s", err, c.reason)
			}
			if diff := cmp.Diff(c.want, table(t, p, c.data)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestNoTables(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, query, want string }{
		"two roots":       {"there is one header", `{ authors { name } shelf { id } }`, "one root field"},
		"a value":         {"it has no rows", `{ version }`, "one root field"},
		"a mutation":      {"it is sent once, and its answer is no list", `mutation { burn { title } }`, "only a query"},
		"a count beside":  {"it has no place in the rows", `{ books { nodes { title } totalCount } }`, "`nodes` or `edges`, and nothing beside"},
		"nodes and edges": {"they are the same rows twice", `{ books { nodes { title } edges { cursor } } }`, "`nodes` or `edges`"},
		"a count alone":   {"it is no list", `{ books { totalCount } }`, "`nodes` or `edges`"},
		"lists side by side": {
			"their rows would multiply", `{ authors { books { tags chapters { name } } } }`, "`tags` and `chapters` hold lists beside each other",
		},
		"lists side by side, deeper": {
			"the same", `{ shelf { id books { title } boxes { books { title } } } }`, "`books` and `boxes` hold lists",
		},
		"one name twice": {
			"a reader would drop either", `{ books { edges { title: cursor node { title } } } }`, "two columns would be called `title`",
		},
		"a list of lists": {"rows have no place for it", `{ shelf { id grid } }`, "list of lists"},
		"too many fields": {
			"fragments that spread one another twice each are exponential", spread(15), "more than 2000 fields",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := planned(t, c.query, nil)
			if !errors.Is(err, fault.BadUserInput) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q: %s", err, c.want, c.reason)
			}
		})
	}
}

// spread is a query whose fields double with each of n fragments.
func spread(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{ books { nodes { ...f0 } } } ")
	for i := range n {
		fmt.Fprintf(&b, "fragment f%d on Book { a: about { ... on Book { ...f%d } } b: about { ... on Book { ...f%d } } } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Book { title }", n)
	return b.String()
}

func TestCSVCells(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, json, want string }{
		"text":              {"as it is", `"Québec ☃ 工"`, `Québec ☃ 工`},
		"null":              {"an empty cell", `null`, ``},
		"empty text":        {"told apart from null by its quotes", `""`, `""`},
		"comma":             {"quoted", `"a,b"`, `"a,b"`},
		"quote":             {"doubled", `"6\" pipe"`, `"6"" pipe"`},
		"lines":             {"quoted, each end as it was", `"a\nb\r\nc"`, "\"a\nb\r\nc\""},
		"spaces":            {"quoted: some readers trim", `" a "`, `" a "`},
		"decimal":           {"every digit", `3500.10`, `3500.10`},
		"long decimal":      {"every digit, past any float", `12345678901234567890.12345678901234567890`, `12345678901234567890.12345678901234567890`},
		"negative number":   {"a number is no formula", `-5.00`, `-5.00`},
		"true":              {"as JSON has it", `true`, `true`},
		"formula":           {"an apostrophe has it read as text", `"=HYPERLINK(\"x\")"`, `"'=HYPERLINK(""x"")"`},
		"formula of digits": {"= makes a formula of anything", `"=1+1"`, `"'=1+1"`},
		"plus":              {"so does + with something to call", `"+cmd|' /C calc'!A0"`, `"'+cmd|' /C calc'!A0"`},
		"minus":             {"and -", `"-A1"`, `"'-A1"`},
		"at":                {"and @", `"@SUM(A1)"`, `"'@SUM(A1)"`},
		"tab":               {"which spreadsheets skip", `"\t=1"`, "\"'\t=1\""},
		"full width":        {"which some spreadsheets take for =", `"＝1"`, `"'＝1"`},
		"telephone number":  {"digits call nothing", `"+1 (514) 555-0199"`, `+1 (514) 555-0199`},
		"number as text":    {"digits call nothing", `"-5"`, `-5`},
		"dash":              {"it calls nothing", `"-"`, `-`},
		"bullet":            {"harmless, but a spreadsheet would show an error", `"- check wiring"`, `"'- check wiring"`},
		"equals inside":     {"only the beginning counts", `"a=b"`, `a=b`},
		"object":            {"a scalar that is an object stays JSON", `{"a":[1,"x\u0007"]}`, `"{""a"":[1,""x\u0007""]}"`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var text bytes.Buffer
			if err := NewCSV(&text).Row([]*fastjson.Value{fastjson.MustParse(`0`), fastjson.MustParse(c.json)}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("0,"+c.want+"\r\n", text.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// A line of one cell that is null would be an empty line, which readers skip.
func TestCSVOfOneColumnKeepsItsRows(t *testing.T) {
	t.Parallel()
	p, err := planned(t, `{ authors { name } }`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := table(t, p, `{"authors":[{"name":null},{"name":"Bo"}]}`), `name|""|Bo|`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNDJSONKeepsTypes(t *testing.T) {
	t.Parallel()
	p, err := planned(t, `{ books { nodes { title pages author { name } } } }`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	w := NewNDJSON(&text)
	if err := w.Header(p.Columns); err != nil {
		t.Fatal(err)
	}
	const data = `{"books":{"nodes":[{"title":"=1\n\u0007\"é","pages":3500.10,"author":null},{"title":"","pages":null,"author":{"name":"Ann"}}]}}`
	if _, err := p.Rows(fastjson.MustParse(data), w.Row); err != nil {
		t.Fatal(err)
	}
	want := `{"title":"=1\u000a\u0007\"é","pages":3500.10,"author.name":null}` + "\n" +
		`{"title":"","pages":null,"author.name":"Ann"}` + "\n"
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A table that broke off ends with a line that no reader can take for a row, whatever the message.
func TestBreaksCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, message := range []string{"UPSTREAM_ERROR: it failed", "a \"quoted\" word", "two\nlines\"", `"`, ""} {
		var text bytes.Buffer
		if err := NewCSV(&text).Break(message); err != nil {
			t.Fatal(err)
		}
		if rows, err := csv.NewReader(strings.NewReader("a,b\r\n1,2\r\n" + text.String())).ReadAll(); err == nil {
			t.Errorf("a reader of CSV takes %q for %q", text.String(), rows)
		}
		text.Reset()
		if err := NewNDJSON(&text).Break(message); err != nil {
			t.Fatal(err)
		}
		if json.Valid(text.Bytes()) || strings.Contains(text.String(), "\n") {
			t.Errorf("a reader of JSON takes %q for a row", text.String())
		}
	}
}
