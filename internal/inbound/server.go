package inbound

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// Server serves like the http.Server that it was made from. Its methods are safe for concurrent use.
type Server struct {
	http     *http.Server
	draining atomic.Bool

	mu       sync.Mutex
	conns    map[*conn]struct{}
	listener *listener
	// closing is set once no new connections are taken; gone is closed as soon as there are none left, then.
	closing bool
	gone    chan struct{}
}

// New returns a server with the handler, timeouts, bounds and log of an http.Server, which takes over all connections with
// something out of the ordinary. It has to have a handler; TLS and its hooks for connections are not for ordinary requests.
func New(takesOver *http.Server) *Server {
	return &Server{http: takesOver, conns: make(map[*conn]struct{}), gone: make(chan struct{})}
}

// Serve serves what the listener accepts, once, until Shutdown or Close; then it returns http.ErrServerClosed.
func (s *Server) Serve(from net.Listener) error {
	s.mu.Lock()
	if s.closing || s.listener != nil {
		s.mu.Unlock()
		return errors.Join(http.ErrServerClosed, from.Close())
	}
	s.listener = newListener(from)
	s.mu.Unlock()
	go s.listener.accept(s.take)
	return s.http.Serve(s.listener)
}

// take serves a connection, or closes it if no more are taken.
func (s *Server) take(accepted net.Conn) {
	c := newConn(s, accepted)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		_ = accepted.Close()
		return
	}
	s.conns[c] = struct{}{}
	go c.serve()
}

// forget is told of a connection that is over, or that http.Server has taken over.
func (s *Server) forget(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	s.tellIfGone()
}

// tellIfGone closes gone once nothing is left to wait for.
func (s *Server) tellIfGone() {
	if !s.closing || len(s.conns) > 0 {
		return
	}
	select {
	case <-s.gone:
	default:
		close(s.gone)
	}
}

// SetKeepAlivesEnabled has connections end, if it is told false: with the answer that is under way, or at once where there is
// none. New ones are still accepted. To enable them again is not supported.
func (s *Server) SetKeepAlivesEnabled(enabled bool) {
	if enabled {
		return
	}
	s.http.SetKeepAlivesEnabled(false)
	s.draining.Store(true)
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.wake()
	}
}

// Shutdown takes no more connections, and waits until all requests are answered or ctx ends, whose error it returns then.
func (s *Server) Shutdown(ctx context.Context) error {
	s.SetKeepAlivesEnabled(false)
	err := s.stopAccepting()
	select {
	case <-s.gone:
		return errors.Join(err, s.http.Shutdown(ctx))
	case <-ctx.Done():
		return errors.Join(err, ctx.Err())
	}
}

// Close ends everything at once.
func (s *Server) Close() error {
	err := s.stopAccepting()
	s.mu.Lock()
	for c := range s.conns {
		_ = c.net.Close()
	}
	s.mu.Unlock()
	return errors.Join(err, s.http.Close())
}

func (s *Server) stopAccepting() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	s.tellIfGone()
	if s.listener == nil {
		return nil
	}
	return s.listener.stop()
}
