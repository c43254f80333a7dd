package bench

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// BenchmarkRequest is what the gateway itself takes for an operation: everything that it reads is remembered, requests are
// handed to it in memory, and answers are thrown away. What is left is reading the request, validating, resolving and
// writing.
func BenchmarkRequest(b *testing.B) {
	g := gatewaytest.Start(b, gatewaytest.Options{Projects: 500, SnapshotTTL: time.Hour})
	timed(b, g, "{ projects(first: 1) { totalCount } notes(first: 1) { totalCount } invoices(first: 1) { totalCount } }")
	for _, q := range []struct{ name, text string }{
		{"empty", "{ __typename }"},
		{"Q1", "{ projects(first: 100) { nodes { id number status workStart callNotes stage { name } } } }"},
		{"Q1_without_stage", "{ projects(first: 100) { nodes { id number status workStart callNotes } } }"},
		{"Q2", "{ projects(first: 20) { nodes { id number notes { id body } } } }"},
	} {
		b.Run(q.name, func(b *testing.B) {
			g.Sandbox.ResetCalls()
			s := newSender(b, g, q.text)
			b.ReportAllocs()
			for b.Loop() {
				s.send(b)
			}
			if n := g.Sandbox.TotalCalls(); n > 0 {
				b.Fatalf("%d calls were made: not all was remembered", n)
			}
		})
	}
}

// sender sends one request again and again and keeps only how long the answer was.
type sender struct {
	handler http.Handler
	request *http.Request
	body    *bytes.Reader
	bytes   int
	status  int
	header  http.Header
}

func newSender(b testing.TB, g *gatewaytest.Gateway, text string) *sender {
	b.Helper()
	body, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		b.Fatal(err)
	}
	s := &sender{handler: g.Handler, body: bytes.NewReader(body), header: make(http.Header)}
	s.request, err = http.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", s.body)
	if err != nil {
		b.Fatal(err)
	}
	s.request.Header.Set("Content-Type", "application/json")
	s.request.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	s.send(b) // parses, plans and learns
	return s
}

// send has the request answered.
func (s *sender) send(b testing.TB) {
	b.Helper()
	_, _ = s.body.Seek(0, 0)
	clear(s.header)
	s.bytes, s.status = 0, http.StatusOK
	s.handler.ServeHTTP(s, s.request)
	if s.status != http.StatusOK || s.bytes == 0 {
		b.Fatalf("status %d, %d bytes", s.status, s.bytes)
	}
}

// Header is part of http.ResponseWriter.
func (s *sender) Header() http.Header { return s.header }

// WriteHeader is part of http.ResponseWriter.
func (s *sender) WriteHeader(status int) { s.status = status }

// Write is part of http.ResponseWriter.
func (s *sender) Write(p []byte) (int, error) {
	s.bytes += len(p)
	return len(p), nil
}
