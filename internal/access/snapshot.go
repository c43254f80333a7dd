package access

// This file keeps walks for a short while, each for the caller who made it, so that the next page of a report, or the next
// request of a dashboard, costs nothing. A snapshot is fresh for its time to live; as long again it is still served, while
// it is read anew in the background (renew.go). Any write in the tenant, on whatever replica, ends it: it belongs to a
// generation of the tenant's data. So does a refusal of the caller's credential.

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// SnapshotOptions are the settings of snapshots.
type SnapshotOptions struct {
	// TTL is how long a snapshot is fresh.
	TTL time.Duration
	// MaxBytes bounds the memory of all snapshots together; the oldest go first. 256 MiB where zero.
	MaxBytes uint64
	// Generation names the state of a tenant's data: a write through any replica changes it.
	Generation func(ctx context.Context, tenant string) string
	// Timeout bounds a refresh in the background. 30 seconds where zero.
	Timeout time.Duration
	// Now tells the time; time.Now where nil.
	Now func() time.Time
}

// Snapshots are the walks that are remembered. They serve the process, are safe for concurrent use, and bounded. A nil
// *Snapshots remembers nothing.
type Snapshots struct {
	options SnapshotOptions
	kept    *kept
	walks   flight.Group[walkKey, *snapshot]

	// life is what refreshes run in, renewals how many of them may at once.
	life     context.Context
	end      context.CancelFunc
	renewals chan struct{}
	mu       sync.Mutex
	ended    bool
	renewing sync.WaitGroup
}

// snapshotKey cannot forget whose rows they are, nor of when.
type snapshotKey struct {
	partition  identity.Partition
	list       listKey
	generation string
}

// walkKey tells walks apart that may be shared. Who wants nothing remembered does not join a walk that began before for
// those who do not care.
type walkKey struct {
	snapshotKey
	fresh bool
}

// snapshot is a whole list. It is immutable, but for the mark that it is being renewed.
type snapshot struct {
	// list is a *whole[T]; the key's endpoint decides on T.
	list  any
	taken time.Time
	// bytes is about how much memory it takes.
	bytes uint64
	// renewed tells that somebody has set out to read it anew: that is tried once.
	renewed atomic.Bool
}

// NewSnapshots returns snapshots; nil, which remembers nothing, where the time to live is 0.
func NewSnapshots(o SnapshotOptions) *Snapshots {
	if o.TTL <= 0 {
		return nil
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 256 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Snapshots{options: o, kept: newKept(o.MaxBytes, 2*o.TTL, o.Now), renewals: make(chan struct{}, renewalsAtOnce)}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// Refused drops what is remembered of a caller whose credential CCUBE has just refused.
func (s *Snapshots) Refused(p identity.Partition) {
	if s != nil {
		s.kept.refuse(p)
	}
}

// SnapshotStats are how much is kept, and how much may be.
type SnapshotStats struct {
	// Lists is how many snapshots there are.
	Lists int
	// Bytes is about how much memory they take; MaxBytes is how much they may.
	Bytes, MaxBytes uint64
}

// Stats tells how much is kept.
func (s *Snapshots) Stats() SnapshotStats {
	if s == nil {
		return SnapshotStats{}
	}
	return s.kept.stats()
}

// Close ends refreshes in the background, and returns when they have ended. It is called once no request is served any
// more.
func (s *Snapshots) Close() {
	if s == nil {
		return
	}
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.end()
	s.renewing.Wait()
	s.kept.close()
}

// now is the time by the snapshots' clock.
func (s *Snapshots) now() time.Time {
	if s == nil {
		return time.Time{}
	}
	return s.options.Now()
}

// age is how old a snapshot is.
func (s *Snapshots) age(of *snapshot) time.Duration { return s.options.Now().Sub(of.taken) }

// recall returns the list as it is remembered for the reader's caller; nil where it is not. A stale one is read anew in
// the background.
func recall[T Row[T]](ctx context.Context, r *Reader, l *List[T]) *snapshot {
	if seen := held(r, l); seen != nil {
		return seen
	}
	key, ok := snapshotOf(ctx, r, l)
	if !ok || r.options.Fresh {
		return nil
	}
	s := r.options.Snapshots
	found := s.kept.get(key)
	if found == nil {
		return nil
	}
	age := s.age(found)
	if age >= s.options.TTL {
		renew(r, l, key, found)
	}
	hold(r, l, found)
	ccube.Report(ctx, ccube.Call{
		Method: "GET", Path: "/api/v2/" + l.Endpoint, Start: time.Now(), Source: ccube.Cached, Age: age,
	})
	return found
}

// snapshotOf returns the key that the list is remembered under; false where it is not to be remembered.
func snapshotOf[T Row[T]](ctx context.Context, r *Reader, l *List[T]) (snapshotKey, bool) {
	if r.options.Snapshots == nil || l.Name == "" {
		return snapshotKey{}, false
	}
	return snapshotKey{r.API.Caller().Partition, listKey{l.Endpoint, l.Name}, r.generation(ctx)}, true
}

// overtake drops what is remembered of a list of which a part has just been read past it: what is served afterwards is not
// to be older than what has been shown.
func overtake[T Row[T]](ctx context.Context, r *Reader, l *List[T]) {
	if key, ok := snapshotOf(ctx, r, l); ok && r.options.Fresh {
		r.options.Snapshots.kept.forget(key)
	}
}

// takeSnapshot walks the list, and remembers it. Equal walks at the same time are one. It tells begun, if that is not nil, when
// the walk's calls have begun.
func takeSnapshot[T Row[T]](
	ctx context.Context, r *Reader, l *List[T], key snapshotKey, begun func(),
) (_ *snapshot, shared bool, err error) {
	asking := r.options.Snapshots.walks.Begin(ctx, walkKey{key, r.options.Fresh}, func(ctx context.Context) (*snapshot, error) {
		w := NewWalker(r, l)
		w.begun = begun
		if err := w.walk(ctx, math.MaxInt, never); err != nil {
			return nil, err
		}
		return w.snapshot(), nil
	})
	if asking.Shared && begun != nil {
		begun()
	}
	found, err := asking.Wait(ctx)
	return found, asking.Shared, err
}

// snapshot returns a walk that is done, to be shared: the walker must not be used any more, or only read.
func (w *Walker[T]) snapshot() *snapshot {
	w.whole = &whole[T]{rows: w.rows, byID: w.byID}
	return &snapshot{list: w.whole, taken: w.began, bytes: weigh(w.rows)}
}

// remember keeps a walk that is done, if its list is one to be remembered.
func (w *Walker[T]) remember(ctx context.Context) {
	key, ok := snapshotOf(ctx, w.reader, w.list)
	if !ok && !w.reader.options.Hold {
		return
	}
	taken := w.snapshot()
	hold(w.reader, w.list, taken)
	if ok {
		w.reader.options.Snapshots.kept.set(key, taken)
	}
}

// adopt has the walker take what is remembered for all that it would read.
func (w *Walker[T]) adopt(s *snapshot) (err error) {
	defer fault.Recover(&err)
	w.whole = s.list.(*whole[T])
	w.rows, w.done = w.whole.rows, true
	return nil
}
