package access

// This file keeps walks for a short while, each for the caller who made it, so that the next page of a report, or the next
// request of a dashboard, costs nothing. A snapshot is fresh for its time to live; as long again it is still served, while
// it is read anew in the background. Any write in the tenant, on whatever replica, ends it: it belongs to a generation of
// the tenant's data.

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// SnapshotOptions are the settings of snapshots.
type SnapshotOptions struct {
	// TTL is how long a snapshot is fresh.
	TTL time.Duration
	// MaxBytes bounds the memory of all snapshots together; the least used go first. 256 MiB where zero.
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
	kept    *otter.Cache[snapshotKey, *snapshot]
	walks   flight.Group[snapshotKey, *snapshot]
}

// snapshotKey cannot forget whose rows they are, nor of when.
type snapshotKey struct {
	partition      identity.Partition
	endpoint, name string
	generation     string
}

// snapshot is a whole list. It is immutable.
type snapshot struct {
	// rows is a []T, byID a map[ccube.ID]T; the key's endpoint decides on T.
	rows, byID any
	taken      time.Time
	// bytes is about how much memory it takes.
	bytes uint32
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
	return &Snapshots{options: o, kept: otter.Must(&otter.Options[snapshotKey, *snapshot]{
		MaximumWeight:    o.MaxBytes,
		Weigher:          func(_ snapshotKey, s *snapshot) uint32 { return s.bytes },
		ExpiryCalculator: otter.ExpiryWriting[snapshotKey, *snapshot](2 * o.TTL),
	})}
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

// get returns what is remembered under the key, and whether it is still fresh.
func (s *Snapshots) get(key snapshotKey) (found *snapshot, fresh bool) {
	found, ok := s.kept.GetIfPresent(key)
	if !ok || s.age(found) >= 2*s.options.TTL {
		return nil, false
	}
	return found, s.age(found) < s.options.TTL
}

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
	found, fresh := r.options.Snapshots.get(key)
	if found == nil {
		return nil
	}
	if !fresh {
		go refresh(ctx, r.Anew(), l, key)
	}
	hold(r, l, found)
	ccube.Report(ctx, ccube.Call{
		Method: "GET", Path: "/api/v2/" + l.Endpoint, Start: time.Now(), Source: ccube.Cached, Age: r.options.Snapshots.age(found),
	})
	return found
}

// snapshotOf returns the key that the list is remembered under; false where it is not to be remembered.
func snapshotOf[T Row[T]](ctx context.Context, r *Reader, l *List[T]) (snapshotKey, bool) {
	if r.options.Snapshots == nil || l.Name == "" {
		return snapshotKey{}, false
	}
	return snapshotKey{r.API.Caller().Partition, l.Endpoint, l.Name, r.generation(ctx)}, true
}

// refresh reads a stale list anew, once for all who find it stale, for nobody in particular.
func refresh[T Row[T]](ctx context.Context, r *Reader, l *List[T], key snapshotKey) {
	ctx, cancel := context.WithTimeout(ccube.WithTrace(context.WithoutCancel(ctx), func(ccube.Call) {}), r.options.Snapshots.options.Timeout)
	defer cancel()
	_, _, _ = takeSnapshot(ctx, r, l, key) // a failure leaves the stale one, which ends by itself
}

// takeSnapshot walks the list, and remembers it. Equal walks at the same time are one.
func takeSnapshot[T Row[T]](ctx context.Context, r *Reader, l *List[T], key snapshotKey) (*snapshot, bool, error) {
	return r.options.Snapshots.walks.Do(ctx, key, func(ctx context.Context) (*snapshot, error) {
		w := NewWalker(r, l)
		if err := w.walk(ctx, func() bool { return false }); err != nil {
			return nil, err
		}
		return w.snapshot(), nil
	})
}

// snapshot returns a walk that is done, to be shared: the walker must not be used any more, or only read.
func (w *Walker[T]) snapshot() *snapshot {
	return &snapshot{rows: w.rows, byID: w.byID, taken: w.began, bytes: weigh(w.rows)}
}

// remember keeps a walk that is done, if its list is one to be remembered.
func (w *Walker[T]) remember(ctx context.Context) {
	if w.reader.options.Hold {
		hold(w.reader, w.list, w.snapshot())
	}
	if key, ok := snapshotOf(ctx, w.reader, w.list); ok {
		w.reader.options.Snapshots.kept.Set(key, w.snapshot())
	}
}

// adopt has the walker take what is remembered for all that it would read.
func (w *Walker[T]) adopt(s *snapshot) (err error) {
	defer fault.Recover(&err)
	w.rows, w.byID, w.done = s.rows.([]T), s.byID.(map[ccube.ID]T), true
	return nil
}
