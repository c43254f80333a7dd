package cache

import (
	"context"
	"crypto/rand"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// generationTTL is how long a generation is kept: longer than anything that belongs to one.
const generationTTL = 24 * time.Hour

// Generations name the states of tenants' data. Whatever is remembered of a tenant belongs to a generation; a write
// through any replica that shares the store begins a new one, and nothing remembered before is found any more.
//
// Where the store is lost, so are other replicas' writes: what is remembered then ends by its own time to live. Writes of
// this process are never lost. It is safe for concurrent use; its memory is a key and a number for each tenant.
type Generations struct {
	store Store

	mu      sync.Mutex
	tenants map[string]*generation
}

// generation is what is known of a tenant's.
type generation struct {
	// key is where the store has it.
	key string
	// own is how many this process has begun.
	own atomic.Uint64
}

// NewGenerations returns generations that replicas share through the store.
func NewGenerations(store Store) *Generations {
	return &Generations{store: store, tenants: make(map[string]*generation)}
}

// Current names the generation of a tenant's data.
func (g *Generations) Current(ctx context.Context, tenant string) string {
	is := g.of(tenant)
	shared, _ := g.store.Get(ctx, is.key)
	return strconv.FormatUint(is.own.Load(), 10) + "." + string(shared)
}

// of returns a tenant's generation.
func (g *Generations) of(tenant string) *generation {
	g.mu.Lock()
	defer g.mu.Unlock()
	is := g.tenants[tenant]
	if is == nil {
		is = &generation{key: Key("generation", tenant)}
		g.tenants[tenant] = is
	}
	return is
}

// Next begins a new generation of a tenant's data. When it returns, every replica knows, if the store can be reached.
func (g *Generations) Next(ctx context.Context, tenant string) {
	is := g.of(tenant)
	is.own.Add(1)
	g.store.Put(ctx, is.key, []byte(rand.Text()), generationTTL)
}
