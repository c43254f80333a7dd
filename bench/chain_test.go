package bench

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// latency is what each call to CCUBE takes here.
const latency = 50 * time.Millisecond

// query is a nested query, and the length of the chain of calls that it cannot do without.
type query struct {
	name, text string
	chain      int
}

var queries = []query{
	{"20 projects, own fields", "{ projects(first: 20) { nodes { number status stage { name } workType { name } client { name } } } }", 1},
	{"20 projects with notes", "{ projects(first: 20) { nodes { number notes { body } } } }", 2},
	{
		"20 projects with four lists",
		`{ projects(first: 20) { nodes { number quotes { number } invoices { number } workOrders { number } purchaseOrders { number } } } }`, 2,
	},
	{"20 invoices with lines and client", "{ invoices(first: 20) { nodes { number lines { total } client { name } } } }", 2},
	{"20 invoices with project", "{ invoices(first: 20) { nodes { number total project { number } } } }", 2},
	{
		"the same child twice",
		`{ projects(first: 20) { nodes { a: quotes { number } b: quotes { number project { number } } } } }`, 2,
	},
	{
		"one project, all of it",
		`{ project(id: "1099") { quotes { number } invoices { number lines { total } client { name } } workOrders { number } notes { body } stage { nextSteps { name } } } }`, 3,
	},
}

// BenchmarkChain holds the time of nested queries to their chain of calls: at 50 ms a call, chain × 50 ms is the least that
// each can take. No call waits for its turn. Habits and sizes are known, as they are from a tenant's second request on, and
// snapshots are off; what the first request took is reported beside it.
func BenchmarkChain(b *testing.B) {
	for _, q := range queries {
		b.Run(strings.ReplaceAll(q.name, " ", "_"), func(b *testing.B) {
			g := gatewaytest.Start(b, gatewaytest.Options{Projects: 150, Switches: sandbox.Switches{Latency: latency}})
			cold := timed(b, g, q.text)
			var took []time.Duration
			for range 3 { // connections and habits
				timed(b, g, q.text)
			}
			for b.Loop() {
				for range 9 {
					g.Sandbox.ResetCalls()
					took = append(took, timed(b, g, q.text))
				}
			}
			ideal := time.Duration(q.chain) * latency
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(g.Sandbox.TotalCalls()), "calls")
			b.ReportMetric(float64(q.chain), "chain")
			b.ReportMetric(ms(cold), "cold-ms")
			b.ReportMetric(ms(ideal), "ideal-ms")
			b.ReportMetric(ms(median(took)), "ms")
			b.ReportMetric(float64(median(took))/float64(ideal), "ratio")
		})
	}
}

// timed sends a query and returns how long the answer took. What the client makes of it does not count.
func timed(b *testing.B, g *gatewaytest.Gateway, text string) time.Duration {
	b.Helper()
	body, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	w := httptest.NewRecorder()
	start := time.Now()
	g.Handler.ServeHTTP(w, r)
	took := time.Since(start)
	if w.Code != http.StatusOK || strings.HasPrefix(w.Body.String(), `{"errors"`) {
		b.Fatalf("%.500s", w.Body)
	}
	return took
}

// median is the one in the middle, so that a pause of the machine does not count.
func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
