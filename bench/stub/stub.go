// Package stub is a CCUBE that costs next to nothing, to measure gateways with: the sandbox's own answers, made once and
// kept as the bytes that go over the wire.
//
// It speaks as much of HTTP/1.1 as a client with kept connections needs, and that without net/http, since it shares the
// machine with what is measured. Whoever asks gets the administrator's answer; only reads are served. It counts calls, can
// wait before each answer, and can tell which calls were made ([Control]).
package stub

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// Server is a running stub. It is safe for concurrent use.
type Server struct {
	box   *sandbox.Server
	calls atomic.Int64
	// latency is how long each call waits for its answer, in nanoseconds.
	latency atomic.Int64
	// noting tells that targets are noted.
	noting atomic.Bool

	mu      sync.RWMutex
	answers map[string][]byte
	noted   []string
}

// New returns a stub over a sandbox with so many projects.
func New(projects int) *Server {
	return &Server{box: sandbox.New(sandbox.Options{Projects: projects}), answers: make(map[string][]byte)}
}

// Sandbox is what the answers are taken from.
func (s *Server) Sandbox() *sandbox.Server { return s.box }

// Serve answers connections until ctx ends.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() })
	defer stop()
	for {
		connection, err := listener.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		go s.converse(ctx, connection)
	}
}

// converse answers one connection's requests, one after another. A panic in it ends the benchmark, as it should.
func (s *Server) converse(ctx context.Context, c net.Conn) {
	defer func() { _ = c.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	r := bufio.NewReaderSize(c, 8<<10)
	for {
		method, target, err := readRequest(r)
		if err != nil {
			return
		}
		if _, err := c.Write(s.answer(ctx, method, target)); err != nil {
			return
		}
	}
}

var errMalformed = errors.New("not a request")

// readRequest reads a request's head. What it returns holds until the next read.
func readRequest(r *bufio.Reader) (method, target []byte, err error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return nil, nil, err
	}
	first, rest, ok := bytes.Cut(line, []byte(" "))
	second, _, ok2 := bytes.Cut(rest, []byte(" "))
	if !ok || !ok2 {
		return nil, nil, errMalformed
	}
	method, target = bytes.Clone(first), bytes.Clone(second)
	for {
		switch line, err := r.ReadSlice('\n'); {
		case err != nil:
			return nil, nil, err
		case len(line) <= 2:
			return method, target, nil
		}
	}
}

// answer is what goes over the wire for a request.
func (s *Server) answer(ctx context.Context, method, target []byte) []byte {
	if bytes.HasPrefix(target, []byte(prefix)) {
		return s.control(string(target))
	}
	if string(method) != http.MethodGet {
		return wire(http.StatusMethodNotAllowed, nil)
	}
	s.calls.Add(1)
	if s.noting.Load() {
		s.mu.Lock()
		s.noted = append(s.noted, string(target))
		s.mu.Unlock()
	}
	if wait := time.Duration(s.latency.Load()); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	s.mu.RLock()
	known, ok := s.answers[string(target)]
	s.mu.RUnlock()
	if ok {
		return known
	}
	return s.learn(ctx, string(target))
}

// learn asks the sandbox, once a target.
func (s *Server) learn(ctx context.Context, target string) []byte {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stub"+target, http.NoBody)
	if err != nil {
		return wire(http.StatusBadRequest, nil)
	}
	r.Header.Set("Authorization", s.box.Admin().Authorization)
	w := &recorder{header: make(http.Header), status: http.StatusOK}
	s.box.ServeHTTP(w, r)
	answer := wire(w.status, w.body.Bytes())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[target] = answer
	return answer
}

// wire encodes an answer.
func wire(status int, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status))
	b.WriteString("\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n")
	b.Write(body)
	return b.Bytes()
}

// recorder takes an answer of the sandbox.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is part of http.ResponseWriter.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader is part of http.ResponseWriter.
func (r *recorder) WriteHeader(status int) { r.status = status }

// Write is part of http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
