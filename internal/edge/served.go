package edge

// This file writes a line for each request, and has whoever watches the gateway told of it.

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/ccube-graphql/ccube-graphql/graph"
)

// Served is a request that has been answered.
type Served struct {
	// Outcome is what the operation came to.
	Outcome graph.Outcome
	// Status is the answer's, Bytes how long it was as it went out.
	Status, Bytes int
	// Whole tells that the answer did not break off.
	Whole bool
	// Took is how long it took.
	Took time.Duration
}

// logged writes a line for each request, and has observe told.
func logged(log *slog.Logger, observe func(*http.Request) (context.Context, func(Served))) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			observed := func(Served) {}
			if observe != nil {
				var ctx context.Context
				if ctx, observed = observe(r); ctx != r.Context() {
					r = r.WithContext(ctx)
				}
			}
			counted := &countingWriter{ResponseWriter: w, status: http.StatusOK}
			served := &counted.served
			graph.RequestOf(r.Context()).Ran = func(o graph.Outcome) { served.Outcome = o }
			defer func() { // an answer that is broken off on purpose is told of too
				served.Status, served.Bytes, served.Took = counted.status, counted.bytes, time.Since(start)
				served.line(log, r)
				observed(*served)
			}()
			next.ServeHTTP(counted, r)
			served.Whole = true
		})
	}
}

// line writes the request's line. Nothing in it is of the operation's text, its variables or its data.
func (s *Served) line(log *slog.Logger, r *http.Request) {
	ctx := r.Context()
	if !log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	log.LogAttrs(ctx, slog.LevelInfo, "request",
		slog.String("id", graph.RequestOf(ctx).ID), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.String("type", s.Outcome.Type), slog.String("operation", s.Outcome.Name), slog.String("code", s.Outcome.Code),
		slog.Int("sent", s.Outcome.Sent), slog.Int("shared", s.Outcome.Shared), slog.Int("cached", s.Outcome.Cached),
		slog.Int("status", s.Status), slog.Int("bytes", s.Bytes), slog.Bool("whole", s.Whole), slog.Duration("took", s.Took))
}

// countingWriter remembers what was answered.
type countingWriter struct {
	http.ResponseWriter
	status, bytes int
	served        Served
}

// WriteHeader remembers the status.
func (w *countingWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *countingWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Flush sends what has been written so far. It is part of http.Flusher, which what compresses asks for.
func (w *countingWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Unwrap is for http.ResponseController.
func (w *countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
