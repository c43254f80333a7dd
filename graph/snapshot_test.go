package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

const countQuotes = "{ quotes { totalCount } }"

// An answer says how old it is, in a header and call by call; one that was read for it has no age.
func TestAge(t *testing.T) {
	t.Parallel()
	c := &clock{now: sandboxDay()}
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, SnapshotTTL: time.Minute, Now: c.Now})
	ask := func(header http.Header) gatewaytest.Answer {
		t.Helper()
		header.Set("X-CCUBE-Explain", "1")
		answer := g.Send(t, t.Context(), gatewaytest.Request{
			Query: countQuotes, Authorization: g.Sandbox.Admin().Authorization, Header: header,
		})
		if len(answer.Errors) > 0 {
			t.Fatal(answer.Body)
		}
		return answer
	}
	if first := ask(http.Header{}); first.Header.Get("Age") != "" || first.Calls[0].Source != "sent" {
		t.Errorf("what was just read is %q old, from %+v", first.Header.Get("Age"), first.Calls)
	}
	c.pass(12300 * time.Millisecond)
	warm := ask(http.Header{})
	if warm.Header.Get("Age") != "13" || len(warm.Calls) != 1 || warm.Calls[0].Source != "cached" || !strings.Contains(warm.Body, `"age":12.3`) {
		t.Errorf("after 12.3 s it is %q old, from %s", warm.Header.Get("Age"), warm.Body)
	}
	g.Calls()
	fresh := ask(http.Header{"Cache-Control": {"max-age=0, no-cache"}})
	if fresh.Header.Get("Age") != "" || fresh.Calls[0].Source != "sent" || len(g.Calls()) == 0 {
		t.Errorf("what was asked for fresh is %q old, from %+v", fresh.Header.Get("Age"), fresh.Calls)
	}
	c.pass(time.Second)
	if again := ask(http.Header{}); again.Header.Get("Age") != "1" {
		t.Errorf("what was read fresh a second ago is %q old", again.Header.Get("Age"))
	}
}

// A caller whose credential CCUBE refuses is served nothing more that it had read with it, whatever call found that out.
func TestRefusalEndsSnapshots(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, SnapshotTTL: time.Hour})
	technician := g.Sandbox.Technician()
	const workOrders = "{ workOrders { totalCount } }"
	g.Ask(t, workOrders)
	g.AskAs(t, technician, workOrders)
	refuse := &sandbox.Fault{
		When: func(r *http.Request) bool {
			return strings.Contains(r.Header.Get("Authorization"), g.Sandbox.Admin().Email)
		},
		Kind: sandbox.FaultStatus, Status: http.StatusUnauthorized,
	}
	g.Sandbox.Set(func(s *sandbox.Switches) { s.Faults = []*sandbox.Fault{refuse} })
	if answer := g.Ask(t, workOrders); len(answer.Errors) > 0 {
		t.Errorf("before anybody knows, a snapshot is an answer: %s", answer.Body)
	}
	if answer := g.Ask(t, `{ project(id: "1001") { number } }`); !slices.Equal(answer.Codes(), []string{"UNAUTHENTICATED"}) {
		t.Errorf("the refusal is %s", answer.Body)
	}
	if answer := g.Ask(t, workOrders); !slices.Equal(answer.Codes(), []string{"UNAUTHENTICATED"}) || strings.Contains(string(answer.Data), "totalCount") {
		t.Errorf("after it the list is still served: %s", answer.Body)
	}
	g.Calls()
	if answer := g.AskAs(t, technician, workOrders); len(answer.Errors) > 0 || len(g.Calls()) > 0 {
		t.Errorf("another's refusal ends the technician's: %s", answer.Body)
	}
}

// Many requests filter, sort, sum up and page through one snapshot at once: none sees what another does.
func TestManyShareASnapshot(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, SnapshotTTL: time.Hour})
	queries := []string{
		"{ quotes(first: 100) { nodes { id number } } }",
		"{ quotes(first: 100, orderBy: {field: QUOTED_TOTAL, direction: DESC}) { nodes { id number title } } }",
		`{ quotes(first: 100, filter: {search: "a"}, orderBy: {field: NUMBER}) { nodes { id project { number } } totalCount } }`,
		"{ quotes(orderBy: {field: ID, direction: DESC}) { nodes { id } } a: quotes { nodes { id } } }",
		"{ quoteTotals(groupBy: CLIENT) { key label count quotedTotal } }",
		"{ projects(first: 10) { nodes { quotes { id } financials { quotedTotal } } } }",
	}
	want := make([]string, len(queries))
	for i, query := range queries {
		want[i] = g.Ask(t, query).Body
	}
	var askers sync.WaitGroup
	for i := range 48 {
		askers.Go(func() {
			// Each has a name of its own, so that equal operations are not shared as a whole.
			query := fmt.Sprintf("query Q%d %s", i, queries[i%len(queries)])
			if got := g.Ask(t, query).Body; got != want[i%len(queries)] {
				t.Errorf("%s: %.300s, want %.300s", query, got, want[i%len(queries)])
			}
		})
	}
	askers.Wait()
}
