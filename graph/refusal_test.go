package graph_test

// This file holds what hostile and clumsy requests get: an error with a code, as JSON, and no call to CCUBE.

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// refusedWith holds that an answer is one or several errors with codes, the first being code, and that nothing else
// came of the request.
func refusedWith(t *testing.T, g *gatewaytest.Gateway, what string, a gatewaytest.Answer, code string) {
	t.Helper()
	if media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";"); media != "application/json" {
		t.Errorf("%s: Content-Type %q", what, a.Header.Get("Content-Type"))
	}
	if len(a.Errors) == 0 {
		t.Errorf("%s: no errors: %.500s", what, a.Body)
		return
	}
	for _, e := range a.Errors {
		if e.Extensions.Code == "" || e.Message == "" {
			t.Errorf("%s: an error without a code or a message: %.500s", what, a.Body)
		}
	}
	if got := a.Errors[0].Extensions.Code; got != code {
		t.Errorf("%s: code %s, want %s: %.300s", what, got, code, a.Body)
	}
	const tooMuch = 100_000
	if len(a.Body) > tooMuch {
		t.Errorf("%s: an answer of %d bytes", what, len(a.Body))
	}
	if calls := g.Calls(); len(calls) > 0 {
		t.Errorf("%s: calls %s", what, calls)
	}
	if log := g.Log.String(); strings.Contains(log, "panic") || strings.Contains(log, "goroutine") {
		t.Errorf("%s: the log has a panic: %.2000s", what, log)
	}
}

// spreads is a document of fragments, each of which spreads the next one twice, below a relation if there is one.
func spreads(n int, relation string) string {
	var b strings.Builder
	b.WriteString("{ projects(first: 1) { nodes { ...F0 } } }")
	for i := range n {
		if relation == "" {
			fmt.Fprintf(&b, " fragment F%d on Project { ...F%d ...F%d }", i, i+1, i+1)
		} else {
			fmt.Fprintf(&b, " fragment F%d on Project { a: %s { project { ...F%d } } b: %[2]s { project { ...F%[3]d } } }", i, relation, i+1)
		}
	}
	fmt.Fprintf(&b, " fragment F%d on Project { number }", n)
	return b.String()
}

// aliases is a selection of the same field under n names.
func aliases(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d: %s ", i, field)
	}
	return "{" + b.String() + "}"
}

// Codes of documents that are refused.
const unreadable, notValid, badInput, tooLong = "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "TOO_MANY_TOKENS"

