//go:build unix

package graph_test

// This file holds what RATE_LIMIT promises: nobody asks CCUBE for more than it, and what is refused costs CCUBE nothing.

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// costOf is an answer's extensions.cost, as it came.
func costOf(t *testing.T, a gatewaytest.Answer) string {
	t.Helper()
	var answer struct {
		Extensions struct{ Cost json.RawMessage }
	}
	if err := json.Unmarshal([]byte(a.Body), &answer); err != nil {
		t.Fatal(err)
	}
	return string(answer.Extensions.Cost)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	g := gatewaytest.Start(t, gatewaytest.Options{RateLimit: 30, Now: func() time.Time { return now }})
	ask := func(query, want string, calls int, codes ...string) gatewaytest.Answer {
		t.Helper()
		g.Calls()
		a := g.Send(t, t.Context(), gatewaytest.Request{
			Query: query, Authorization: g.Sandbox.Admin().Authorization,
			Header: http.Header{"Accept": {"application/graphql-response+json"}},
		})
		if diff := gocmp.Diff(want, costOf(t, a)); diff != "" || len(g.Calls()) != calls || !slices.Equal(a.Codes(), codes) {
			t.Errorf("%s: the cost differs (-want +got):\n%s%.300s", query, diff, a.Body)
		}
		return a
	}
	const stages = `{ stages { name } }`
	const details = `{ invoices(first: 20) { nodes { lines { description } } } }`
	ask(stages, `{"requested":1,"actual":1,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":29,"restoreRate":0.5}}`, 1)
	ask(stages, `{"requested":1,"actual":0,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":29,"restoreRate":0.5}}`, 0)
	ask(details, `{"requested":21,"actual":21,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":8,"restoreRate":0.5}}`, 21)
	refused := ask(details, `{"requested":21,"actual":0,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":8,"restoreRate":0.5}}`,
		0, "RATE_LIMITED")
	if refused.Status != http.StatusTooManyRequests || refused.Header.Get("Retry-After") != "26" || refused.Errors[0].Extensions.RetryAfter != 26 {
		t.Errorf("what is refused is %d, %v: %s", refused.Status, refused.Header, refused.Body)
	}
	if a := g.AskAs(t, g.Sandbox.Technician(), `{ projects(first: 20) { nodes { number } } }`); len(a.Errors) > 0 {
		t.Errorf("another's limit is the technician's: %s", a.Body)
	}
	ask(`{ invoices(first: 30) { nodes { lines { description } } } }`,
		`{"requested":31,"actual":0,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":8,"restoreRate":0.5}}`, 0, "COST_EXCEEDED")
	now = now.Add(26 * time.Second)
	ask(details, `{"requested":21,"actual":21,"throttleStatus":{"maximumAvailable":30,"currentlyAvailable":0,"restoreRate":0.5}}`, 21)
	if a := g.Ask(t, `{ __typename }`); len(a.Errors) > 0 || costOf(t, a) != "" {
		t.Errorf("what asks CCUBE for nothing is counted: %s", a.Body)
	}
}

// Equal operations at the same time cost one of them.
func TestRateLimitCountsSharedCallsOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, RateLimit: 10})
		answers := together(t, g, []gatewaytest.Request{asAdmin(g, onePage), asAdmin(g, onePage), asAdmin(g, onePage)}, waiting(t, g, 1))
		actual := 0
		for _, a := range answers {
			gatewaytest.Decode[any](t, a)
			var c struct{ Requested, Actual int }
			if err := json.Unmarshal([]byte(costOf(t, a)), &c); err != nil || c.Requested != 1 {
				t.Errorf("the cost is %s: %v", costOf(t, a), err)
			}
			actual += c.Actual
		}
		want := `{"requested":1,"actual":1,"throttleStatus":{"maximumAvailable":10,"currentlyAvailable":8,"restoreRate":0.16666666666666666}}`
		if got := costOf(t, g.Ask(t, `{ projects(first: 1) { nodes { number } } }`)); actual != 1 || got != want {
			t.Errorf("three equal operations have cost %d, and the next %s", actual, got)
		}
	})
}

// Who leaves before the answer has cost what was asked for.
func TestRateLimitCountsWhoLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, RateLimit: 10})
		release := g.Sandbox.Hold(nil)
		defer release()
		ctx, leave := context.WithCancel(t.Context())
		go g.Send(t, ctx, asAdmin(g, onePage))
		synctest.Wait()
		leave()
		synctest.Wait()
		release()
		synctest.Wait()
		want := `{"requested":1,"actual":1,"throttleStatus":{"maximumAvailable":10,"currentlyAvailable":8,"restoreRate":0.16666666666666666}}`
		if got := costOf(t, g.Ask(t, onePage)); got != want {
			t.Errorf("after somebody left the next costs %s", got)
		}
	})
}

// A table that has begun goes on to its end; its calls are owed, so that the next has to wait.
func TestRateLimitDoesNotBreakTables(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	g := gatewaytest.Start(t, gatewaytest.Options{RateLimit: 5, Projects: 1100, Now: func() time.Time { return now }})
	ask := func() gatewaytest.Answer {
		return g.Send(t, t.Context(), gatewaytest.Request{
			Query: `{ projects { nodes { number } } }`, Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"Accept": {"text/csv"}},
		})
	}
	if a := ask(); a.Status != http.StatusOK || len(g.Calls()) <= 5 {
		t.Errorf("the table is %d: %.200s", a.Status, a.Body)
	}
	if a := ask(); a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" || len(g.Calls()) > 0 {
		t.Errorf("the next is %d, %v: %.200s", a.Status, a.Header, a.Body)
	}
}

// Two replicas with one Redis count together; when it is gone, each for itself.
func TestRateLimitIsSharedByReplicas(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	box := sandbox.New(sandbox.Options{Projects: 10, Seed: 1})
	replica := func() *gatewaytest.Gateway {
		redis, err := cache.OpenRedis(identity.Secret(server.URL), cache.RedisOptions{Budget: time.Minute, Period: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = redis.Close() })
		return gatewaytest.Start(t, gatewaytest.Options{Sandbox: box, Store: redis, RateLimit: 4})
	}
	one, other := replica(), replica()
	const page = `{ projects(first: 3) { nodes { number } } }`
	for range 2 {
		gatewaytest.Decode[any](t, one.Ask(t, page))
		gatewaytest.Decode[any](t, other.Ask(t, page))
	}
	box.ResetCalls()
	for _, g := range []*gatewaytest.Gateway{one, other} {
		if a := g.Ask(t, page); !slices.Equal(a.Codes(), []string{"RATE_LIMITED"}) || box.TotalCalls() > 0 {
			t.Errorf("the fifth in a minute is answered with %s", a.Body)
		}
		if a := g.AskAs(t, box.Technician(), page); len(a.Errors) > 0 {
			t.Errorf("another's limit is the technician's: %s", a.Body)
		}
		box.ResetCalls()
	}
	server.Kill()
	for range 4 {
		gatewaytest.Decode[any](t, one.Ask(t, page))
	}
	if a := one.Ask(t, page); !slices.Equal(a.Codes(), []string{"RATE_LIMITED"}) {
		t.Errorf("without Redis nobody counts: %s", a.Body)
	}
	gatewaytest.Decode[any](t, other.Ask(t, page))
}
