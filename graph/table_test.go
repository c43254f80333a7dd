package graph_test

// These tests ask for tables over real connections, since half of what a table promises is about how an answer ends.

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// served is a gateway that listens.
type served struct {
	*gatewaytest.Gateway
	url string
}

func serve(t *testing.T, o gatewaytest.Options) served {
	t.Helper()
	g := gatewaytest.Start(t, o)
	server := httptest.NewServer(g.Handler)
	t.Cleanup(server.Close)
	return served{g, server.URL + "/graphql"}
}

// get sends a query by GET, as the administrator, with pairs of header names and values.
func (s served) get(t *testing.T, query string, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"?query="+url.QueryEscape(query), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, r, header...)
}

// post sends a body.
func (s served) post(t *testing.T, body string, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	return s.send(t, r, header...)
}

func (s served) send(t *testing.T, r *http.Request, header ...string) *http.Response {
	t.Helper()
	r.Header.Set("Authorization", s.Sandbox.Admin().Authorization)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// text reads an answer to its end.
func text(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatalf("the answer breaks off: %v, after %d bytes", err, len(body))
	}
	return string(body)
}

// records reads an answer as CSV.
func records(t *testing.T, r *http.Response) [][]string {
	t.Helper()
	all, err := csv.NewReader(r.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const asCSV, asNDJSON = "text/csv", "application/x-ndjson"

func TestTableWhole(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 4})
	response := s.get(t, `{ projects(first: 2) { nodes { number client { name } stage { name } quotes { number quotedTotal } } } }`, "Accept", asCSV)
	want := "number,client.name,stage.name,quotes.number,quotes.quotedTotal\r\n" + strings.Join(flat(t, s), "")
	if diff := gocmp.Diff(want, text(t, response)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{
		"Content-Type":        "text/csv; charset=utf-8; header=present",
		"Content-Disposition": `attachment; filename="projects.csv"`,
		"Cache-Control":       "private, no-store",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// flat makes the lines of TestTableWhole from the answer as JSON.
func flat(t *testing.T, s served) (lines []string) {
	t.Helper()
	data := gatewaytest.Decode[struct {
		Projects struct {
			Nodes []struct {
				Number        string
				Client, Stage struct{ Name string }
				Quotes        []struct {
					Number      string
					QuotedTotal json.RawMessage
				}
			}
		}
	}](t, s.Ask(t, `{ projects(first: 2) { nodes { number client { name } stage { name } quotes { number quotedTotal } } } }`))
	for _, p := range data.Projects.Nodes {
		line := func(number, total string) {
			lines = append(lines, strings.Join([]string{p.Number, p.Client.Name, p.Stage.Name, number, total}, ",")+"\r\n")
		}
		for _, q := range p.Quotes {
			line(q.Number, string(q.QuotedTotal))
		}
		if len(p.Quotes) == 0 {
			line("", "")
		}
	}
	return lines
}

// A list of 800 rows is the same by CSV, by NDJSON and by paging, in each way that a request can come.
func TestTableIsTheListPagedThrough(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 200})
	var want [][]string
	for after := "null"; ; {
		data := gatewaytest.Decode[struct {
			Invoices struct {
				Nodes    []struct{ ID, Number, Total, ProjectID json.RawMessage }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}](t, s.Ask(t, `{ invoices(first: 300, after: `+after+`) { nodes { id number total projectID: projectId } pageInfo { hasNextPage endCursor } } }`))
		for _, n := range data.Invoices.Nodes {
			want = append(want, []string{plain(n.ID), plain(n.Number), plain(n.Total), plain(n.ProjectID)})
		}
		if after = `"` + data.Invoices.PageInfo.EndCursor + `"`; !data.Invoices.PageInfo.HasNextPage {
			break
		}
	}
	if len(want) < 800 {
		t.Fatalf("there are only %d invoices", len(want))
	}
	s.Calls()
	const query = `{ invoices { nodes { id number total projectId } } }`
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	for name, response := range map[string]*http.Response{
		"GET":                 s.get(t, query, "Accept", asCSV),
		"POST":                s.post(t, string(body), "Accept", asCSV),
		"application/graphql": s.post(t, query, "Accept", asCSV, "Content-Type", "application/graphql"),
		"first is null":       s.get(t, strings.Replace(query, "invoices", "invoices(first: null)", 1), "Accept", asCSV),
	} {
		got := records(t, response)
		if diff := gocmp.Diff([]string{"id", "number", "total", "projectId"}, got[0]); diff != "" {
			t.Errorf("%s: the header differs (-want +got):\n%s", name, diff)
		}
		if diff := gocmp.Diff(want, got[1:]); diff != "" {
			t.Errorf("%s: the rows differ (-paged +table):\n%s", name, diff)
		}
	}
	if calls, pages := len(s.Calls()), len(want)/100+2; calls > 4*pages {
		t.Errorf("four tables of %d rows took %d calls", len(want), calls)
	}
	lines := strings.Split(strings.TrimSpace(text(t, s.get(t, query, "Accept", asNDJSON))), "\n")
	for i, line := range lines {
		if w := fmt.Sprintf(`{"id":%q,"number":%q,"total":%s,"projectId":%q}`, want[i][0], want[i][1], want[i][2], want[i][3]); line != w {
			t.Fatalf("line %d is %s, want %s", i, line, w)
		}
	}
	if len(lines) != len(want) {
		t.Errorf("NDJSON has %d lines, want %d", len(lines), len(want))
	}
}

func plain(raw json.RawMessage) string { return strings.Trim(string(raw), `"`) }

func TestTablePages(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 60, SnapshotTTL: time.Hour})
	all := records(t, s.get(t, `{ invoices { nodes { number } } }`, "Accept", asCSV))[1:]
	cursor := gatewaytest.Decode[struct {
		Invoices struct{ PageInfo struct{ EndCursor string } }
	}](t, s.Ask(t, `{ invoices(first: 7) { pageInfo { endCursor } } }`)).Invoices.PageInfo.EndCursor
	cases := map[string]struct {
		reason, arguments string
		want              [][]string
	}{
		"first":           {"a page that is asked for is the table", `(first: 3)`, all[:3]},
		"first and after": {"further on likewise", `(first: 2, after: "` + cursor + `")`, all[7:9]},
		"after":           {"from there to the end", `(after: "` + cursor + `")`, all[7:]},
		"offset":          {"from there to the end", `(offset: 200)`, all[200:]},
		"behind the end":  {"nothing but the header", `(offset: 100000)`, [][]string{}},
		"a filter":        {"of what it leaves", `(filter: {search: "` + all[5][0] + `"})`, all[5:6]},
		"an empty filter": {"nothing but the header", `(filter: {ids: []})`, [][]string{}},
		"an order":        {"in that order", `(orderBy: {field: NUMBER, direction: DESC}, filter: {ids: null})`, reversed(all)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := records(t, s.get(t, `{ invoices`+c.arguments+` { edges { node { number } } } }`, "Accept", asCSV))
			if diff := gocmp.Diff(c.want, got[1:]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func reversed(rows [][]string) [][]string {
	turned := slices.Clone(rows)
	slices.Reverse(turned)
	return turned
}

// The first page is with the client while the second is still being read, compressed or not; and the second shows the list
// as the first did, though it has changed since.
func TestTableStreamsOneState(t *testing.T) {
	t.Parallel()
	for name, encoding := range map[string]string{"plain": "identity", "gzip": "gzip"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, gatewaytest.Options{Projects: 300})
			all := s.invoices(t, 1300)
			release := s.Sandbox.Hold(sandbox.On(http.MethodGet, "/api/v2/invoices/"+all[1000]))
			defer release()
			response := s.get(t, `{ invoices { nodes { id status } } }`, "Accept", asCSV, "Accept-Encoding", encoding)
			var body io.Reader = response.Body
			if encoding == "gzip" {
				if response.Header.Get("Content-Encoding") != "gzip" {
					t.Fatalf("the answer is not compressed: %v", response.Header)
				}
				unzipped, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = unzipped
			}
			lines := bufio.NewScanner(body)
			read := []string{}
			for len(read) < 1001 && lines.Scan() {
				id, _, _ := strings.Cut(lines.Text(), ",")
				read = append(read, id)
				if len(read) == 1001 { // the page is whole, and the next is held
					askSandbox(t, s.Sandbox, "DELETE /api/v2/invoices/"+all[0])
					release()
				}
			}
			for lines.Scan() {
				id, _, _ := strings.Cut(lines.Text(), ",")
				read = append(read, id)
			}
			if err := lines.Err(); err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(append([]string{"id"}, all...), read); diff != "" {
				t.Errorf("(-as it was +as it came):\n%s", diff)
			}
		})
	}
}

// invoices are the ids of the sandbox's invoices, at most so many, in order.
func (s served) invoices(t *testing.T, most int) (ids []string) {
	t.Helper()
	for offset := 0; offset < most; offset += 1000 {
		data := gatewaytest.Decode[struct {
			Invoices struct{ Nodes []struct{ ID string } }
		}](t, s.Ask(t, fmt.Sprintf(`{ invoices(first: 1000, offset: %d) { nodes { id } } }`, offset)))
		for _, n := range data.Invoices.Nodes {
			ids = append(ids, n.ID)
		}
	}
	if len(ids) <= 1000 {
		t.Fatalf("there are only %d invoices", len(ids))
	}
	s.Calls()
	return ids
}

// A page that fails when others have been sent leaves a line that cannot be read, and an answer without an end.
func TestTableBreaksOff(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, accept, encoding, last string }{
		"CSV":    {"the last line opens a quote and does not close it", asCSV, "identity", `"THE TABLE IS NOT WHOLE. UPSTREAM_ERROR: `},
		"NDJSON": {"the last line is half an object", asNDJSON, "identity", `{"THE TABLE IS NOT WHOLE":"UPSTREAM_ERROR: `},
		"gzip":   {"compression hides neither", asCSV, "gzip", `"THE TABLE IS NOT WHOLE. UPSTREAM_ERROR: `},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, gatewaytest.Options{Projects: 300})
			all := s.invoices(t, 1300)
			s.Sandbox.Set(func(sw *sandbox.Switches) {
				sw.Faults = []*sandbox.Fault{{When: sandbox.On(http.MethodGet, "/api/v2/invoices/"+all[1100]), Status: 500}}
			})
			response := s.get(t, `{ invoices { nodes { id status } } }`, "Accept", c.accept, "Accept-Encoding", c.encoding)
			raw, err := io.ReadAll(response.Body)
			if response.StatusCode != http.StatusOK || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("the answer ends with %v, status %d: a client would take it for whole", err, response.StatusCode)
			}
			if c.encoding == "gzip" {
				raw = unzipped(t, raw)
			}
			lines := strings.Split(string(raw), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, c.last) || len(lines) < 1001 || len(lines) > 1003 {
				t.Errorf("%d lines end with %q: %s", len(lines), last, c.reason)
			}
			if log := s.Log.String(); !strings.Contains(log, "a table broke off") || !strings.Contains(log, "whole=false") {
				t.Error("the log does not tell")
			}
		})
	}
}

