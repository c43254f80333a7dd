package http1

import (
	"sync"
	"time"
)

// origin is whom a connection leads to, as a URL has it.
type origin struct{ scheme, host string }

// pool keeps connections that nobody uses. It is safe for concurrent use; nothing is sent or closed while it is locked.
type pool struct {
	// most is how many are kept to one origin, and timeout how long one is; 0 is without end.
	most    int
	timeout time.Duration

	mu sync.Mutex
	// idle has each origin's, the one that was put back first at the front.
	idle map[origin][]*conn
	// cleared is set until the next connection is asked for: whoever closes what is idle wants those that are about to be
	// put back closed too.
	cleared bool
	// timer prunes when the first has been kept for its time; nil while there is none.
	timer *time.Timer
}

// take returns the connection that was put back last, which its server is least likely to have closed; nil if there is
// none.
func (p *pool) take(to origin) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cleared = false
	kept := p.idle[to]
	if len(kept) == 0 {
		return nil
	}
	last := len(kept) - 1
	c := kept[last]
	kept[last] = nil
	p.idle[to] = kept[:last]
	return c
}

// put keeps a connection, and reports whether it did.
func (p *pool) put(c *conn) bool {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.idle[c.to]
	if p.cleared || p.most < 0 || len(kept) >= p.most {
		return false
	}
	if p.idle == nil {
		p.idle = map[origin][]*conn{}
	}
	c.kept, c.since = true, now
	p.idle[c.to] = append(kept, c)
	if p.timer == nil && p.timeout > 0 {
		p.timer = time.AfterFunc(p.timeout, p.prune)
	}
	return true
}

// prune closes what has been kept for its time.
func (p *pool) prune() {
	for _, c := range p.old(time.Now().Add(-p.timeout)) {
		c.close()
	}
}

// old takes out what was put back at a time or before, and sets the timer for what is next.
func (p *pool) old(until time.Time) []*conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	var old []*conn
	var next time.Time
	for to, kept := range p.idle {
		n := 0
		for n < len(kept) && !kept[n].since.After(until) {
			n++
		}
		old = append(old, kept[:n]...)
		if n == len(kept) {
			delete(p.idle, to)
			continue
		}
		p.idle[to] = append([]*conn(nil), kept[n:]...)
		if first := kept[n].since; next.IsZero() || first.Before(next) {
			next = first
		}
	}
	p.timer = nil
	if !next.IsZero() {
		p.timer = time.AfterFunc(next.Sub(until), p.prune)
	}
	return old
}

// clear closes all.
func (p *pool) clear() {
	p.mu.Lock()
	all := p.idle
	p.idle, p.cleared = nil, true
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	p.mu.Unlock()
	for _, kept := range all {
		for _, c := range kept {
			c.close()
		}
	}
}
