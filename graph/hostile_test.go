package graph_test

// This file holds what becomes of requests that mean harm beyond a limit on a document: those that are slow to validate,
// whose refusal would be long, whose answer would be, and those that a page of another site has a browser send. And that
// the queries of the tools that everybody uses get through.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// The queries by which tools read the schema are within the limits, and cost nothing.
func TestToolsCanReadTheSchema(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	files, err := filepath.Glob("testdata/introspection/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := g.Send(t, t.Context(), gatewaytest.Request{Query: string(query)})
		if gatewaytest.Decode[any](t, a); !strings.Contains(a.Body, `"PurchaseOrderConnection"`) {
			t.Errorf("%s: the schema is not whole", file)
		}
	}
	if calls := g.Calls(); len(calls) > 0 {
		t.Errorf("calls %s", calls)
	}
}

// costly are documents that cost much more to validate, or to refuse, than to send, as long as they can be.
func costly(tokens int) map[string]string {
	times := func(n int, of func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(of(i))
		}
		return b.String()
	}
	always := func(s string) func(int) string { return func(int) string { return s } }
	long := strings.Repeat("q", 900_000)
	return map[string]string{
		"a leaf, repeated":     "{ viewer {" + times(tokens-6, always(" email")) + " } }",
		"an object, repeated":  "{" + times(tokens/4-1, always("viewer{email}")) + "}",
		"with other arguments": "{" + times(tokens/9-1, func(i int) string { return fmt.Sprintf("stage(id:%d){id}", i) }) + "}",
		"inline fragments":     "{ viewer {" + times(tokens/4-2, always("...{email}")) + "}}",
		"fragments of each other": "{ viewer { ...F0 } } " + times(tokens/12, func(i int) string {
			return fmt.Sprintf("fragment F%d on Viewer { email ...F%d ...F%[2]d } ", i, i+1)
		}) + fmt.Sprintf("fragment F%d on Viewer { email }", tokens/12),
		"operations of one fragment": times(tokens/20, func(i int) string { return fmt.Sprintf("query Q%d { viewer { ...F } } ", i) }) +
			"fragment F on Viewer {" + times(tokens/3, always(" nope")) + " }",
		"unknown fields":       "{ viewer {" + times(tokens/2, func(i int) string { return fmt.Sprintf(" nope%d", i) }) + " } }",
		"unknown arguments":    "{ viewer(" + times(tokens/4, func(i int) string { return fmt.Sprintf("a%d:1 ", i) }) + ") { email } }",
		"unknown directives":   "{ viewer" + times(tokens/3, always("@x")) + " { email } }",
		"unknown variables":    "query(" + times(tokens/6, func(i int) string { return fmt.Sprintf("$v%d:Int ", i) }) + ") { viewer { email } }",
		"long unknown fields":  "{ viewer {" + times(tokens/3, func(i int) string { return fmt.Sprintf(" %d%s", i, long[:2_000])[1:] }) + " } }",
		"a very long field":    "{ viewer { " + long + " } }",
		"a very long argument": "{ viewer(" + long + ": 1) { email } }",
		"a very long type":     "query($a: " + long + ") { viewer { email } }",
		"a very long value":    "{ invoiceTotals(groupBy: " + long + ") { key } }",
		"a very long text":     `{ project(id: "` + long + `") { id } }`,
		"a very long comment":  "#" + long + "\n{ nope }",
		"very many commas":     strings.Repeat(",", 900_000) + "{ nope }",
		"very many lines":      `{ project(id: """` + strings.Repeat("\n", 450_000) + `""") { id } }`,
	}
}

// Whatever is refused is refused in few words, and for nothing. How fast that is, BenchmarkRefusals tells.
func TestRefusalsAreShort(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for name, query := range costly(graph.DefaultLimits.Tokens) {
		a := g.Ask(t, query)
		if len(a.Errors) == 0 {
			continue // it is harmless as it stands
		}
		refusedWith(t, g, name, a, a.Errors[0].Extensions.Code)
	}
}

// BenchmarkRefusals measures how long the costliest documents take, the slowest of them first of all: it has to be well below
// a second.
func BenchmarkRefusals(b *testing.B) {
	g := gatewaytest.Start(b, gatewaytest.Options{})
	for name, query := range costly(graph.DefaultLimits.Tokens) {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				g.Ask(b, query)
			}
		})
	}
}

