package main

// This file runs the benchmarks of packages graph and bench that need no servers, and reads what `go test -bench` prints.

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// micro runs the benchmarks of the executor and of growth.
func (r *rig) micro(ctx context.Context, f *report.Figures) error {
	r.tell("running go test -bench 'Executor|Growth'")
	length := "1s"
	if r.options.Quick {
		length = "100ms"
	}
	c := exec.CommandContext(ctx, "go", "test", "./graph", "./bench", "-run", "^$", "-bench", "Executor|Growth", "-benchmem", "-benchtime", length)
	c.Dir = r.options.Root
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("cannot run the benchmarks: %w\n%s", err, out)
	}
	for _, line := range benchmarks(string(out)) {
		switch name := strings.Split(line.name, "/"); name[0] {
		case "BenchmarkExecutor":
			switch micro := (report.Micro{Time: line.time(), Allocs: line.values["allocs/op"]}); strings.Join(name[1:], " ") {
			case "fast=true rows=100":
				f.Executor = micro
			case "fast=false rows=100":
				f.Stock = micro
			}
		case "BenchmarkGrowth":
			f.Growth = append(f.Growth, report.Point{
				Series: name[1], Levels: int(line.values["levels"]), Rows: int(line.values["rows"]), Time: line.time(), Bytes: line.values["B/op"],
			})
		}
	}
	return nil
}

// benchmark is a line of results.
type benchmark struct {
	name   string
	values map[string]float64
}

func (b benchmark) time() time.Duration { return time.Duration(b.values["ns/op"]) }

// benchmarks reads lines such as "BenchmarkX/y-2  100  123 ns/op  4 B/op". The rest is left out, and so is the number of
// processors at the end of a name.
func benchmarks(out string) []benchmark {
	var all []benchmark
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 4 || len(fields)%2 != 0 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		b := benchmark{name: fields[0], values: make(map[string]float64)}
		if name, processors, ok := cutLast(b.name, "-"); ok {
			if _, err := strconv.Atoi(processors); err == nil {
				b.name = name
			}
		}
		for i := 2; i < len(fields); i += 2 {
			if value, err := strconv.ParseFloat(fields[i], 64); err == nil {
				b.values[fields[i+1]] = value
			}
		}
		all = append(all, b)
	}
	return all
}
