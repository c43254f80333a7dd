package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// figures is a run in which everything holds but the processor time of Q1 at 100 connections.
func figures() report.Figures {
	f := report.Figures{
		About: []report.Fact{{"date", "2026-11-22"}, {"machine", "2 processors"}}, Latency: 50 * time.Millisecond,
		Chains:   []report.Chain{{"Q1", "gateway", 1, 52 * time.Millisecond}, {"Q2", "gateway", 2, 106 * time.Millisecond}},
		Starts:   []report.Start{{"gateway", 9 * time.Millisecond}, {"tailcall", 90 * time.Millisecond}},
		Executor: report.Micro{Time: 55 * time.Microsecond, Allocs: 140}, Stock: report.Micro{Time: 660 * time.Microsecond, Allocs: 10_468},
		Growth: []report.Point{{"one_list", 1, 10, 100 * time.Microsecond, 1 << 20}, {"one_list", 1, 1_000, 4 * time.Millisecond, 1 << 26}, {"one_list", 1, 10_000, 50 * time.Millisecond, 1 << 30}},
	}
	for _, n := range []int{10, 100} {
		f.Cells = append(f.Cells,
			report.Cell{"Q1", "different", "gateway", n, 12_345.6, 250 * time.Microsecond, 900 * time.Microsecond, time.Duration(n) * 4 * time.Microsecond, 151, 20 << 20, 1},
			report.Cell{"Q1", "different", "proxy", n, 10_000, time.Millisecond, 2 * time.Millisecond, 80 * time.Microsecond, 60, 15 << 20, 1},
			report.Cell{"Q1", "different", "tailcall", n, 4_000, time.Millisecond, 2 * time.Millisecond, 200 * time.Microsecond, -1, 45 << 20, 1},
		)
	}
	return f
}

func TestTable(t *testing.T) {
	t.Parallel()
	const want = `| query | requests | connections | server | requests/s | p50 ms | p99 ms | CPU µs | allocations | RSS MiB | calls |
|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|
| Q1 | different | 10 | **gateway** | 12,346 | 0.25 | 0.90 | 40 | 151 | 20 | 1.00 |
| Q1 | different | 10 | proxy | 10,000 | 1.00 | 2.00 | 80 | 60 | 15 | 1.00 |
| Q1 | different | 10 | tailcall | 4,000 | 1.00 | 2.00 | 200 | – | 45 | 1.00 |
| Q1 | different | 100 | **gateway** | 12,346 | 0.25 | 0.90 | 400 | 151 | 20 | 1.00 |
| Q1 | different | 100 | proxy | 10,000 | 1.00 | 2.00 | 80 | 60 | 15 | 1.00 |
| Q1 | different | 100 | tailcall | 4,000 | 1.00 | 2.00 | 200 | – | 45 | 1.00 |
`
	if diff := cmp.Diff(want, figures().Table()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestVerdictsSayHowFarItGot(t *testing.T) {
	t.Parallel()
	got := make(map[string]report.Verdict)
	for _, v := range figures().Verdicts() {
		got[v.What] = v
	}
	for _, c := range []struct {
		reason, what, got string
		holds, unknown    bool
	}{
		{"40 of 200", "Q1, all different, 10 connections: CPU a request, against Tailcall", "0.20 ×", true, false},
		{"400 of 200", "Q1, all different, 100 connections: CPU a request, against Tailcall", "2.00 ×", false, false},
		{"three times as many", "Q1, all different, 100 connections: requests/s, against Tailcall", "3.09 ×", true, false},
		{"20 of 45", "Q1, all different, 100 connections: RSS, against Tailcall", "0.44 ×", true, false},
		{"was not measured", "Q2, all different, 10 connections: requests/s, against Tailcall", "", false, true},
		{"52 of 50", "chain of Q1, 50ms a call, against the ideal", "1.040", true, false},
		{"106 of 100", "chain of Q2, 50ms a call, against the ideal", "1.060", false, false},
		{"900 of 250", "Q1, different, 10 connections: p99 against p50", "3.60 ×", true, false},
		{"both bounds", "executor alone on Q1: time and allocations", "55 µs and 140, gqlgen's own 660 µs and 10,468", true, false},
		{"nine milliseconds", "ready to serve after the start", "9.00 ms", true, false},
	} {
		v, ok := got[c.what]
		if !ok || v.Got != c.got || v.Holds != c.holds || v.Unknown != c.unknown {
			t.Errorf("%s (%s): %+v", c.what, c.reason, v)
		}
	}
}

// TestRatiosHaveALineForEveryVerdict, also for those that nothing is known of.
func TestRatiosHaveALineForEveryVerdict(t *testing.T) {
	t.Parallel()
	f := figures()
	text := f.Ratios()
	if lines := strings.Count(text, "\n"); lines != len(f.Verdicts())+2 {
		t.Errorf("%d lines for %d verdicts", lines, len(f.Verdicts()))
	}
	for _, line := range []string{
		"| Q1, all different, 100 connections: CPU a request, against Tailcall | at most 0.40 × | 2.00 × | no |",
		"| Q2, all different, 10 connections: requests/s, against Tailcall | at least 1.30 × | – | – |",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("there is no line %q in\n%s", line, text)
		}
	}
}

func TestFloors(t *testing.T) {
	t.Parallel()
	const want = "| Q1 | different | 10 | – | 0.50 × | – | 1.23 × |\n"
	if text := figures().Floors(); !strings.Contains(text, want) {
		t.Errorf("there is no line %q in\n%s", want, text)
	}
}

func TestDocumentIsFilledBetweenMarkers(t *testing.T) {
	t.Parallel()
	var empty strings.Builder
	for _, name := range []string{"run", "ratios", "floors", "others", "table", "growth"} {
		empty.WriteString("# " + name + "\n\n<!-- " + name + " -->\nstale\n<!-- /" + name + " -->\n\nbelow " + name + "\n")
	}
	once, err := figures().Document(empty.String())
	if err != nil {
		t.Fatal(err)
	}
	twice, err := figures().Document(once)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Errorf("filling it again changes it:\n%s", diff)
	}
	for _, want := range []string{
		"<!-- run -->\n| | |\n|---|---|\n| date | 2026-11-22 |\n| machine | 2 processors |\n<!-- /run -->\n\nbelow run",
		"| one_list | 1 | 10,000 | 50.0 | 5.00 | 1024.00 | 107,374 |\n",
		"time grows with rows to the power of 1.10 and memory to that of 1.20: 1 is linear.\n<!-- /growth -->",
		"| Q2 | **gateway** | 100 | 106 | 1.060 |", "| tailcall | 90.0 |",
	} {
		if !strings.Contains(once, want) {
			t.Errorf("there is no %q in\n%s", want, once)
		}
	}
	if strings.Contains(once, "stale") {
		t.Error("what was there is still there")
	}
}

func TestADocumentWithoutMarkersIsLeftAlone(t *testing.T) {
	t.Parallel()
	if _, err := figures().Document("# nothing\n<!-- run --> and no end"); err == nil || !strings.Contains(err.Error(), "run") {
		t.Errorf("the error is %v", err)
	}
}
