package edge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/inbound"
)

// Server serves until it is told to end, and then lets what runs finish.
type Server struct {
	// Handler answers requests.
	Handler http.Handler
	// Timeout is how long a request may take; the server gives its answer a little longer to be written.
	Timeout time.Duration
	// Drain is how long requests that run may go on once the server is told to end.
	Drain time.Duration
	// Linger is how long the server goes on taking requests then, as part of that time.
	Linger time.Duration
	// Draining is set when it is told to end.
	Draining *atomic.Bool
	// Plain has net/http serve everything, ordinary requests too.
	Plain bool
	// MaxHeaderBytes is how long the headers of a request may be; the server adds 4 KiB. Go's own bound where 0.
	MaxHeaderBytes int
	// Log takes what goes wrong with connections.
	Log *slog.Logger
}

// Serve serves on the listener until ctx ends. Requests that run then may finish; the error tells if some did not.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := s.server()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("cannot serve: %w", err)
	case <-ctx.Done():
	}
	s.Draining.Store(true)
	s.Log.Info("draining")
	server.SetKeepAlivesEnabled(false) // so that clients come back on a connection that may lead elsewhere
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
	defer cancel()
	s.linger(limit)
	if err := server.Shutdown(limit); err != nil {
		return errors.Join(fmt.Errorf("cannot finish all requests within %s: %w", s.Drain, err), server.Close())
	}
	return nil
}

// linger goes on serving for a moment, in which load balancers see that the server is not ready any more.
func (s *Server) linger(limit context.Context) {
	timer := time.NewTimer(s.Linger)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-limit.Done():
	}
}

// server is what both net/http's own server and package inbound's are.
type server interface {
	Serve(listener net.Listener) error
	SetKeepAlivesEnabled(enabled bool)
	Shutdown(limit context.Context) error
	Close() error
}

// server is what serves.
func (s *Server) server() server {
	if s.Plain {
		return s.http()
	}
	return inbound.New(s.http())
}

// http is the server with its own bounds: a client that dawdles is not waited for.
func (s *Server) http() *http.Server {
	return &http.Server{
		Handler:           s.Handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      s.Timeout + 15*time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    s.MaxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
}
