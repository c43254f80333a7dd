package graph_test

// This file counts what filters cost, and holds that what cannot be meant costs nothing.

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// numberedIDs returns n ids.
func numberedIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint(1001 + i)
	}
	return ids
}

// askWith sends a query with variables as the administrator.
func askWith(t *testing.T, g *gatewaytest.Gateway, query string, variables map[string]any) gatewaytest.Answer {
	t.Helper()
	return g.Send(t, t.Context(), gatewaytest.Request{Query: query, Variables: variables, Authorization: g.Sandbox.Admin().Authorization})
}

func TestSelectionsRefused(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, MaxBody: 4 << 20, Limits: gatewaytest.Generous})
	const (
		projects = "query($f: ProjectFilter) { projects(filter: $f) { nodes { id } } }"
		quotes   = "query($f: QuoteFilter) { quotes(filter: $f) { nodes { id } } }"
		invoices = "query($f: InvoiceFilter) { invoices(filter: $f) { nodes { id } } }"
		totals   = "query($f: InvoiceFilter) { invoiceTotals(filter: $f, groupBy: PROJECT) { key } }"
		parties  = "query($f: PartyFilter) { parties(filter: $f) { nodes { id } } }"
		paging   = "query($n: Int, $s: Int, $a: String) { invoices(first: $n, offset: $s, after: $a, orderBy: {field: TOTAL}) { nodes { id } } }"
	)
	filter := func(field string, value any) map[string]any { return map[string]any{"f": map[string]any{field: value}} }
	between := func(from, to any) map[string]any { return map[string]any{"from": from, "to": to} }
	cases := map[string]struct {
		reason, query string
		variables     map[string]any
		names         string
	}{
		"days reversed":         {"from comes after to", invoices, filter("issueDate", between("2024-02-01", "2024-01-31")), "issueDate"},
		"instants reversed":     {"by when they are, not as text", projects, filter("createdAt", between("2024-01-01T00:00:00Z", "2024-01-01T01:00:00+02:00")), "createdAt"},
		"amounts reversed":      {"by size, not as text", quotes, filter("quotedTotal", between(10, 9)), "quotedTotal"},
		"no such day":           {"days have a form", invoices, filter("dueDate", between("31/01/2024", nil)), "2024"},
		"no such instant":       {"it has the form, and no calendar has it", projects, filter("updatedAt", between("2024-02-31T00:00:00Z", nil)), "updatedAt"},
		"an immense amount":     {"it would fill the memory", invoices, filter("total", between(json.Number("1e999999999"), nil)), "amount"},
		"1001 ids":              {"a filter takes 1000", projects, filter("ids", numberedIDs(1001)), "ids"},
		"10,000 ids":            {"a filter takes 1000", invoices, filter("ids", numberedIDs(10_000)), "ids"},
		"10,000 ids of parties": {"a filter takes 1000", parties, filter("ids", numberedIDs(10_000)), "ids"},
		"1001 projects":         {"any list of values does", invoices, filter("projectId", numberedIDs(1001)), "projectId"},
		"an id with a path":     {"ids are digits", projects, filter("ids", []string{"1/../../users"}), "id"},
		"a search of 1 MB":      {"nobody types that", projects, filter("search", strings.Repeat("é", 1<<19)), "search"},
		"totals too":            {"they take the same filter", totals, filter("dueDate", between("2024-02-01", "2024-01-31")), "dueDate"},
		"first: 100000":         {"a page has 1000 rows", paging, map[string]any{"n": 100_000}, "first"},
		"first: 0":              {"an empty page is nothing to ask for", paging, map[string]any{"n": 0}, "first"},
		"a negative offset":     {"lists begin at 0", paging, map[string]any{"s": -1}, "offset"},
		"a mangled cursor":      {"cursors are opaque", paging, map[string]any{"a": "djE6aW52b2ljZXM6OjQw="}, "after"},
		"a cursor and offset":   {"they exclude each other", paging, map[string]any{"a": "x", "s": 1}, "after"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			answer := askWith(t, g, c.query, c.variables)
			if codes := answer.Codes(); !slices.Equal(codes, []string{"BAD_USER_INPUT"}) || !strings.Contains(answer.Errors[0].Message, c.names) {
				t.Errorf("%.500s, want BAD_USER_INPUT that says %s: %s", answer.Body, c.names, c.reason)
			}
			if calls := g.Calls(); len(calls) > 0 {
				t.Errorf("it took the calls %v", calls)
			}
		})
	}
}