// hostileDocuments are refused, each with a code.
var hostileDocuments = map[string]struct {
	query     string
	variables map[string]any
	code      string
}{
	"nothing":                  {"", nil, badInput},
	"a comment":                {"# nothing", nil, notValid},
	"a word":                   {"hello", nil, unreadable},
	"half a document":          {"{ projects { nodes {", nil, unreadable},
	"a zero byte":              {"{ viewer \x00 { email } }", nil, unreadable},
	"an unknown field":         {"{ nope }", nil, notValid},
	"an unknown field below":   {"{ projects { nodes { nope } } }", nil, notValid},
	"an unknown argument":      {"{ projects(nope: 1) { nodes { id } } }", nil, notValid},
	"an unknown fragment":      {"{ projects { ...Nope } }", nil, notValid},
	"an unused fragment":       {"{ viewer { email } } fragment F on Viewer { email }", nil, notValid},
	"a fragment of itself":     {"{ projects { nodes { ...A } } } fragment A on Project { ...B } fragment B on Project { ...A }", nil, notValid},
	"no selection":             {"{ projects }", nil, notValid},
	"a selection of a leaf":    {"{ viewer { email { x } } }", nil, notValid},
	"two operations":           {"query A { viewer { email } } query B { viewer { email } }", nil, notValid},
	"a subscription":           {"subscription { projects { id } }", nil, notValid},
	"no id":                    {"{ project { id } }", nil, notValid},
	"an id that is null":       {"{ project(id: null) { id } }", nil, notValid},
	"text for a number":        {`{ projects(first: "2") { nodes { id } } }`, nil, notValid},
	"a fraction":               {`{ projects(first: 1.5) { nodes { id } } }`, nil, notValid},
	"a very large number":      {`{ projects(first: 99999999999999999999) { nodes { id } } }`, nil, notValid},
	"a missing variable":       {"query($id: ID!) { project(id: $id) { id } }", nil, notValid},
	"a null variable":          {"query($id: ID!) { project(id: $id) { id } }", map[string]any{"id": nil}, notValid},
	"an object for a variable": {"query($id: ID!) { project(id: $id) { id } }", map[string]any{"id": map[string]any{"a": 1}}, notValid},
	"a list for a variable":    {"query($id: ID!) { project(id: $id) { id } }", map[string]any{"id": []int{1}}, notValid},
	"a boolean for a variable": {"query($n: Int) { projects(first: $n) { nodes { id } } }", map[string]any{"n": true}, notValid},
	"a fraction in a variable": {"query($n: Int) { projects(first: $n) { nodes { id } } }", map[string]any{"n": 1.5}, notValid},
	"a variable of no type":    {"query($n: Foo) { projects(first: $n) { nodes { id } } }", nil, notValid},
	"an undeclared variable":   {"{ projects(first: $n) { nodes { id } } }", nil, notValid},
	"first 0":                  {"{ projects(first: 0) { nodes { id } } }", nil, badInput},
	"first -1":                 {"{ projects(first: -1) { nodes { id } } }", nil, badInput},
	"first 1001":               {"{ projects(first: 1001) { nodes { id } } }", nil, badInput},
	"first, very large":        {"query($n: Int) { projects(first: $n) { nodes { id } } }", map[string]any{"n": 1 << 40}, badInput},
	"deep braces":              {strings.Repeat("{", 100_000), nil, unreadable},
	"deep fields":              {strings.Repeat("{a", 5_000), nil, tooLong},
	"deep lists":               {"{ projects(first: " + strings.Repeat("[", 5_000), nil, tooLong},
	"deep types":               {"query($v: " + strings.Repeat("[", 5_000) + "Int", nil, tooLong},
	"very many aliases":        {aliases(20_000, "viewer { email }"), nil, tooLong},
	"very many directives":     {"{ viewer" + strings.Repeat(" @x", 1_000) + " { email } }", nil, tooLong},
	"very many unknown fields": {aliases(900, "nope"), nil, tooLong},
	"exponential fragments":    {spreads(28, "quotes"), nil, "TOO_DEEP"},
}

func TestDocumentsAreRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for name, c := range hostileDocuments {
		t.Run(name, func(t *testing.T) {
			a := g.Send(t, t.Context(), gatewaytest.Request{Query: c.query, Variables: c.variables, Authorization: g.Sandbox.Admin().Authorization})
			refusedWith(t, g, name, a, c.code)
		})
	}
}

// TestHarmlessFragments has fragments that would be exponential to expand and select one field.
func TestHarmlessFragments(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	gatewaytest.Decode[any](t, g.Ask(t, spreads(28, "")))
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{MaxValues: 2_000, Limits: gatewaytest.Generous})
	there := "{ projects { nodes {" + strings.Repeat(" quotes { project {", 12) + " number" + strings.Repeat(" } }", 12) + " } } }"
	for name, query := range map[string]string{"there and back": there, "the schema": `{ __schema { types { fields { type { fields { name } } } } } }`} {
		a := g.Ask(t, query)
		if codes := fmt.Sprint(a.Codes()); codes != "[ANSWER_TOO_LARGE]" || a.Data != nil {
			t.Errorf("%s: codes %s with data of %d bytes, want ANSWER_TOO_LARGE alone", name, codes, len(a.Data))
		}
	}
	gatewaytest.Decode[any](t, g.Ask(t, `{ projects { nodes { number quotes { number } } } }`))
}

func TestHostileIDsAreRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	hostile := []string{
		"1/../../users", "../users", "..", ".", "", " ", " 1", "1 ", "1\n", "\u00001", "-1", "+1", "1.0", "1e3", "0x10", "1_000", "１", "1%2f..",
		"1?x=1", "1#x", "1;", "1/", "/1", "//evil.example/", "null", "true", "[1]", strings.Repeat("9", 19), strings.Repeat("1", 10_000),
	}
	roots := []string{
		"project", "quote", "invoice", "workOrder", "purchaseOrder", "note", "party", "user", "stage", "workType", "communicationStatus",
	}
	for _, id := range hostile {
		for _, root := range roots {
			a := g.Send(t, t.Context(), gatewaytest.Request{
				Query:     "query($id: ID!) { it: " + root + "(id: $id) { id } }",
				Variables: map[string]any{"id": id}, Authorization: g.Sandbox.Admin().Authorization,
			})
			refusedWith(t, g, fmt.Sprintf("%s(id: %.40q)", root, id), a, "BAD_USER_INPUT")
		}
		for _, nodeID := range []string{id, base64.RawURLEncoding.EncodeToString([]byte("Project:" + id))} {
			a := g.Send(t, t.Context(), gatewaytest.Request{
				Query:     "query($id: ID!) { node(nodeId: $id) { nodeId } }",
				Variables: map[string]any{"id": nodeID}, Authorization: g.Sandbox.Admin().Authorization,
			})
			refusedWith(t, g, fmt.Sprintf("node(nodeId: %.40q)", nodeID), a, "BAD_USER_INPUT")
		}
	}
	for _, text := range []string{"Nope:1", "Project", "Project:", ":1", "project:1", "Viewer:1", "Project:01", "Project:1:1"} {
		a := g.Ask(t, fmt.Sprintf(`{ node(nodeId: %q) { nodeId } }`, base64.RawURLEncoding.EncodeToString([]byte(text))))
		refusedWith(t, g, text, a, "BAD_USER_INPUT")
	}
}

func TestCredentialsAreRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	basic := func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	headers := map[string]http.Header{
		"none":                  {},
		"empty":                 {"Authorization": {""}},
		"a scheme alone":        {"Authorization": {"Token"}},
		"no email":              {"Authorization": {"Token abc"}},
		"no token":              {"Authorization": {"Token ,user_email=a@example.com"}},
		"an empty email":        {"Authorization": {"Token abc,user_email="}},
		"no base64":             {"Authorization": {"Basic !"}},
		"no colon":              {"Authorization": {basic("a@example.com")}},
		"a comma in the token":  {"Authorization": {basic("a@example.com:abc,user_email=b@example.com")}},
		"a line in the token":   {"Authorization": {basic("a@example.com:abc\r\nHost: evil.example")}},
		"a comma in the email":  {"Authorization": {basic("a@example.com,x:abc")}},
		"no email beside":       {"Authorization": {"Bearer abc"}},
		"another scheme":        {"Authorization": {"Digest abc"}},
		"two":                   {"Authorization": {g.Sandbox.Admin().Authorization, g.Sandbox.Technician().Authorization}},
		"two that are the same": {"Authorization": {g.Sandbox.Admin().Authorization, g.Sandbox.Admin().Authorization}},
	}
	for name, header := range headers {
		a := g.Send(t, t.Context(), gatewaytest.Request{Query: "{ projects { nodes { id } } }", Header: header})
		refusedWith(t, g, name, a, "UNAUTHENTICATED")
		if !strings.Contains(a.Body, "user_email") {
			t.Errorf("%s: the error does not say what to send: %s", name, a.Body)
		}
	}
}

