//go:build unix

package cache_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

const (
	patient = time.Minute            // a budget that a working server never needs, however busy the machine
	never   = time.Hour              // a period that no test lives to see the end of
	always  = time.Nanosecond        // a period that is over before the next command
	soon    = 100 * time.Millisecond // a budget for a server that will not answer anyway
)

// open returns a store that is closed with the test, and what it logs.
func open(t *testing.T, url string, o cache.RedisOptions) (*cache.Redis, *lines) {
	t.Helper()
	log := &lines{}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	r, err := cache.OpenRedis(identity.Secret(url), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r, log
}

// put stores a value and returns once it is there: a second store closes, which waits for the write.
func put(t *testing.T, s *redistest.Server, key, value string) {
	t.Helper()
	r, _ := open(t, s.URL, cache.RedisOptions{Budget: patient})
	r.Set(t.Context(), key, []byte(value), time.Hour)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// want asks for a key, and expects the value, or a miss for "".
func want(t *testing.T, r *cache.Redis, key, value, reason string) {
	t.Helper()
	got, ok := r.Get(t.Context(), key)
	if string(got) != value || ok != (value != "") {
		t.Errorf("Get(%q) = %q, %t, want %q: %s", key, got, ok, value, reason)
	}
}

func wantStats(t *testing.T, r *cache.Redis, stats cache.Stats) {
	t.Helper()
	if diff := cmp.Diff(stats, r.Stats()); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestRedisKeeps(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	put(t, s, "a", "1")
	put(t, s, "b", "2")
	r, log := open(t, s.URL, cache.RedisOptions{Budget: patient, Period: never})
	want(t, r, "a", "1", "another replica stored it")
	want(t, r, "c", "", "nobody stored it")
	want(t, r, "b", "2", "so this one")
	wantStats(t, r, cache.Stats{Hits: 2, Misses: 1})
	if log.String() != "" {
		t.Errorf("a working server is worth no line: %s", log)
	}
}

func TestRedisPoisoned(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	o, err := redis.ParseURL(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	admin := redis.NewClient(o)
	t.Cleanup(func() { _ = admin.Close() })
	const most = 1 << 10
	cases := map[string]struct {
		reason string
		poison func(ctx context.Context) error
		want   cache.Stats
	}{
		"huge": {"it is read up to the bound only", func(ctx context.Context) error {
			return admin.Set(ctx, "huge", strings.Repeat("x", 64<<20), 0).Err()
		}, cache.Stats{Misses: 1, Hits: 1}},
		"one too large": {"the bound is exact", func(ctx context.Context) error {
			return admin.Set(ctx, "one too large", strings.Repeat("x", most+1), 0).Err()
		}, cache.Stats{Misses: 1, Hits: 1}},
		"list": {"a value of another type is no value, and no outage", func(ctx context.Context) error {
			return admin.RPush(ctx, "list", "x").Err()
		}, cache.Stats{Misses: 1, Hits: 1, Errors: 1}},
	}
	put(t, s, "good", strings.Repeat("x", most))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := c.poison(t.Context()); err != nil {
				t.Fatal(err)
			}
			r, _ := open(t, s.URL, cache.RedisOptions{Budget: patient, Period: never, MaxValue: most})
			want(t, r, name, "", c.reason)
			want(t, r, "good", strings.Repeat("x", most), "the server still works")
			wantStats(t, r, c.want)
		})
	}
}

func TestRedisDoesNotStore(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		value  string
		ttl    time.Duration
	}{
		"no time":   {"0 keeps nothing", "v", 0},
		"past":      {"less than 0 would keep it for ever", "v", -1},
		"no value":  {"it could not be told from a miss", "", time.Hour},
		"too large": {"it would not be read back", "12345", time.Hour},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := open(t, "redis://"+redistest.FreeAddr(t), cache.RedisOptions{MaxValue: 4})
			r.Set(t.Context(), "k", []byte(c.value), c.ttl)
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
			wantStats(t, r, cache.Stats{Dropped: 1})
		})
	}
}

// failing are servers that do not answer, each in its own way.
var failing = map[string]func(t *testing.T) string{
	"dead": func(t *testing.T) string { return "redis://:" + redistest.Password + "@" + redistest.FreeAddr(t) },
	"frozen": func(t *testing.T) string {
		s := redistest.Start(t)
		s.Pause()
		return s.URL
	},
	"wrong password": func(t *testing.T) string {
		return strings.Replace(redistest.Start(t).URL, redistest.Password, "wrong-"+redistest.Password, 1)
	},
	"unknown user": func(t *testing.T) string {
		return strings.Replace(redistest.Start(t).URL, "redis://:", "redis://nobody:", 1)
	},
	"no such host": func(*testing.T) string { return "redis://:" + redistest.Password + "@host.invalid" },
	"no such socket": func(t *testing.T) string {
		return "unix://:" + redistest.Password + "@" + t.TempDir() + "/none.sock"
	},
}

