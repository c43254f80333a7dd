package cache

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// ListKey names a lookup list of a tenant.
type ListKey struct {
	// Tenant is the tenant's name.
	Tenant string
	// Name is the list's, such as "stages".
	Name string
}

// String returns the key under which the list is stored.
func (k ListKey) String() string { return Key("lookup", k.Tenant, k.Name) }

// Lists serves the lookup lists of all tenants, through [Through]. It is safe for concurrent use.
type Lists struct {
	store    Store
	ttl      time.Duration
	accepted *Accepted
	shared   flight.Group[string, outcome]
	own      flight.Group[ownKey, outcome]
}

// ownKey is a flight that only one caller's requests share. One that has just been refused does not join a flight of
// the time when it was accepted, which may read the store.
type ownKey struct {
	list     string
	caller   identity.Partition
	accepted bool
}

// outcome is what a flight brought, and with whose credential.
type outcome struct {
	by     identity.Partition
	value  any
	cached bool
}

// NewLists returns lists that are kept in the store for ttl. With a ttl of 0 nothing is stored or read there, and
// store may be nil: only equal calls at the same time are then one.
func NewLists(store Store, ttl time.Duration, accepted *Accepted) *Lists {
	return &Lists{store: store, ttl: ttl, accepted: accepted}
}

// Through returns a list from the store, or else from fetch, which reads it from CCUBE with the caller's credential.
// cached tells that the value came from the store.
//
// A caller that CCUBE has accepted lately is served from the store, and shares one fetch with all such callers of the
// tenant; should that fetch fail with somebody else's credential, the caller makes its own. Any other caller is served
// by a fetch of its own, which is also what gets it accepted. Requests of one caller share their fetches always.
//
// The value is shared with other callers and must not be changed. T has to survive encoding/json, and one list must
// always be asked for with one T. fetch runs on a context that outlives a single request, so it has to bound its own
// time. Errors are fetch's, ctx's, or fault.Internal.
func Through[T any](
	ctx context.Context, l *Lists, list ListKey, caller identity.Partition, fetch func(context.Context) (T, error),
) (value T, cached bool, err error) {
	key := list.String()
	load := func(ctx context.Context) (any, bool) { return load[T](ctx, l, key) }
	o, err := l.ask(ctx, key, caller, load, func(ctx context.Context) (any, error) {
		v, err := fetch(ctx)
		return v, err
	})
	if err != nil {
		return value, false, err
	}
	value, ok := o.value.(T)
	if !ok {
		return value, false, fault.New(fault.Internal, "the list %s is asked for in two forms", list.Name)
	}
	return value, o.cached, nil
}

// ask applies the rule of access.
func (l *Lists) ask(
	ctx context.Context, key string, caller identity.Partition,
	load func(context.Context) (any, bool), fetch func(context.Context) (any, error),
) (outcome, error) {
	read := func(ctx context.Context) (outcome, error) { return l.read(ctx, key, caller, fetch) }
	if !l.accepted.Recently(caller) {
		o, _, err := l.own.Do(ctx, ownKey{list: key, caller: caller}, read)
		return o, err
	}
	// The store is read inside the flight, so that a slow one is waited for once, not by every asker.
	work := func(ctx context.Context) (outcome, error) {
		if value, ok := load(ctx); ok {
			return outcome{by: caller, value: value, cached: true}, nil
		}
		return read(ctx)
	}
	o, joined, err := l.shared.Do(ctx, key, work)
	if foreign := joined && o.by != caller; err != nil && foreign && ctx.Err() == nil {
		// Another's credential has failed where this caller's may not.
		o, _, err = l.own.Do(ctx, ownKey{list: key, caller: caller, accepted: true}, work)
	}
	return o, err
}

// read fetches the value and stores it. The outcome names the caller for a failure too.
func (l *Lists) read(
	ctx context.Context, key string, caller identity.Partition, fetch func(context.Context) (any, error),
) (outcome, error) {
	o := outcome{by: caller}
	value, err := fetch(ctx)
	switch {
	case err == nil:
		l.accepted.Accept(caller)
	case errors.Is(err, fault.Unauthenticated):
		l.accepted.Refuse(caller)
		return o, err
	default:
		return o, err
	}
	o.value = value
	l.save(ctx, key, value)
	return o, nil
}

// load reads a value from the store. One that is not of this key, or does not decode, is a miss, to be overwritten.
func load[T any](ctx context.Context, l *Lists, key string) (any, bool) {
	if l.ttl <= 0 {
		return nil, false
	}
	sealed, ok := l.store.Get(ctx, key)
	if !ok {
		return nil, false
	}
	encoded, ok := bytes.CutPrefix(sealed, seal(key))
	var value T
	if !ok || json.Unmarshal(encoded, &value) != nil {
		return nil, false
	}
	return value, true
}

// save stores a value; one that cannot be encoded is not stored.
func (l *Lists) save(ctx context.Context, key string, value any) {
	if l.ttl <= 0 {
		return
	}
	if encoded, err := json.Marshal(value); err == nil {
		l.store.Set(ctx, key, append(seal(key), encoded...), l.ttl)
	}
}

// seal begins a stored value. It repeats the key, version included: whatever else ends up there, valid JSON or not,
// is not taken for a list.
func seal(key string) []byte { return []byte(key + "\n") }