// A cursor belongs to a list as it was asked for: its field, its filter and its order.
func TestCursorsAreBound(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
	const form = `{ %s(first: 2, %s) { nodes { id } pageInfo { endCursor } } }`
	of := func(field, arguments string) string {
		var data map[string]struct{ PageInfo struct{ EndCursor string } }
		if err := json.Unmarshal(g.Ask(t, fmt.Sprintf(form, field, arguments)).Data, &data); err != nil {
			t.Fatal(err)
		}
		return data[field].PageInfo.EndCursor
	}
	const base = `filter: {search: "1"}, orderBy: {field: NUMBER}`
	cases := map[string]struct {
		reason, field, arguments string
		ok                       bool
	}{
		"the same":            {"it is the list's own", "quotes", base, true},
		"the same, otherwise": {"a default spelled out is the same order", "quotes", `orderBy: {direction: ASC, field: NUMBER}, filter: {search: "1"}`, true},
		"another direction":   {"the place is elsewhere", "quotes", `filter: {search: "1"}, orderBy: {field: NUMBER, direction: DESC}`, false},
		"another order":       {"the place is elsewhere", "quotes", `filter: {search: "1"}, orderBy: {field: STATUS}`, false},
		"no order":            {"the place is elsewhere", "quotes", `filter: {search: "1"}`, false},
		"another filter":      {"other rows lie before it", "quotes", `filter: {search: "2"}, orderBy: {field: NUMBER}`, false},
		"more of a filter":    {"other rows lie before it", "quotes", `filter: {search: "1", ids: []}, orderBy: {field: NUMBER}`, false},
		"no filter":           {"other rows lie before it", "quotes", `orderBy: {field: NUMBER}`, false},
		"neither":             {"it is another list", "quotes", `offset: null`, false},
		"another list":        {"with the same filter and order", "workOrders", base, false},
	}
	cursor := of("quotes", base)
	g.Calls()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			answer := g.Ask(t, fmt.Sprintf(form, c.field, c.arguments+fmt.Sprintf(`, after: %q`, cursor)))
			if ok := len(answer.Errors) == 0; ok != c.ok {
				t.Errorf("%s, want it taken: %t: %s", answer.Body, c.ok, c.reason)
			}
			if calls := g.Calls(); !c.ok && len(calls) > 0 {
				t.Errorf("it took the calls %v", calls)
			}
		})
	}
	if plain := of("quotes", "offset: 0"); plain == cursor {
		t.Error("lists with and without a filter have one cursor")
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	const query = "query($ids: [ID!]) { projects(first: 1000, filter: {ids: $ids}) { nodes { id } totalCount } }"
	cases := map[string]struct {
		reason string
		ids    []string
		rows   int
		calls  int
	}{
		"none":        {"an empty list means none", []string{}, 0, 0},
		"one":         {"its detail", []string{"1001"}, 1, 1},
		"twice":       {"it is one", []string{"1001", "1001"}, 1, 1},
		"an unknown":  {"it is no error", []string{"999999"}, 0, 1},
		"one of each": {"what is there is shown", []string{"999999", "1001"}, 1, 2},
		"1000":        {"the pages of the list are fewer", numberedIDs(1000), 40, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
			answer := gatewaytest.Decode[struct{ Projects listedRows }](t, askWith(t, g, query, map[string]any{"ids": c.ids}))
			if got := len(answer.Projects.Nodes); got != c.rows || *answer.Projects.TotalCount != c.rows {
				t.Errorf("%d rows of %d, want %d: %s", got, *answer.Projects.TotalCount, c.rows, c.reason)
			}
			if calls := g.Calls(); len(calls) > c.calls {
				t.Errorf("it took %v, want %d at most: %s", calls, c.calls, c.reason)
			}
		})
	}
}

