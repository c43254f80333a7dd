// Package report writes what a benchmark has measured: a table of all figures, a table of ratios against what was aimed at,
// and both into a document between markers.
//
// It knows nothing of how the figures came about. Figures that a column does not have are -1, and are written as a dash.
package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Cell is what one column has shown for one query of one mix at so many connections.
type Cell struct {
	// Query, Mix and Column are its names.
	Query, Mix, Column string
	// Connections is how many there were at once.
	Connections int
	// Rate is answers a second.
	Rate float64
	// P50 and P99 are the times within which half and 99 of 100 answers came.
	P50, P99 time.Duration
	// CPU is the server's processor time for a request, its own and the kernel's.
	CPU time.Duration
	// Allocs is how often it allocated for a request, -1 where it does not tell.
	Allocs float64
	// RSS is the most memory that it held, in bytes.
	RSS int64
	// Calls is how many calls it made upstream for a request.
	Calls float64
}

// Figures are all that was measured in one run.
type Figures struct {
	// About tells when, where and with what.
	About []Fact
	// Cells are the figures under load.
	Cells []Cell
	// Chains are the times of one query alone where each call takes Latency.
	Chains  []Chain
	Latency time.Duration
	// Starts are the times from a start to the first answer, by column.
	Starts []Start
	// Executor is what executing Q1 takes where its rows are there, and Stock what it takes gqlgen's own executor.
	Executor, Stock Micro
	// Growth is time and memory against the size of the answer.
	Growth []Point
}

// Fact is a line about the run.
type Fact struct{ Name, Value string }

// Chain is one query alone.
type Chain struct {
	// Query and Column are its names.
	Query, Column string
	// Calls is the length of the chain of calls that it cannot do without.
	Calls int
	// Took is the median.
	Took time.Duration
}

// Start is a cold start.
type Start struct {
	// Column is its name.
	Column string
	// Took is the median.
	Took time.Duration
}

// Micro is a figure of `go test -bench`.
type Micro struct {
	// Time and Allocs are of one run; 0 where it was not measured.
	Time   time.Duration
	Allocs float64
}

// Point is an answer of so many rows, in so many levels.
type Point struct {
	// Series is the query's name.
	Series string
	// Levels is how deep rows stand in rows, Rows how many are written.
	Levels, Rows int
	// Time and Bytes are the time to write them and the memory that it takes in all.
	Time  time.Duration
	Bytes float64
}

// Table writes the cells.
func (f Figures) Table() string {
	var b strings.Builder
	b.WriteString("| query | requests | connections | server | requests/s | p50 ms | p99 ms | CPU µs | allocations | RSS MiB | calls |\n")
	b.WriteString("|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, c := range f.Cells {
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %.0f | %s |\n", c.Query, c.Mix, c.Connections, bold(c.Column),
			count(c.Rate), milli(c.P50), milli(c.P99), micro(c.CPU), count(c.Allocs), float64(c.RSS)/(1<<20), few(c.Calls))
	}
	return b.String()
}

// bold sets the gateway's rows off from the others'.
func bold(column string) string {
	if column == Gateway {
		return "**" + column + "**"
	}
	return column
}

// The columns of every run: the gateway, which the others are there for, and its floors. Peers have names of their own.
const (
	Gateway = "gateway"
	Proxy   = "proxy"
	Copy    = "copy"
)

// Others writes what was measured without load.
func (f Figures) Others() string {
	var b strings.Builder
	fmt.Fprintf(&b, "One query alone, where each call takes %s, against the length of its chain:\n\n", f.Latency)
	b.WriteString("| query | server | ideal ms | ms | ratio |\n|---|---|--:|--:|--:|\n")
	for _, c := range f.Chains {
		ideal := time.Duration(c.Calls) * f.Latency
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %.3f |\n", c.Query, bold(c.Column), milli(ideal), milli(c.Took), ratio(c.Took, ideal))
	}
	b.WriteString("\nFrom the start of the process until it is ready:\n\n| server | ms |\n|---|--:|\n")
	for _, s := range f.Starts {
		fmt.Fprintf(&b, "| %s | %s |\n", bold(s.Column), milli(s.Took))
	}
	return b.String()
}

// Facts writes what the run was.
func (f Figures) Facts() string {
	var b strings.Builder
	b.WriteString("| | |\n|---|---|\n")
	for _, fact := range f.About {
		fmt.Fprintf(&b, "| %s | %s |\n", fact.Name, fact.Value)
	}
	return b.String()
}

// find returns a cell, and whether there is one.
func (f Figures) find(query, mix, column string, connections int) (Cell, bool) {
	i := slices.IndexFunc(f.Cells, func(c Cell) bool {
		return c.Query == query && c.Mix == mix && c.Column == column && c.Connections == connections
	})
	if i < 0 {
		return Cell{}, false
	}
	return f.Cells[i], true
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

// milli writes milliseconds with as many digits as say something.
func milli(d time.Duration) string {
	ms := float64(d.Microseconds()) / 1000
	switch {
	case ms < 10:
		return fmt.Sprintf("%.2f", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}

func micro(d time.Duration) string { return count(float64(d.Nanoseconds()) / 1000) }

// count writes a whole number, grouped by thousands, and a dash for none.
func count(n float64) string {
	if n < 0 {
		return "–"
	}
	digits := fmt.Sprintf("%.0f", n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// few writes a number that is mostly small.
func few(n float64) string {
	if n >= 10 {
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.2f", n)
}
