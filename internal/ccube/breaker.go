package ccube

// This file is the circuit breaker that stands before one tenant's CCUBE. It opens when calls have failed in a row, with
// no success between them: one endpoint that is slow, or one call in ten that breaks, does not open it. While it is open
// nothing is sent. After a rest one call is let through, as a trial: a success closes the breaker, a failure begins
// another rest.
//
// The library that guards Redis counts the verdict on any call, also of one that was sent long before the breaker opened,
// as that of the trial; and a trial that its caller gives up it can only take for a failure, so that whoever calls and
// leaves could keep a tenant out. Here a late failure changes nothing, and a trial without a verdict leaves its place to
// the next.

import (
	"sync"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// How bad news is weighed.
const (
	// enough is the weight of failures in a row that opens a breaker.
	enough = 7
	// failed is the weight of an answer that is a failure, or of a connection that breaks.
	failed = 1
	// silent is the weight of a call that has waited for its whole time.
	silent = 3
)

// breaker is one tenant's. It is safe for concurrent use. A nil one lets everything through.
type breaker struct {
	rest time.Duration

	mu sync.Mutex
	// weight is that of the failures in a row.
	weight int
	// until is when the rest ends; zero while the breaker is closed.
	until time.Time
	// trial is the call that is let through while the breaker is not closed.
	trial *permit
}

// permit is the leave to make one call. It has a size, so that no two share an address.
type permit struct{ _ byte }

// newBreaker returns a breaker that rests for so long; nil where that is 0.
func newBreaker(rest time.Duration) *breaker {
	if rest <= 0 {
		return nil
	}
	return &breaker{rest: rest}
}

// look tells how long a call would have to wait: 0 where it may be made.
func (b *breaker) look() time.Duration {
	if b == nil {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closedFor()
}

// state tells what the breaker does now.
func (b *breaker) state() BreakerState {
	if b == nil {
		return BreakerClosed
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.until.IsZero():
		return BreakerClosed
	case time.Until(b.until) > 0:
		return BreakerOpen
	}
	return BreakerTrial
}

// closedFor is look for one who holds the lock. While a trial is under way nobody knows how long, so it is a second.
func (b *breaker) closedFor() time.Duration {
	if b.until.IsZero() {
		return 0
	}
	if left := time.Until(b.until); left > 0 {
		return left
	}
	if b.trial != nil {
		return time.Second
	}
	return 0
}

// enter lets a call through, or tells how long it would have to wait. Each that is let through is told of, once, with
// one of the permit's methods.
func (b *breaker) enter() (*permit, time.Duration) {
	if b == nil {
		return nil, 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.closedFor(); wait > 0 {
		return nil, wait
	}
	p := &permit{}
	if !b.until.IsZero() {
		b.trial = p
	}
	return p, 0
}

// tell takes the verdict on a call: 0 for one that CCUBE has answered, or the weight of its failure.
func (b *breaker) tell(p *permit, weight int) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	open, trial := !b.until.IsZero(), b.trial == p
	switch {
	case weight == 0:
		b.weight, b.until, b.trial = 0, time.Time{}, nil
	case trial:
		b.until, b.trial = time.Now().Add(b.rest), nil
	case !open:
		if b.weight += weight; b.weight >= enough {
			b.until = time.Now().Add(b.rest)
		}
	}
}

// abandon takes back the permit of a call on which there is no verdict, since it was not made or its caller has left.
func (b *breaker) abandon(p *permit) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.trial == p {
		b.trial = nil
	}
}

// resting is the failure of a call that is not made.
func resting(r *request, wait time.Duration) error {
	return &fault.Error{
		Kind: fault.UpstreamUnavailable, Endpoint: r.name(), RetryAfter: wait,
		Message: "CCUBE has not answered the calls before this one, and is left alone for a moment: try again later",
	}
}
