package sandbox

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// holds are the barriers a test has put up.
type holds struct {
	mu      sync.Mutex
	list    []*hold
	waiting int
}

type hold struct {
	match Matcher
	gate  chan struct{}
}

// Hold keeps matching requests waiting before they take any effect, until release is called or they are cancelled.
// Release may be called more than once.
func (s *Server) Hold(match Matcher) (release func()) {
	h := &hold{match: match, gate: make(chan struct{})}
	s.holds.mu.Lock()
	s.holds.list = append(s.holds.list, h)
	s.holds.mu.Unlock()
	return sync.OnceFunc(func() { s.holds.drop(h) })
}

// Waiting is the number of requests kept waiting now.
func (s *Server) Waiting() int {
	s.holds.mu.Lock()
	defer s.holds.mu.Unlock()
	return s.holds.waiting
}

func (hs *holds) drop(h *hold) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	hs.list = slices.DeleteFunc(hs.list, func(other *hold) bool { return other == h })
	close(h.gate)
}

// wait blocks at the first barrier that matches and reports whether the request still wants an answer.
func (hs *holds) wait(r *http.Request) bool {
	h := hs.enter(r)
	if h == nil {
		return true
	}
	defer hs.leave()
	select {
	case <-h.gate:
		return true
	case <-r.Context().Done():
		return false
	}
}

func (hs *holds) enter(r *http.Request) *hold {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	i := slices.IndexFunc(hs.list, func(h *hold) bool { return h.match == nil || h.match(r) })
	if i < 0 {
		return nil
	}
	hs.waiting++
	return hs.list[i]
}

func (hs *holds) leave() {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	hs.waiting--
}

// pause waits out the latency and reports whether the request still wants an answer.
func pause(r *http.Request, latency time.Duration) bool {
	if latency <= 0 {
		return true
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
