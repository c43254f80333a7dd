package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// A list of 100,000 rows is walked in pages, several at once, and then answers from memory.
func TestLargeList(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("100,000 rows take a second")
	}
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 25_000, SnapshotTTL: time.Hour, Now: sandboxDay, Timeout: time.Minute})
	const count = "{ invoices { totalCount } }"
	if answer := g.Ask(t, count); !strings.Contains(answer.Body, `"totalCount":100000`) {
		t.Fatalf("%.300s", answer.Body)
	}
	if at := g.Sandbox.MaxConcurrent(); at > 8 {
		t.Errorf("%d pages were read at once, want up to 8", at)
	}
	if calls := len(g.Calls()); calls > 1010 {
		t.Errorf("it took %d calls, want 1000 and the few read ahead", calls)
	}
	seen := map[string]bool{}
	for offset := 0; offset < 5000; offset += 1000 {
		page := gatewaytest.Decode[struct{ Invoices listedRows }](t, g.Ask(t, fmt.Sprintf(
			"{ invoices(first: 1000, offset: %d, orderBy: {field: BALANCE, direction: DESC}) { nodes { id balance } } }", offset)))
		for _, id := range idsIn(page.Invoices.Nodes) {
			seen[id] = true
		}
	}
	if calls := g.Calls(); len(seen) != 5000 || len(calls) > 0 {
		t.Errorf("five pages of 1000 have %d rows, for %v, want 5000 from memory", len(seen), calls)
	}
}

// A walk over what the budget allows stops, and says which budget; a larger one would do.
func TestLargeListOverTheBudget(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 25_000, MaxCalls: 500, Timeout: time.Minute})
	answer := g.Ask(t, `{ invoices(filter: {search: "INV"}) { nodes { id } } }`)
	if codes := answer.Codes(); len(codes) != 1 || codes[0] != "BUDGET_EXCEEDED" || !strings.Contains(answer.Errors[0].Message, "500 calls") || strings.Contains(string(answer.Data), "id") {
		t.Errorf("%.500s, want BUDGET_EXCEEDED of 500 calls and no rows", answer.Body)
	}
}

// An endpoint that ignores paging answers 20 MB in one piece: the same rows, in a call or two.
func TestLargeListInOnePiece(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{
		Projects: 25_000, Timeout: time.Minute, Now: sandboxDay, Switches: sandbox.Switches{Paging: sandbox.Paging{Mode: sandbox.PagingIgnored}},
	})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v2/invoices", nil)
	r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	w := httptest.NewRecorder()
	g.Sandbox.ServeHTTP(w, r)
	if mega := w.Body.Len() >> 20; mega < 15 {
		t.Fatalf("the sandbox answers %d MB", mega)
	}
	g.Calls()
	for i, most := range []int{2, 1} {
		answer := gatewaytest.Decode[struct{ Invoices listedRows }](t, g.Ask(t, `{ invoices(first: 1000, orderBy: {field: ID, direction: DESC}) { nodes { id } totalCount } }`))
		if *answer.Invoices.TotalCount != 100_000 || len(answer.Invoices.Nodes) != 1000 {
			t.Errorf("%d rows of %d", len(answer.Invoices.Nodes), *answer.Invoices.TotalCount)
		}
		if calls := g.Calls(); len(calls) > most {
			t.Errorf("time %d took %v, want %d at most", i+1, calls, most)
		}
	}
}

// held walks a list and returns the memory that its rows take and the JSON that they were.
func held[T access.Row[T]](t *testing.T, box *httptest.Server, authorization string, l *access.List[T]) (rows, memory, raw int) {
	t.Helper()
	for number := 1; ; number++ {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("%s/api/v2/%s?per_page=100&page=%d", box.URL, l.Endpoint, number), nil)
		r.Header.Set("Authorization", authorization)
		answer, err := box.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var page []json.RawMessage
		err = json.NewDecoder(answer.Body).Decode(&page)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, row := range page {
			raw += len(row)
		}
	}
	caller := identity.New(identity.Tenant{Name: "sandbox", Base: box.URL}, "ada@example.com", identity.Secret(authorization))
	client := ccube.NewHTTPClient(ccube.TransportOptions{})
	defer client.CloseIdleConnections()
	reader := access.NewReader(ccube.New(ccube.Options{HTTP: client}).As(caller), access.NewCensus(), access.Options{})
	before := inUse()
	walker := access.NewWalker(reader, l)
	all, err := walker.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	memory = inUse() - before
	runtime.KeepAlive(walker) // its rows, and its index by id
	return len(all), memory, raw
}

// inUse is the memory that is reachable.
func inUse() int {
	var m runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// What is held of a row takes no more than three times its JSON, for every list that grows with the tenant.
func TestRowsAreCompact(t *testing.T) { // not parallel: it weighs the whole process
	box := sandbox.New(sandbox.Options{Projects: 4000})
	server := httptest.NewServer(box)
	defer server.Close()
	const most = 3.0
	check := func(name string, rows, memory, raw int) {
		ratio := float64(memory) / float64(raw)
		t.Logf("%s: %d rows, %d bytes a row for %d of JSON: %.2f times", name, rows, memory/rows, raw/rows, ratio)
		if ratio > most {
			t.Errorf("%s take %.2f times their JSON, want %.0f at most", name, ratio, most)
		}
	}
	authorization := box.Admin().Authorization
	rows, memory, raw := held(t, server, authorization, &access.Projects().List)
	check("projects", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.Quotes().List)
	check("quotes", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.Invoices().List)
	check("invoices", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.WorkOrders().List)
	check("work orders", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.PurchaseOrders().List)
	check("purchase orders", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.Notes().List)
	check("notes", rows, memory, raw)
	rows, memory, raw = held(t, server, authorization, &access.Parties().List)
	check("parties", rows, memory, raw)
}
