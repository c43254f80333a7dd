package ccube_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// rest is how long the breakers of these tests rest.
const rest = 5 * time.Second

// guarded is a client with a breaker, over an upstream that can be told how to behave.
type guarded struct {
	*ccube.Client
	upstream *replies
}

func guard(list ...reply) guarded {
	g := guarded{upstream: &replies{list: list}}
	g.Client = ccube.New(ccube.Options{HTTP: g.upstream, Rest: rest})
	return g
}

// read reads something, and returns how the read failed and how many calls it took.
func (g guarded) read(t *testing.T) (int32, error) {
	t.Helper()
	before := g.upstream.made.Load()
	_, err := g.As(caller("http://acme.test")).GetNote(t.Context(), 1)
	return g.upstream.made.Load() - before, err
}

// times is a reply, so many times.
func times(n int, r reply) []reply { return slices.Repeat([]reply{r}, n) }

func TestBreakerOpensAndRecovers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// Seven failures open it; the trial fails; the next succeeds.
		g := guard(append(times(8, reply{err: refused}), ok)...)
		for n := range 7 {
			if calls, err := g.read(t); !errors.Is(err, fault.UpstreamUnavailable) || calls != 1 {
				t.Fatalf("read %d: %d calls, %v", n, calls, err)
			}
		}
		rested := func(left time.Duration) {
			t.Helper()
			begin := time.Now()
			calls, err := g.read(t)
			f := failed(t, err)
			if f.Kind != fault.UpstreamUnavailable || f.RetryAfter != left || calls != 0 || time.Since(begin) != 0 {
				t.Fatalf("%v with retryAfter %v, %d calls, after %v; want UPSTREAM_UNAVAILABLE, %v, none, at once",
					err, f.RetryAfter, calls, time.Since(begin), left)
			}
		}
		rested(rest)
		time.Sleep(2 * time.Second) // the bubble's time
		rested(rest - 2*time.Second)
		time.Sleep(rest - 2*time.Second)
		if calls, err := g.read(t); calls != 1 || err == nil {
			t.Fatalf("the trial: %d calls, %v", calls, err)
		}
		rested(rest)
		time.Sleep(rest)
		for range 3 {
			if calls, err := g.read(t); calls != 1 || err != nil {
				t.Fatalf("after it has recovered: %d calls, %v", calls, err)
			}
		}
	})
}

// What counts, and how much.
func TestWhatOpensTheBreaker(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		replies []reply
		open    bool
	}{
		"seven resets":                   {times(7, reply{err: reset}), true},
		"six resets":                     {times(6, reply{err: reset}), false},
		"seven of 500":                   {times(7, reply{status: 500}), true},
		"seven of 503":                   {times(7, reply{status: 503}), true},
		"seven broken bodies":            {times(7, reply{status: 200, cut: true}), true},
		"three that took all their time": {times(3, reply{err: late}), true},
		"two of them":                    {times(2, reply{err: late}), false},
		"a success between":              {append(append(times(6, reply{err: reset}), ok), times(6, reply{err: reset})...), false},
		"a refusal between, an answer":   {append(append(times(6, reply{err: reset}), reply{status: 404}), times(6, reply{err: reset})...), false},
		"a hundred of 401":               {times(100, reply{status: 401}), false},
		"a hundred of 404":               {times(100, reply{status: 404}), false},
		"a hundred of 422":               {times(100, reply{status: 422}), false},
		"a hundred of 429":               {times(100, reply{status: 429}), false},
		"a hundred redirects":            {times(100, reply{status: 302}), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := guard(append(slices.Clone(c.replies), ok)...)
				for range c.replies {
					_, _ = g.read(t)
				}
				if calls, err := g.read(t); (calls == 0) != c.open {
					t.Errorf("the next read made %d calls: %v", calls, err)
				}
			})
		})
	}
}

// One tenant's breaker is no other's.
func TestBreakersAreTenants(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := ccube.New(ccube.Options{Rest: rest, HTTP: doer(func(r *http.Request) (*http.Response, error) {
			if r.URL.Host == "down.test" {
				return nil, refused
			}
			return answering200()
		})})
		down := identity.New(identity.Tenant{Name: "down", Base: "http://down.test"}, "ada@example.com", authorization)
		for range 8 {
			_, _ = client.As(down).GetNote(t.Context(), 1)
		}
		if _, err := client.As(down).GetNote(t.Context(), 1); failed(t, err).RetryAfter == 0 {
			t.Errorf("the breaker is not open: %v", err)
		}
		if _, err := client.As(caller("http://acme.test")).GetNote(t.Context(), 1); err != nil {
			t.Errorf("another tenant's call fails: %v", err)
		}
	})
}

