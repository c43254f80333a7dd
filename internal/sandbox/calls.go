package sandbox

import (
	"maps"
	"net/http"
	"sync"
)

// keptCalls bounds the memory of the call log in a sandbox that serves for days.
const keptCalls = 100_000

// Call is one request as the sandbox received it.
type Call struct {
	// Order counts calls by arrival, from 1.
	Order int64
	// Method, Path and Query are those of the request line; Query is not decoded.
	Method, Path, Query string
	// Email is the user the call claims to be from, proven or not.
	Email string
	// Body is the exact body, nil when none was sent.
	Body []byte
	// Status is what was answered; zero while it is served, or when nothing was answered.
	Status int
}

// callLog remembers the latest calls in a ring and counts all of them.
type callLog struct {
	mu         sync.Mutex
	ring       []*Call
	total      int64
	counts     map[string]int
	serving    int
	concurrent int
}

func (l *callLog) begin(r *http.Request, body []byte) *Call {
	c := &Call{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Email: claimed(r), Body: body}
	key := roadKey(r)
	l.mu.Lock()
	defer l.mu.Unlock()
	c.Order = l.total + 1
	if len(l.ring) < keptCalls {
		l.ring = append(l.ring, c)
	} else {
		l.ring[l.total%keptCalls] = c
	}
	l.total++
	l.counts[key]++
	l.serving++
	l.concurrent = max(l.concurrent, l.serving)
	return c
}

func (l *callLog) finish(c *Call, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.Status = status
	l.serving--
}

// Calls returns the latest calls, at most 100,000, in the order of their arrival.
func (s *Server) Calls() []Call {
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	calls := make([]Call, 0, len(l.ring))
	for order := l.total - int64(len(l.ring)); order < l.total; order++ {
		calls = append(calls, *l.ring[order%keptCalls])
	}
	return calls
}

// TotalCalls is the number of calls since the start or the last reset, kept or not.
func (s *Server) TotalCalls() int64 {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.total
}

// CallCounts counts all calls by road: "GET /api/v2/projects/{id}". Calls to no road at all share the key of their
// method and "(no such road)".
func (s *Server) CallCounts() map[string]int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return maps.Clone(s.log.counts)
}

// MaxConcurrent is the largest number of calls served at the same time since the start or the last reset.
func (s *Server) MaxConcurrent() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.concurrent
}

// ResetCalls forgets all calls and starts counting anew.
func (s *Server) ResetCalls() {
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring, l.total = nil, 0
	l.counts = map[string]int{}
	l.concurrent = l.serving
}
