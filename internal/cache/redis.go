package cache

// This file is the store that all replicas share. The promise is that Redis cannot slow the gateway down: a command has
// one budget for everything, waiting for a connection and dialling included; a failed one opens the breaker; a Set runs
// in the background; and a value that somebody else put there is read up to a bound and no further.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// RedisOptions are the bounds of a [Redis]. The zero value has the defaults.
type RedisOptions struct {
	// Log gets a line when Redis fails and one when it is back; nil means none.
	Log *slog.Logger
	// Budget is the most that one command may take in all; 100 ms where it is 0.
	Budget time.Duration
	// Period is how long nothing is tried after a failure; 5 s where it is 0.
	Period time.Duration
	// Writers is how many Sets may be under way; further ones are dropped. 8 where it is 0.
	Writers int
	// MaxValue is the size of the largest value that is stored or read, in bytes; 1 MiB where it is 0.
	MaxValue int
}

func (o RedisOptions) withDefaults() RedisOptions {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Budget == 0 {
		o.Budget = 100 * time.Millisecond
	}
	if o.Period == 0 {
		o.Period = 5 * time.Second
	}
	if o.Writers == 0 {
		o.Writers = 8
	}
	if o.MaxValue == 0 {
		o.MaxValue = 1 << 20
	}
	return o
}

// Redis is the store that all replicas share. See [CheckURL] for the servers it can be: one, Sentinel, or a Cluster.
type Redis struct {
	counters
	client  redis.UniversalClient
	breaker *breaker
	writers *writers
	options RedisOptions
}

// OpenRedis returns the store at the address, which has one of the forms of [CheckURL]. Nothing is dialled yet, so the
// only error is an address of another form; it does not hold the address.
func OpenRedis(url identity.Secret, o RedisOptions) (*Redis, error) {
	o = o.withDefaults()
	u, err := parseURL(url)
	if err != nil {
		return nil, fmt.Errorf("cannot use the Redis address: %w", err)
	}
	bound(u, o)
	return &Redis{
		client:  redis.NewUniversalClient(u),
		breaker: newBreaker(o.Period, o.Log),
		writers: newWriters(o.Writers),
		options: o,
	}, nil
}

// Get returns the value of the key, within the budget.
func (r *Redis) Get(ctx context.Context, key string) ([]byte, bool) {
	value, ok := r.get(ctx, key)
	r.got(ok)
	return value, ok
}

func (r *Redis) get(ctx context.Context, key string) ([]byte, bool) {
	if ctx.Err() != nil || !r.breaker.allow() {
		return nil, false
	}
	var value []byte
	err := r.try(ctx, func(ctx context.Context) (err error) {
		// Not GET: it would read a value of any size into memory before its size is known.
		value, err = r.client.GetRange(ctx, key, 0, int64(r.options.MaxValue)).Bytes()
		return err
	})
	if err != nil || len(value) == 0 || len(value) > r.options.MaxValue {
		return nil, false
	}
	return value, true
}

// Down reports whether Redis is gone without: the breaker is open, or tries whether it may close.
func (r *Redis) Down() bool { return r.breaker.open() }

// Set stores the value in the background: it returns at once. Sets of one key that overlap may land in either order.
func (r *Redis) Set(ctx context.Context, key string, value []byte, ttl time.Duration) {
	storable := ttl > 0 && len(value) > 0 && len(value) <= r.options.MaxValue
	if !storable || !r.writers.start(func() { r.set(ctx, key, value, ttl) }) {
		r.dropped.Add(1)
	}
}

// Put stores the value, within the budget.
func (r *Redis) Put(ctx context.Context, key string, value []byte, ttl time.Duration) {
	r.set(ctx, key, value, ttl)
}

func (r *Redis) set(ctx context.Context, key string, value []byte, ttl time.Duration) {
	if !r.breaker.allow() {
		r.dropped.Add(1)
		return
	}
	_ = r.try(ctx, func(ctx context.Context) error { return r.client.Set(ctx, key, value, ttl).Err() })
}

// Lend lends the connections for commands that no store has, within the budget. The error is why that failed, or that
// Redis is gone and nothing was tried.
func (r *Redis) Lend(ctx context.Context, use func(context.Context, redis.UniversalClient) error) error {
	if !r.breaker.allow() {
		return errDown
	}
	var refused error
	err := r.try(ctx, func(ctx context.Context) error {
		err := use(ctx, r.client)
		if refuses(err) {
			refused, err = err, nil
		}
		return err
	})
	if refused != nil {
		r.errors.Add(1)
		return refused
	}
	return err
}

var errDown = errors.New("Redis does not answer")

// refuses reports whether a server that works has refused a script, or failed at it: no reason to do without the rest.
func refuses(err error) bool {
	return redis.HasErrorPrefix(err, "NOPERM") || redis.HasErrorPrefix(err, "user_script") || redis.HasErrorPrefix(err, "Error running script")
}

// Close waits for Sets under way, which the budget bounds, and closes the connections. Gets then miss.
func (r *Redis) Close() error {
	r.writers.close()
	if err := r.client.Close(); err != nil {
		return fmt.Errorf("cannot close the connections to Redis: %w", err)
	}
	return nil
}

// try runs a command that the breaker has allowed. The asker's leaving does not stop it, for then nobody would learn
// whether Redis works, and the breaker's trial would never end; the budget does.
func (r *Redis) try(ctx context.Context, command func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.options.Budget)
	defer cancel()
	defer func() {
		if err != nil {
			r.errors.Add(1)
		}
		if working(err) {
			r.breaker.record(nil)
		} else {
			r.breaker.record(err)
		}
	}()
	defer fault.Recover(&err)
	return command(ctx)
}

// working reports whether the error, if it is one, is about a single key or about writing, from a server that works:
// reads may go on.
func working(err error) bool {
	var reply redis.Error
	if err == nil || errors.As(err, &reply) && redis.HasErrorPrefix(err, "WRONGTYPE") {
		return true
	}
	return redis.IsOOMError(err) || redis.IsReadOnlyError(err)
}