// unzipped is as much as can be unpacked.
func unzipped(t *testing.T, raw []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(r)
	return text
}

// What fails before the first row is told by a status, and by the errors as JSON, whatever the table's form.
func TestTableFailsAtOnce(t *testing.T) {
	t.Parallel()
	const list = `{ projects { nodes { number } } }`
	fault := func(path string, status int, retryAfter string) func(*sandbox.Switches) {
		return func(sw *sandbox.Switches) {
			sw.Faults = []*sandbox.Fault{{When: sandbox.On(http.MethodGet, path), Status: status, RetryAfter: retryAfter}}
		}
	}
	none := func(*sandbox.Switches) {}
	cases := map[string]struct {
		reason, query string
		switches      func(*sandbox.Switches)
		header        []string
		status        int
		code          string
		// answered is a header that says more.
		answered, value string
		// calls bounds what it takes: pages are read eight at a time, and failures of CCUBE's tried again.
		calls int
	}{
		"no credential":    {"tools ask for one at 401", list, none, []string{"Authorization", ""}, 401, "UNAUTHENTICATED", "WWW-Authenticate", `Basic realm="CCUBE: email and token", charset="UTF-8"`, 0},
		"wrong credential": {"likewise", list, none, []string{"Authorization", "Token x,user_email=a@example.com"}, 401, "UNAUTHENTICATED", "", "", 8},
		"not GraphQL":      {"it can never be right", `{ projects { nodes`, none, nil, 400, "GRAPHQL_PARSE_FAILED", "", "", 0},
		"no such field":    {"it can never be right", `{ projects { nodes { colour } } }`, none, nil, 400, "GRAPHQL_VALIDATION_FAILED", "", "", 0},
		"no list":          {"it can never be right", `{ projects { totalCount } }`, none, nil, 400, "BAD_USER_INPUT", "", "", 0},
		"first too large":  {"a page has 1000 rows at most", `{ projects(first: 100000) { nodes { number } } }`, none, nil, 400, "BAD_USER_INPUT", "", "", 0},
		"negative offset":  {"and begins in the list", `{ projects(offset: -1) { nodes { number } } }`, none, nil, 400, "BAD_USER_INPUT", "", "", 0},
		"no mutation":      {"it is sent by POST, and answers no list", `mutation { x }`, none, nil, 400, "GRAPHQL_VALIDATION_FAILED", "", "", 0},
		"forbidden":        {"as CCUBE says", `{ invoices { nodes { number } } }`, fault("/api/v2/invoices", 403, ""), nil, 403, "FORBIDDEN", "", "", 8},
		"rate limited":     {"when to come again", list, fault("/api/v2/projects", 429, "90"), nil, 429, "RATE_LIMITED", "Retry-After", "90", 8},
		"CCUBE fails":      {"as a gateway says it", list, fault("/api/v2/projects", 500, ""), nil, 502, "UPSTREAM_ERROR", "", "", 24},
		"CCUBE is away":    {"as a gateway says it", list, fault("/api/v2/projects", 503, ""), nil, 503, "UPSTREAM_UNAVAILABLE", "", "", 24},
		"one row of many":  {"a table has no place for an error: it fails whole", `{ invoices { nodes { number status } } }`, fault("/api/v2/invoices/500001", 500, ""), nil, 502, "UPSTREAM_ERROR", "", "", 300},
	}
	for name, c := range cases {
		for _, accept := range []string{asCSV, asNDJSON} {
			t.Run(name+" "+accept, func(t *testing.T) {
				t.Parallel()
				s := serve(t, gatewaytest.Options{Projects: 20})
				s.Sandbox.Set(c.switches)
				response := s.get(t, c.query, append([]string{"Accept", accept}, c.header...)...)
				var body struct {
					Errors []gatewaytest.Error
					Data   any
				}
				if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
					t.Fatal(err)
				}
				if response.StatusCode != c.status || len(body.Errors) == 0 || body.Errors[0].Extensions.Code != c.code || body.Data != nil {
					t.Errorf("status %d, %+v, want %d and %s: %s", response.StatusCode, body, c.status, c.code, c.reason)
				}
				if got := response.Header.Get("Content-Type"); got != "application/json" {
					t.Errorf("the type is %s", got)
				}
				if got := response.Header.Get(c.answered); c.answered != "" && got != c.value {
					t.Errorf("%s is %q, want %q", c.answered, got, c.value)
				}
				if calls := s.Calls(); len(calls) > c.calls {
					t.Errorf("it took calls %q, want %d at most", calls, c.calls)
				}
			})
		}
	}
}