func answering200() (*http.Response, error) { return (&replies{list: []reply{ok}}).Do(nil) }

// After the rest one call is tried, and the others are told to wait. A trial that its caller gives up is no verdict: the
// next call is the trial.
func TestOneTrialAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hanging atomic.Bool
		var calls atomic.Int32
		client := ccube.New(ccube.Options{Rest: rest, HTTP: doer(func(r *http.Request) (*http.Response, error) {
			calls.Add(1)
			if hanging.Load() {
				return hang(r)
			}
			return nil, refused
		})})
		api := client.As(caller("http://acme.test"))
		for range 7 {
			_, _ = api.GetNote(t.Context(), 1)
		}
		time.Sleep(rest) // the bubble's time
		hanging.Store(true)
		ctx, leave := context.WithCancel(t.Context())
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			_, _ = api.GetNote(ctx, 1)
		}()
		synctest.Wait()
		calls.Store(0)
		if _, err := api.GetNote(t.Context(), 2); failed(t, err).RetryAfter != time.Second || calls.Load() != 0 {
			t.Errorf("beside the trial: %d calls, %v", calls.Load(), err)
		}
		leave()
		<-gone
		synctest.Wait()
		hanging.Store(false)
		if _, err := api.GetNote(t.Context(), 2); calls.Load() != 1 {
			t.Errorf("after a trial without a verdict: %d calls, %v", calls.Load(), err)
		}
	})
}

// A caller with thousands of calls makes another's one call wait for two at most, and is not slowed down where nobody else
// wants anything.
func TestCallersTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const each = 50 * time.Millisecond
		var flying, most atomic.Int32
		client := ccube.New(ccube.Options{InFlight: 16, HTTP: doer(func(*http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), flying.Add(1)))
			defer flying.Add(-1)
			time.Sleep(each)
			return answering200()
		})})
		tenant := identity.Tenant{Name: "acme", Base: "http://acme.test"}
		many := client.As(identity.New(tenant, "many@example.com", "Token many"))
		one := client.As(identity.New(tenant, "one@example.com", "Token one"))
		begin := time.Now()
		var group sync.WaitGroup
		for id := range 2000 {
			group.Go(func() {
				if _, err := many.GetNote(t.Context(), ccube.ID(id+1)); err != nil {
					t.Error(err)
				}
			})
		}
		for n := range 10 {
			time.Sleep(time.Duration(n) * 7 * time.Millisecond)
			asked := time.Now()
			if _, err := one.GetNote(t.Context(), 1); err != nil {
				t.Error(err)
			}
			if took := time.Since(asked); took > 3*each {
				t.Errorf("one call took %v, want %v for itself and two before it", took, 3*each)
			}
		}
		group.Wait()
		if took := time.Since(begin); took > 2010/16*each+each {
			t.Errorf("2,010 calls took %v", took)
		}
		if most.Load() != 16 {
			t.Errorf("%d calls at once, want 16", most.Load())
		}
	})
}

// A caller whose turn does not come leaves with the end of its own context; a write of it is not sent.
func TestWaitingForATurnEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		client := ccube.New(ccube.Options{InFlight: 1, HTTP: doer(func(r *http.Request) (*http.Response, error) {
			calls.Add(1)
			return hang(r)
		})})
		ada := client.As(caller("http://acme.test"))
		ctx, release := context.WithCancel(t.Context())
		held := make(chan struct{})
		go func() {
			defer close(held)
			_, _ = ada.GetNote(ctx, 1)
		}()
		synctest.Wait()
		for method, write := range writes {
			late, cancel := context.WithTimeout(t.Context(), time.Second)
			if err := write(late, ada); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: the error is %v, want the context's", method, err)
			}
			cancel()
		}
		release()
		<-held
		if n := calls.Load(); n != 1 {
			t.Errorf("%d calls, want the one that held the place", n)
		}
	})
}
