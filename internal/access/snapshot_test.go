package access

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// memory is a process that remembers walks of one list, whose clock and generations a test sets.
type memory struct {
	*upstream
	census    *Census
	snapshots *Snapshots

	mu         sync.Mutex
	now        time.Time
	generation string
}

const ttl = time.Hour // long, since the cache's own clock runs too

func newMemory(t *testing.T, rows int) *memory {
	t.Helper()
	m := newMemoryOf(rows)
	t.Cleanup(m.snapshots.Close)
	return m
}

func newMemoryOf(rows int) *memory {
	m := &memory{upstream: holding(rows, paging{most: 100}), census: NewCensus(), now: time.Unix(1_800_000_000, 0)}
	m.snapshots = NewSnapshots(SnapshotOptions{TTL: ttl, Now: func() time.Time {
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.now
	}, Generation: func(context.Context, string) string {
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.generation
	}})
	return m
}

// pass lets time pass.
func (m *memory) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// write is a write in the tenant, on whatever replica.
func (m *memory) write() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation += "+"
}

// request returns the reader of a new request.
func (m *memory) request(email string) *Reader {
	r := readerFor(m.census, "acme", email)
	r.options.Snapshots = m.snapshots
	return r
}

const adaEmail, bobEmail = "ada@example.com", "bob@example.com"

func TestSnapshots(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		then   func(*memory)
		who    string
		fresh  bool
		calls  int
		// background are the calls that are made once the answer is there.
		background int
	}{
		"at once":            {"it is remembered", func(*memory) {}, adaEmail, false, 0, 0},
		"while fresh":        {"it is remembered", func(m *memory) { m.pass(ttl - 1) }, adaEmail, false, 0, 0},
		"when stale":         {"the stale one is served, and read anew behind the answer", func(m *memory) { m.pass(ttl) }, adaEmail, false, 0, 3},
		"when too old":       {"it is forgotten", func(m *memory) { m.pass(2 * ttl) }, adaEmail, false, 3, 0},
		"another caller":     {"who may see other rows", func(*memory) {}, bobEmail, false, 4, 0},
		"after a write":      {"the tenant's data are others", (*memory).write, adaEmail, false, 3, 0},
		"fresh is asked for": {"the caller knows why", func(*memory) {}, adaEmail, true, 3, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory(t, 250)
				walking(t, m.upstream, m.request(adaEmail))
				c.then(m)
				r := m.request(c.who)
				r.options.Fresh = c.fresh
				release := make(chan struct{})
				if c.background > 0 {
					m.before = func(context.Context, ccube.Page) error { <-release; return nil }
				}
				if calls := walking(t, m.upstream, r); calls > c.calls || calls == 0 && c.calls > 0 {
					t.Errorf("a walk took %d calls, want %d: %s", calls, c.calls, c.reason)
				}
				close(release)
				synctest.Wait()
				if calls := m.calls(); calls != c.background {
					t.Errorf("%d calls in the background, want %d: %s", calls, c.background, c.reason)
				}
			})
		})
	}
}

// A page, a search and a bounded walk take what is remembered too.
func TestSnapshotsAnswerEverything(t *testing.T) {
	t.Parallel()
	m := newMemory(t, 250)
	walking(t, m.upstream, m.request(adaEmail))
	rows, more, err := PageOf(t.Context(), m.request(adaEmail), m.list(), Window{Offset: 240, Count: 5, Next: true})
	if diff := cmp.Diff(numbers(241, 5), idsOf(rows)); err != nil || diff != "" || !more {
		t.Errorf("the page has more %t, %v (-want +got):\n%s", more, err, diff)
	}
	found, err := NewWalker(m.request(adaEmail), m.list()).Find(t.Context(), []ccube.ID{250, 251}, nil)
	if err != nil || len(found) != 1 || found[250] == nil {
		t.Errorf("the search found %v, %v", found, err)
	}
	if rows, whole, err := NewWalker(m.request(adaEmail), m.list()).Within(t.Context(), 1); err != nil || !whole || len(rows) != 250 {
		t.Errorf("the bounded walk has %d rows, whole %t, %v", len(rows), whole, err)
	}
	if calls := m.calls(); calls != 0 {
		t.Errorf("they took %d calls, want none", calls)
	}
}

func TestEqualWalksAtOnceAreOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 250)
		release := make(chan struct{})
		m.before = func(context.Context, ccube.Page) error { <-release; return nil }
		var requests sync.WaitGroup
		for range 10 {
			requests.Go(func() {
				if rows, err := NewWalker(m.request(adaEmail), m.list()).All(t.Context()); err != nil || len(rows) != 250 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
			})
		}
		synctest.Wait()
		close(release)
		requests.Wait()
		if calls := m.calls(); calls != 3 {
			t.Errorf("ten equal walks took %d calls, want those of one", calls)
		}
	})
}

// What fails is not remembered; a stale list stays as long as it cannot be read anew.
func TestSnapshotsOfWhatFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(t, 250)
		failing := func(context.Context, ccube.Page) error { return fault.New(fault.UpstreamUnavailable, "down") }
		m.set(func(u *upstream) { u.before = failing })
		if _, err := NewWalker(m.request(adaEmail), m.list()).All(t.Context()); !errors.Is(err, fault.UpstreamUnavailable) {
			t.Errorf("the error is %v", err)
		}
		m.set(func(u *upstream) { u.before = nil })
		walking(t, m.upstream, m.request(adaEmail))
		m.set(func(u *upstream) { u.before = failing })
		m.pass(ttl)
		for range 2 {
			if calls := walking(t, m.upstream, m.request(adaEmail)); calls > 2 {
				t.Errorf("a stale list took %d calls", calls)
			}
			synctest.Wait()
		}
		m.pass(ttl)
		if _, err := NewWalker(m.request(adaEmail), m.list()).All(t.Context()); !errors.Is(err, fault.UpstreamUnavailable) {
			t.Errorf("a list that is too old is served: %v", err)
		}
	})
}

// A list without a name is too special to be remembered, and where nothing is to be remembered nothing is.
func TestWhatIsNotRemembered(t *testing.T) {
	t.Parallel()
	m := newMemory(t, 5)
	unnamed := m.list()
	unnamed.Name = ""
	for range 2 {
		if _, err := NewWalker(m.request(adaEmail), unnamed).All(t.Context()); err != nil {
			t.Fatal(err)
		}
		if m.calls() == 0 {
			t.Error("a list without a name is remembered")
		}
	}
	if NewSnapshots(SnapshotOptions{}) != nil {
		t.Error("no time to live remembers something")
	}
}

// The rows of a snapshot are everybody's: a request that is done with them has not changed them.
func TestSnapshotsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	m := newMemory(t, 120)
	walking(t, m.upstream, m.request(adaEmail))
	var requests sync.WaitGroup
	for range 16 {
		requests.Go(func() {
			w := NewWalker(m.request(adaEmail), m.list())
			rows, err := w.All(t.Context())
			if err != nil || !slices.Equal(idsOf(rows), numbers(1, 120)) {
				t.Errorf("%d rows, %v", len(rows), err)
			}
			if _, err := w.Find(t.Context(), []ccube.ID{7}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	requests.Wait()
}
