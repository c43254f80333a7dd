package limit

// This file bounds what callers cost, which is known only afterwards: what is expected is taken before, and settled after.
//
// Replicas share a bucket through Redis, by the cell rate algorithm (redis_rate): one key holds when the bucket will be full
// again. Where there is no Redis, or it does not answer, each process has buckets of its own, which begin full.

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/maypok86/otter/v2"
	"github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"
)

// Lender lends a Redis for a moment. The error is why it could not be used; it must not take long to come.
type Lender interface {
	Lend(ctx context.Context, use func(context.Context, redis.UniversalClient) error) error
}

// AllowanceOptions are what an [Allowance] is made from.
type AllowanceOptions struct {
	// PerMinute is how much each key may take in a minute, and at once.
	PerMinute int
	// Shared is the Redis that replicas share; nil for none.
	Shared Lender
	// Now tells the time, in this process; time.Now where nil.
	Now func() time.Time
}

// Allowance lets each key take so much in a minute. It is safe for concurrent use.
type Allowance struct {
	perMinute int
	now       func() time.Time
	buckets   *otter.Cache[string, *rate.Limiter]
	shared    Lender
}

// Taken is what a key has taken and not settled yet.
type Taken struct {
	// State is that of the bucket after it.
	State State
	key   string
	n     int
	// shared tells that it came out of the bucket in Redis.
	shared bool
}

// State is that of a bucket.
type State struct {
	// Available is what could be taken at once.
	Available int
	// Wait is how long until that could be taken which was asked for; 0 where it was taken.
	Wait time.Duration
}

// NewAllowance returns an allowance; nil for PerMinute of 0, which is no limit.
func NewAllowance(o AllowanceOptions) *Allowance {
	if o.PerMinute <= 0 {
		return nil
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Allowance{
		perMinute: o.PerMinute, now: o.Now, shared: o.Shared,
		buckets: otter.Must(&otter.Options[string, *rate.Limiter]{MaximumSize: maxKeys}),
	}
}

// PerMinute is how much each key may take in a minute.
func (a *Allowance) PerMinute() int { return a.perMinute }

// Take takes n out of the key's bucket, or nothing where there is less: State then says how long to wait. Nothing is always
// to be had, so that what costs nothing is not made to wait.
func (a *Allowance) Take(ctx context.Context, key string, n int) (t Taken, ok bool) {
	t = Taken{key: key, n: n, shared: true}
	r, err := a.allow(ctx, key, n, a.perMinute)
	if err != nil {
		t.shared = false
		t.State, ok = a.takeHere(key, n)
		return t, ok
	}
	t.State = State{Available: a.available(r.ResetAfter)}
	if r.Allowed != n {
		t.State.Wait = r.RetryAfter
		return t, false
	}
	return t, true
}

// Settle has what was taken be what it came to. What is too much is put back; what was not foreseen is owed, so that the
// next has to wait for as long as it takes to make up for it. It returns the bucket's state.
func (a *Allowance) Settle(ctx context.Context, t Taken, actual int) State {
	over := actual - t.n
	switch {
	case over == 0:
		return t.State
	case !t.shared:
		return a.settleHere(t.key, over)
	case over < 0:
		return a.putBack(ctx, t, -over)
	}
	r, err := a.allow(ctx, t.key, over, math.MaxInt32) // a bucket so deep that it can be owed
	if err != nil {
		return t.State // Redis is gone: what is owed is forgotten with it
	}
	return State{Available: a.available(r.ResetAfter)}
}

// putBack puts n back into the bucket in Redis. The script stores nothing that fills a bucket, so it then gets a little
// less: what is missing comes back by itself within a call's or a tenth of a second's time.
func (a *Allowance) putBack(ctx context.Context, t Taken, n int) State {
	r, err := a.allow(ctx, t.key, -n, a.perMinute)
	if err != nil {
		return t.State
	}
	if r.ResetAfter > 0 {
		return State{Available: a.available(r.ResetAfter)}
	}
	const slack = 100 * time.Millisecond
	if n -= int((slack-r.ResetAfter)/a.pace()) + 1; n <= 0 {
		return t.State
	}
	if r, err = a.allow(ctx, t.key, -n, a.perMinute); err != nil {
		return t.State
	}
	return State{Available: a.available(r.ResetAfter)}
}

// allow takes n, which may be negative, out of a bucket in Redis that holds so much.
func (a *Allowance) allow(ctx context.Context, key string, n, depth int) (r *redis_rate.Result, err error) {
	if a.shared == nil {
		return nil, errNotShared
	}
	in := redis_rate.Limit{Rate: a.perMinute, Period: time.Minute, Burst: depth}
	err = a.shared.Lend(ctx, func(ctx context.Context, client redis.UniversalClient) (err error) {
		r, err = redis_rate.NewLimiter(client).AllowN(ctx, "ccube:v1:calls:"+key, in, n)
		return err
	})
	return r, err
}

var errNotShared = errors.New("there is no Redis")

// pace is how long it takes to get one back.
func (a *Allowance) pace() time.Duration { return time.Minute / time.Duration(a.perMinute) }

// available is what a bucket holds that will be full after so long.
func (a *Allowance) available(full time.Duration) int {
	return a.whole(float64(a.perMinute) * (1 - full.Minutes()))
}

// whole rounds down what can be taken. What is less than a thousandth short of one is rounding itself.
func (a *Allowance) whole(tokens float64) int {
	return min(max(int(math.Floor(tokens+0.001)), 0), a.perMinute)
}

// bucket is the key's in this process.
func (a *Allowance) bucket(key string) *rate.Limiter {
	bucket := rate.NewLimiter(rate.Limit(float64(a.perMinute)/60), a.perMinute)
	if known, had := a.buckets.SetIfAbsent(key, bucket); !had {
		return known
	}
	return bucket
}

func (a *Allowance) takeHere(key string, n int) (State, bool) {
	bucket, now := a.bucket(key), a.now()
	taken := n == 0 || bucket.AllowN(now, n)
	tokens := bucket.TokensAt(now)
	s := State{Available: a.whole(tokens)}
	if !taken {
		s.Wait = max(time.Duration((float64(n)-tokens)/float64(bucket.Limit())*float64(time.Second)), 1)
	}
	return s, taken
}

func (a *Allowance) settleHere(key string, over int) State {
	bucket, now := a.bucket(key), a.now()
	for over != 0 { // a reservation may be owed, but is for one bucket at most
		n := min(over, a.perMinute)
		bucket.ReserveN(now, n)
		over -= n
	}
	return State{Available: a.whole(bucket.TokensAt(now))}
}