// CCUBE's own filters go to CCUBE: the pages of what they leave are all that is read.
func TestUpstreamFilters(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, list, filter, query string
		calls                       int
	}{
		"notes of a kind":    {"with the habit unknown, a page more", "notes", "{notableType: QUOTE}", "notable_type=Quote", 2},
		"notes of one":       {"few rows are the whole", "notes", `{notableType: PROJECT, notableId: "1001"}`, "notable_type=Project&notable_id=1001", 1},
		"parties of a type":  {"", "parties", "{type: BUILDING}", "type=building", 2},
		"parties of a role":  {"", "parties", "{role: CLIENT}", "role=client", 2},
		"one subtype":        {"", "parties", "{type: CONTACT, subtype: [CLIENT]}", "type=contact&subtype=client", 2},
		"several subtypes":   {"CCUBE takes them as all of these", "parties", "{subtype: [SUPPLIER, CLIENT]}", "subtype=client,supplier", 2},
		"no subtype":         {"documented to mean any", "parties", "{type: COMPANY, subtype: []}", "type=company", 2},
		"and the gateway's":  {"over a walk of what CCUBE leaves", "parties", `{type: CONTACT, search: "a"}`, "type=contact", 2},
		"notes since a day":  {"over a walk of what CCUBE leaves", "notes", `{notableType: QUOTE, createdAt: {from: "2025-01-01T00:00:00Z"}}`, "notable_type=Quote", 2},
		"and some, by an id": {"over a walk of what CCUBE leaves", "parties", `{type: CONTACT, ids: ["100001", "7"]}`, "type=contact", 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 20})
			want := upstreamIDs(t, g, "/api/v2/"+c.list+"?per_page=100&"+c.query)
			g.Calls()
			answer := gatewaytest.Decode[map[string]listedRows](t, g.Ask(t, fmt.Sprintf("{ %s(first: 100, filter: %s) { nodes { id } } }", c.list, c.filter)))
			got := idsIn(answer[c.list].Nodes)
			if strings.Contains(c.filter, "search") || strings.Contains(c.filter, "ids") || strings.Contains(c.filter, "createdAt") {
				want = slices.DeleteFunc(want, func(id string) bool { return !slices.Contains(got, id) })
			}
			if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 && c.query != "subtype=client,supplier" {
				t.Errorf("the rows differ from CCUBE's (-want +got):\n%s", diff)
			}
			calls := g.Calls()
			for _, call := range calls {
				if !strings.Contains(call, "?"+c.query+"&page=") {
					t.Errorf("the call %s has not the filter %s: %s", call, c.query, c.reason)
				}
			}
			if len(calls) > c.calls {
				t.Errorf("it took %v, want %d at most: %s", calls, c.calls, c.reason)
			}
		})
	}
}

// upstreamIDs asks the sandbox itself.
func upstreamIDs(t *testing.T, g *gatewaytest.Gateway, path string) (ids []string) {
	t.Helper()
	w := upstreamPage(t, g.Sandbox, path)
	var rows []struct{ ID json.Number }
	if err := json.Unmarshal(w, &rows); err != nil {
		t.Fatalf("%v: %.200s", err, w)
	}
	ids = []string{}
	for _, r := range rows {
		ids = append(ids, r.ID.String())
	}
	return ids
}

func upstreamPage(t *testing.T, box *sandbox.Server, path string) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", box.Admin().Authorization)
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	return w.Body.Bytes()
}

