package loaders

// This file tames dataloader v7: its batches run in the operation's context, not in that of whoever asked first; its keys
// can be announced, which starts them without a timer; and a panic in a batch is an error of its keys.

import (
	"context"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

// How dataloader batches the keys that nobody announced. They come from places where look-ahead does not reach, so the
// wait is short; the input buffer is small since there is one a loader a request.
const (
	batchWait  = 200 * time.Microsecond
	inputQueue = 32
)

// batch loads the keys, and returns a result for each, in their order.
type batch[K comparable, V any] func(ctx context.Context, keys []K) []*dataloader.Result[V]

// Loader loads values by key, each once a request. It is safe for concurrent use.
type Loader[K comparable, V any] struct {
	ctx    context.Context
	batch  batch[K, V]
	thunks thunks[K, V]
	// of and what are what a trace calls its batches: the endpoint, and what is read of it.
	of, what string
	// inner is nil until a key is asked for that nobody announced.
	inner *dataloader.Loader[K, V]
	// asking keeps Announce from coming between dataloader's look into its cache and what it puts there, and guards inner.
	asking sync.Mutex
}

// newLoader returns a loader whose batches run in ctx, the operation's context.
func newLoader[K comparable, V any](ctx context.Context, b batch[K, V]) *Loader[K, V] {
	return &Loader[K, V]{ctx: ctx, batch: b}
}

// unforeseen returns what batches the keys that nobody announced. An operation has many loaders, and few that need one.
func (l *Loader[K, V]) unforeseen() *dataloader.Loader[K, V] {
	if l.inner == nil {
		l.inner = dataloader.NewBatchedLoader(
			func(_ context.Context, keys []K) []*dataloader.Result[V] { return l.run(keys) },
			dataloader.WithCache[K, V](&l.thunks),
			dataloader.WithWait[K, V](batchWait),
			dataloader.WithInputCapacity[K, V](inputQueue),
		)
	}
	return l.inner
}

// called has traces call the batches so.
func (l *Loader[K, V]) called(of, what string) *Loader[K, V] {
	l.of, l.what = of, what
	return l
}

// name is what a trace calls the batches.
func (l *Loader[K, V]) name() string { return l.of + l.what }

// Load returns the key's value. It waits for the batch, which ends with the operation's context at the latest.
func (l *Loader[K, V]) Load(ctx context.Context, key K) (V, error) {
	l.asking.Lock()
	thunk, ok := l.thunks.Get(ctx, key)
	if !ok {
		thunk = l.unforeseen().Load(ctx, key)
	}
	l.asking.Unlock()
	return thunk()
}

// Announce starts loading the keys that have not been asked for yet, as one batch, and returns at once.
func (l *Loader[K, V]) Announce(keys []K) {
	p := &pending[V]{done: make(chan struct{})}
	l.asking.Lock()
	fresh := l.thunks.claim(keys, p)
	l.asking.Unlock()
	if len(fresh) == 0 {
		return
	}
	go func() {
		defer close(p.done)
		p.results = l.run(fresh)
	}()
}

// run loads the keys. A panic becomes the error of each of them.
func (l *Loader[K, V]) run(keys []K) (results []*dataloader.Result[V]) {
	var err error
	defer func() {
		if err == nil {
			return
		}
		results = make([]*dataloader.Result[V], len(keys))
		for i := range results {
			results[i] = &dataloader.Result[V]{Error: err}
		}
	}()
	defer fault.Recover(&err)
	ctx, end := span.Step(l.ctx, l.name())
	defer end()
	return l.batch(ctx, keys)
}

// pending is a batch under way.
type pending[V any] struct {
	done    chan struct{}
	results []*dataloader.Result[V]
}

// thunk returns what waits for the batch's result number i.
func (p *pending[V]) thunk(i int) dataloader.Thunk[V] {
	return func() (V, error) {
		<-p.done
		return p.results[i].Data, p.results[i].Error
	}
}

// thunks is the cache of a dataloader: what has been asked for, there or under way.
type thunks[K comparable, V any] struct {
	mu sync.Mutex
	// m is nil until there is something to keep: an operation has many loaders, and few that are asked.
	m map[K]dataloader.Thunk[V]
}

// claim puts the batch's thunks in for the keys that have none, and returns these keys, each once.
func (t *thunks[K, V]) claim(keys []K, p *pending[V]) []K {
	t.mu.Lock()
	defer t.mu.Unlock()
	fresh := make([]K, 0, len(keys))
	if t.m == nil {
		t.m = make(map[K]dataloader.Thunk[V], len(keys))
	}
	for _, key := range keys {
		if _, ok := t.m[key]; !ok {
			t.m[key] = p.thunk(len(fresh))
			fresh = append(fresh, key)
		}
	}
	return fresh
}

// Get returns the key's thunk. It is part of dataloader.Cache.
func (t *thunks[K, V]) Get(_ context.Context, key K) (dataloader.Thunk[V], bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	thunk, ok := t.m[key]
	return thunk, ok
}

// Set keeps a thunk for the key. It is part of dataloader.Cache.
func (t *thunks[K, V]) Set(_ context.Context, key K, thunk dataloader.Thunk[V]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.m == nil {
		t.m = make(map[K]dataloader.Thunk[V])
	}
	t.m[key] = thunk
}

// Delete forgets the key. It is part of dataloader.Cache.
func (t *thunks[K, V]) Delete(_ context.Context, key K) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.m[key]
	delete(t.m, key)
	return ok
}

// Clear forgets all keys. It is part of dataloader.Cache.
func (t *thunks[K, V]) Clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.m)
}

// results wraps values in the order of their keys.
func results[K comparable, V any](keys []K, of func(K) (V, error)) []*dataloader.Result[V] {
	rs := make([]*dataloader.Result[V], len(keys))
	for i, key := range keys {
		v, err := of(key)
		rs[i] = &dataloader.Result[V]{Data: v, Error: err}
	}
	return rs
}

// failed is the same error for every key.
func failed[K comparable, V any](keys []K, err error) []*dataloader.Result[V] {
	return results(keys, func(K) (v V, _ error) { return v, err })
}
