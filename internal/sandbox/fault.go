package sandbox

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
)

// A Matcher picks requests for a fault or a hold.
type Matcher func(*http.Request) bool

// On matches a method ("" is any) and a path: exact ("/api/v2/projects/1001"), by its form ("/api/v2/projects/{id}"),
// or by its beginning ("/api/v2/*"). An empty pattern is any path.
func On(method, pattern string) Matcher {
	prefix, open := strings.CutSuffix(pattern, "*")
	return func(r *http.Request) bool {
		if method != "" && method != r.Method {
			return false
		}
		path := r.URL.Path
		if open || pattern == "" {
			return strings.HasPrefix(path, prefix)
		}
		return path == pattern || form(path) == pattern
	}
}

// FaultKind is a way for an answer to be wrong.
type FaultKind int

// The ways an upstream fails.
const (
	// FaultStatus answers [Fault.Status] in the documented error envelope.
	FaultStatus FaultKind = iota
	// FaultForeignJSON answers Status with JSON that is not CCUBE's, as a gateway in front of it would.
	FaultForeignJSON
	// FaultHTML answers Status with a web page.
	FaultHTML
	// FaultEmpty answers Status with no body.
	FaultEmpty
	// FaultHalfJSON answers Status with JSON that breaks off in the middle.
	FaultHalfJSON
	// FaultHang never answers; it ends with the request's context.
	FaultHang
	// FaultBulk answers Status with [Fault.Megabytes] of valid JSON.
	FaultBulk
	// FaultReset cuts the connection without an answer. Without a connection to cut it panics with
	// [http.ErrAbortHandler].
	FaultReset
	// FaultRedirect answers Status with [Fault.Location].
	FaultRedirect
)

// Fault is a rule for failing. Hand it over by pointer and do not change it afterwards: it counts its own use.
type Fault struct {
	// When picks the requests; nil is all.
	When Matcher
	// Times is how often the rule fires; zero is always.
	Times int
	// Every lets only each nth matching request fail; zero and one are all.
	Every int
	// Chance, when above zero, lets each matching request fail with that probability, drawn from Seed.
	Chance float64
	// Seed fixes the draws of Chance.
	Seed uint64
	// After lets the call take effect before its answer is spoiled: a write happens, and the caller cannot know.
	After bool

	// Kind is what goes wrong.
	Kind FaultKind
	// Status is the HTTP status; zero is the likely one for the kind.
	Status int
	// RetryAfter, when not empty, is sent as the header of that name.
	RetryAfter string
	// Megabytes is the size of a FaultBulk.
	Megabytes int
	// Location is where a FaultRedirect points.
	Location string

	seen, fired atomic.Int64
}

// Fired is how often the rule fired.
func (f *Fault) Fired() int {
	fired := f.fired.Load()
	if f.Times > 0 {
		fired = min(fired, int64(f.Times))
	}
	return int(fired)
}

func (f *Fault) fires(r *http.Request) bool {
	if f.When != nil && !f.When(r) {
		return false
	}
	seen := f.seen.Add(1)
	if f.Every > 1 && seen%int64(f.Every) != 0 {
		return false
	}
	if f.Chance > 0 && !f.drawn(seen) {
		return false
	}
	return f.fired.Add(1) <= int64(f.Times) || f.Times == 0
}

// drawn decides by the number of the request alone, so that concurrent requests do not disturb the sequence.
func (f *Fault) drawn(seen int64) bool {
	return rand.New(rand.NewPCG(f.Seed, uint64(seen))).Float64() < f.Chance
}

func (s *Switches) fault(r *http.Request) *Fault {
	for _, f := range s.Faults {
		if f.fires(r) {
			return f
		}
	}
	return nil
}

// likely is the status of a fault that names none.
func (f *Fault) likely() int {
	switch {
	case f.Status != 0:
		return f.Status
	case f.Kind == FaultHalfJSON || f.Kind == FaultBulk:
		return http.StatusOK
	case f.Kind == FaultForeignJSON || f.Kind == FaultHTML:
		return http.StatusBadGateway
	case f.Kind == FaultRedirect:
		return http.StatusFound
	default:
		return http.StatusServiceUnavailable
	}
}
