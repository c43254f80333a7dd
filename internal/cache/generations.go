package cache

import (
	"context"
	"crypto/rand"
	"strconv"
	"sync"
	"time"
)

// generationTTL is how long a generation is kept: longer than anything that belongs to one.
const generationTTL = 24 * time.Hour

// Generations name the states of tenants' data. Whatever is remembered of a tenant belongs to a generation; a write
// through any replica that shares the store begins a new one, and nothing remembered before is found any more.
//
// Where the store is lost, so are other replicas' writes: what is remembered then ends by its own time to live. Writes of
// this process are never lost. It is safe for concurrent use; its memory is a number for each tenant written to.
type Generations struct {
	store Store

	mu  sync.Mutex
	own map[string]uint64
}

// NewGenerations returns generations that replicas share through the store.
func NewGenerations(store Store) *Generations {
	return &Generations{store: store, own: make(map[string]uint64)}
}

// Current names the generation of a tenant's data.
func (g *Generations) Current(ctx context.Context, tenant string) string {
	shared, _ := g.store.Get(ctx, Key("generation", tenant))
	g.mu.Lock()
	defer g.mu.Unlock()
	return strconv.FormatUint(g.own[tenant], 10) + "." + string(shared)
}

// Next begins a new generation of a tenant's data. When it returns, every replica knows, if the store can be reached.
func (g *Generations) Next(ctx context.Context, tenant string) {
	g.mu.Lock()
	g.own[tenant]++
	g.mu.Unlock()
	g.store.Put(ctx, Key("generation", tenant), []byte(rand.Text()), generationTTL)
}
