package bench

import (
	"net/http"
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
// each can take. Habits and sizes are known, as they are from a tenant's second request on, and snapshots are off; what the
// first request took is reported beside it.
func BenchmarkChain(b *testing.B) {
	for _, q := range queries {
		b.Run(strings.ReplaceAll(q.name, " ", "_"), func(b *testing.B) {
			g := gatewaytest.Start(b, gatewaytest.Options{Projects: 150, Switches: sandbox.Switches{Latency: latency}})
			cold, _ := timed(b, g, q.text)
			var took []time.Duration
			var calls []gatewaytest.Explained
			for range 3 { // connections and habits
				timed(b, g, q.text)
			}
			for b.Loop() {
				for range 9 {
					d, made := timed(b, g, q.text)
					took, calls = append(took, d), made
				}
			}
			ideal := time.Duration(q.chain) * latency
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(len(calls)), "calls")
			b.ReportMetric(float64(q.chain), "chain")
			b.ReportMetric(ms(cold), "cold-ms")
			b.ReportMetric(ms(ideal), "ideal-ms")
			b.ReportMetric(ms(median(took)), "ms")
			b.ReportMetric(float64(median(took))/float64(ideal), "ratio")
		})
	}
}

// timed sends a query and returns how long it took, and its calls.
func timed(b *testing.B, g *gatewaytest.Gateway, text string) (time.Duration, []gatewaytest.Explained) {
	b.Helper()
	start := time.Now()
	answer := g.Send(b, b.Context(), gatewaytest.Request{
		Query: text, Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"X-Ccube-Explain": {"1"}},
	})
	took := time.Since(start)
	if len(answer.Errors) > 0 {
		b.Fatalf("%.500s", answer.Body)
	}
	return took, answer.Calls
}

// median is the one in the middle, so that a pause of the machine does not count.
func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