// A filter on what list rows lack reads the details of the candidates that all other filters left, and only those, once.
func TestInvoiceStatusReadsTheCandidates(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Now: sandboxDay})
	all := siftedLists[2].everything(t, g)
	number := fmt.Sprint(all[7]["number"])
	var candidates []string
	for _, n := range all {
		if strings.Contains(fmt.Sprint(n["number"]), number[:len(number)-1]) {
			candidates = append(candidates, "GET /api/v2/invoices/"+fmt.Sprint(n["id"]))
		}
	}
	status := all[7]["status"]
	cold := func(query string) []string {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Now: sandboxDay})
		answer := askWith(t, g, query, map[string]any{"s": status, "n": number[:len(number)-1]})
		if len(answer.Errors) > 0 {
			t.Fatal(answer.Body)
		}
		return slices.DeleteFunc(g.Calls(), func(call string) bool { return strings.Contains(call, "?") })
	}
	for name, query := range map[string]string{
		"a page":                  "query($s: String!, $n: String!) { invoices(first: 1, filter: {status: [$s], search: $n}) { nodes { id } } }",
		"with what details show":  "query($s: String!, $n: String!) { invoices(filter: {status: [$s], search: $n}) { nodes { status lines { total } } totalCount } }",
		"totals":                  "query($s: String!, $n: String!) { invoiceTotals(filter: {status: [$s], search: $n}, groupBy: OVERDUE) { count } }",
		"twice under two aliases": "query($s: String!, $n: String!) { a: invoices(filter: {status: [$s], search: $n}) { nodes { id } } b: invoices(filter: {status: [$s], search: $n}) { totalCount } }",
	} {
		if diff := cmp.Diff(candidates, cold(query)); diff != "" || len(candidates) < 2 {
			t.Errorf("%s: the details read differ (-want +got):\n%s", name, diff)
		}
	}
	if calls := cold("query($s: String!, $n: String!) { invoices(filter: {status: [$s], search: $n, total: {from: 1e9}}) { nodes { id } } }"); len(calls) > 0 {
		t.Errorf("no candidate is left, and %v are read", calls)
	}
}

// A candidate that cannot be read is an error: without it the list would be taken for whole.
func TestFailingCandidateIsNoShortList(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
	all := siftedLists[2].everything(t, g)
	g.Sandbox.Set(func(s *sandbox.Switches) {
		s.Faults = []*sandbox.Fault{{When: sandbox.On("GET", fmt.Sprintf("/api/v2/invoices/%s", all[3]["id"])), Kind: sandbox.FaultStatus, Status: 500}}
	})
	answer := g.Ask(t, `{ invoices(filter: {status: ["Approved"]}) { nodes { id } totalCount } invoiceTotals(filter: {status: ["Approved"]}, groupBy: OVERDUE) { count } }`)
	if codes := answer.Codes(); !slices.Equal(codes, []string{"UPSTREAM_ERROR"}) || strings.Contains(string(answer.Data), "nodes") {
		t.Errorf("%.500s, want UPSTREAM_ERROR and no rows", answer.Body)
	}
}

// A walk that would cost more calls than an operation may is an error that names the budget, never half a list.
func TestWalkOverTheBudget(t *testing.T) {
	t.Parallel()
	for query, calls := range map[string]int{
		`{ invoices(filter: {search: "1"}) { nodes { id } totalCount } }`: 5,
		`{ invoiceTotals(groupBy: OVERDUE) { count } }`:                   5,
		`{ invoices { totalCount } }`:                                     5,
		`{ projects { nodes { invoices { id } } } }`:                      5,
	} {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 250, MaxCalls: calls})
		answer := g.Ask(t, query)
		if codes := answer.Codes(); !slices.Equal(codes, []string{"BUDGET_EXCEEDED"}) || !strings.Contains(answer.Body, "MAX_CALLS_PER_OPERATION") {
			t.Errorf("%s: %.500s, want BUDGET_EXCEEDED that names the budget", query, answer.Body)
		}
		if made := g.Calls(); len(made) > calls {
			t.Errorf("%s took %d calls, want %d at most", query, len(made), calls)
		}
	}
}

// With a walk remembered, whatever is asked of the list costs nothing.
func TestWarmListsCostNothing(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, SnapshotTTL: time.Hour})
	g.Ask(t, "{ quotes { totalCount } }")
	g.Calls()
	for _, query := range []string{
		`{ quotes(filter: {search: "é"}, orderBy: {field: QUOTED_TOTAL, direction: DESC}, first: 1000) { nodes { id number } totalCount } }`,
		"{ quotes(first: 1000, offset: 3) { nodes { id } pageInfo { hasNextPage } } }",
		"{ quoteTotals(groupBy: CLIENT) { key label quotedTotal } }",
		"{ quoteTotals(groupBy: PROJECT) { key quotedTotal } }",
	} {
		if answer := g.Ask(t, query); len(answer.Errors) > 0 || answer.Header.Get("Age") == "" {
			t.Errorf("%s: Age %q, %.300s", query, answer.Header.Get("Age"), answer.Body)
		}
		if calls := g.Calls(); len(calls) > 0 {
			t.Errorf("%s took the calls %v", query, calls)
		}
	}
}
