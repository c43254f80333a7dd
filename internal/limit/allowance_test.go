//go:build unix

package limit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
)

// step takes from a bucket, and settles unless that is refused.
type step struct {
	take, actual int
	refused      bool
	wait         time.Duration
	// left and after are what is available once it is taken, and settled.
	left, after int
}

func (s step) run(t *testing.T, a *limit.Allowance, key string) {
	t.Helper()
	taken, ok := a.Take(t.Context(), key, s.take)
	if ok == s.refused || taken.State.Available != s.left {
		t.Errorf("%+v: taken is %t, and %d are left", s, ok, taken.State.Available)
	}
	if wait := taken.State.Wait.Round(time.Second); s.wait >= 0 && wait != s.wait {
		t.Errorf("%+v: the wait is %s", s, wait)
	}
	if !ok {
		return
	}
	if after := a.Settle(t.Context(), taken, s.actual).Available; after != s.after {
		t.Errorf("%+v: %d are left in the end", s, after)
	}
}

// What is taken is settled by what it came to: less is put back, more is owed, however much it is.
func TestAllowance(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	a := limit.NewAllowance(limit.AllowanceOptions{PerMinute: 10, Now: func() time.Time { return now }})
	for _, s := range []step{
		{take: 6, actual: 6, left: 4, after: 4},
		{take: 5, refused: true, wait: 6 * time.Second, left: 4},
		{take: 4, actual: 0, left: 0, after: 4},
		{take: 2, actual: 29, left: 2, after: 0}, // 25 are owed
		{take: 0, actual: 0, left: 0, after: 0},
		{take: 1, refused: true, wait: 26 * 6 * time.Second, left: 0},
	} {
		s.run(t, a, "ann")
	}
	step{take: 10, actual: 0, left: 0, after: 10}.run(t, a, "bob")
	now = now.Add(26 * 6 * time.Second)
	step{take: 1, actual: 1, left: 0, after: 0}.run(t, a, "ann")
	now = now.Add(time.Hour)
	step{take: 10, actual: 10, left: 0, after: 0}.run(t, a, "ann")
}

func open(t *testing.T, s *redistest.Server, o cache.RedisOptions) *cache.Redis {
	t.Helper()
	r, err := cache.OpenRedis(identity.Secret(s.URL), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// Replicas take from one bucket in Redis, by its clock. A call comes back in a quarter of a minute.
func TestAllowanceIsShared(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	patient := cache.RedisOptions{Budget: time.Minute}
	one := limit.NewAllowance(limit.AllowanceOptions{PerMinute: 4, Shared: open(t, server, patient)})
	other := limit.NewAllowance(limit.AllowanceOptions{PerMinute: 4, Shared: open(t, server, patient)})
	step{take: 3, actual: 2, left: 1, after: 2}.run(t, one, "ann")
	step{take: 3, refused: true, wait: -1, left: 2}.run(t, other, "ann")
	step{take: 2, actual: 1, left: 0, after: 1}.run(t, other, "ann")
	step{take: 1, actual: 9, left: 0, after: 0}.run(t, one, "ann") // 8 are owed
	step{take: 1, refused: true, wait: -1, left: 0}.run(t, other, "ann")
	// What would fill the bucket is put back but for one.
	step{take: 4, actual: 0, left: 0, after: 3}.run(t, one, "bob")
	step{take: 3, actual: 3, left: 0, after: 0}.run(t, other, "bob")
}

// A Redis that dies takes what it had counted with it; each process then counts for itself, and what was taken before is
// settled nowhere.
func TestAllowanceWithoutItsRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	a := limit.NewAllowance(limit.AllowanceOptions{
		PerMinute: 4, Shared: open(t, server, cache.RedisOptions{Period: time.Hour}),
		Now: func() time.Time { return time.Unix(1_800_000_000, 0) },
	})
	before, _ := a.Take(t.Context(), "ann", 4)
	server.Kill()
	step{take: 3, actual: 3, left: 1, after: 1}.run(t, a, "ann")
	a.Settle(t.Context(), before, 0)
	step{take: 2, refused: true, wait: 15 * time.Second, left: 1}.run(t, a, "ann")
}

// A bucket that somebody has spoiled is counted in the process; Redis is used for all else.
func TestAllowanceWithASpoiledBucket(t *testing.T) {
	t.Parallel()
	shared := open(t, redistest.Start(t), cache.RedisOptions{Budget: time.Minute, Period: time.Hour})
	spoil := func(ctx context.Context, client redis.UniversalClient) error {
		return errors.Join(
			client.Set(ctx, "rate:ccube:v1:calls:ann", "spoiled", 0).Err(), client.RPush(ctx, "rate:ccube:v1:calls:bob", "spoiled").Err(),
		)
	}
	if err := shared.Lend(t.Context(), spoil); err != nil {
		t.Fatal(err)
	}
	a := limit.NewAllowance(limit.AllowanceOptions{PerMinute: 4, Shared: shared})
	step{take: 3, actual: 2, left: 1, after: 2}.run(t, a, "ann")
	step{take: 3, actual: 2, left: 1, after: 2}.run(t, a, "bob")
	if shared.Down() {
		t.Error("Redis is given up for a single key")
	}
}
