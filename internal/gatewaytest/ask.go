package gatewaytest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// Request is a GraphQL operation that somebody sends.
type Request struct {
	Query     string
	Variables map[string]any
	// Authorization is the header of that name; empty for none. Admin and Technician fill it in.
	Authorization string
	// Header are further headers.
	Header http.Header
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	// Body is the answer as it came.
	Body string
	// Data is the body's data, undecoded; nil where it is null or absent.
	Data json.RawMessage
	// Errors are the body's errors.
	Errors []Error
	// Calls are extensions.calls.
	Calls []Explained
}

// Error is an error as a client sees it.
type Error struct {
	Message    string
	Path       []any
	Extensions struct {
		Code, Endpoint, RequestID string
		Status, RetryAfter        int
	}
}

// Explained is a call to CCUBE as a client sees it.
type Explained struct {
	Method, Path, Source string
	Status, Bytes        int
	MS                   float64
}

// Codes are the codes of the errors, in order and each once.
func (a Answer) Codes() []string {
	codes := make([]string, len(a.Errors))
	for i, e := range a.Errors {
		codes[i] = e.Extensions.Code
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Where is the error's path, dotted.
func (e Error) Where() string {
	return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(e.Path), "[]")), ".")
}

// Ask sends a query as the administrator.
func (g *Gateway) Ask(t testing.TB, query string) Answer {
	t.Helper()
	return g.Send(t, t.Context(), Request{Query: query, Authorization: g.Sandbox.Admin().Authorization})
}

// AskAs sends a query as the account.
func (g *Gateway) AskAs(t testing.TB, who sandbox.Account, query string) Answer {
	t.Helper()
	return g.Send(t, t.Context(), Request{Query: query, Authorization: who.Authorization})
}

// Send sends a request by POST, as JSON.
func (g *Gateway) Send(t testing.TB, ctx context.Context, r Request) Answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": r.Query, "variables": r.Variables})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	for name, values := range r.Header {
		request.Header[name] = values
	}
	if request.Header.Get("Content-Type") == "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if r.Authorization != "" {
		request.Header.Set("Authorization", r.Authorization)
	}
	return g.Do(t, request)
}

// Do has the gateway answer any HTTP request.
func (g *Gateway) Do(t testing.TB, r *http.Request) Answer {
	t.Helper()
	w := httptest.NewRecorder()
	g.Handler.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Header: w.Result().Header, Body: w.Body.String()}
	var decoded struct {
		Data       json.RawMessage
		Errors     []Error
		Extensions struct{ Calls []Explained }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &decoded); err == nil {
		a.Data, a.Errors, a.Calls = decoded.Data, decoded.Errors, decoded.Extensions.Calls
	}
	if string(a.Data) == "null" {
		a.Data = nil
	}
	return a
}

// Decode decodes an answer's data and fails the test if there is none, or an error.
func Decode[T any](t testing.TB, a Answer) (data T) {
	t.Helper()
	if len(a.Errors) > 0 || a.Data == nil {
		t.Fatalf("status %d, %.2000s", a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatalf("%v: %.2000s", err, a.Body)
	}
	return data
}

// Calls are the calls that reached the sandbox since the last time that it was asked, as "GET /api/v2/users?page=1",
// sorted.
func (g *Gateway) Calls() []string {
	made := g.Sandbox.Calls()
	g.Sandbox.ResetCalls()
	calls := make([]string, len(made))
	for i, c := range made {
		calls[i] = c.Method + " " + c.Path
		if c.Query != "" {
			calls[i] += "?" + c.Query
		}
	}
	slices.Sort(calls)
	return calls
}
