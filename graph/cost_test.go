package graph_test

// This file holds what queries may cost: how many calls, and how long their chain is.

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// rows reads a list from the sandbox, past the gateway: one of its nouns, as a caller sees it.
func rows(t *testing.T, box *sandbox.Server, who sandbox.Account, noun string) (all []map[string]any) {
	t.Helper()
	for page := 1; ; page++ {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("/api/v2/%s?page=%d&per_page=100", noun, page), nil)
		r.Header.Set("Authorization", who.Authorization)
		w := httptest.NewRecorder()
		box.ServeHTTP(w, r)
		var some []map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &some); err != nil {
			t.Fatalf("%s: status %d: %v", noun, w.Code, err)
		}
		if all = append(all, some...); len(some) < 100 {
			return all
		}
	}
}

// tenant is what a bound is worked out from.
type tenant struct {
	rows map[string][]map[string]any
	// unknown is 1 while the lists' habits are not known, else 0.
	unknown int
}

// pages is rows / 100 rounded up, and one page more while the paging habit is not known.
func (c tenant) pages(nouns ...string) (n int) {
	for _, noun := range nouns {
		n += (len(c.rows[noun])+99)/100 + c.unknown
	}
	return n
}

// distinct is how many values a key has among the first rows of a list.
func (c tenant) distinct(noun, key string, first int) int {
	seen := make(map[any]bool)
	for _, row := range c.rows[noun][:first] {
		seen[row[key]] = true
	}
	return len(seen)
}

// of is how many rows of a list belong to the project.
func (c tenant) of(noun string, project float64) (n int) {
	for _, row := range c.rows[noun] {
		if row["project_id"] == project {
			n++
		}
	}
	return n
}

// costs is the table of what queries may cost at most.
var costs = map[string]struct {
	query string
	// calls is the bound; chain how many calls may follow one another once the lists' sizes are known.
	calls func(tenant) int
	chain int
}{
	"own fields": {
		`{ projects { nodes { id number status workStart stage { id name } workType { name } client { name email } } } }`,
		func(tenant) int { return 1 }, 1,
	},
	"notes": {
		`{ projects { nodes { number notes { body } } } }`,
		func(c tenant) int { return 1 + min(20, c.pages("notes")) }, 2,
	},
	"lists": {
		`{ projects { nodes { quotes { id } invoices { id } workOrders { id } purchaseOrders { id } } } }`,
		func(c tenant) int { return 1 + c.pages("quotes", "invoices", "work_orders", "purchase_orders") }, 2,
	},
	"invoices with lines and client": {
		`{ invoices { nodes { number lines { total } client { name } } } }`,
		func(tenant) int { return 1 + 20 }, 2,
	},
	"invoices with project": {
		`{ invoices { nodes { number total project { number } } } }`,
		func(c tenant) int { return 1 + min(c.pages("projects"), c.distinct("invoices", "project_id", 20)) }, 2,
	},
	"a child twice": {
		`{ projects { nodes { a: quotes { id } b: quotes { number } } } }`,
		func(c tenant) int { return 1 + c.pages("quotes") }, 2,
	},
	"an object by two ways": {
		`{ a: project(id: "1001") { number } b: project(id: "1001") { status client { name } } n: node(nodeId: "UHJvamVjdDoxMDAx") { ... on Project { number } } }`,
		func(tenant) int { return 1 }, 1,
	},
	"a project's page": {
		`{ project(id: "1001") { number quotes { id } invoices { lines { id } client { name } } workOrders { id } notes { id } stage { nextSteps { name } } } }`,
		func(c tenant) int {
			return 1 + c.pages("quotes", "invoices", "work_orders") + c.of("invoices", 1001) + 1 + 1
		}, 3,
	},
}

// TestCost holds the table, with cold caches and again when the habits are known. The lists' lengths are no multiples of
// a page: the end of one that is can only be told by reading on.
func TestCost(t *testing.T) {
	t.Parallel()
	for name, c := range costs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 191})
			tenant := tenant{rows: make(map[string][]map[string]any), unknown: 1}
			for _, noun := range []string{"projects", "quotes", "invoices", "work_orders", "purchase_orders", "notes"} {
				tenant.rows[noun] = rows(t, g.Sandbox, g.Sandbox.Admin(), noun)
			}
			g.Sandbox.ResetCalls()
			for _, when := range []string{"cold", "known"} {
				gatewaytest.Decode[any](t, g.Ask(t, c.query))
				calls := g.Calls()
				if bound := c.calls(tenant); len(calls) > bound {
					t.Errorf("%s: %d calls, want %d at most: %s", when, len(calls), bound, listed(calls))
				}
				tenant.unknown = 0
			}
		})
	}
}

// TestStagesCostNothingTwice is the table's last row.
func TestStagesCostNothingTwice(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	gatewaytest.Decode[any](t, g.Ask(t, `{ stages { name } }`))
	g.Calls()
	gatewaytest.Decode[any](t, g.Ask(t, `{ stages { name nextSteps { name } } }`))
	if calls := g.Calls(); len(calls) > 0 {
		t.Errorf("the second request made calls: %s", calls)
	}
}

// TestChain measures how many calls follow one another, on a clock that only calls move: each takes 50 ms, and nothing
// else may take time. The lists have no more pages than are read at once, and no call waits for its turn.
func TestChain(t *testing.T) {
	t.Parallel()
	for name, c := range costs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const latency = 50 * time.Millisecond
				g := gatewaytest.Start(t, gatewaytest.Options{Projects: 91, InProcess: true})
				gatewaytest.Decode[any](t, g.Ask(t, c.query))
				g.Sandbox.Set(func(s *sandbox.Switches) { s.Latency = latency })
				begin := time.Now()
				gatewaytest.Decode[any](t, g.Ask(t, c.query))
				if took := time.Since(begin); took > time.Duration(c.chain)*latency*11/10 {
					t.Errorf("took %s, want %d calls of %s after one another, and 10 %% at most", took, c.chain, latency)
				}
			})
		})
	}
}
