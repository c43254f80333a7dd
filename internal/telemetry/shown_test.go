package telemetry

// These tests hold what operators are shown to what there is: the dashboard and docs/operators.md name every metric, and none
// that does not exist.
//
//	go test ./internal/telemetry -run Operators -update
//
// writes the table.

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

var update = flag.Bool("update", false, "write the table of metrics")

const (
	dashboard = "../../deploy/grafana/dashboard.json"
	operators = "../../docs/operators.md"
)

// described are the gateway's own metrics, with what they say of themselves.
func described() map[string]string {
	m := NewMetrics(Build{Version: "v1", Commit: "abc", Go: "go1"})
	m.Watch(Sources{
		Snapshots: func() access.SnapshotStats { return access.SnapshotStats{} }, Store: func() cache.Stats { return cache.Stats{} },
		Documents: func() persisted.Stats { return persisted.Stats{} }, RedisDown: func() bool { return false },
	})
	m.WatchBreakers(func() map[string]ccube.BreakerState { return nil })
	descs := make(chan *prometheus.Desc)
	go func() {
		defer close(descs)
		m.registry.Describe(descs)
	}()
	form := regexp.MustCompile(`fqName: "(ccube_graphql_\w+)", help: "((?:[^"\\]|\\.)*)"`)
	found := map[string]string{}
	for d := range descs {
		if match := form.FindStringSubmatch(d.String()); match != nil {
			found[match[1]] = match[2]
		}
	}
	return found
}

func TestTheDashboardShowsEveryMetric(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(dashboard)
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	known, shown := described(), map[string]bool{}
	name := regexp.MustCompile(`[a-z_:]*ccube_graphql_\w+`)
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			for _, metric := range name.FindAllString(target.Expr, -1) {
				for _, suffix := range []string{"_bucket", "_sum", "_count"} {
					if base, ok := strings.CutSuffix(metric, suffix); ok && known[base] != "" {
						metric = base
					}
				}
				shown[metric] = true
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(known)), slices.Sorted(maps.Keys(shown))); diff != "" {
		t.Errorf("the dashboard shows other metrics than there are (-there +shown):\n%s", diff)
	}
}

func TestOperatorsAreToldOfEveryMetric(t *testing.T) {
	t.Parallel()
	known := described()
	want := "\n| Metric | What it is |\n|---|---|\n"
	for _, name := range slices.Sorted(maps.Keys(known)) {
		want += fmt.Sprintf("| `%s` | %s |\n", name, known[name])
	}
	raw, err := os.ReadFile(operators)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	_, rest, _ := strings.Cut(text, "<!-- metrics -->")
	got, _, ok := strings.Cut(rest, "<!-- /metrics -->")
	if !ok {
		t.Fatalf("%s has no table of metrics", operators)
	}
	if *update && got != want {
		text = strings.Replace(text, "<!-- metrics -->"+got, "<!-- metrics -->"+want, 1)
		if err := os.WriteFile(operators, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the metrics differ; -update writes them (-program +%s):\n%s", operators, diff)
	}
	for _, metric := range regexp.MustCompile(`ccube_graphql_\w+`).FindAllString(text, -1) {
		metric = regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(metric, "")
		if known[metric] == "" {
			t.Errorf("%s names %s, which is not there", operators, metric)
		}
	}
}
