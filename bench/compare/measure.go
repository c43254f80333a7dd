package main

import (
	"context"
	"slices"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// chainLatency is what each call takes where chains are measured.
const chainLatency = 50 * time.Millisecond

// underLoad measures every query of every mix. Servers take turns, so that what else the machine does hits all of them.
func (r *rig) underLoad(ctx context.Context, f *report.Figures) error {
	f.Latency = chainLatency
	for _, m := range r.mixes() {
		for _, q := range r.queries() {
			if err := r.pair(ctx, q, m, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// pair measures a query of a mix.
func (r *rig) pair(ctx context.Context, q query, m mix, f *report.Figures) error {
	targets, stop, err := r.targets(ctx, q, m)
	if err != nil {
		return err
	}
	defer stop()
	for _, connections := range r.options.Connections {
		for _, t := range targets {
			cell, err := r.cell(ctx, t, m, connections)
			if err != nil {
				return err
			}
			cell.Query, cell.Mix = q.name, m.name
			r.tell("%-4s %-9s %3d  %-8s %8.0f/s  p50 %s  p99 %s  CPU %s  %.2f calls", q.name, m.name, connections, t.name,
				cell.Rate, cell.P50, cell.P99, cell.CPU, cell.Calls)
			f.Cells = append(f.Cells, cell)
		}
	}
	if m.name == "equal" {
		return r.chains(ctx, q, m, targets, f)
	}
	return nil
}

// cell has a target asked over so many connections.
func (r *rig) cell(ctx context.Context, t *target, m mix, connections int) (c report.Cell, err error) {
	c = report.Cell{Column: t.name, Connections: connections, Allocs: -1}
	if _, err := t.run(ctx, m, connections, r.options.Cell/5); err != nil { // connections upstream, code that is compiled when it is used
		return c, err
	}
	state, err := r.stub.State(ctx)
	if err != nil {
		return c, err
	}
	used, err := t.process.processor()
	if err != nil {
		return c, err
	}
	memory := t.process.watch()
	result, err := t.run(ctx, m, connections, r.options.Cell)
	if c.RSS = memory(); err != nil {
		return c, err
	}
	usedLater, err := t.process.processor()
	if err != nil {
		return c, err
	}
	after, err := r.stub.State(ctx)
	if err != nil {
		return c, err
	}
	n := len(result.Took)
	c.Rate, c.P50, c.P99 = result.Rate(), result.Quantile(0.5), result.Quantile(0.99)
	c.CPU = (usedLater - used) / time.Duration(max(n, 1))
	c.Calls = float64(after.Calls-state.Calls) / float64(max(n, 1))
	c.Allocs, err = r.allocations(ctx, t, m, connections)
	return c, err
}

// allocations has the target asked for a while where it tells how often it allocates; -1 where it never does.
func (r *rig) allocations(ctx context.Context, t *target, m mix, connections int) (float64, error) {
	if t.watched != nil {
		t = &target{name: t.watched.name, process: t.watched.process, questions: t.questions}
	}
	before, err := t.process.allocations(ctx, r.http)
	if err != nil || before < 0 {
		return -1, err
	}
	result, err := t.run(ctx, m, connections, r.options.Cell/5)
	if err != nil {
		return -1, err
	}
	after, err := t.process.allocations(ctx, r.http)
	return (after - before) / float64(max(len(result.Took), 1)), err
}

// watch looks at the process's memory until the function that it returns is called, which returns the most that was seen.
func (p *process) watch() func() int64 {
	done, most := make(chan struct{}), make(chan int64)
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		var seen int64
		for {
			if now, err := p.resident(); err == nil {
				seen = max(seen, now)
			}
			select {
			case <-tick.C:
			case <-done:
				most <- seen
				return
			}
		}
	}()
	return func() int64 {
		close(done)
		return <-most
	}
}

// chains measures one request alone where the upstream takes its time.
func (r *rig) chains(ctx context.Context, q query, m mix, targets []*target, f *report.Figures) error {
	if err := r.stub.Delay(ctx, chainLatency); err != nil {
		return err
	}
	for _, t := range targets {
		if t.name == report.Proxy {
			continue
		}
		result, err := t.run(ctx, m, 1, max(r.options.Cell, 4*chainLatency))
		if err != nil {
			return err
		}
		f.Chains = append(f.Chains, report.Chain{Query: q.name, Column: t.name, Calls: q.chain, Took: result.Quantile(0.5)})
	}
	return r.stub.Delay(ctx, 0)
}

// starter starts a server so many times.
type starter struct {
	name  string
	times int
	start func() (*process, time.Duration, error)
}

// coldStarts measures how long servers take until they are ready.
func (r *rig) coldStarts(ctx context.Context, f *report.Figures) error {
	starters := []starter{
		{report.Gateway, 15, func() (*process, time.Duration, error) { return r.gateway(ctx, 0, false) }},
		{report.Proxy, 15, func() (*process, time.Duration, error) { return r.role(ctx, roleProxy, "/ready", r.upstream()) }},
	}
	for _, p := range r.options.With {
		starters = append(starters, starter{p.Name, 3, func() (*process, time.Duration, error) { return r.peer(ctx, p) }})
	}
	for _, s := range starters {
		var took []time.Duration
		for range s.times {
			p, t, err := s.start()
			if err != nil {
				return err
			}
			p.stop()
			took = append(took, t)
		}
		slices.Sort(took)
		r.tell("%s is ready after %s", s.name, took[len(took)/2])
		f.Starts = append(f.Starts, report.Start{Column: s.name, Took: took[len(took)/2]})
	}
	return nil
}
