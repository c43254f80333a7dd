package limit_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/limit"
)

func TestAllow(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	now := start
	l := limit.PerMinute(2, func() time.Time { return now })
	steps := []struct {
		reason string
		at     time.Duration
		key    string
		wait   time.Duration
	}{
		{"the bucket is full", 0, "a", 0},
		{"there is one more", 0, "a", 0},
		{"it is empty", 0, "a", 30 * time.Second},
		{"another's is not", 0, "b", 0},
		{"a refused one takes nothing", 10 * time.Second, "a", 20 * time.Second},
		{"one has come in", 30 * time.Second, "a", 0},
		{"and is gone", 30 * time.Second, "a", 30 * time.Second},
		{"it is full again", 5 * time.Minute, "a", 0},
		{"to the last", 5 * time.Minute, "a", 0},
		{"and no fuller", 5 * time.Minute, "a", 30 * time.Second},
	}
	for i, s := range steps {
		now = start.Add(s.at)
		if wait, ok := l.Allow(s.key); wait != s.wait || ok != (s.wait == 0) {
			t.Errorf("step %d: Allow(%q) = %v, %t, want %v: %s", i, s.key, wait, ok, s.wait, s.reason)
		}
	}
}

func TestNoLimit(t *testing.T) {
	t.Parallel()
	l := limit.PerMinute(0, nil)
	for range 1000 {
		if wait, ok := l.Allow("a"); wait != 0 || !ok {
			t.Fatalf("Allow() = %v, %t where there is no limit", wait, ok)
		}
	}
}

// Askers at the same time do not get more than there is, however many keys there are.
func TestAllowAtOnce(t *testing.T) {
	t.Parallel()
	const each, keys, askers = 5, 3, 20
	l := limit.PerMinute(each, func() time.Time { return time.Unix(0, 0) })
	var mu sync.Mutex
	var group sync.WaitGroup
	allowed := 0
	for i := range keys * askers {
		group.Go(func() {
			if _, ok := l.Allow(strconv.Itoa(i % keys)); ok {
				mu.Lock()
				defer mu.Unlock()
				allowed++
			}
		})
	}
	group.Wait()
	if allowed != keys*each {
		t.Errorf("%d were let through, want %d", allowed, keys*each)
	}
}
