package telemetry_test

// These tests run the whole gateway, ask it, and read what Prometheus would.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
)

// shown are the gateway's own samples, without histograms' buckets and what depends on how long something took.
func shown(t *testing.T, m *telemetry.Metrics) []string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
	var samples []string
	for line := range strings.Lines(w.Body.String()) {
		name, _, _ := strings.Cut(line, "{")
		if strings.HasPrefix(line, "ccube_graphql_") && !strings.Contains(name, "_bytes_total") &&
			!strings.Contains(name, "waited") && !strings.HasSuffix(name, "_bucket") && !strings.HasPrefix(name, "ccube_graphql_build_info") && !strings.Contains(name, "_seconds_sum") {
			samples = append(samples, strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "ccube_graphql_"))
		}
	}
	return samples
}

// counting starts a gateway that is counted.
func counting(t *testing.T, o gatewaytest.Options) (*gatewaytest.Gateway, *telemetry.Metrics) {
	t.Helper()
	m := telemetry.NewMetrics(telemetry.ThisBuild())
	o.Served, o.Called = m.RequestServed, m.CallSent
	return gatewaytest.Start(t, o), m
}

func TestWhatIsCounted(t *testing.T) {
	t.Parallel()
	g, m := counting(t, gatewaytest.Options{Projects: 4})
	g.Ask(t, `query Stages { stages { name } }`)
	g.Ask(t, `query Stages { stages { name } }`) // cached
	g.Ask(t, `{ a: project(id: 1001) { number } b: project(id: 999999) { number } }`)
	g.Ask(t, `query Broken { colour }`)
	g.Sandbox.Set(func(s *sandbox.Switches) {
		s.Faults = []*sandbox.Fault{{When: sandbox.On(http.MethodGet, "/api/v2/projects"), Status: http.StatusInternalServerError}}
	})
	g.Ask(t, `query Half { stages { name } projects { nodes { number } } }`)
	g.Send(t, t.Context(), gatewaytest.Request{Query: `query Who { viewer { email } }`})
	want := []string{
		`errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1`,
		`errors_total{code="UNAUTHENTICATED"} 1`,
		`errors_total{code="UPSTREAM_ERROR"} 1`,
		`operation_calls_sum 4`,
		`operation_calls_count 6`,
		`operation_duration_seconds_count{operation="Stages"} 2`,
		`operation_duration_seconds_count{operation="anonymous"} 2`,
		`operation_duration_seconds_count{operation="other"} 2`,
		`operations_total{operation="Stages",outcome="ok",type="query"} 2`,
		`operations_total{operation="anonymous",outcome="failed",type=""} 1`,
		`operations_total{operation="anonymous",outcome="ok",type="query"} 1`,
		`operations_total{operation="other",outcome="failed",type="query"} 1`,
		`operations_total{operation="other",outcome="partial",type="query"} 1`,
		`reads_total{source="cached"} 2`,
		`reads_total{source="sent"} 4`,
		`reads_total{source="shared"} 0`,
		`requests_in_flight 0`,
		`upstream_call_duration_seconds_count{endpoint="/api/v2/projects",method="GET"} 1`,
		`upstream_call_duration_seconds_count{endpoint="/api/v2/projects/stages",method="GET"} 1`,
		`upstream_call_duration_seconds_count{endpoint="/api/v2/projects/{id}",method="GET"} 2`,
		`upstream_calls_in_flight 0`,
		`upstream_calls_total{endpoint="/api/v2/projects",method="GET",status="500"} 1`,
		`upstream_calls_total{endpoint="/api/v2/projects/stages",method="GET",status="200"} 1`,
		`upstream_calls_total{endpoint="/api/v2/projects/{id}",method="GET",status="200"} 1`,
		`upstream_calls_total{endpoint="/api/v2/projects/{id}",method="GET",status="404"} 1`,
		`upstream_retries_total 0`,
	}
	if diff := cmp.Diff(want, shown(t, m)); diff != "" {
		t.Errorf("the counts differ (-want +got):\n%s", diff)
	}
}

// Clients choose names: a hundred that have succeeded have series of their own, whatever else is asked.
func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	g, m := counting(t, gatewaytest.Options{Projects: 4})
	for i := range 300 {
		g.Ask(t, fmt.Sprintf(`query Wrong%d { colour }`, i))
		g.Ask(t, fmt.Sprintf(`query Name%d { stages { name } }`, i))
	}
	names := map[string]bool{}
	for _, sample := range shown(t, m) {
		if rest, ok := strings.CutPrefix(sample, `operations_total{operation="`); ok {
			name, _, _ := strings.Cut(rest, `"`)
			names[name] = true
		}
	}
	if len(names) != 102 || !names["Name0"] || !names["Name99"] || !names["other"] || !names["anonymous"] {
		t.Errorf("%d names have series: %v", len(names), names)
	}
}

// Whatever a caller sends, only names, endpoints and codes are shown.
func TestMetricsTellNoSecrets(t *testing.T) {
	t.Parallel()
	g, m := counting(t, gatewaytest.Options{Projects: 4})
	admin := g.Sandbox.Admin()
	g.Ask(t, `query One { project(id: 700100100700) { number client { name } } notes(filter: {search: "t0psecret"}) { totalCount } }`)
	g.Send(t, t.Context(), gatewaytest.Request{Query: `mutation { signIn(email: "ada@example.com", password: "pa55word") { userErrors { message } } }`})
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
	for _, secret := range []string{"t0psecret", "700100100700", "ada@", "pa55word", admin.Authorization, admin.Email} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("the metrics tell %q", secret)
		}
	}
}

func TestWhatOthersCountIsRead(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics(telemetry.ThisBuild())
	m.Watch(telemetry.Sources{
		Snapshots: func() access.SnapshotStats { return access.SnapshotStats{Lists: 2, Bytes: 3, MaxBytes: 4} },
		Store:     func() cache.Stats { return cache.Stats{Hits: 5, Misses: 6, Errors: 7, Dropped: 8} },
		RedisDown: func() bool { return true },
		Documents: func() persisted.Stats { return persisted.Stats{Trusted: 9, Kept: 10, Unknown: 11, Refused: 12} },
	})
	m.WatchBreakers(func() map[string]ccube.BreakerState { return map[string]ccube.BreakerState{"acme": ccube.BreakerOpen} })
	got := strings.Join(shown(t, m), "\n")
	for _, want := range []string{
		`upstream_breaker_state{tenant="acme"} 2`,
		"snapshot_lists 2", "snapshot_bytes 3", "snapshot_max_bytes 4", "store_hits_total 5", "store_misses_total 6",
		"store_errors_total 7", "store_dropped_total 8", "redis_down 1",
		"documents_trusted_total 9", "documents_kept_total 10", "documents_unknown_total 11", "documents_refused_total 12",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not shown: %s", want, got)
		}
	}
}

// A table's pages are one request, whose calls are all counted.
func TestATableIsOneOperation(t *testing.T) {
	t.Parallel()
	g, m := counting(t, gatewaytest.Options{Projects: 40, SnapshotTTL: time.Minute})
	r := gatewaytest.Request{Query: `query Rows { invoices { nodes { number } } }`, Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"Accept": {"text/csv"}}}
	g.Send(t, t.Context(), r)
	sent := len(g.Calls())
	want := []string{
		`operations_total{operation="Rows",outcome="ok",type="query"} 1`, fmt.Sprintf(`reads_total{source="sent"} %d`, sent),
	}
	got := strings.Join(shown(t, m), "\n")
	for _, line := range want {
		if !strings.Contains(got, line) {
			t.Errorf("%s is not shown: %s", line, got)
		}
	}
}
