package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// TestMain lets the test's own program play the roles of the real one.
func TestMain(m *testing.M) {
	if os.Getenv(roleVariable) == "" {
		os.Exit(m.Run())
	}
	if err := play(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// smokeRig is the rig over a gateway built as the test is, so that what is compiled already is not compiled again.
func smokeRig(t *testing.T) *rig {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	root, err := moduleRoot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o := options{
		Root: root, Dir: t.TempDir(), Self: self, Connections: []int{3}, Callers: 20, Different: 3, Cell: 20 * time.Millisecond, Progress: t.Output(),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-race" && s.Value == "true" {
				o.Build = []string{"-race"}
			}
		}
	}
	r, err := newRig(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.close)
	return r
}

// TestEveryQueryOfEveryMix is asked of everything that needs no npm. The rig itself compares answers and counts calls before
// it times anything; what is left is that the calls under load are those that it saw.
func TestEveryQueryOfEveryMix(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and starts the gateway")
	}
	r := smokeRig(t)
	var f report.Figures
	for _, m := range mixes(r.options.Callers) {
		for _, q := range queries() {
			r.smoke(t, q, m, &f)
		}
	}
	if want := len(mixes(r.options.Callers)) * len(queries()) * 3; len(f.Cells) != want {
		t.Errorf("%d cells, want %d", len(f.Cells), want)
	}
}

// smoke asks one query of one mix.
func (r *rig) smoke(t *testing.T, q query, m mix, f *report.Figures) {
	t.Helper()
	targets, stop, err := r.targets(t.Context(), q, m)
	if err != nil {
		t.Fatalf("%s %s: %v", q.name, m.name, err)
	}
	defer stop()
	for _, c := range targets {
		cell, err := r.cell(t.Context(), c, m, 3)
		if err != nil {
			t.Fatalf("%s %s: %v", q.name, m.name, err)
		}
		f.Cells = append(f.Cells, cell)
		if cell.Rate <= 0 || cell.P50 <= 0 || cell.RSS <= 0 || cell.Allocs <= 0 {
			t.Errorf("%s %s: %+v", q.name, m.name, cell)
		}
		if c.name == report.Proxy {
			continue
		}
		least, most := 0.0, float64(q.least)
		switch {
		case q.least == 0:
			most = 100
		case m.name == "different":
			least = most // nothing is shared, and nothing is remembered
		}
		// On a machine that stalls, a caller may ask the same again before the first answer is there.
		if cell.Calls < least*0.9 || cell.Calls > most*1.01 {
			t.Errorf("%s %s: %s makes %.2f calls a request, want %.0f to %.0f", q.name, m.name, c.name, cell.Calls, least, most)
		}
	}
}
