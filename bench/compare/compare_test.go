package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestProcessorTime(t *testing.T) {
	t.Parallel()
	const stat = "4711 (a name) with) S 1 4711 4711 0 -1 4194560 1234 0 0 0 250 50 7 8 20 0 9 0 12345 1000 200"
	got, err := processorTime(stat)
	if err != nil || got != 3*time.Second {
		t.Errorf("%s, %v; want the 250 and 50 hundredths of fields 14 and 15", got, err)
	}
	if _, err := processorTime("4711 (short) S 1"); err == nil {
		t.Error("a line without these fields is no error")
	}
}

func TestResidentSize(t *testing.T) {
	t.Parallel()
	got, err := residentSize("Name:\tx\nVmHWM:\t   99999 kB\nVmRSS:\t   20480 kB\nThreads:\t9\n")
	if err != nil || got != 20<<20 {
		t.Errorf("%d, %v", got, err)
	}
	if _, err := residentSize("Name:\tkthreadd\n"); err == nil {
		t.Error("a process without memory is no error")
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	const metrics = "# TYPE go_memstats_mallocs_total counter\ngo_memstats_mallocs_total 1.2345e+06\ngo_memstats_mallocs_total_more 7\n"
	got, err := sample(strings.NewReader(metrics), mallocs)
	if err != nil || got != 1_234_500 {
		t.Errorf("%f, %v", got, err)
	}
	if _, err := sample(strings.NewReader("other 1\n"), mallocs); err == nil {
		t.Error("a metric that is not there is no error")
	}
}

func TestBenchmarksAreRead(t *testing.T) {
	t.Parallel()
	const out = `goos: linux
BenchmarkExecutor/Q1-2         	    2011	     95563.5 ns/op	   15650 B/op	     164 allocs/op
BenchmarkGrowth/nested_lists/2_levels/29_rows-16  	67	 38 ns/op	  2.000 levels	 29.00 rows
BenchmarkBroken
PASS
ok  	github.com/ccube-graphql/ccube-graphql/bench	6.607s
`
	want := []benchmark{
		{"BenchmarkExecutor/Q1", map[string]float64{"ns/op": 95563.5, "B/op": 15650, "allocs/op": 164}},
		{"BenchmarkGrowth/nested_lists/2_levels/29_rows", map[string]float64{"ns/op": 38, "levels": 2, "rows": 29}},
	}
	if diff := cmp.Diff(want, benchmarks(out), cmp.AllowUnexported(benchmark{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSameRowsHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const gateway = `{"data":{"invoices":{"nodes":[{"id":"1","total":12.50,"lines":[{"quantity":2}],"client":null}]}}}`
	for _, c := range []struct {
		reason, answer string
		same           bool
	}{
		{"ids as numbers, numbers in another way, keys in another order", `{"data":{"invoices":[{"client":null,"total":12.5,"lines":[{"quantity":2.0}],"id":1}]}}`, true},
		{"what a detail adds, in an object of its own", `{"data":{"invoices":[{"id":1,"total":12.5,"detail":{"lines":[{"quantity":2}],"client":null}}]}}`, true},
		{"another amount", `{"data":{"invoices":[{"id":1,"total":12.51,"lines":[{"quantity":2}],"client":null}]}}`, false},
		{"an empty text is not null", `{"data":{"invoices":[{"id":1,"total":12.5,"lines":[{"quantity":2}],"client":""}]}}`, false},
		{"a row less", `{"data":{"invoices":[]}}`, false},
		{"no rows", `{"data":null}`, false},
		{"no JSON", `<html>`, false},
	} {
		err := same([]string{"invoices", "nodes"}, []byte(gateway), []string{"invoices"}, []byte(c.answer))
		if (err == nil) != c.same {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestRounds(t *testing.T) {
	t.Parallel()
	byName := make(map[string]query)
	for _, q := range queries() {
		byName[q.name] = q
	}
	for _, c := range []struct {
		reason, query string
		calls         []string
		want          [][]string
	}{
		{"one call is one round", "Q1", []string{"/api/v2/projects?page=1"}, [][]string{{"/api/v2/projects?page=1"}}},
		{
			"notes need the projects first", "Q2", []string{"/api/v2/notes?notable_id=1", "/api/v2/projects?page=1", "/api/v2/notes?notable_id=2"},
			[][]string{{"/api/v2/projects?page=1"}, {"/api/v2/notes?notable_id=1", "/api/v2/notes?notable_id=2"}},
		},
		{"the list is remembered: all at once", "Q3", []string{"/api/v2/invoices/1", "/api/v2/invoices/2"}, [][]string{{"/api/v2/invoices/1", "/api/v2/invoices/2"}}},
		{
			"a project's notes do not need it first", "page", []string{"/api/v2/projects/7", "/api/v2/notes?notable_id=7", "/api/v2/invoices?page=1", "/api/v2/invoices/9"},
			[][]string{{"/api/v2/projects/7", "/api/v2/notes?notable_id=7", "/api/v2/invoices?page=1"}, {"/api/v2/invoices/9"}},
		},
		{"everything is remembered", "Q1", nil, nil},
	} {
		if diff := cmp.Diff(c.want, byName[c.query].rounds(c.calls)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.reason, diff)
		}
	}
}

// TestRequestsOfAMix: who is next to whom decides what can be shared.
func TestRequestsOfAMix(t *testing.T) {
	t.Parallel()
	questions := []question{{path: "/graphql", body: []byte("a"), size: 1}, {path: "/graphql", body: []byte("b"), size: 2}, {path: "/list", size: 3}}
	for _, m := range mixes(128) {
		requests := m.encode("127.0.0.1:1", questions)
		seen := make(map[string]bool)
		for _, r := range requests[:min(100, len(requests))] {
			seen[string(r.Wire)] = true
		}
		if want := min(100, m.callers*len(questions)); len(seen) != want {
			t.Errorf("%s: of 100 requests in a row %d differ, want %d", m.name, len(seen), want)
		}
		if all := m.callers * len(questions); len(requests) != all {
			t.Errorf("%s: %d requests, want every question by every caller: %d", m.name, len(requests), all)
		}
	}
	third := string(mixes(128)[0].encode("127.0.0.1:1", questions)[2].Wire)
	if !strings.HasPrefix(third, "GET /list HTTP/1.1\r\nHost: 127.0.0.1:1\r\n") || strings.Contains(third, "Content-Length") {
		t.Errorf("without a body it is sent as %q", third)
	}
}

// TestPeersAreConfigured: each has the three queries that any gateway can answer, and a version.
func TestPeersAreConfigured(t *testing.T) {
	t.Parallel()
	all, err := chosen("tailcall,hive")
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, p := range all {
		var names []string
		for name := range p.Queries() {
			names = append(names, name)
		}
		slices.Sort(names)
		if diff := cmp.Diff([]string{"Q1", "Q2", "Q3"}, names); diff != "" || p.Version() == "" {
			t.Errorf("%s %q (-want +got):\n%s", p.Name, p.Version(), diff)
		}
		dir := t.TempDir()
		if p.Name == "hive" {
			continue // its command composes first, which needs what npm installs
		}
		c, err := p.Command(t.Context(), dir, "http://127.0.0.1:7", "8")
		if err != nil || !strings.HasPrefix(c.Path, dir) || !strings.HasPrefix(c.Dir, dir) {
			t.Errorf("%v, %v", c, err)
		}
	}
	if _, err := chosen("tailcall,grafbase"); err == nil {
		t.Error("an unknown peer is no error")
	}
}
