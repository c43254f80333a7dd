package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// taken returns a snapshot of so many bytes.
func taken(at time.Time, bytes uint64) *snapshot { return &snapshot{taken: at, bytes: bytes} }

func keyOf(partition identity.Partition, endpoint string) snapshotKey {
	return snapshotKey{partition, listKey{endpoint, "all"}, "g"}
}

func TestKept(t *testing.T) {
	t.Parallel()
	begin := time.Unix(1_800_000_000, 0)
	ada, bob := readerFor(NewCensus(), "acme", adaEmail).API.Caller().Partition, readerFor(NewCensus(), "acme", bobEmail).API.Caller().Partition
	cases := map[string]struct {
		reason string
		do     func(k *kept, clock *time.Time)
		want   []string
	}{
		"within the bound": {"all stay", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 50))
			k.set(keyOf(ada, "quotes"), taken(begin, 50))
		}, []string{"projects", "quotes"}},
		"the oldest first": {"it has the least time left", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin.Add(1), 40))
			k.set(keyOf(ada, "quotes"), taken(begin, 40))
			k.get(keyOf(ada, "quotes")) // that it is used keeps it not
			k.set(keyOf(ada, "invoices"), taken(begin.Add(2), 40))
		}, []string{"invoices", "projects"}},
		"several for one": {"as many as need be", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "quotes"), taken(begin.Add(1), 40))
			k.set(keyOf(ada, "invoices"), taken(begin.Add(2), 90))
		}, []string{"invoices"}},
		"as large as all": {"it fits", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "invoices"), taken(begin.Add(1), 100))
		}, []string{"invoices"}},
		"larger than all": {"it is not kept, and drops nothing for that", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "invoices"), taken(begin.Add(1), 101))
		}, []string{"projects"}},
		"grown too large": {"what it replaces is not true any more", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "invoices"), taken(begin, 40))
			k.set(keyOf(ada, "invoices"), taken(begin.Add(1), 101))
		}, nil},
		"replaced": {"a list has one", func(k *kept, _ *time.Time) {
			for i := range 10 {
				k.set(keyOf(ada, "invoices"), taken(begin.Add(time.Duration(i)), 60))
			}
			k.set(keyOf(ada, "quotes"), taken(begin, 40))
		}, []string{"invoices", "quotes"}},
		"overtaken": {"a walk that began earlier and took longer replaces nothing", func(k *kept, clock *time.Time) {
			k.set(keyOf(ada, "invoices"), taken(begin.Add(5), 40))
			k.set(keyOf(ada, "invoices"), taken(begin, 40))
			*clock = begin.Add(k.life)
		}, []string{"invoices"}},
		"another generation": {"nobody asks for it any more", func(k *kept, _ *time.Time) {
			key := keyOf(ada, "invoices")
			key.generation = "other"
			k.set(key, taken(begin, 40))
		}, nil},
		"ended": {"twice its time to live", func(k *kept, clock *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "invoices"), taken(begin.Add(1), 40))
			*clock = begin.Add(k.life)
		}, []string{"invoices"}},
		"ended before it was kept": {"a very long walk", func(k *kept, clock *time.Time) {
			*clock = begin.Add(k.life)
			k.set(keyOf(ada, "projects"), taken(begin, 40))
		}, nil},
		"refused": {"all of the caller's, and no other's", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "quotes"), taken(begin, 40))
			k.refuse(bob)
			k.refuse(ada)
		}, nil},
		"another refused": {"all of the caller's, and no other's", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.refuse(bob)
		}, []string{"projects"}},
		"refused on the way": {"what the walk comes to is not kept", func(k *kept, clock *time.Time) {
			*clock = begin.Add(1)
			k.refuse(ada)
			k.set(keyOf(ada, "projects"), taken(begin, 40))
		}, nil},
		"accepted again": {"a walk that began since is kept", func(k *kept, _ *time.Time) {
			k.refuse(ada)
			k.set(keyOf(ada, "projects"), taken(begin.Add(1), 40))
		}, []string{"projects"}},
		"forgotten": {"one list", func(k *kept, _ *time.Time) {
			k.set(keyOf(ada, "projects"), taken(begin, 40))
			k.set(keyOf(ada, "quotes"), taken(begin, 40))
			k.forget(keyOf(ada, "quotes"))
			k.forget(keyOf(ada, "invoices"))
		}, []string{"projects"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := begin
			k := newKept(100, time.Hour, func() time.Time { return clock })
			defer k.close()
			c.do(k, &clock)
			var got []string
			for _, endpoint := range []string{"invoices", "projects", "quotes"} {
				if k.get(keyOf(ada, endpoint)) != nil {
					got = append(got, endpoint)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("kept are %v, want %v: %s", got, c.want, c.reason)
			}
		})
	}
}

