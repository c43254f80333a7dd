package report

import (
	"fmt"
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
	return b.String()
}
