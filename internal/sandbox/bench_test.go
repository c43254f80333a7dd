package sandbox

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// nowhere is a response writer that keeps nothing, so that the benchmark measures the sandbox alone.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

func BenchmarkPageOf100(b *testing.B) {
	s := New(Options{Projects: 2000})
	for _, noun := range []string{"projects", "invoices", "quotes", "notes", "parties"} {
		b.Run(noun, func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), "GET", prefix+noun+"?page=5&per_page=100", nil)
			r.Header.Set("Authorization", s.Admin().Authorization)
			w := nowhere{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				s.ServeHTTP(w, r)
			}
		})
	}
}

func BenchmarkGenerate25000(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(Options{Projects: 25_000})
	}
}
