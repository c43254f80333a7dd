package cache

import "time"

// clock tells otter the time. It has no ticks: entries that are over are dropped by later reads and writes, all of
// them are bounded anyway, and so a store needs no goroutine and no closing.
type clock struct {
	start time.Time
	now   func() time.Time
}

// newClock returns the clock of now, or of time.Now where now is nil.
func newClock(now func() time.Time) clock {
	if now == nil {
		now = time.Now
	}
	return clock{start: now(), now: now}
}

// NowNano counts from the start by the monotonic reading, so that setting the machine's clock ends nothing early.
func (c clock) NowNano() int64 { return c.start.UnixNano() + int64(c.now().Sub(c.start)) }

// Tick returns no channel: otter then runs no periodic clean-up.
func (clock) Tick(time.Duration) <-chan time.Time { return nil }

// runNow is otter's executor: it does its upkeep in the call that made it due, which keeps bounds strict.
func runNow(work func()) { work() }