// An answer tells so many errors, and then how many more there are: of a document, and of what failed while it ran.
func TestErrorsAreCut(t *testing.T) {
	t.Parallel()
	limits := gatewaytest.Generous
	limits.Errors = 5
	g := gatewaytest.Start(t, gatewaytest.Options{Limits: limits, Switches: sandbox.Switches{
		Faults: []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/invoices/*"), Status: http.StatusForbidden}},
	}})
	for what, query := range map[string]string{
		"of a document": "{ viewer { a b c d e %s} }", "while it ran": "{ invoices(first: 5 %s) { nodes { subject } } }",
	} {
		more := map[string]string{"of a document": "f ", "while it ran": " offset: 0"}[what]
		at, over := fmt.Sprintf(query, ""), fmt.Sprintf(query, more)
		if what == "while it ran" {
			over = strings.Replace(over, "5", "6", 1)
		}
		if a := g.Ask(t, at); len(a.Errors) != 5 {
			t.Errorf("%s: %d errors, want 5: %.300s", what, len(a.Errors), a.Body)
		}
		a := g.Ask(t, over)
		if len(a.Errors) != 6 || a.Errors[5].Extensions.Code != "TOO_MANY_ERRORS" || !strings.HasPrefix(a.Errors[5].Message, "1 more") {
			t.Errorf("%s: %d errors, want 5 and one that says so: %.1000s", what, len(a.Errors), a.Body)
		}
	}
}

// The data of an answer may be so long, and not a byte longer. Of a mutation nobody takes the loss for a failure.
func TestAnswersAreCut(t *testing.T) {
	t.Parallel()
	const query = `{ projects(first: 5) { nodes { number callNotes } } }`
	whole := gatewaytest.Start(t, gatewaytest.Options{})
	length := int64(len(whole.Ask(t, query).Data))
	for _, c := range []struct {
		bytes int64
		code  string
	}{{length, "[]"}, {length - 1, "[ANSWER_TOO_LARGE]"}, {20, "[ANSWER_TOO_LARGE]"}} {
		g := gatewaytest.Start(t, gatewaytest.Options{Limits: graph.Limits{AnswerBytes: c.bytes}})
		if a := g.Ask(t, query); fmt.Sprint(a.Codes()) != c.code || (a.Data == nil) != (c.code != "[]") {
			t.Errorf("%d bytes of %d: %.300s, want %s", c.bytes, length, a.Body, c.code)
		}
	}
	g := gatewaytest.Start(t, gatewaytest.Options{Limits: graph.Limits{AnswerBytes: 20}})
	for _, g := range []*gatewaytest.Gateway{g, gatewaytest.Start(t, gatewaytest.Options{MaxValues: 2})} {
		a := g.Ask(t, `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "Ring twice."}) { note { id body } } }`)
		if fmt.Sprint(a.Codes()) != "[ANSWER_TOO_LARGE]" || !strings.Contains(a.Body, "the changes have been sent to CCUBE") {
			t.Errorf("a mutation's answer: %s", a.Body)
		}
		if calls := g.Calls(); len(calls) == 0 || !strings.HasPrefix(calls[len(calls)-1], "POST ") {
			t.Errorf("calls %s, want a POST", calls)
		}
	}
}

// TestAPanicIsOneError has a resolver panic: one error that names the request, in the log with the stack; the rest stands.
func TestAPanicIsOneError(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Now: func() time.Time {
		if strings.Contains(string(debug.Stack()), ".IsOverdue(") {
			panic("out of cheese")
		}
		return time.Now()
	}})
	a := g.Ask(t, `{ invoices(first: 1) { nodes { number isOverdue total } } viewer { email } }`)
	id := a.Header.Get("X-Request-Id")
	if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "INTERNAL" || a.Errors[0].Extensions.RequestID != id || a.Errors[0].Where() != "invoices.nodes.0.isOverdue" {
		t.Errorf("errors %+v, want INTERNAL of request %s", a.Errors, id)
	}
	for _, want := range []string{`"number":"INV-`, `"isOverdue":null,"total":`, `"viewer":{"email"`} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("the rest does not stand: %s lacks %s", a.Body, want)
		}
	}
	for _, want := range []string{"out of cheese", "goroutine", "id=" + id} {
		if !strings.Contains(g.Log.String(), want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	if strings.Contains(a.Body, "cheese") {
		t.Errorf("the answer tells of the panic: %s", a.Body)
	}
}

// TestPagesOfOtherSites holds what a browser may send for one, without a preflight and after one.
func TestPagesOfOtherSites(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	token := g.Sandbox.Admin().Authorization
	basic := "Basic " + "YUBleGFtcGxlLmNvbTphYmM="
	target := "/graphql?" + url.Values{"query": {"{ __typename }"}}.Encode()
	for name, c := range map[string]struct {
		reason string
		header http.Header
		open   bool
	}{
		"no browser":               {"curl says nothing of sites", http.Header{}, true},
		"typed":                    {"into the address line", http.Header{"Sec-Fetch-Site": {"none"}}, true},
		"its own page":             {"the IDE", http.Header{"Sec-Fetch-Site": {"same-origin"}}, true},
		"another site":             {"a picture, a link", http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
		"a neighbour":              {"another name of one domain is another site", http.Header{"Sec-Fetch-Site": {"same-site"}}, false},
		"a remembered password":    {"browsers send it by themselves", http.Header{"Sec-Fetch-Site": {"cross-site"}, "Authorization": {basic}}, false},
		"a token":                  {"no browser remembers one", http.Header{"Sec-Fetch-Site": {"cross-site"}, "Authorization": {token}}, true},
		"asked before":             {"by a preflight", http.Header{"Sec-Fetch-Site": {"cross-site"}, "Apollo-Require-Preflight": {"true"}}, true},
		"asked before, by Apollo":  {"likewise", http.Header{"Sec-Fetch-Site": {"cross-site"}, "X-Apollo-Operation-Name": {"Q"}}, true},
		"asked before, explaining": {"likewise", http.Header{"Sec-Fetch-Site": {"cross-site"}, "X-Ccube-Explain": {"1"}}, true},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, http.NoBody)
		r.Header = c.header
		a := g.Do(t, r)
		if c.open {
			gatewaytest.Decode[any](t, a)
			continue
		}
		if refusedWith(t, g, name, a, "CROSS_SITE_REQUEST"); a.Status != http.StatusBadRequest {
			t.Errorf("%s: status %d, want 400: %s", name, a.Status, c.reason)
		}
	}
	for _, form := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		a := send(t, g, "POST", "/graphql", form, `{"query":"mutation { deleteNote(id: 700001) { deletedId } }"}`)
		refusedWith(t, g, "a form as "+form, a, "UNSUPPORTED_MEDIA_TYPE")
	}
}
