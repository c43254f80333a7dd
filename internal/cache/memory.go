package cache

import (
	"context"
	"math"
	"time"

	"github.com/maypok86/otter/v2"
)

// entryOverhead is roughly what an entry takes beside its key and value, in bytes.
const entryOverhead = 128

// MemoryOptions are the bounds of a [Memory]. The zero value has the defaults.
type MemoryOptions struct {
	// MaxBytes bounds keys and values together with what it takes to keep them; 32 MiB where it is 0.
	MaxBytes uint64
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
}

// Memory is the store of a single process. It keeps the bytes that Set was given and returns the very same, uncopied.
// When it is full, what is used least goes first.
type Memory struct {
	counters
	entries *otter.Cache[string, entry]
}

type entry struct {
	value []byte
	ttl   time.Duration
}

// NewMemory returns an empty store. It holds no goroutine and needs no closing.
func NewMemory(o MemoryOptions) *Memory {
	if o.MaxBytes == 0 {
		o.MaxBytes = 32 << 20
	}
	return &Memory{entries: otter.Must(&otter.Options[string, entry]{
		MaximumWeight: o.MaxBytes,
		Weigher:       weigh,
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, entry]) time.Duration {
			return e.Value.ttl
		}),
		Executor: runNow,
		Clock:    newClock(o.Now),
	})}
}

// weigh returns the entry's size in bytes.
func weigh(key string, e entry) uint32 {
	return uint32(min(len(key)+len(e.value)+entryOverhead, math.MaxUint32))
}

// Get returns the value of the key.
func (m *Memory) Get(_ context.Context, key string) ([]byte, bool) {
	e, ok := m.entries.GetIfPresent(key)
	m.got(ok)
	return e.value, ok
}

// Set keeps the value, at once.
func (m *Memory) Set(_ context.Context, key string, value []byte, ttl time.Duration) {
	if ttl <= 0 || len(value) == 0 {
		m.dropped.Add(1)
		return
	}
	m.entries.Set(key, entry{value: value, ttl: ttl})
}

// Put keeps the value at once, as Set does.
func (m *Memory) Put(ctx context.Context, key string, value []byte, ttl time.Duration) {
	m.Set(ctx, key, value, ttl)
}
