//go:build unix

package access

import (
	"log/slog"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// replica is a process of its own, that shares a store with others.
type replica struct {
	*memory
	generations *cache.Generations
}

func newReplica(t *testing.T, u *upstream, store cache.Store) replica {
	t.Helper()
	g := cache.NewGenerations(store)
	s := NewSnapshots(SnapshotOptions{TTL: time.Hour, Generation: g.Current})
	t.Cleanup(s.Close)
	return replica{&memory{upstream: u, census: NewCensus(), snapshots: s}, g}
}

// A write through one replica ends what others remember of the tenant, and of no other tenant. Where the store is gone they
// serve what they remember until it ends by its age; a replica's own writes are never lost.
func TestWritesReachEveryReplica(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	u := holding(250, paging{most: 100})
	var replicas []replica
	for range 2 {
		redis, err := cache.OpenRedis(identity.Secret(server.URL), cache.RedisOptions{Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = redis.Close() })
		replicas = append(replicas, newReplica(t, u, redis))
	}
	reads := func(r replica) bool {
		t.Helper()
		return walking(t, u, r.request(adaEmail)) > 0
	}
	steps := []struct {
		reason string
		do     func()
		// anew tells which replica reads the list anew afterwards.
		anew [2]bool
	}{
		{"nothing is remembered", func() {}, [2]bool{true, true}},
		{"it is remembered", func() {}, [2]bool{false, false}},
		{"a write through the first", func() { replicas[0].generations.Next(t.Context(), "acme") }, [2]bool{true, true}},
		{"a write through the second", func() { replicas[1].generations.Next(t.Context(), "acme") }, [2]bool{true, true}},
		{"a write in another tenant", func() { replicas[0].generations.Next(t.Context(), "globex") }, [2]bool{false, false}},
		{"the store is gone: what it knew is not known", server.Kill, [2]bool{true, true}},
		{"and what was read since is remembered", func() {}, [2]bool{false, false}},
		{"a write that the other cannot know of", func() { replicas[0].generations.Next(t.Context(), "acme") }, [2]bool{true, false}},
	}
	for _, s := range steps {
		s.do()
		for i, r := range replicas {
			if anew := reads(r); anew != s.anew[i] {
				t.Errorf("%s: replica %d reads anew: %t, want %t", s.reason, i+1, anew, s.anew[i])
			}
		}
	}
}
