package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// A large tenant: 25,000 projects have 100,000 invoices.
const (
	projects = 25_000
	invoices = 4 * projects
	atOnce   = 8
)

// BenchmarkColdWalk compares a walk over 100,000 invoices that knows nothing with the same pages read by a plain client,
// eight at once, that throws them away. The upstream takes its part of the same machine in both.
func BenchmarkColdWalk(b *testing.B) {
	for _, wait := range []time.Duration{0, 5 * time.Millisecond} {
		b.Run(fmt.Sprintf("upstream_latency_%s", wait), func(b *testing.B) {
			box := sandbox.New(sandbox.Options{Projects: projects, Switches: sandbox.Switches{Latency: wait}})
			server := httptest.NewServer(box)
			defer server.Close()
			var alone, walked []time.Duration
			for b.Loop() {
				for range 5 {
					runtime.GC()
					alone = append(alone, readPages(b, server.URL, box.Admin().Authorization, discard))
					runtime.GC()
					walked = append(walked, walk(b, server.URL, box.Admin().Authorization))
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(invoices/median(alone).Seconds(), "alone-rows/s")
			b.ReportMetric(invoices/median(walked).Seconds(), "walk-rows/s")
			b.ReportMetric(float64(median(alone))/float64(median(walked)), "ratio")
		})
	}
}

// discard reads a page and throws it away.
func discard(page io.Reader) error {
	_, err := io.Copy(io.Discard, page)
	return err
}

// readPages reads the invoices' pages as curl would, so many at once, and hands each to take.
func readPages(b *testing.B, url, authorization string, take func(page io.Reader) error) time.Duration {
	b.Helper()
	client := ccube.NewHTTPClient(ccube.TransportOptions{})
	defer client.CloseIdleConnections()
	start := time.Now()
	var next atomic.Int64
	var readers sync.WaitGroup
	for range atOnce {
		readers.Go(func() {
			for number := next.Add(1); number <= invoices/100; number = next.Add(1) {
				r, _ := http.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("%s/api/v2/invoices?page=%d&per_page=100", url, number), nil)
				r.Header.Set("Authorization", authorization)
				answer, err := client.Do(r)
				if err != nil {
					b.Error(err)
					return
				}
				if err := take(answer.Body); err != nil {
					b.Error(err)
				}
				_ = answer.Body.Close()
			}
		})
	}
	readers.Wait()
	return time.Since(start)
}

// walk walks the invoices for somebody who knows nothing of the tenant.
func walk(b *testing.B, url, authorization string) time.Duration {
	b.Helper()
	client := ccube.NewHTTPClient(ccube.TransportOptions{})
	defer client.CloseIdleConnections()
	caller := identity.New(identity.Tenant{Name: "sandbox", Base: url}, "ada@example.com", identity.Secret(authorization))
	reader := access.NewReader(ccube.New(ccube.Options{HTTP: client}).As(caller), access.NewCensus(), access.Options{Concurrency: atOnce})
	start := time.Now()
	rows, err := access.NewWalker(reader, &access.Invoices().List).All(b.Context())
	if err != nil || len(rows) != invoices {
		b.Fatalf("%d rows, %v", len(rows), err)
	}
	return time.Since(start)
}

// BenchmarkWarmPage compares pages of a remembered list of 100,000 invoices that are filtered and sorted with one that is
// neither.
func BenchmarkWarmPage(b *testing.B) {
	g := gatewaytest.Start(b, gatewaytest.Options{Projects: projects, SnapshotTTL: time.Hour, Timeout: time.Minute})
	timed(b, g, "{ invoices { totalCount } }")
	const form = "query Q%d { invoices(first: 20 %s) { nodes { number total } totalCount } }"
	sample := func(arguments string) time.Duration {
		var took []time.Duration
		for i := range 15 {
			took = append(took, timed(b, g, fmt.Sprintf(form, i, arguments)))
		}
		return median(took)
	}
	for name, arguments := range map[string]string{
		"search":        `filter: {search: "1234"}`,
		"amount":        "filter: {total: {from: 100, to: 5000}}",
		"due":           `filter: {dueDate: {from: "2024-01-01"}}, orderBy: {field: DUE_DATE}`,
		"overdue":       "filter: {overdue: true}, orderBy: {field: BALANCE, direction: DESC}",
		"order_of_all":  "orderBy: {field: TOTAL, direction: DESC}",
		"deep_in_order": "orderBy: {field: NUMBER}, offset: 50000",
	} {
		b.Run(name, func(b *testing.B) {
			var plain, filtered time.Duration
			for b.Loop() {
				plain, filtered = sample(""), sample(arguments)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ms(plain), "plain-ms")
			b.ReportMetric(ms(filtered), "ms")
			b.ReportMetric(float64(filtered)/float64(plain), "ratio")
		})
	}
}

// BenchmarkMemory compares the memory that the walk of each list holds with the JSON that its rows were.
func BenchmarkMemory(b *testing.B) {
	box := sandbox.New(sandbox.Options{Projects: 5000})
	server := httptest.NewServer(box)
	defer server.Close()
	weigh(b, box, server.URL, &access.Projects().List)
	weigh(b, box, server.URL, &access.Quotes().List)
	weigh(b, box, server.URL, &access.Invoices().List)
	weigh(b, box, server.URL, &access.WorkOrders().List)
	weigh(b, box, server.URL, &access.PurchaseOrders().List)
	weigh(b, box, server.URL, &access.Notes().List)
	weigh(b, box, server.URL, &access.Parties().List)
}

func weigh[T access.Row[T]](b *testing.B, box *sandbox.Server, url string, l *access.List[T]) {
	b.Run(l.Endpoint, func(b *testing.B) {
		box.Set(func(s *sandbox.Switches) { s.Paging = sandbox.Paging{Mode: sandbox.PagingIgnored} })
		rows, bytes := rawRows(b, box, l.Endpoint)
		box.Set(func(s *sandbox.Switches) { s.Paging = sandbox.Paging{} })
		caller := identity.New(identity.Tenant{Name: "sandbox", Base: url}, "ada@example.com", identity.Secret(box.Admin().Authorization))
		var held float64
		for b.Loop() {
			reader := access.NewReader(ccube.New(ccube.Options{}).As(caller), access.NewCensus(), access.Options{})
			before := inUse()
			walker := access.NewWalker(reader, l)
			if _, err := walker.All(b.Context()); err != nil {
				b.Fatal(err)
			}
			held = float64(inUse() - before)
			runtime.KeepAlive(walker)
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(held/float64(rows), "B/row")
		b.ReportMetric(float64(bytes)/float64(rows), "JSON-B/row")
		b.ReportMetric(held/float64(rows)*100_000/(1<<20), "MB/100k-rows")
		b.ReportMetric(held/float64(bytes), "ratio")
	})
}

// inUse is the memory that is reachable.
func inUse() int64 {
	var m runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// rawRows returns how many rows a list has, and how many bytes of JSON they are, where all come at once.
func rawRows(b *testing.B, box *sandbox.Server, endpoint string) (rows, bytes int) {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/api/v2/"+endpoint, http.NoBody)
	r.Header.Set("Authorization", box.Admin().Authorization)
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	var raw []json.RawMessage
	if err := json.Unmarshal(w.Body.Bytes(), &raw); err != nil {
		b.Fatal(err)
	}
	return len(raw), w.Body.Len()
}
