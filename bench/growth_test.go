package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// BenchmarkGrowth is time and memory against the size of the answer: 10 to 10,000 rows of one level, and up to six levels
// of lists and objects below each other. Everything is remembered, so that only the gateway's own work grows. Both should
// be linear in rows written, however they are nested; docs/performance.md has the plot.
func BenchmarkGrowth(b *testing.B) {
	g := gatewaytest.Start(b, gatewaytest.Options{Projects: 2500, SnapshotTTL: time.Hour, Timeout: 5 * time.Minute, MaxValues: 1 << 30})
	timed(b, g, "{ projects(first: 1) { totalCount } quotes(first: 1) { totalCount } invoices(first: 1) { totalCount } }")
	for _, rows := range []int{10, 100, 1_000, 10_000} {
		grow(b, g, "one_list", 1, wide(rows))
	}
	for levels := 1; levels <= 6; levels++ {
		most := 1_000
		if levels > 4 {
			most = 300 // about 10,000 rows
		}
		for _, roots := range []int{10, 100, most} {
			grow(b, g, "nested_lists", levels, nested(levels, roots))
		}
	}
}

// TestAllocationsGrowWithRows holds what can be held without a clock: ten times the rows is at most ten times the allocations,
// in one list and in six levels.
func TestAllocationsGrowWithRows(t *testing.T) {
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 300, SnapshotTTL: time.Hour, Timeout: time.Minute})
	newSender(t, g, "{ projects(first: 1) { totalCount } quotes(first: 1) { totalCount } invoices(first: 1) { totalCount } }")
	for name, query := range map[string]func(size int) string{
		"one list":   func(size int) string { return wide(10 * size) },
		"six levels": func(size int) string { return nested(6, size) },
	} {
		var perRow []float64
		for _, size := range []int{10, 100} {
			text := query(size)
			s := newSender(t, g, text)
			allocations := testing.AllocsPerRun(3, func() { s.send(t) })
			perRow = append(perRow, allocations/float64(countRows(t, g, text)))
		}
		if perRow[1] > 1.1*perRow[0] {
			t.Errorf("%s: %.1f allocations a row, and %.1f where there are about ten times as many", name, perRow[0], perRow[1])
		}
	}
}

// grow measures a query, and reports how many rows it writes.
func grow(b *testing.B, g *gatewaytest.Gateway, series string, levels int, text string) {
	rows := countRows(b, g, text)
	b.Run(fmt.Sprintf("%s/%d_levels/%d_rows", series, levels, rows), func(b *testing.B) {
		s := newSender(b, g, text)
		b.ReportAllocs()
		for b.Loop() {
			s.send(b)
		}
		b.ReportMetric(float64(levels), "levels")
		b.ReportMetric(float64(rows), "rows")
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
	})
}

// wide asks for so many invoices: a page has at most 1,000, so that more are several pages.
func wide(rows int) string {
	var text strings.Builder
	for offset := 0; offset < rows; offset += 1_000 {
		fmt.Fprintf(&text, "p%d: invoices(first: %d, offset: %d) { nodes { id number total balance issueDate } } ", offset, min(rows, 1_000), offset)
	}
	return "{ " + text.String() + "}"
}

// nested asks for so many projects, and below each its quotes, whose project has quotes, and so on: a level is a list of
// rows with the one object that leads to the next. Levels below the second repeat rows, which costs as much to write.
func nested(levels, roots int) string {
	const row = "id number "
	text := row
	for level := levels; level > 1; level-- {
		if level%2 == 0 {
			text = row + "quotes { " + text + "} "
		} else {
			text = row + "project { " + text + "} "
		}
	}
	return fmt.Sprintf("{ projects(first: %d) { nodes { %s} } }", roots, text)
}

// countRows counts the objects of an answer that have an id.
func countRows(b testing.TB, g *gatewaytest.Gateway, text string) int {
	b.Helper()
	body, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	w := httptest.NewRecorder()
	g.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK || strings.HasPrefix(w.Body.String(), `{"errors"`) {
		b.Fatalf("%.500s", w.Body)
	}
	return bytes.Count(w.Body.Bytes(), []byte(`"id":`))
}