// Whatever happens, the bytes are counted rightly and within the bound, and what is there is younger than what was dropped
// for it.
func TestKeptIsBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(1_800_000_000, 0)
		k := newKept(1000, time.Minute, func() time.Time { return now })
		defer k.close()
		key := rapid.Custom(func(t *rapid.T) snapshotKey {
			who := readerFor(NewCensus(), "acme", rapid.SampledFrom([]string{adaEmail, bobEmail}).Draw(t, "who"))
			return keyOf(who.API.Caller().Partition, rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "list"))
		})
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				age := time.Duration(rapid.IntRange(0, 90).Draw(t, "age")) * time.Second
				k.set(key.Draw(t, "key"), taken(now.Add(-age), rapid.Uint64Range(1, 1200).Draw(t, "bytes")))
			},
			"pass":   func(t *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "seconds")) * time.Second) },
			"refuse": func(t *rapid.T) { k.refuse(key.Draw(t, "key").partition) },
			"forget": func(t *rapid.T) { k.forget(key.Draw(t, "key")) },
			"clean":  func(*rapid.T) { k.clean() },
			"": func(t *rapid.T) {
				bytes, n, before := uint64(0), 0, time.Time{}
				for e := k.byAge.Front(); e != nil; e = e.Next() {
					s := e.Value.(keptSnapshot)
					bytes, n = bytes+s.rows.bytes, n+1
					if s.rows.taken.Before(before) || k.byCaller[s.key.partition][s.key.list] != e {
						t.Fatal("a snapshot is out of its place")
					}
					before = s.rows.taken
				}
				found := 0
				for _, lists := range k.byCaller {
					found += len(lists)
				}
				if bytes != k.bytes || bytes > k.bound || found != n {
					t.Fatalf("%d bytes of %d, counted %d; %d snapshots, %d to be found", bytes, k.bound, k.bytes, n, found)
				}
			},
		})
	})
}

// Memory is given back though nobody comes any more.
func TestKeptIsSwept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKept(1000, time.Minute, time.Now)
		k.set(keyOf(somebody, "projects"), taken(time.Now(), 10))
		time.Sleep(30 * time.Second)
		k.set(keyOf(somebody, "quotes"), taken(time.Now(), 10))
		time.Sleep(30*time.Second + time.Millisecond)
		synctest.Wait()
		k.mu.Lock()
		if k.bytes != 10 {
			t.Errorf("%d bytes after a minute, want those of the younger", k.bytes)
		}
		k.mu.Unlock()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.bytes != 0 || k.byAge.Len() != 0 || len(k.byCaller) != 0 || k.sweep != nil {
			t.Errorf("%d bytes, %d snapshots after three minutes", k.bytes, k.byAge.Len())
		}
	})
}

