package sandbox

import (
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options say what the sandbox holds at the start.
type Options struct {
	// Projects is how many projects there are; zero is 200. There are four invoices to a project on average, exactly
	// in total.
	Projects int
	// Seed decides the data: the same seed, number of projects and date give the same data.
	Seed uint64
	// Today is the date the data lead up to and the sandbox starts on; zero is 2 November 2026. Writes are stamped
	// with the noon of that day plus the time the sandbox has run.
	Today time.Time
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Switches are the habits at the start.
	Switches Switches
}

func (o Options) withDefaults() Options {
	if o.Projects <= 0 {
		o.Projects = 200
	}
	if o.Today.IsZero() {
		o.Today = time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Server is a running sandbox. It is safe for concurrent use.
type Server struct {
	mu   sync.RWMutex
	data *store

	seed              uint64
	today             day
	now               func() time.Time
	started           time.Time
	admin, technician Account

	setting  sync.Mutex
	switches atomic.Pointer[Switches]

	log     callLog
	holds   holds
	limiter limiter
}

// New makes a sandbox with its data.
func New(o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		seed: o.Seed, today: dayOf(o.Today), now: o.Now, started: o.Now(),
		log:     callLog{counts: map[string]int{}},
		limiter: limiter{windows: map[int64]window{}},
	}
	s.switches.Store(o.Switches.clone())
	s.data = generate(o.Projects, o.Seed, s.today)
	s.admin = accountOf(&s.data.users.rows[0], adminPassword)
	s.technician = accountOf(&s.data.users.rows[1], technicianPassword)
	return s
}

// Today is the day that the data leads up to.
func (s *Server) Today() time.Time { return s.today.time() }

// moment is the time in the sandbox, which starts at noon of its first day.
func (s *Server) moment() moment {
	return s.today.at(12*time.Hour + s.now().Sub(s.started))
}

// maxBody bounds what a caller may send.
const maxBody = 10 << 20

// ServeHTTP answers one of the 46 calls.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(r)
	entry := s.log.begin(r, body)
	c := newCall(s, w, r, body)
	// Deferred, because a cut connection may leave by panic.
	defer func() { s.log.finish(entry, c.status); c.free() }()
	c.header.Set("X-Request-Id", requestID(entry.Order))
	if err != nil || !s.holds.wait(r) || !pause(r, c.sw.Latency) {
		return
	}
	fault := c.sw.fault(r)
	if fault.runsFirst(r) {
		c.run()
	}
	if fault != nil {
		c.spoil(w, fault)
		return
	}
	c.send(w)
}

// readBody reads what the caller sends. One byte above the bound is kept, so that an oversized body does not parse as
// if it were whole.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if len(body) == 0 {
		return nil, err
	}
	return body, err
}
