package access

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// pagesInMemory is a list whose pages cost nothing, so that the benchmark measures the reader alone.
func pagesInMemory(rows int) *List[*ccube.Note] {
	all := make([]*ccube.Note, rows)
	for i := range all {
		all[i] = &ccube.Note{Row: ccube.Row{ID: ccube.ID(i + 1), Keys: ccube.NoteListKeys}}
	}
	return &List[*ccube.Note]{Endpoint: "notes", Name: "all", Read: func(_ context.Context, _ *ccube.API, p ccube.Page) ([]*ccube.Note, error) {
		size := min(p.Size, 100)
		begin := min((p.Number-1)*size, len(all))
		return all[begin:min(begin+size, len(all))], nil
	}}
}

func BenchmarkWalkOf10000Rows(b *testing.B) {
	l, r := pagesInMemory(10_000), ada(NewCensus())
	b.ReportAllocs()
	for b.Loop() {
		if rows, err := NewWalker(r.Anew(), l).All(b.Context()); err != nil || len(rows) != 10_000 {
			b.Fatalf("%d rows, %v", len(rows), err)
		}
	}
}

func BenchmarkPageOf(b *testing.B) {
	l := pagesInMemory(10_000)
	for name, w := range map[string]Window{"20": {5000, 20, true}, "1000": {5000, 1000, true}} {
		b.Run(name, func(b *testing.B) {
			r := ada(NewCensus())
			b.ReportAllocs()
			for b.Loop() {
				if rows, _, err := PageOf(b.Context(), r.Anew(), l, w); err != nil || len(rows) != w.Count {
					b.Fatalf("%d rows, %v", len(rows), err)
				}
			}
		})
	}
}
