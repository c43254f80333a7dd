package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// moduleRoot is the folder of the module that this is run in.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("cannot find the module: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}

// about tells when, where and with what the figures were measured.
func (r *rig) about(ctx context.Context, began time.Time) []report.Fact {
	facts := []report.Fact{
		{Name: "date", Value: began.UTC().Format(time.DateOnly)},
		{Name: "machine", Value: fmt.Sprintf("%d processors, %s, %s/%s", runtime.NumCPU(), processorModel(), runtime.GOOS, runtime.GOARCH)},
		{Name: "commit", Value: r.commit(ctx)},
		{Name: "Go", Value: runtime.Version()},
		{Name: "each figure", Value: fmt.Sprintf("%s under load; %s in all", r.options.Cell, time.Since(began).Round(time.Second))},
	}
	for _, p := range r.options.With {
		facts = append(facts, report.Fact{Name: p.Name, Value: p.Version()})
	}
	return facts
}

// processorModel is what Linux calls the processor.
func processorModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// commit is what was measured.
func (r *rig) commit(ctx context.Context) string {
	c := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty")
	c.Dir = r.options.Root
	out, err := c.Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// plot draws the growth. The library for it is a module of its own, so that the gateway does not need it.
func plot(ctx context.Context, f report.Figures, root, file string) error {
	points, err := json.Marshal(f)
	if err != nil {
		return err
	}
	file, err = filepath.Abs(file)
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, "go", "run", ".", file)
	c.Dir = filepath.Join(root, "bench", "plot")
	c.Stdin = bytes.NewReader(points)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("cannot draw %s: %w\n%s", strconv.Quote(file), err, out)
	}
	return nil
}
