package report

import (
	"fmt"
	"math"
	"strings"
)

// Fill puts text between the markers of a name in a document: `<!-- name -->` and `<!-- /name -->`.
func Fill(document, name, text string) (string, error) {
	open, end := "<!-- "+name+" -->", "<!-- /"+name+" -->"
	before, rest, ok := strings.Cut(document, open)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", fmt.Errorf("the document has no place for %s", name)
	}
	return before + open + "\n" + strings.TrimSpace(text) + "\n" + end + after, nil
}

// Document puts all parts of the figures into a document.
func (f Figures) Document(document string) (string, error) {
	parts := []struct{ name, text string }{
		{"run", f.Facts()}, {"ratios", f.Ratios()}, {"floors", f.Floors()}, {"others", f.Others()}, {"table", f.Table()}, {"growth", f.GrowthTable()},
	}
	var err error
	for _, p := range parts {
		if document, err = Fill(document, p.name, p.text); err != nil {
			return "", err
		}
	}
	return document, nil
}

// GrowthTable writes time and memory for each row of an answer, against its size.
func (f Figures) GrowthTable() string {
	var b strings.Builder
	b.WriteString("| query | levels | rows | ms | µs a row | MiB | bytes a row |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, p := range f.Growth {
		rows := float64(max(p.Rows, 1))
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %.2f | %.2f | %s |\n", p.Series, p.Levels, count(float64(p.Rows)),
			milli(p.Time), float64(p.Time.Nanoseconds())/1000/rows, p.Bytes/(1<<20), count(p.Bytes/rows))
	}
	if len(f.Growth) > 0 {
		fmt.Fprintf(&b, "\nFrom 100 rows on, time grows with rows to the power of %.2f and memory to that of %.2f: 1 is linear.\n",
			exponent(f.Growth, func(p Point) float64 { return float64(p.Time) }), exponent(f.Growth, func(p Point) float64 { return p.Bytes }))
	}
	return b.String()
}

// exponent is the slope of a figure over rows, both as logarithms, by least squares over answers of at least 100 rows: below
// that it shows what any operation costs.
func exponent(growth []Point, figure func(Point) float64) float64 {
	var n, x, y, xx, xy float64
	for _, p := range growth {
		if v := figure(p); p.Rows >= 100 && v > 0 {
			a, b := math.Log(float64(p.Rows)), math.Log(v)
			n, x, y, xx, xy = n+1, x+a, y+b, xx+a*a, xy+a*b
		}
	}
	return (n*xy - x*y) / (n*xx - x*x)
}
