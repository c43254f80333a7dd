package graph_test

// These tests are about HTTP: which requests are taken, which form an answer has, and what its status says.

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

func TestAccept(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 4})
	const asJSON, asResponse = "application/json", "application/graphql-response+json"
	const commas, lines = "text/csv; charset=utf-8; header=present", "application/x-ndjson"
	cases := map[string]struct{ reason, accept, want string }{
		"nothing":             {"JSON is for everybody", "", asJSON},
		"anything":            {"curl, Excel, Power BI", "*/*", asJSON},
		"a browser":           {"HTML is not to be had", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", asJSON},
		"JSON":                {"by name", "application/json", asJSON},
		"Apollo Client":       {"the better wish first", "application/graphql-response+json,application/json;q=0.9", asResponse},
		"the other way round": {"what stands first", "application/json, application/graphql-response+json", asJSON},
		"CSV":                 {"by name", "text/csv", commas},
		"CSV with parameters": {"they change nothing", "text/csv; charset=utf-8", commas},
		"NDJSON":              {"by name", "application/x-ndjson", lines},
		"CSV or anything":     {"what is named goes before what is allowed", "*/*, text/csv", commas},
		"CSV or JSON":         {"by quality", "text/csv;q=0.5, application/json;q=0.9", asJSON},
		"CSV before JSON":     {"by quality, not by place", "application/json;q=0.1, text/csv", commas},
		"any text":            {"CSV is the only one", "text/*", commas},
		"any application":     {"JSON is the first", "application/*", asJSON},
		"no JSON":             {"a quality of nothing is a no", "application/json;q=0, application/x-ndjson;q=0.1", lines},
		"all but CSV":         {"what is said most exactly counts", "text/csv;q=0, */*", asJSON},
		"an image":            {"an answer that was not asked for is better than none", "image/png", asJSON},
		"nonsense":            {"likewise", ";;;, text/csv;q=many", asJSON},
		"capitals":            {"types have none", "TEXT/CSV", commas},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response := s.get(t, `{ stages { name } }`, "Accept", c.accept)
			if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || got != c.want {
				t.Errorf("status %d, %s, want %s: %s", response.StatusCode, got, c.want, c.reason)
			}
		})
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	const asJSON, asResponse = "application/json", "application/graphql-response+json"
	const partial = `{"query":"{ stages { name } projects { nodes { number } } }"}`
	failing := &sandbox.Fault{When: sandbox.On(http.MethodGet, "/api/v2/projects"), Status: http.StatusInternalServerError}
	s := serve(t, gatewaytest.Options{Projects: 4})
	s.Sandbox.Set(func(sw *sandbox.Switches) { sw.Faults = []*sandbox.Fault{failing} })
	cases := map[string]struct {
		reason, body, accept string
		header               []string
		status               int
		code                 string
		data                 bool
	}{
		"whole":                     {"all is well", `{"query":"{ stages { name } }"}`, asResponse, nil, 200, "", true},
		"not valid, JSON":           {"200, as the specification has it for application/json", `{"query":"{ colour }"}`, asJSON, nil, 200, "GRAPHQL_VALIDATION_FAILED", false},
		"not valid, response":       {"400, as it has it for the other", `{"query":"{ colour }"}`, asResponse, nil, 400, "GRAPHQL_VALIDATION_FAILED", false},
		"not GraphQL, JSON":         {"200", `{"query":"{"}`, asJSON, nil, 200, "GRAPHQL_PARSE_FAILED", false},
		"not GraphQL, response":     {"400", `{"query":"{"}`, asResponse, nil, 400, "GRAPHQL_PARSE_FAILED", false},
		"no variable, JSON":         {"200", `{"query":"query($i: ID!) { project(id: $i) { number } }"}`, asJSON, nil, 200, "GRAPHQL_VALIDATION_FAILED", false},
		"no variable, response":     {"400", `{"query":"query($i: ID!) { project(id: $i) { number } }"}`, asResponse, nil, 400, "GRAPHQL_VALIDATION_FAILED", false},
		"no credential, JSON":       {"200", partial, asJSON, []string{"Authorization", ""}, 200, "UNAUTHENTICATED", false},
		"no credential, response":   {"401: nothing was executed", partial, asResponse, []string{"Authorization", ""}, 401, "UNAUTHENTICATED", false},
		"partial, JSON":             {"what there is stands", partial, asJSON, nil, 200, "UPSTREAM_ERROR", true},
		"partial, response":         {"what there is stands", partial, asResponse, nil, 200, "UPSTREAM_ERROR", true},
		"partial, strict header":    {"a report that is not whole is none", partial, asJSON, []string{"X-Ccube-Strict", "1"}, 502, "UPSTREAM_ERROR", false},
		"partial, strict extension": {"likewise", strings.Replace(partial, "{", `{"extensions":{"strict":true},`, 1), asJSON, nil, 502, "UPSTREAM_ERROR", false},
		"partial, strict response":  {"likewise", partial, asResponse, []string{"X-Ccube-Strict", "1"}, 502, "UPSTREAM_ERROR", false},
		"partial, strict is 0":      {"0 turns it off", partial, asJSON, []string{"X-Ccube-Strict", "0"}, 200, "UPSTREAM_ERROR", true},
		"partial, strict is false":  {"the request itself knows best", strings.Replace(partial, "{", `{"extensions":{"strict":false},`, 1), asJSON, []string{"X-Ccube-Strict", "1"}, 200, "UPSTREAM_ERROR", true},
		"strict is no word":         {"a wish that is misread would not be met", strings.Replace(partial, "{", `{"extensions":{"strict":"yes"},`, 1), asJSON, nil, 400, "BAD_USER_INPUT", false},
		"not valid, strict":         {"fails by status, though it is JSON", `{"query":"{ colour }"}`, asJSON, []string{"X-Ccube-Strict", "1"}, 400, "GRAPHQL_VALIDATION_FAILED", false},
		"no credential, strict":     {"tools ask for one at 401", partial, asJSON, []string{"Authorization", "", "X-Ccube-Strict", "1"}, 401, "UNAUTHENTICATED", false},
		"no JSON":                   {"nothing that could be executed", `{`, asJSON, nil, 400, "BAD_USER_INPUT", false},
		"more than JSON":            {"nothing that could be executed", partial + partial, asJSON, nil, 400, "BAD_USER_INPUT", false},
		"a list":                    {"operations come one by one", `[]`, asResponse, nil, 400, "BAD_USER_INPUT", false},
		"another type":              {"it cannot be read", partial, asJSON, []string{"Content-Type", "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response := s.post(t, c.body, append([]string{"Accept", c.accept}, c.header...)...)
			var body struct {
				Errors []gatewaytest.Error
				Data   json.RawMessage
			}
			if err := json.Unmarshal([]byte(text(t, response)), &body); err != nil {
				t.Fatal(err)
			}
			code := ""
			if len(body.Errors) > 0 {
				code = body.Errors[0].Extensions.Code
			}
			if response.StatusCode != c.status || code != c.code || c.data != (body.Data != nil) {
				t.Errorf("status %d, %s, data %s, want %d, %q, data %t: %s", response.StatusCode, code, body.Data, c.status, c.code, c.data, c.reason)
			}
			if got := response.Header.Get("Content-Type"); got != c.accept {
				t.Errorf("the type is %s, want %s", got, c.accept)
			}
		})
	}
}

