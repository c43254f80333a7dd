package graph_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// Once a caller's list of projects is known to have rows, what is joined to them is read beside the page, not after it: while
// CCUBE holds the page back, the walks are made. The calls are those that would be made in any case.
func TestWalksAreMadeBesideThePage(t *testing.T) {
	t.Parallel()
	const quotes, notes, page = "GET /api/v2/quotes?page=1&per_page=100", "GET /api/v2/notes?page=1&per_page=100", "GET /api/v2/projects?page=1&per_page=20"
	cases := map[string]struct {
		reason string
		query  string
		before []string
		after  []string
	}{
		"a join": {
			"quotes of projects are joined from a walk, whichever projects they are",
			`{ projects { nodes { number quotes { number } } } }`,
			[]string{quotes}, []string{page},
		},
		"edges, and sums": {
			"as a client that pages selects them",
			`{ projects { edges { node { financials { quoteCount } } } } }`,
			[]string{"GET /api/v2/invoices?page=1&per_page=100", "GET /api/v2/invoices?page=2&per_page=100", quotes}, []string{page},
		},
		"notes": {
			"two pages are fewer calls than one for each of twenty projects",
			`{ projects { nodes { number notes { body } } } }`,
			[]string{notes, "GET /api/v2/notes?page=2&per_page=100"}, []string{page},
		},
		"behind the end": {
			"no row is known to be there",
			`{ projects(offset: 15, first: 5) { nodes { number quotes { number } } } }`,
			nil, []string{"GET /api/v2/projects?page=1&per_page=20", quotes},
		},
		"few notes": {
			"one project's notes are one call, and which depends on the project",
			`{ projects(first: 1) { nodes { number notes { body } } } }`,
			nil, []string{"GET /api/v2/notes?notable_type=Project&notable_id=1001&page=1&per_page=100", "GET /api/v2/projects?page=1&per_page=1"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 27})
			for _, list := range []string{`{ projects(first: 15) { nodes { id } } }`, `{ quotes { totalCount } invoices { totalCount } notes { totalCount } }`} {
				gatewaytest.Decode[any](t, g.Ask(t, list))
			}
			g.Calls()
			release := g.Sandbox.Hold(sandbox.On(http.MethodGet, "/api/v2/projects"))
			defer release()
			var asked sync.WaitGroup
			asked.Go(func() { gatewaytest.Decode[any](t, g.Ask(t, c.query)) })
			until(t, func() bool { return g.Sandbox.Waiting() == 1 && g.Sandbox.TotalCalls() == int64(len(c.before)+1) })
			release()
			asked.Wait()
			want := slices.Sorted(slices.Values(append(c.before, c.after...)))
			if diff := gocmp.Diff(want, g.Calls()); diff != "" {
				t.Errorf("the calls, %s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}
