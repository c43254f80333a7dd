package graph_test

// This file holds what becomes of answers while CCUBE has trouble: on synctest's clock, so that no test waits.

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// rested is how the server is set by default.
func rested(o gatewaytest.Options) gatewaytest.Options {
	o.InProcess, o.Retries, o.Rest = true, 6, 5*time.Second
	return o
}

// TestAnErrorRateCostsNoAnswer asks 1,000 nested queries of a CCUBE that answers one call in ten with 503, and gets all of
// each.
func TestAnErrorRateCostsNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		faults := &sandbox.Fault{Chance: 0.1, Seed: 7, Status: http.StatusServiceUnavailable}
		g := gatewaytest.Start(t, rested(gatewaytest.Options{Projects: 8, Switches: sandbox.Switches{Faults: []*sandbox.Fault{faults}}}))
		for n := range 1000 {
			a := g.Ask(t, fmt.Sprintf(`{ projects(first: 2, offset: %d) { nodes { number quotes { number } notes { body } } } viewer { email } }`, n%5))
			if len(a.Errors) > 0 || strings.Count(a.Body, `"number":"P-`) != 2 || !strings.Contains(a.Body, `"viewer":{"email":"admin@example.com"}`) {
				t.Errorf("query %d: %.500s", n, a.Body)
			}
		}
		if faults.Fired() < 300 {
			t.Errorf("only %d of %d calls failed", faults.Fired(), g.Sandbox.TotalCalls())
		}
	})
}

// TestRetriesAreExplained shows each attempt among the calls of its operation.
func TestRetriesAreExplained(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		faults := &sandbox.Fault{Times: 2, Status: http.StatusBadGateway}
		g := gatewaytest.Start(t, rested(gatewaytest.Options{Switches: sandbox.Switches{Faults: []*sandbox.Fault{faults}}}))
		a := g.Send(t, t.Context(), gatewaytest.Request{
			Query: `{ project(id: "1001") { number } }`, Authorization: g.Sandbox.Admin().Authorization,
			Header: http.Header{"X-Ccube-Explain": {"1"}},
		})
		gatewaytest.Decode[any](t, a)
		var attempts []string
		for _, c := range a.Calls {
			attempts = append(attempts, fmt.Sprint(c.Method, " ", c.Path, " ", c.Status, " ", c.Source))
		}
		want := "GET /api/v2/projects/1001 502 sent, GET /api/v2/projects/1001 502 sent, GET /api/v2/projects/1001 200 sent"
		if got := strings.Join(attempts, ", "); got != want {
			t.Errorf("the calls are %s, want %s", got, want)
		}
	})
}

// TestADeadUpstream has CCUBE not answer at all: the first operation ends within its deadline, the next at once, and once
// CCUBE is back so are the answers.
func TestADeadUpstream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const query = `{ projects(first: 2) { nodes { id } } quotes(first: 2) { nodes { id } } invoices(first: 2) { nodes { id } } }`
		g := gatewaytest.Start(t, rested(gatewaytest.Options{Switches: sandbox.Switches{
			Faults: []*sandbox.Fault{{Kind: sandbox.FaultHang}},
		}}))
		begin := time.Now()
		a := g.Ask(t, query)
		if took := time.Since(begin); took > 30*time.Second || fmt.Sprint(a.Codes()) != "[UPSTREAM_TIMEOUT]" || len(a.Errors) != 3 {
			t.Errorf("the first takes %s: %s", took, a.Body)
		}
		begin = time.Now()
		a = g.Ask(t, query)
		if took := time.Since(begin); took != 0 || fmt.Sprint(a.Codes()) != "[UPSTREAM_UNAVAILABLE]" || len(a.Errors) != 3 {
			t.Errorf("the next takes %s: %s", took, a.Body)
		}
		for _, e := range a.Errors {
			if e.Extensions.RetryAfter != 5 || e.Extensions.Endpoint == "" {
				t.Errorf("retryAfter %d at %q, want 5: %s", e.Extensions.RetryAfter, e.Extensions.Endpoint, e.Message)
			}
		}
		g.Sandbox.Set(func(s *sandbox.Switches) { s.Faults = nil })
		time.Sleep(5 * time.Second) // the bubble's time
		gatewaytest.Decode[any](t, g.Ask(t, `{ projects(first: 2) { nodes { id } } }`))
		gatewaytest.Decode[any](t, g.Ask(t, query))
	})
}

// TestAnotherCallersWalkIsNotWaitedFor has one caller want 2,000 details, and another one: that waits for two calls at most.
func TestAnotherCallersWalkIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const latency = 50 * time.Millisecond
		g := gatewaytest.Start(t, rested(gatewaytest.Options{Projects: 500, InFlight: 16, MaxCalls: 5000, Timeout: time.Minute}))
		const one = `{ project(id: "1001") { number } }`
		gatewaytest.Decode[any](t, g.AskAs(t, g.Sandbox.Technician(), one))
		g.Sandbox.ResetCalls()
		g.Sandbox.Set(func(s *sandbox.Switches) { s.Latency = latency })
		var walk sync.WaitGroup
		var over atomic.Bool
		for part := range 2 {
			walk.Go(func() {
				defer over.Store(true)
				gatewaytest.Decode[any](t, g.Ask(t, fmt.Sprintf(`{ invoices(first: 1000, offset: %d) { nodes { lines { total } } } }`, part*1000)))
			})
		}
		for n := range 20 {
			time.Sleep(time.Duration(100+7*n) * time.Millisecond) // the bubble's time
			begin := time.Now()
			gatewaytest.Decode[any](t, g.AskAs(t, g.Sandbox.Technician(), one))
			if took := time.Since(begin); took > 3*latency {
				t.Errorf("a query of one call took %s beside the walk, want %s at most", took, 3*latency)
			}
		}
		if over.Load() {
			t.Error("the walk was over before")
		}
		walk.Wait()
		if n := g.Sandbox.TotalCalls(); n < 2000 || g.Sandbox.MaxConcurrent() != 16 {
			t.Errorf("%d calls, %d at once; want 2,000 and 16", n, g.Sandbox.MaxConcurrent())
		}
	})
}
