// Package cache remembers what many callers of a tenant ask for, so that CCUBE is asked once.
//
// A [Store] keeps bytes for a while: [Memory] in this process, [Redis] for all replicas. Neither ever fails: whatever
// goes wrong is a miss, for Redis only makes things faster. On top of a store, [Through] serves the lookup lists of a
// tenant, such as stages, and holds the one rule of access: a value that another caller fetched is served only to a
// caller whose credential CCUBE has [Accepted] within the last minute. Nothing else is shared between callers here.
package cache

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Store keeps values for a while, and may lose any of them at any time. It is safe for concurrent use. A value handed
// to Set belongs to the store, and what Get returns is shared: nobody may change the bytes of either.
type Store interface {
	// Get returns the value of the key, and false for one that is absent, expired, unreadable or too slow to come.
	Get(ctx context.Context, key string) ([]byte, bool)
	// Set keeps the value for the time to live. It may not be kept at all, or not yet when Set returns. An empty
	// value, and a time to live of 0 or less, are never kept.
	Set(ctx context.Context, key string, value []byte, ttl time.Duration)
	// Put is Set that waits until the value is kept, or cannot be.
	Put(ctx context.Context, key string, value []byte, ttl time.Duration)
}

// namespace begins every key. Its version changes whenever values change their form, so that no release reads what
// another wrote in a form of its own.
const namespace = "ccube:v1:"

// Key returns the key of a value: "ccube:v1:", the kind, and the parts, with colons between. What could be read as a
// colon is escaped, so no two lists of parts share a key.
func Key(kind string, parts ...string) string {
	var b strings.Builder
	b.Grow(64) // few are longer
	b.WriteString(namespace)
	b.WriteString(url.QueryEscape(kind))
	for _, part := range parts {
		b.WriteByte(':')
		b.WriteString(url.QueryEscape(part))
	}
	return b.String()
}

// Stats are a store's counts since it was opened.
type Stats struct {
	// Hits are the Gets that found their value.
	Hits uint64
	// Misses are all other Gets, those that the store had no time to ask for included.
	Misses uint64
	// Errors are the commands that were tried and failed.
	Errors uint64
	// Dropped are the Sets that were not tried.
	Dropped uint64
}

// counters is Stats while it is being counted.
type counters struct {
	hits, misses, errors, dropped atomic.Uint64
}

// got counts a Get.
func (c *counters) got(found bool) {
	if found {
		c.hits.Add(1)
	} else {
		c.misses.Add(1)
	}
}

// Stats returns the counts so far.
func (c *counters) Stats() Stats {
	return Stats{Hits: c.hits.Load(), Misses: c.misses.Load(), Errors: c.errors.Load(), Dropped: c.dropped.Load()}
}
