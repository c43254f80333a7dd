package cache_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
)

func TestMemoryKeepsForItsTime(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		value  string
		ttl    time.Duration
		after  time.Duration
		want   bool
	}{
		"at once":  {"a Set is seen by the next Get", "v", time.Minute, 0, true},
		"in time":  {"a value lives for its time", "v", time.Minute, time.Minute - time.Millisecond, true},
		"too late": {"and no longer", "v", time.Minute, time.Minute + time.Millisecond, false},
		"no time":  {"0 keeps nothing", "v", 0, 0, false},
		"no value": {"an empty value says nothing", "", time.Minute, 0, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := cache.NewMemory(cache.MemoryOptions{})
				m.Set(t.Context(), "k", []byte(c.value), c.ttl)
				time.Sleep(c.after) // the bubble's clock, not the test's time
				value, ok := m.Get(t.Context(), "k")
				if ok != c.want || ok && string(value) != c.value {
					t.Errorf("Get = %q, %t, want %t: %s", value, ok, c.want, c.reason)
				}
			})
		})
	}
}

func TestMemoryEntriesHaveTimesOfTheirOwn(t *testing.T) {
	t.Parallel()
	now := time.Now()
	m := cache.NewMemory(cache.MemoryOptions{Now: func() time.Time { return now }})
	m.Set(t.Context(), "short", []byte("v"), time.Second)
	m.Set(t.Context(), "long", []byte("v"), time.Hour)
	now = now.Add(time.Minute)
	if _, ok := m.Get(t.Context(), "short"); ok {
		t.Error("the short one outlived its time")
	}
	if _, ok := m.Get(t.Context(), "long"); !ok {
		t.Error("the long one is gone before its time")
	}
	if diff := cmp.Diff(cache.Stats{Hits: 1, Misses: 1}, m.Stats()); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const size, most = 1 << 10, 64 << 10
	m := cache.NewMemory(cache.MemoryOptions{MaxBytes: most})
	key := func(i int) string { return fmt.Sprint("key", i) }
	for i := range 10_000 {
		m.Set(t.Context(), key(i), make([]byte, size), time.Hour)
	}
	kept := 0
	for i := range 10_000 {
		if _, ok := m.Get(t.Context(), key(i)); ok {
			kept++
		}
	}
	if kept == 0 || kept*size > most {
		t.Errorf("%d values of %d bytes are kept; the bound is %d bytes", kept, size, most)
	}
	m.Set(t.Context(), "huge", make([]byte, most+1), time.Hour)
	if _, ok := m.Get(t.Context(), "huge"); ok {
		t.Error("a value above the bound is kept")
	}
}
