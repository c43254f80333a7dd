package report

import (
	"fmt"
	"strings"
	"time"
)

// Verdict is one thing that was aimed at, and how far the run got.
type Verdict struct {
	// What was aimed at, and the ratio or figure that was to be reached.
	What, Aim string
	// Got is what it was.
	Got string
	// Holds tells that it was reached; Unknown that the run cannot tell, for want of the peer.
	Holds, Unknown bool
}

// fastest is the peer that the aims are set by.
const fastest = "tailcall"

// Verdicts judges a run.
func (f Figures) Verdicts() []Verdict {
	var all []Verdict
	for _, q := range []string{"Q1", "Q2", "Q3"} {
		all = append(all, f.calls(q))
	}
	for _, c := range f.Chains {
		if c.Column == Gateway {
			r := ratio(c.Took, f.Latency*time.Duration(c.Calls))
			all = append(all, Verdict{
				What: fmt.Sprintf("chain of %s, %s a call, against the ideal", c.Query, f.Latency), Aim: "at most 1.05",
				Got: fmt.Sprintf("%.3f", r), Holds: r <= 1.05,
			})
		}
	}
	cpu := map[string]float64{"Q1": 0.4, "Q2": 0.7, "Q3": 0.7}
	rate := map[string]float64{"Q1": 2, "Q2": 1.3, "Q3": 1.3}
	for _, q := range []string{"Q1", "Q2", "Q3"} {
		for _, n := range []int{10, 100} {
			all = append(all,
				f.against(fmt.Sprintf("%s, all different, %d connections: CPU a request", q, n), q, "different", n, atMost(cpu[q]), Cell.cpu),
				f.against(fmt.Sprintf("%s, all different, %d connections: requests/s", q, n), q, "different", n, atLeast(rate[q]), Cell.rate))
		}
	}
	for _, q := range []string{"Q1", "Q2", "Q3"} {
		all = append(all, f.against(q+", all equal, 100 connections: requests/s", q, "equal", 100, atLeast(1.2), Cell.rate))
	}
	for _, q := range []string{"Q1", "Q2", "Q3"} {
		for _, mix := range []string{"equal", "different"} {
			all = append(all, f.against(q+", all "+mix+", 100 connections: RSS", q, mix, 100, atMost(1), Cell.rss))
		}
	}
	return append(all, append(f.tails(), f.executor(), f.start())...)
}

// calls holds the calls of a query to the fewest that it can do with, and to every other column.
func (f Figures) calls(q string) Verdict {
	v := Verdict{What: q + ", one after another: calls for a request, against the fewest of all servers", Aim: "at most 1.00 ×", Unknown: true}
	ours, ok := f.find(q, "different", Gateway, 1)
	if !ok {
		return v
	}
	fewest := ours.Calls
	for _, c := range f.Cells {
		// The proxy answers no query.
		if c.Query == q && c.Mix == "different" && c.Connections == 1 && c.Column != Proxy {
			fewest = min(fewest, c.Calls)
		}
	}
	r := ours.Calls / max(fewest, 1e-9)
	v.Got, v.Holds, v.Unknown = fmt.Sprintf("%.2f × (%s)", r, few(ours.Calls)), r < 1.01, false
	return v
}

// aim is a bound of a ratio.
type aim struct {
	bound float64
	least bool
}

func atMost(bound float64) aim  { return aim{bound, false} }
func atLeast(bound float64) aim { return aim{bound, true} }

func (a aim) String() string {
	if a.least {
		return fmt.Sprintf("at least %.2f ×", a.bound)
	}
	return fmt.Sprintf("at most %.2f ×", a.bound)
}

func (a aim) holds(r float64) bool {
	if a.least {
		return r >= a.bound
	}
	return r <= a.bound
}

// against holds a figure of the gateway to the same of the fastest peer.
func (f Figures) against(what, query, mix string, connections int, a aim, figure func(Cell) float64) Verdict {
	v := Verdict{What: what + ", against Tailcall", Aim: a.String(), Unknown: true}
	ours, ok := f.find(query, mix, Gateway, connections)
	theirs, ok2 := f.find(query, mix, fastest, connections)
	if ok && ok2 && figure(theirs) > 0 {
		r := figure(ours) / figure(theirs)
		v.Got, v.Holds, v.Unknown = fmt.Sprintf("%.2f ×", r), a.holds(r), false
	}
	return v
}

func (c Cell) cpu() float64  { return float64(c.CPU) }
func (c Cell) rate() float64 { return c.Rate }
func (c Cell) rss() float64  { return float64(c.RSS) }

// tails holds p99 to p50 at ten connections.
func (f Figures) tails() []Verdict {
	var all []Verdict
	for _, c := range f.Cells {
		if c.Column == Gateway && c.Connections == 10 {
			r := ratio(c.P99, c.P50)
			all = append(all, Verdict{
				What: fmt.Sprintf("%s, %s, 10 connections: p99 against p50", c.Query, c.Mix), Aim: "at most 4.00 ×",
				Got: fmt.Sprintf("%.2f ×", r), Holds: r <= 4,
			})
		}
	}
	return all
}

func (f Figures) executor() Verdict {
	e := f.Executor
	return Verdict{
		What: "executor alone on Q1: time and allocations", Aim: "at most 60 µs and 150",
		Got:   fmt.Sprintf("%s µs and %s, gqlgen's own %s µs and %s", micro(e.Time), count(e.Allocs), micro(f.Stock.Time), count(f.Stock.Allocs)),
		Holds: e.Time <= 60_000 && e.Allocs <= 150, Unknown: e.Time == 0,
	}
}

func (f Figures) start() Verdict {
	v := Verdict{What: "ready to serve after the start", Aim: "within 50 ms", Unknown: true}
	for _, s := range f.Starts {
		if s.Column == Gateway {
			v.Got, v.Holds, v.Unknown = milli(s.Took)+" ms", s.Took.Milliseconds() < 50, false
		}
	}
	return v
}

// Ratios writes the verdicts.
func (f Figures) Ratios() string {
	var b strings.Builder
	b.WriteString("| what | aim | reached | holds |\n|---|---|---|---|\n")
	for _, v := range f.Verdicts() {
		holds := "no"
		switch {
		case v.Unknown:
			v.Got, holds = "–", "–"
		case v.Holds:
			holds = "yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", v.What, v.Aim, v.Got, holds)
	}
	return b.String()
}

// Floors writes how the gateway stands to the floors, which nothing can beat: no aim, but the room that is left.
func (f Figures) Floors() string {
	var b strings.Builder
	b.WriteString("| query | requests | connections | CPU: copy | CPU: proxy | requests/s: copy | requests/s: proxy |\n")
	b.WriteString("|---|---|--:|--:|--:|--:|--:|\n")
	for _, c := range f.Cells {
		if c.Column != Gateway {
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %d", c.Query, c.Mix, c.Connections)
		for _, figure := range []func(Cell) float64{Cell.cpu, Cell.rate} {
			for _, column := range []string{Copy, Proxy} {
				floor, ok := f.find(c.Query, c.Mix, column, c.Connections)
				if !ok || figure(floor) <= 0 {
					b.WriteString(" | –")
					continue
				}
				fmt.Fprintf(&b, " | %.2f ×", figure(c)/figure(floor))
			}
		}
		b.WriteString(" |\n")
	}
	return b.String()
}
