package cache_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

type stage struct {
	ID   int
	Name string
}

var (
	stages = cache.ListKey{Tenant: "acme", Name: "stages"}
	alice  = identity.Partition{1}
	bob    = identity.Partition{2}
)

// office is a tenant's CCUBE that counts its calls, by caller.
type office struct {
	lists    *cache.Lists
	store    *cache.Memory
	accepted *cache.Accepted
	mu       sync.Mutex
	calls    map[identity.Partition]int
	fail     map[identity.Partition]error
	hold     chan struct{} // a call waits until it is closed; nil does not wait
}

func newOffice(ttl time.Duration) *office {
	o := &office{
		store: cache.NewMemory(cache.MemoryOptions{}), accepted: cache.NewAccepted(nil),
		calls: map[identity.Partition]int{}, fail: map[identity.Partition]error{},
	}
	o.lists = cache.NewLists(o.store, ttl, o.accepted)
	return o
}

// ask is one request for the stages.
func (o *office) ask(ctx context.Context, caller identity.Partition) ([]stage, bool, error) {
	return cache.Through(ctx, o.lists, stages, caller, func(ctx context.Context) ([]stage, error) {
		o.mu.Lock()
		o.calls[caller]++
		err := o.fail[caller]
		o.mu.Unlock()
		if o.hold != nil {
			select {
			case <-o.hold:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		return []stage{{7, "Survey"}}, err
	})
}

// want asks and compares everything.
func (o *office) want(t *testing.T, caller identity.Partition, cached bool, calls int, reason string) {
	t.Helper()
	got, fromStore, err := o.ask(t.Context(), caller)
	if err != nil {
		t.Errorf("error %v: %s", err, reason)
	}
	if diff := cmp.Diff([]stage{{7, "Survey"}}, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", reason, diff)
	}
	if fromStore != cached || o.calls[caller] != calls {
		t.Errorf("cached %t after %d calls, want %t after %d: %s", fromStore, o.calls[caller], cached, calls, reason)
	}
}

func TestListIsServedToTheAcceptedOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // its clock makes time.Sleep instant
		o := newOffice(10 * time.Minute)
		o.want(t, alice, false, 1, "nothing is stored yet")
		o.want(t, alice, true, 1, "her own call has got her accepted")
		o.want(t, bob, false, 1, "what Alice may see, Bob has to show that he may")
		o.want(t, bob, true, 1, "now he has")
		time.Sleep(61 * time.Second)
		o.want(t, bob, false, 2, "a minute later he has to show it again")
		o.accepted.Accept(alice)
		o.want(t, alice, true, 1, "any call that CCUBE accepts will do")
		o.accepted.Refuse(alice)
		o.want(t, alice, false, 2, "and any that it refuses undoes it")
		time.Sleep(11 * time.Minute)
		o.accepted.Accept(alice)
		o.want(t, alice, false, 3, "values end too")
	})
}

func TestListRefusedCallerIsForgotten(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		err    error
		want   bool
	}{
		"unauthenticated": {"the credential is no longer good", fault.New(fault.Unauthenticated, "no"), false},
		"forbidden":       {"who may not is still known", fault.New(fault.Forbidden, "no"), true},
		"unavailable":     {"an outage says nothing of the credential", fault.New(fault.UpstreamUnavailable, "no"), true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(time.Hour)
			o.accepted.Accept(alice)
			o.fail[alice] = c.err
			if _, _, err := o.ask(t.Context(), alice); !errors.Is(err, c.err) {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if got := o.accepted.Recently(alice); got != c.want {
				t.Errorf("Recently = %t, want %t: %s", got, c.want, c.reason)
			}
			o.fail[alice] = nil
			o.want(t, alice, false, 2, "a failure is not stored")
		})
	}
}

func TestListFlights(t *testing.T) {
	t.Parallel()
	refused := fault.New(fault.Unauthenticated, "no")
	cases := map[string]struct {
		reason   string
		ttl      time.Duration
		accepted []identity.Partition
		fail     map[identity.Partition]error
		// askers come one after the other, while the first call is held.
		askers []identity.Partition
		errs   []error
		calls  map[identity.Partition]int
	}{
		"accepted share": {
			"one call serves the tenant", time.Hour, []identity.Partition{alice, bob}, nil,
			[]identity.Partition{alice, bob, alice, bob}, []error{nil, nil, nil, nil},
			map[identity.Partition]int{alice: 1},
		},
		"strangers do not": {
			"each shows its own credential, once", time.Hour, nil, nil,
			[]identity.Partition{alice, bob, alice, bob}, []error{nil, nil, nil, nil},
			map[identity.Partition]int{alice: 1, bob: 1},
		},
		"a stranger does not join": {
			"the accepted caller's call says nothing about him", time.Hour, []identity.Partition{alice}, nil,
			[]identity.Partition{alice, bob}, []error{nil, nil},
			map[identity.Partition]int{alice: 1, bob: 1},
		},
		"another's failure is not one's own": {
			"her token was revoked, not his", time.Hour, []identity.Partition{alice, bob},
			map[identity.Partition]error{alice: refused},
			[]identity.Partition{alice, bob, bob, alice}, []error{refused, nil, nil, refused},
			map[identity.Partition]int{alice: 1, bob: 1},
		},
		"nothing stored": {
			"calls at once are one even so", 0, []identity.Partition{alice, bob}, nil,
			[]identity.Partition{alice, bob}, []error{nil, nil},
			map[identity.Partition]int{alice: 1},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(c.ttl)
				o.hold = make(chan struct{})
				o.fail = c.fail
				for _, p := range c.accepted {
					o.accepted.Accept(p)
				}
				errs := make([]error, len(c.askers))
				for i, p := range c.askers {
					go func() { _, _, errs[i] = o.ask(t.Context(), p) }()
					synctest.Wait()
				}
				close(o.hold)
				synctest.Wait()
				for i, err := range errs {
					if !errors.Is(err, c.errs[i]) {
						t.Errorf("asker %d gets %v, want %v", i, err, c.errs[i])
					}
				}
				if diff := cmp.Diff(c.calls, o.calls); diff != "" {
					t.Errorf("calls, as %s (-want +got):\n%s", c.reason, diff)
				}
			})
		})
	}
}

func TestListAskerThatLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(time.Hour)
		o.hold = make(chan struct{})
		o.accepted.Accept(alice)
		o.accepted.Accept(bob)
		leaving, leave := context.WithCancel(t.Context())
		var gone, stays error
		go func() { _, _, gone = o.ask(leaving, alice) }()
		synctest.Wait()
		go func() { _, _, stays = o.ask(t.Context(), bob) }()
		synctest.Wait()
		leave()
		synctest.Wait()
		close(o.hold)
		synctest.Wait()
		if !errors.Is(gone, context.Canceled) || stays != nil {
			t.Errorf("who left gets %v, who stayed %v", gone, stays)
		}
		if diff := cmp.Diff(map[identity.Partition]int{alice: 1}, o.calls); diff != "" {
			t.Errorf("her call goes on for him (-want +got):\n%s", diff)
		}
	})
}

func TestListPoisoned(t *testing.T) {
	t.Parallel()
	sealed := stages.String() + "\n"
	cases := map[string]struct{ reason, value string }{
		"garbage":        {"it does not decode", "\x00\xff"},
		"null":           {"valid JSON, but not ours", "null"},
		"empty list":     {"it would look like a tenant without stages", "[]"},
		"cut off":        {"half a value is none", sealed + `[{"ID":7,`},
		"other form":     {"an object is no list", sealed + `{"ID":7}`},
		"other list":     {"it says whose it is", cache.ListKey{Tenant: "acme", Name: "work_types"}.String() + "\n[]"},
		"other tenant":   {"the same", cache.ListKey{Tenant: "bolt", Name: "stages"}.String() + "\n[]"},
		"other version":  {"another release wrote it", "ccube:v0:lookup:acme:stages\n[]"},
		"only the seal":  {"nothing is no JSON", sealed},
		"trailing waste": {"nor is too much", sealed + "[] []"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(time.Hour)
			o.accepted.Accept(alice)
			o.store.Set(t.Context(), stages.String(), []byte(c.value), time.Hour)
			o.want(t, alice, false, 1, c.reason)
			o.want(t, alice, true, 1, "it is overwritten")
		})
	}
}

func TestListWithoutStore(t *testing.T) {
	t.Parallel()
	l := cache.NewLists(nil, 0, cache.NewAccepted(nil))
	calls := 0
	for range 3 {
		_, cached, err := cache.Through(t.Context(), l, stages, alice, func(context.Context) (int, error) {
			calls++
			return calls, nil
		})
		if cached || err != nil {
			t.Errorf("cached %t, error %v", cached, err)
		}
	}
	if calls != 3 {
		t.Errorf("%d calls, want 3: a TTL of 0 stores nothing", calls)
	}
}

func TestListInTwoFormsIsAnError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(time.Hour)
		o.hold = make(chan struct{})
		o.accepted.Accept(alice)
		go func() { _, _, _ = o.ask(t.Context(), alice) }()
		synctest.Wait()
		var err error
		go func() {
			_, _, err = cache.Through(t.Context(), o.lists, stages, alice, func(context.Context) (int, error) { return 7, nil })
		}()
		synctest.Wait()
		close(o.hold)
		synctest.Wait()
		if !errors.Is(err, fault.Internal) {
			t.Errorf("who joins for another type gets %v, want an error of category %s", err, fault.Internal)
		}
	})
}

func TestListPanicIsAnError(t *testing.T) {
	t.Parallel()
	l := cache.NewLists(cache.NewMemory(cache.MemoryOptions{}), time.Hour, cache.NewAccepted(nil))
	_, _, err := cache.Through(t.Context(), l, stages, alice, func(context.Context) (int, error) { panic("no") })
	if !errors.Is(err, fault.Internal) {
		t.Errorf("error %v, want one of category %s", err, fault.Internal)
	}
}

func ExampleThrough() {
	lists := cache.NewLists(cache.NewMemory(cache.MemoryOptions{}), 10*time.Minute, cache.NewAccepted(nil))
	ask := func(caller identity.Partition) {
		names, cached, err := cache.Through(context.Background(), lists, stages, caller,
			func(context.Context) ([]string, error) { return []string{"Survey", "Build"}, nil })
		fmt.Println(names, cached, err)
	}
	ask(alice) // CCUBE answers, and so accepts her
	ask(alice)
	ask(bob) // CCUBE has not accepted him yet
	// Output:
	// [Survey Build] false <nil>
	// [Survey Build] true <nil>
	// [Survey Build] false <nil>
}
