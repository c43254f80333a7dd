package graph_test

// This file has the fuzzer make up whole requests: method, address, headers and body. Whatever comes, the gateway answers,
// and a refusal is short, has a code, and costs CCUBE nothing.

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// rawRequest is a request of the fuzzer's.
type rawRequest struct {
	// trusting sends it to a gateway that answers trusted documents alone, in place of one that keeps what clients send.
	trusting bool
	// who is a credential of the sandbox's accounts, or none.
	who                           uint8
	method, address, header, body string
}

// read reads the request as a server does; nil for one that a server refuses by itself.
func (m rawRequest) read(g *gatewaytest.Gateway) *http.Request {
	header := m.header
	switch m.who {
	case 1:
		header += "Authorization: " + g.Sandbox.Admin().Authorization + "\n"
	case 2:
		header += "Authorization: " + g.Sandbox.Technician().Authorization + "\n"
	case 3:
		header += "Authorization: Token guessed,user_email=nobody@example.com\n"
	}
	text := fmt.Sprintf("%s /graphql?%s HTTP/1.1\nHost: gateway\nContent-Length: %d\n%s\n%s", m.method, m.address, len(m.body), header, m.body)
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
	if err != nil || r.URL.Path != "/graphql" {
		return nil
	}
	r.RemoteAddr = "192.0.2.1:1234"
	return r
}

// answered has the gateway answer. A table that breaks off ends its connection, which nothing else may.
func answered(t *testing.T, g *gatewaytest.Gateway, r *http.Request) (a gatewaytest.Answer, brokeOff bool) {
	t.Helper()
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			brokeOff = true
		} else if p != nil {
			panic(p)
		}
	}()
	return g.Do(t, r), false
}

// holds holds what is promised of every request.
func holds(t *testing.T, g *gatewaytest.Gateway, r *http.Request) {
	t.Helper()
	a, brokeOff := answered(t, g, r)
	calls := g.Calls()
	for line := range strings.Lines(g.Log.Take()) {
		if _, after, _ := strings.Cut(line, " "); strings.HasPrefix(after, "level=ERROR") {
			t.Errorf("the log tells of a fault: %.3000s", line)
		}
	}
	if r.Method != http.MethodPost && slices.ContainsFunc(calls, func(c string) bool { return !strings.HasPrefix(c, "GET ") }) {
		t.Errorf("%s writes: %s", r.Method, calls)
	}
	media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	switch {
	case brokeOff:
		return // see TestTableBreaksOff
	case a.Status == http.StatusOK && (media == "text/csv" || media == "application/x-ndjson"):
		return
	case a.Status == http.StatusOK && r.Method == http.MethodOptions && a.Body == "" && len(calls) == 0:
		return
	case media != "application/json" && media != "application/graphql-response+json":
		t.Fatalf("status %d, Content-Type %q: %.300q", a.Status, media, a.Body)
	}
	if a.Header.Get("Content-Encoding") == "gzip" {
		a.Body = string(unzipped(t, []byte(a.Body)))
	}
	var told struct {
		Data   json.RawMessage
		Errors []gatewaytest.Error
	}
	if err := json.Unmarshal([]byte(a.Body), &told); err != nil {
		t.Fatalf("no JSON: %v: %.300q", err, a.Body)
	}
	began := len(told.Errors) == 0
	for _, e := range told.Errors {
		code := e.Extensions.Code
		if code == "" || code == "INTERNAL" || e.Message == "" {
			t.Errorf("an error of code %q: %.300s", code, a.Body)
		}
		// What fails while it runs has a path, or is given up as a whole.
		began = began || e.Path != nil || code == "ANSWER_TOO_LARGE" || strings.HasPrefix(code, "UPSTREAM_")
	}
	switch refused := len(told.Errors) > 0 && (len(told.Data) == 0 || string(told.Data) == "null"); {
	case a.Status >= 500, a.Status < 400 && a.Status != http.StatusOK:
		t.Errorf("status %d: %.300s", a.Status, a.Body)
	case a.Status != http.StatusOK && !refused:
		t.Errorf("status %d without an error: %.300s", a.Status, a.Body)
	case refused && len(a.Body) >= 256<<10:
		t.Errorf("a refusal of %d bytes: %.300s", len(a.Body), a.Body)
	}
	if !began && len(calls) > 0 {
		t.Errorf("what was not begun made calls %s: %.300s", calls, a.Body)
	}
}

// asJSON is a body.
func asJSON(body map[string]any) string {
	text, _ := json.Marshal(body) // of text and maps
	return string(text)
}

