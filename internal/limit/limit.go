// Package limit bounds how often somebody may do something.
//
// A [Limiter] has a bucket for each key: full at first, and filled anew at an even pace. It serves one process: replicas
// count apart. An [Allowance] is for what differs in cost, and replicas share its buckets through Redis. The memory of both is
// bounded.
package limit

import (
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// maxKeys is how many keys are remembered. Beyond that the least used are forgotten, and begin anew.
const maxKeys = 100_000

// Limiter lets each key do something so often in a minute. It is safe for concurrent use. A nil *Limiter lets everybody.
type Limiter struct {
	perMinute int
	now       func() time.Time
	buckets   *otter.Cache[string, *rate.Limiter]
}

// PerMinute returns a limiter that lets each key do n things at once, and n a minute from then on; nil for n of 0, which
// is no limit. A nil now is time.Now.
func PerMinute(n int, now func() time.Time) *Limiter {
	if n <= 0 {
		return nil
	}
	if now == nil {
		now = time.Now
	}
	return &Limiter{perMinute: n, now: now, buckets: otter.Must(&otter.Options[string, *rate.Limiter]{
		MaximumSize: maxKeys,
	})}
}

// Allow takes one from the key's bucket. Where there is none left it takes nothing, and returns how long to wait for one.
func (l *Limiter) Allow(key string) (wait time.Duration, ok bool) {
	if l == nil {
		return 0, true
	}
	bucket := rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute)
	if known, had := l.buckets.SetIfAbsent(key, bucket); !had {
		bucket = known
	}
	now := l.now()
	r := bucket.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}