// TestTheSchemaNeedsNoCredential and what is no question of the schema's does, wherever it stands.
func TestTheSchemaNeedsNoCredential(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for query, open := range map[string]bool{
		"{ __typename }":                                              true,
		"{ __schema { queryType { name } } }":                         true,
		`{ __type(name: "Project") { name } }`:                        true,
		"{ ...Q } fragment Q on Query { __typename }":                 true,
		"{ __typename viewer { email } }":                             false,
		"{ ...Q } fragment Q on Query { a: viewer { email } }":        false,
		"{ ... @include(if: true) { __typename: viewer { email } } }": false,
	} {
		a := g.Send(t, t.Context(), gatewaytest.Request{Query: query})
		if open {
			gatewaytest.Decode[any](t, a)
		} else {
			refusedWith(t, g, query, a, "UNAUTHENTICATED")
		}
	}
	hidden := gatewaytest.Start(t, gatewaytest.Options{NoIntrospection: true})
	refusedWith(t, hidden, "introspection off", hidden.Ask(t, "{ __schema { queryType { name } } }"), "INTROSPECTION_OFF")
	for _, query := range []string{
		"{ project { numbr } }", "{ project(ids: 1) { number } }", "{ projects(frist: 1) { nodes { id } } }", "{ projects { nodes } }",
		"query($a: Projct) { viewer { email } }", "{ invoiceTotals(groupBy: CLENT) { total } }", "{ ...F } fragment F on Qery { __typename }",
		`{ projects(filter: {serch: "x"}) { nodes { id } } }`, "{ prject(id: 1) { number } }", "{ viewer @skp(if: true) { email } }",
	} {
		a := hidden.Ask(t, query)
		refusedWith(t, hidden, query, a, "GRAPHQL_VALIDATION_FAILED")
		if strings.Contains(a.Body, "Did you mean") {
			t.Errorf("with the schema hidden, an error tells of it: %s", a.Body)
		}
	}
	if a := g.Ask(t, "{ project(ids: 1) { number } }"); !strings.Contains(a.Body, "Did you mean") {
		t.Errorf("with the schema shown, an error does not help: %s", a.Body)
	}
}

func TestTenantsAreRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Tenants: []string{"acme", "globex"}})
	ask := func(tenant string) gatewaytest.Answer {
		return g.Send(t, t.Context(), gatewaytest.Request{
			Query: "{ viewer { tenant } projects(first: 1) { nodes { id } } }", Authorization: g.Sandbox.Admin().Authorization,
			Header: http.Header{"X-Ccube-Tenant": {tenant}},
		})
	}
	for _, tenant := range []string{
		"", "evil", "evil.example/", "evil.example", "acme.", ".acme", "acme/", "/acme", "ACME", "acme ", "acme,globex", "acme@evil.example",
		"acme:80", "acme#", "acme?", "acme%2e", "-acme", "localhost", "127.0.0.1", "[::1]", "../acme", "аcme", strings.Repeat("a", 64),
	} {
		refusedWith(t, g, fmt.Sprintf("tenant %q", tenant), ask(tenant), "BAD_USER_INPUT")
	}
	if a := ask("globex"); !strings.Contains(a.Body, `"tenant":"globex"`) {
		t.Errorf("a tenant on the list is not served: %s", a.Body)
	}
}

// send makes a request of any form.
func send(t *testing.T, g *gatewaytest.Gateway, method, target, contentType, body string) gatewaytest.Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return g.Do(t, r)
}

const isJSON, good = "application/json", `{"query":"{ projects(first: 1) { nodes { id } } }"}`

// byGET is the address of a GET with parameters.
func byGET(values url.Values) string { return "/graphql?" + values.Encode() }

