// Package flight lets many askers share one run of the same work.
//
// It differs from golang.org/x/sync/singleflight in whose context the work runs on: its own, which keeps the values of
// the asker that started it, and which ends when every asker has gone. So one asker that gives up fails nobody else,
// and work that nobody waits for any more is stopped. A panic in the work is an error to its askers. Nothing is kept once
// the run is over.
package flight

import (
	"context"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Group shares runs by key. The zero value is ready, and safe for concurrent use.
type Group[K comparable, V any] struct {
	mu   sync.Mutex
	runs map[K]*run[K, V]
}

type run[K comparable, V any] struct {
	key    K
	done   chan struct{}
	cancel context.CancelFunc
	askers int
	value  V
	err    error
}

// Do returns what work returns for the key, running it only if no run for the key is under way. shared tells that
// another asker had started the run. An asker whose context ends gets the context's error at once.
func (g *Group[K, V]) Do(ctx context.Context, key K, work func(context.Context) (V, error)) (value V, shared bool, err error) {
	a := g.Begin(ctx, key, work)
	value, err = a.Wait(ctx)
	return value, a.Shared, err
}

// Begin is Do up to the waiting: one goroutine can begin many runs, and then wait for one after another.
func (g *Group[K, V]) Begin(ctx context.Context, key K, work func(context.Context) (V, error)) Asking[K, V] {
	r, shared := g.join(ctx, key, work)
	return Asking[K, V]{Shared: shared, group: g, run: r}
}

// Asking is an asker's part in a run that has begun.
type Asking[K comparable, V any] struct {
	// Shared tells that another asker had started the run.
	Shared bool

	group *Group[K, V]
	run   *run[K, V]
}

// Wait returns what became of the run, or the context's error once that has ended. Whoever has begun calls it once: a run
// goes on for an asker that neither waits nor leaves.
func (a *Asking[K, V]) Wait(ctx context.Context) (V, error) { return a.group.wait(ctx, a.run) }

// Join is Do for an asker that would not start a run: it returns false if none is under way for the key.
func (g *Group[K, V]) Join(ctx context.Context, key K) (value V, ok bool, err error) {
	r, ok := g.find(key)
	if !ok {
		return value, false, nil
	}
	value, err = g.wait(ctx, r)
	return value, true, err
}

// wait waits for a run that the asker has joined.
func (g *Group[K, V]) wait(ctx context.Context, r *run[K, V]) (value V, err error) {
	select {
	case <-r.done:
		return r.value, r.err
	case <-ctx.Done():
		g.leave(r)
		return value, ctx.Err()
	}
}

// find joins the run under way for the key.
func (g *Group[K, V]) find(key K) (*run[K, V], bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r, ok := g.runs[key]
	if ok {
		r.askers++
	}
	return r, ok
}

// join returns the run under way for the key, or starts one.
func (g *Group[K, V]) join(ctx context.Context, key K, work func(context.Context) (V, error)) (*run[K, V], bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if r, ok := g.runs[key]; ok {
		r.askers++
		return r, true
	}
	if g.runs == nil {
		g.runs = make(map[K]*run[K, V])
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &run[K, V]{key: key, done: make(chan struct{}), cancel: cancel, askers: 1}
	g.runs[key] = r
	go func() {
		defer cancel()
		defer close(r.done)
		defer g.forget(r)
		defer fault.Recover(&r.err)
		r.value, r.err = work(own)
	}()
	return r, false
}

// leave takes one asker away, and stops the run when none is left. The key is free at once, so that the next asker
// does not join a run that is being stopped.
func (g *Group[K, V]) leave(r *run[K, V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.askers--; r.askers == 0 {
		r.cancel()
		g.drop(r)
	}
}

func (g *Group[K, V]) forget(r *run[K, V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.drop(r)
}

// drop frees the key if it is still this run's. The caller holds the lock.
func (g *Group[K, V]) drop(r *run[K, V]) {
	if g.runs[r.key] == r {
		delete(g.runs, r.key)
	}
}
