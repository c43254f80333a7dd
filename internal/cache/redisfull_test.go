package cache_test

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
)

// A server that has no room refuses writes and answers reads: what it has is served, and the breaker stays closed.
func TestRedisThatIsFull(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	put(t, s, "k", "v")
	address, err := redis.ParseURL(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	admin := redis.NewClient(address)
	t.Cleanup(func() { _ = admin.Close() })
	limit := func(bytes string) {
		t.Helper()
		for name, value := range map[string]string{"maxmemory-policy": "noeviction", "maxmemory": bytes} {
			if err := admin.ConfigSet(t.Context(), name, value).Err(); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, log := open(t, s.URL, cache.RedisOptions{Budget: patient, Period: never})
	limit("1")
	r.Put(t.Context(), "k2", []byte("v2"), time.Hour)
	want(t, r, "k2", "", "there was no room for it")
	want(t, r, "k", "v", "it was there before")
	limit("0")
	r.Put(t.Context(), "k2", []byte("v2"), time.Hour)
	want(t, r, "k2", "v2", "there is room again")
	if log.String() != "" {
		t.Errorf("it is taken for an outage: %s", log)
	}
}