// One operation, by every way that it can come.
func TestWaysToAsk(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 4})
	const query = `query One($first: Int!) { projects(first: $first) { nodes { number } } } query Two { stages { name } }`
	parameters := url.Values{"query": {query}, "variables": {`{"first": 1}`}, "operationName": {"One"}, "extensions": {`{}`}}
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]int{"first": 1}, "operationName": "One", "unknown": 1})
	if err != nil {
		t.Fatal(err)
	}
	get, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"?"+parameters.Encode(), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"data":{"projects":{"nodes":[{"number":"P-2022-100"}]}}}`
	for name, response := range map[string]*http.Response{
		"GET":                 s.send(t, get),
		"POST":                s.post(t, string(body)),
		"POST, UTF-8":         s.post(t, string(body), "Content-Type", "application/json; charset=UTF-8"),
		"application/graphql": s.post(t, `{ projects(first: 1) { nodes { number } } }`, "Content-Type", "application/graphql"),
	} {
		if diff := gocmp.Diff(want, text(t, response)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWaysThatAreRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 4})
	cases := map[string]struct {
		reason, method, query string
		status                int
		code                  string
	}{
		"PUT":              {"it is no method of GraphQL's", http.MethodPut, "query=%7Bstages%7Bname%7D%7D", 405, "METHOD_NOT_ALLOWED"},
		"variables":        {"they are an object", http.MethodGet, "query=%7Bstages%7Bname%7D%7D&variables=[]", 400, "BAD_USER_INPUT"},
		"variables, twice": {"they are one object", http.MethodGet, "query=%7Bstages%7Bname%7D%7D&variables=%7B%7D%7B%7D", 400, "BAD_USER_INPUT"},
		"extensions":       {"they are an object", http.MethodGet, "query=%7Bstages%7Bname%7D%7D&extensions=1", 400, "BAD_USER_INPUT"},
		"percent":          {"it cannot be decoded", http.MethodGet, "query=%zz", 400, "BAD_USER_INPUT"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), c.method, s.url+"?"+c.query, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if response := s.send(t, r); response.StatusCode != c.status || !strings.Contains(text(t, response), `"code":"`+c.code+`"`) {
				t.Errorf("status %d, want %d: %s", response.StatusCode, c.status, c.reason)
			}
		})
	}
}

// An answer is compressed for who asks for it, and is the same.
func TestGzip(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 60})
	const query = `{ projects(first: 60) { nodes { number client { name } } } }`
	plain := text(t, s.get(t, query, "Accept-Encoding", "identity"))
	response := s.get(t, query, "Accept-Encoding", "gzip")
	if response.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("the answer is not compressed: %v", response.Header)
	}
	zipped, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(unzipped(t, zipped)); got != plain || len(zipped) > len(plain)/2 {
		t.Errorf("%d bytes zipped are %d, want %d", len(zipped), len(got), len(plain))
	}
	if short := s.get(t, `{ stages { name } }`, "Accept-Encoding", "gzip"); short.Header.Get("Content-Encoding") != "" {
		t.Error("a short answer is compressed")
	}
}