// hostileRequests are refused before anything is looked at, each with a status and a code.
var hostileRequests = map[string]struct {
	method, target, contentType, body string
	status                            int
	code                              string
}{
	"no JSON":               {"POST", "/graphql", isJSON, "hello", 400, "BAD_USER_INPUT"},
	"half a JSON":           {"POST", "/graphql", isJSON, good[:20], 400, "BAD_USER_INPUT"},
	"nothing":               {"POST", "/graphql", isJSON, "", 400, "BAD_USER_INPUT"},
	"a batch":               {"POST", "/graphql", isJSON, "[" + good + "]", 400, "BAD_USER_INPUT"},
	"something behind":      {"POST", "/graphql", isJSON, good + "x", 400, "BAD_USER_INPUT"},
	"two":                   {"POST", "/graphql", isJSON, good + good, 400, "BAD_USER_INPUT"},
	"a number for a query":  {"POST", "/graphql", isJSON, `{"query":1}`, 400, "BAD_USER_INPUT"},
	"a list of variables":   {"POST", "/graphql", isJSON, `{"query":"{ viewer { email } }","variables":[1]}`, 400, "BAD_USER_INPUT"},
	"deep JSON":             {"POST", "/graphql", isJSON, `{"query":"{ viewer { email } }","variables":{"a":` + strings.Repeat("[", 50_000), 400, "BAD_USER_INPUT"},
	"a form":                {"POST", "/graphql", "application/x-www-form-urlencoded", "query=%7Bviewer%7Bemail%7D%7D", 415, "UNSUPPORTED_MEDIA_TYPE"},
	"text":                  {"POST", "/graphql", "text/plain", good, 415, "UNSUPPORTED_MEDIA_TYPE"},
	"parts":                 {"POST", "/graphql", "multipart/form-data; boundary=x", good, 415, "UNSUPPORTED_MEDIA_TYPE"},
	"an empty document":     {"POST", "/graphql", "application/graphql", "", 400, "BAD_USER_INPUT"},
	"no query":              {"POST", "/graphql", isJSON, "{}", 400, "BAD_USER_INPUT"},
	"no type":               {"POST", "/graphql", "", good, 415, "UNSUPPORTED_MEDIA_TYPE"},
	"a mangled type":        {"POST", "/graphql", "application/json; charset", good, 415, "UNSUPPORTED_MEDIA_TYPE"},
	"another charset":       {"POST", "/graphql", "application/json; charset=utf-16", good, 415, "UNSUPPORTED_MEDIA_TYPE"},
	"a huge body":           {"POST", "/graphql", isJSON, `{"query":"` + strings.Repeat(" ", 2<<20) + `"}`, 413, "BODY_TOO_LARGE"},
	"PUT":                   {"PUT", "/graphql", isJSON, good, 405, "METHOD_NOT_ALLOWED"},
	"DELETE":                {"DELETE", "/graphql", "", "", 405, "METHOD_NOT_ALLOWED"},
	"GET without a query":   {"GET", "/graphql", "", "", 400, "BAD_USER_INPUT"},
	"GET, mangled":          {"GET", "/graphql?query=%zz", "", "", 400, "BAD_USER_INPUT"},
	"GET, mangled variable": {"GET", byGET(url.Values{"query": {"{ viewer { email } }"}, "variables": {"{"}}), "", "", 400, "BAD_USER_INPUT"},
	"GET of a mutation":     {"GET", byGET(url.Values{"query": {`mutation { deleteNote(id: "700001") { deletedId } }`}}), "", "", 405, "METHOD_NOT_ALLOWED"},
	"GET, deep":             {"GET", byGET(url.Values{"query": {strings.Repeat("{a", 5_000)}}), "", "", 400, "TOO_MANY_TOKENS"},
}

func TestRequestsAreRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for name, c := range hostileRequests {
		t.Run(name, func(t *testing.T) {
			a := send(t, g, c.method, c.target, c.contentType, c.body)
			refusedWith(t, g, name, a, c.code)
			if a.Status != c.status {
				t.Errorf("status %d, want %d", a.Status, c.status)
			}
		})
	}
	for _, contentType := range []string{isJSON, "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"} {
		gatewaytest.Decode[any](t, send(t, g, "POST", "/graphql", contentType, good))
	}
	gatewaytest.Decode[any](t, send(t, g, "POST", "/graphql", isJSON, `{"query":"{ viewer { email } }","headers":1,"variables":null,"more":[]}`))
}

func TestQueriesComeByGET(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	values := url.Values{
		"query":         {`query A($id: ID!) { project(id: $id) { number } } query B { viewer { email } }`},
		"operationName": {"A"}, "variables": {`{"id":"1001"}`},
	}
	a := send(t, g, "GET", "/graphql?"+values.Encode(), "", "")
	if number := gatewaytest.Decode[struct{ Project struct{ Number string } }](t, a).Project.Number; number == "" {
		t.Errorf("no number: %s", a.Body)
	}
}
