package cache

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
)

// breaker stands before Redis. One failure opens it for a period, in which nothing is tried; then one command at a
// time is the trial that closes it, or opens it for another period. It logs a line when it opens from being closed and
// one when it closes: an outage is two lines however long it lasts. It is safe for concurrent use.
type breaker struct {
	circuit circuitbreaker.CircuitBreaker[any]
	down    atomic.Bool
	log     *slog.Logger
}

func newBreaker(period time.Duration, log *slog.Logger) *breaker {
	b := &breaker{log: log}
	b.circuit = circuitbreaker.NewBuilder[any]().
		WithFailureThreshold(1).WithSuccessThreshold(1).WithDelay(period).
		OnClose(func(circuitbreaker.StateChangedEvent) { b.closed() }).
		Build()
	return b
}

// allow reports whether a command may be tried. Each that may has to be told of with record.
func (b *breaker) allow() bool { return b.circuit.TryAcquirePermit() }

// record takes the outcome of a command; nil means that the server works.
func (b *breaker) record(err error) {
	if err == nil {
		b.circuit.RecordSuccess()
		return
	}
	b.circuit.RecordFailure()
	if !b.down.Swap(true) {
		b.log.Warn("Redis does not answer as it should; going on without it", "error", err)
	}
}

// open reports whether the last that is known of Redis is that it does not work.
func (b *breaker) open() bool { return b.down.Load() }

func (b *breaker) closed() {
	if b.down.Swap(false) {
		b.log.Info("Redis answers again")
	}
}