// All pages of a table have one budget: it is one operation to whoever pays for it.
func TestTableHasOneBudget(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 300, MaxCalls: 1100})
	body, err := io.ReadAll(s.get(t, `{ invoices { nodes { number status } } }`, "Accept", asCSV).Body)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.Contains(body, []byte("BUDGET_EXCEEDED")) {
		t.Errorf("the table ends with %v, %q", err, body[max(0, len(body)-100):])
	}
	if calls := s.Calls(); len(calls) > 1100 {
		t.Errorf("it took %d calls", len(calls))
	}
}

// No-cache has the list read anew once, not once a page.
func TestTableFreshReadsOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 300, SnapshotTTL: time.Hour})
	const query = `{ invoices(orderBy: {field: TOTAL}) { nodes { number total } } }`
	kept := s.get(t, query, "Accept", asCSV)
	if n := len(records(t, kept)); n < 1001 || kept.Header.Get("Age") != "" {
		t.Fatalf("%d rows, Age %q", n, kept.Header.Get("Age"))
	}
	walk := len(s.Calls())
	aged := s.get(t, query, "Accept", asCSV)
	if records(t, aged); len(s.Calls()) != 0 || aged.Header.Get("Age") == "" {
		t.Errorf("again it is not taken from what is kept, or does not say so: %v", aged.Header)
	}
	fresh := s.get(t, query, "Accept", asCSV, "Cache-Control", "no-cache")
	if records(t, fresh); fresh.Header.Get("Age") != "" {
		t.Errorf("the fresh table is %s seconds old", fresh.Header.Get("Age"))
	}
	if calls := len(s.Calls()); calls == 0 || calls > walk {
		t.Errorf("the fresh table took %d calls, the first %d", calls, walk)
	}
}