// Two callers never share a snapshot, however little tells them apart.
func TestNobodySharesASnapshot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-c,=:|@ ]{0,3}`)
		caller := func(label string) (identity.Caller, string) {
			tenant, email, token := word.Draw(t, label+" tenant"), word.Draw(t, label+" email"), word.Draw(t, label+" credential")
			return identity.New(identity.Tenant{Name: tenant, Base: "http://" + tenant}, email, identity.Secret(token)), fmt.Sprintf("%q %q %q", tenant, email, token)
		}
		m := newMemoryOf(3)
		defer m.snapshots.Close()
		read := func(who identity.Caller) int {
			r := NewReader(ccube.New(ccube.Options{}).As(who), m.census, Options{Snapshots: m.snapshots})
			m.calls()
			if rows, err := NewWalker(r, m.list()).All(t.Context()); err != nil || len(rows) != 3 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			return m.calls()
		}
		a, who := caller("one")
		b, other := caller("another")
		read(a)
		if shared := read(b) == 0; shared != (who == other) {
			t.Fatalf("%s and %s share a snapshot: %t", who, other, shared)
		}
	})
}

// A refresh is one, with a budget and a life of its own: it does not spend the request's, nor end with it.
func TestRenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 250)
		walking(t, m.upstream, m.request(adaEmail))
		m.pass(ttl)
		release := make(chan struct{})
		m.set(func(u *upstream) {
			u.before = func(ctx context.Context, _ ccube.Page) error {
				select {
				case <-release:
				case <-ctx.Done():
				}
				return ctx.Err()
			}
		})
		ctx, cancel := context.WithCancel(t.Context())
		var requests sync.WaitGroup
		for range 50 {
			requests.Go(func() {
				if rows, err := NewWalker(m.request(adaEmail), m.list()).All(ctx); err != nil || len(rows) != 250 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
			})
		}
		requests.Wait()
		cancel()
		close(release)
		synctest.Wait()
		if calls := m.calls(); calls != 3 {
			t.Errorf("50 who found it stale had it read in %d calls, want those of one walk", calls)
		}
		m.set(func(u *upstream) { u.before = nil })
		m.pass(ttl - 1)
		if calls := walking(t, m.upstream, m.request(adaEmail)); calls != 0 {
			t.Errorf("what was read behind the answer is not kept: %d calls", calls)
		}
	})
}

// What many callers find stale at once is read anew a few at a time.
func TestRenewalsAreFew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 20)
		for i := range 20 {
			walking(t, m.upstream, m.request(fmt.Sprintf("caller%d@example.com", i)))
		}
		m.pass(ttl)
		release := make(chan struct{})
		var mu sync.Mutex
		asking, most := 0, 0
		m.set(func(u *upstream) {
			u.before = func(context.Context, ccube.Page) error {
				mu.Lock()
				asking++
				most = max(most, asking)
				mu.Unlock()
				<-release
				mu.Lock()
				asking--
				mu.Unlock()
				return nil
			}
		})
		for i := range 20 {
			if calls := walking(t, m.upstream, m.request(fmt.Sprintf("caller%d@example.com", i))); calls > renewalsAtOnce*pair {
				t.Errorf("%d calls for a stale list", calls)
			}
		}
		synctest.Wait()
		close(release)
		synctest.Wait()
		if pages := most; pages == 0 || pages > renewalsAtOnce*pair {
			t.Errorf("%d pages were read anew at once, want those of %d lists at most", pages, renewalsAtOnce)
		}
	})
}

// One that failed is not tried again: the stale list ends by its age. A list that has been closed ends at once.
func TestRenewalThatFails(t *testing.T) {
	t.Parallel()
	for kind, served := range map[fault.Kind]bool{fault.UpstreamUnavailable: true, fault.Forbidden: false} {
		synctest.Test(t, func(t *testing.T) {
			m := newMemory(t, 50)
			walking(t, m.upstream, m.request(adaEmail))
			m.set(func(u *upstream) { u.before = func(context.Context, ccube.Page) error { return fault.New(kind, "no") } })
			m.pass(ttl)
			tried := 0
			for i := range 5 {
				_, err := NewWalker(m.request(adaEmail), m.list()).All(t.Context())
				if i > 0 && errors.Is(err, kind) == served {
					t.Errorf("%s: request %d: %v, want the stale list: %t", kind, i, err, served)
				}
				synctest.Wait()
				if i == 0 {
					tried = m.calls()
				}
			}
			if again := m.calls(); served && again > 0 || tried == 0 || tried > 2 {
				t.Errorf("%s: it was tried in %d calls, then %d", kind, tried, again)
			}
		})
	}
}

// Close ends a refresh under way, and waits for it; nothing begins afterwards.
func TestClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 50)
		walking(t, m.upstream, m.request(adaEmail))
		walking(t, m.upstream, m.request(bobEmail))
		m.pass(ttl)
		m.set(func(u *upstream) { u.before = hang })
		if rows, err := NewWalker(m.request(adaEmail), m.list()).All(t.Context()); err != nil || len(rows) != 50 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
		synctest.Wait()
		began := m.calls()
		m.snapshots.Close()
		m.set(func(u *upstream) { u.before = nil })
		m.snapshots.kept.set(keyOf(somebody, "late"), taken(m.now, 1))
		synctest.Wait()
		if again := m.calls(); began == 0 || again > 0 {
			t.Errorf("a refresh of %d calls, and %d after the end", began, again)
		}
		m.snapshots.Close()
	})
	(*Snapshots)(nil).Close()
	(*Snapshots)(nil).Refused(somebody)
}

// Who wants nothing remembered reads anew, and what he reads is remembered; a page that he reads ends an older snapshot.
func TestFresh(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 50)
		walking(t, m.upstream, m.request(adaEmail))
		m.set(func(u *upstream) { u.ids = numbers(1, 60) })
		fresh := m.request(adaEmail)
		fresh.options.Fresh = true
		if calls := walking(t, m.upstream, fresh); calls == 0 {
			t.Error("a fresh list took no call")
		}
		if calls := walking(t, m.upstream, m.request(adaEmail)); calls != 0 {
			t.Errorf("what was read fresh is not remembered: %d calls", calls)
		}
		m.set(func(u *upstream) { u.ids = numbers(1, 70) })
		fresh = m.request(adaEmail)
		fresh.options.Fresh = true
		if _, _, err := PageOf(t.Context(), fresh, m.list(), Window{Offset: 60, Count: 5}); err != nil {
			t.Fatal(err)
		}
		rows, _, err := PageOf(t.Context(), m.request(adaEmail), m.list(), Window{Offset: 60, Count: 5})
		if diff := cmp.Diff(numbers(61, 5), idsOf(rows)); err != nil || diff != "" {
			t.Errorf("an older answer after a newer one: %v (-want +got):\n%s", err, diff)
		}
	})
}

// A fresh reading does not join a walk that began before it for those who did not care.
func TestFreshJoinsNoOlderWalk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 50)
		release := make(chan struct{})
		m.set(func(u *upstream) { u.before = func(context.Context, ccube.Page) error { <-release; return nil } })
		var requests sync.WaitGroup
		for i := range 4 {
			requests.Go(func() {
				r := m.request(adaEmail)
				r.options.Fresh = i%2 == 0
				if _, err := NewWalker(r, m.list()).All(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		close(release)
		requests.Wait()
		if calls := m.calls(); calls != 4 {
			t.Errorf("two kinds of walk took %d calls, want 2 each", calls)
		}
	})
}

// somebody is a caller of no matter what.
var somebody = readerFor(NewCensus(), "acme", "somebody@example.com").API.Caller().Partition