// requests are what the fuzzer begins with: what the other tests refuse, and every form that a request can have.
func requests() (all []rawRequest) {
	const typed, alone = "Content-Type: application/json\n", "Content-Type: application/graphql\n"
	for _, name := range slices.Sorted(maps.Keys(hostileDocuments)) {
		c := hostileDocuments[name]
		all = append(all, rawRequest{false, 1, "POST", "", typed, asJSON(map[string]any{"query": c.query, "variables": c.variables})})
	}
	for _, name := range slices.Sorted(maps.Keys(hostileRequests)) {
		c := hostileRequests[name]
		_, address, _ := strings.Cut(c.target, "?")
		all = append(all, rawRequest{false, 1, c.method, address, "Content-Type: " + c.contentType + "\n", c.body})
	}
	for _, name := range slices.Sorted(maps.Keys(limited)) {
		for _, how := range slices.Sorted(maps.Keys(limited[name].queries)) {
			of := limited[name].queries[how]
			all = append(all, rawRequest{false, 1, "POST", "", alone, of(12)}, rawRequest{false, 0, "POST", "", alone, of(1_200)})
		}
	}
	good := asJSON(map[string]any{"query": "query P($n: Int) { projects(first: $n) { nodes { id number client { name } } } }", "variables": map[string]any{"n": 2}})
	note := `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "Ring."}) { note { id } } }`
	hash, found := sha(stagesQuery), url.Values{"query": {stagesQuery}, "operationName": {"Stages"}, "variables": {"{}"}, "extensions": {`{"strict":true}`}}
	kept := url.Values{"extensions": {apq(hash)}}.Encode()
	for _, trusting := range []bool{false, true} {
		for who := range uint8(4) {
			all = append(all, rawRequest{trusting, who, "POST", "", typed, good}, rawRequest{trusting, who, "POST", "", alone, note})
		}
		all = append(all,
			rawRequest{trusting, 1, "POST", "", typed, `{"query":"` + stagesQuery + `","extensions":` + apq(hash) + `}`},
			rawRequest{trusting, 1, "POST", "", typed, `{"extensions":` + apq(hash) + `}`},
			rawRequest{trusting, 1, "POST", "", typed, `{"documentId":"sha256:` + hash + `"}`},
			rawRequest{trusting, 1, "POST", "", typed, `{"doc_id":"3be4abb8","query":null,"variables":{}}`},
			rawRequest{trusting, 1, "GET", "documentId=mutations/note", "", ""},
			rawRequest{trusting, 1, "GET", kept, "", ""},
			rawRequest{trusting, 1, "GET", found.Encode(), "Accept: application/graphql-response+json, application/json;q=0.9\n", ""},
			rawRequest{trusting, 1, "GET", found.Encode(), "Accept: text/csv\nAccept-Encoding: gzip\n", ""},
			rawRequest{trusting, 1, "POST", "", typed + "Accept: application/x-ndjson\nX-Ccube-Explain: 1\n", good},
			rawRequest{trusting, 1, "POST", "", typed + "Accept: text/csv;q=0.5, */*\nX-Ccube-Strict: 1\nCache-Control: no-cache\n", good},
			rawRequest{trusting, 0, "GET", found.Encode(), "Sec-Fetch-Site: cross-site\nAuthorization: Basic YUBleGFtcGxlLmNvbTphYmM=\n", ""},
			rawRequest{trusting, 1, "GET", found.Encode(), "Sec-Fetch-Site: cross-site\nApollo-Require-Preflight: true\nX-Ccube-Tenant: sandbox\n", ""},
			rawRequest{trusting, 0, "OPTIONS", "", "Origin: https://example.com\nAccess-Control-Request-Method: POST\n", ""},
			rawRequest{trusting, 0, "HEAD", found.Encode(), "Upgrade: websocket\nConnection: Upgrade\n", ""},
			rawRequest{trusting, 0, "POST", "", alone, `mutation { signIn(email: "a@example.com", password: "b") { token } }`},
			rawRequest{trusting, 0, "POST", "", alone, `{ __schema { types { name fields { name type { name } } } } }`},
		)
	}
	const long = 16 << 10 // the fuzzer changes what is short more often
	return slices.DeleteFunc(all, func(m rawRequest) bool { return len(m.body)+len(m.address) > long })
}

// Run it with `go test -fuzz FuzzRequests ./graph`.
func FuzzRequests(f *testing.F) {
	options := gatewaytest.Options{
		Projects: 6, InProcess: true, MaxCalls: 50, MaxValues: 20_000, SignInLimit: 5,
		Documents: persisted.New(persisted.Options{Store: cache.NewMemory(cache.MemoryOptions{})}),
	}
	open := gatewaytest.Start(f, options)
	options.Documents = persisted.New(persisted.Options{Only: true, Trusted: []persisted.Document{
		{ID: "3be4abb8", Text: stagesQuery}, {ID: "mutations/note", Text: `mutation Note { deleteNote(id: 1) { deletedId } }`},
	}})
	trusting := gatewaytest.Start(f, options)
	for _, m := range requests() {
		f.Add(m.trusting, m.who, m.method, m.address, m.header, m.body)
	}
	f.Fuzz(func(t *testing.T, strict bool, who uint8, method, address, header, body string) {
		g := open
		if strict {
			g = trusting
		}
		if r := (rawRequest{strict, who, method, address, header, body}).read(g); r != nil {
			holds(t, g, r)
		}
	})
}