// What a table's pages refer to is read as whole lists once there are several pages, and its own list is sorted once.
func TestTableOfManyPagesWalks(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, query, endpoint string }{
		"projects": {"each page refers to projects", `{ invoices(orderBy: {field: TOTAL}) { nodes { number project { number } } } }`, "projects"},
		"notes":    {"each page has notes", `{ invoices { nodes { number notes { body } } } }`, "notes"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, gatewaytest.Options{Projects: 600})
			if n := len(records(t, s.get(t, c.query, "Accept", asCSV))); n < 2001 {
				t.Fatalf("there are only %d rows", n)
			}
			count := map[string]int{}
			for _, call := range s.Calls() {
				endpoint, _, _ := strings.Cut(strings.TrimPrefix(call, "GET /api/v2/"), "?")
				endpoint, _, _ = strings.Cut(endpoint, "/")
				count[endpoint]++
			}
			if count["invoices"] > 36 || count[c.endpoint] > 80 {
				t.Errorf("it took calls %v: %s", count, c.reason)
			}
		})
	}
}

// A change is sent once, by POST, and its answer is no table: neither a table nor a GET lets one through.
func TestChangesAreNoTables(t *testing.T) {
	t.Parallel()
	s := serve(t, gatewaytest.Options{Projects: 4})
	const change = `mutation { createNote(input: {body: "x", notableType: PROJECT, notableId: 1001}) { note { id } } }`
	body, err := json.Marshal(map[string]string{"query": change})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		response *http.Response
		status   int
		code     string
	}{
		"as CSV":         {s.post(t, string(body), "Accept", asCSV), http.StatusBadRequest, "BAD_USER_INPUT"},
		"by GET":         {s.get(t, change), http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED"},
		"by GET, as CSV": {s.get(t, change, "Accept", asCSV), http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED"},
	} {
		if got := text(t, c.response); c.response.StatusCode != c.status || !strings.Contains(got, c.code) {
			t.Errorf("%s: status %d, want %d %s: %s", name, c.response.StatusCode, c.status, c.code, got)
		}
	}
	if calls := s.Calls(); len(calls) > 0 {
		t.Errorf("CCUBE was called: %q", calls)
	}
}
