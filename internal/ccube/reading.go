package ccube

// This file is how reads are asked for: they begin, and are waited for, which need not be at once. A read runs in a goroutine
// of its own in any case, since others of the same caller may share it; whoever wants twenty begins them all and waits for
// one after another, and needs no goroutine for each.

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// readKey tells equal reads of one caller: whoever differs in tenant or credential has another partition.
type readKey struct {
	partition    identity.Partition
	generation   string
	tenant, path string
}

// Reading is a read that has begun. One goroutine waits for it, once.
type Reading[T any] struct {
	api     *API
	request *request
	decode  func([]byte) (T, error)
	start   time.Time
	asking  flight.Asking[readKey, any]
	// known is set where there is nothing to wait for, and then value or err is what came of it.
	known bool
	value T
	err   error
}

// Read returns a reading that is over.
func Read[T any](value T, err error) *Reading[T] {
	return &Reading[T]{known: true, value: value, err: err}
}

// BeginGet begins to read a detail: what the methods that are called Get wait for. The endpoint is that of their paths, as in
// BeginGet[Project](ctx, api, "projects", id).
func BeginGet[T any, P settable[T]](ctx context.Context, a *API, endpoint string, id ID) *Reading[*T] {
	return begin(ctx, a, one(http.MethodGet, endpoint, id), decodeRow[T, P])
}

// get reads one detail.
func get[T any, P settable[T]](ctx context.Context, a *API, endpoint string, id ID) (*T, error) {
	return BeginGet[T, P](ctx, a, endpoint, id).Wait(ctx)
}

// beginList begins to read one page of a list.
func beginList[T any, P settable[T]](ctx context.Context, a *API, endpoint, query string) *Reading[[]*T] {
	r := &request{method: http.MethodGet, path: prefix + endpoint, endpoint: prefix + endpoint}
	if query != "" {
		r.path += "?" + query
	}
	return begin(ctx, a, r, decodeRows[T, P])
}

// BeginList begins to read one page of a list that takes no filter: what the methods that are called List wait for. As in
// BeginList[Project](ctx, api, "projects", page).
func BeginList[T any, P settable[T]](ctx context.Context, a *API, endpoint string, p Page) *Reading[[]*T] {
	return beginList[T, P](ctx, a, endpoint, p.query())
}

// list reads one page of a list.
func list[T any, P settable[T]](ctx context.Context, a *API, endpoint, query string) ([]*T, error) {
	return beginList[T, P](ctx, a, endpoint, query).Wait(ctx)
}

// begin begins a GET, or joins an equal one of the same caller that is under way.
func begin[T any](ctx context.Context, a *API, r *request, decode func([]byte) (T, error)) *Reading[T] {
	g := &Reading[T]{api: a, request: r, decode: decode, start: time.Now()}
	r.secrets = a.secrets
	r.until, _ = ctx.Deadline() // which the run, that others may join, does not end at
	key := readKey{a.caller.Partition, a.generation, a.caller.Tenant.Base, r.path}
	g.asking = a.client.reads.Begin(ctx, key, g.run)
	return g
}

// run makes the call.
func (g *Reading[T]) run(ctx context.Context) (any, error) {
	answer, err := g.api.send(ctx, g.request)
	if err != nil {
		return nil, err
	}
	defer answer.release()
	v, err := g.decode(answer.body)
	if err != nil {
		return nil, unreadable(g.request, answer, err)
	}
	return v, nil
}

// Wait returns what was read. The error is a *fault.Error, or the context's own, once that has ended.
func (g *Reading[T]) Wait(ctx context.Context) (none T, err error) {
	if g.known {
		return g.value, g.err
	}
	value, err := g.asking.Wait(ctx)
	if g.asking.Shared && errors.Is(err, fault.BudgetExceeded) {
		return begin(ctx, g.api, g.request, g.decode).Wait(ctx) // the budget of the one who started the run, not ours
	}
	if g.asking.Shared {
		Report(ctx, Call{
			Method: g.request.method, Path: g.request.path, Start: g.start, Duration: time.Since(g.start), Source: Shared,
		})
	}
	if err != nil {
		return none, err
	}
	return value.(T), nil
}