func TestRedisFailureIsOneTryAndManyMisses(t *testing.T) {
	t.Parallel()
	for name, server := range failing {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, log := open(t, server(t), cache.RedisOptions{Budget: soon, Period: never})
			for range 1000 {
				want(t, r, "k", "", "there is no answer")
			}
			r.Set(t.Context(), "k", []byte("v"), time.Hour)
			_ = r.Close()
			wantStats(t, r, cache.Stats{Misses: 1000, Errors: 1, Dropped: 1})
			if n := strings.Count(log.String(), "\n"); n != 1 || strings.Contains(log.String(), redistest.Password) {
				t.Errorf("%d lines, want one without the password: %s", n, log)
			}
		})
	}
}

func TestRedisRecovers(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason   string
		down, up func(*redistest.Server)
		after    string
	}{
		"frozen":  {"it has its values still", (*redistest.Server).Pause, (*redistest.Server).Resume, "v"},
		"restart": {"it is empty", (*redistest.Server).Kill, (*redistest.Server).Restart, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t)
			put(t, s, "k", "v")
			r, log := open(t, s.URL, cache.RedisOptions{Budget: time.Second, Period: always})
			want(t, r, "k", "v", "it works")
			c.down(s)
			want(t, r, "k", "", "it is down")
			want(t, r, "k", "", "and the trial fails")
			c.up(s)
			// A busy machine may let a trial run out of time; the next one comes at once.
			for before := r.Stats().Errors; ; before = r.Stats().Errors {
				got, _ := r.Get(t.Context(), "k")
				if r.Stats().Errors == before {
					if string(got) != c.after {
						t.Errorf("Get = %q, want %q: %s", got, c.after, c.reason)
					}
					break
				}
			}
			if n := strings.Count(log.String(), "\n"); n != 2 || strings.Contains(log.String(), redistest.Password) {
				t.Errorf("%d lines, want one for going and one for coming back: %s", n, log)
			}
		})
	}
}

func TestRedisSetsDoNotWait(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	r, _ := open(t, s.URL, cache.RedisOptions{Budget: patient, Period: never, Writers: 2})
	s.Pause()
	// Each writer hangs at the frozen server; if Set waited for it, this would take the budget, a minute.
	for i := range 100 {
		r.Set(t.Context(), fmt.Sprint("k", i), []byte("v"), time.Hour)
	}
	wantStats(t, r, cache.Stats{Dropped: 98})
	s.Resume()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again, _ := open(t, s.URL, cache.RedisOptions{Budget: patient})
	want(t, again, "k0", "v", "Close waited for the writers")
	want(t, again, "k1", "v", "for both")
	r.Set(t.Context(), "late", []byte("v"), time.Hour)
	want(t, r, "k0", "", "a closed store misses")
	wantStats(t, r, cache.Stats{Misses: 1, Errors: 1, Dropped: 99})
}

func TestRedisAskerThatLeft(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	put(t, s, "k", "v")
	r, _ := open(t, s.URL, cache.RedisOptions{Budget: patient, Period: never})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, ok := r.Get(gone, "k"); ok {
		t.Error("an asker that has left gets an answer")
	}
	r.Set(gone, "k2", []byte("v"), time.Hour)
	want(t, r, "k", "v", "its leaving is no outage")
	_ = r.Close()
	again, _ := open(t, s.URL, cache.RedisOptions{Budget: patient})
	want(t, again, "k2", "v", "what it brought is stored all the same")
	wantStats(t, r, cache.Stats{Hits: 1, Misses: 1})
}

// lines collects log lines from any goroutine.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func TestRedisFrozenHoldsNobody(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	put(t, s, "k", "v")
	r, _ := open(t, s.URL, cache.RedisOptions{Budget: soon, Period: never})
	s.Pause()
	// More askers at once than there are connections: waiting for one is within the budget too, so all come back.
	var askers sync.WaitGroup
	for range 500 {
		askers.Go(func() { r.Get(t.Context(), "k") })
	}
	askers.Wait()
	if got := r.Stats(); got.Hits != 0 || got.Misses != 500 {
		t.Errorf("stats %+v, want 500 misses", got)
	}
}
