package access

// This file reads stale snapshots anew while they are still served. It happens behind the requests that find them stale,
// for nobody in particular: with the credential of the caller whose rows they are, within a budget of its own, a few at
// once, and each snapshot once. If it fails the snapshot ends by its age, and the next request tells why.

import (
	"context"
	"errors"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// renewalsAtOnce is how many snapshots are read anew at once. A stale one that finds no place waits for the next who asks.
const renewalsAtOnce = 4

// renew reads a stale list anew in the background, unless somebody has set out to do that.
func renew[T Row[T]](r *Reader, l *List[T], key snapshotKey, stale *snapshot) {
	s := r.options.Snapshots
	if stale.renewed.Load() {
		return
	}
	select {
	case s.renewals <- struct{}{}:
	default:
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || !stale.renewed.CompareAndSwap(false, true) {
		<-s.renewals
		return
	}
	own := NewReader(r.API.Anew(), r.census, r.options)
	own.gen = &key.generation
	s.renewing.Go(func() {
		defer func() { <-s.renewals }()
		ctx, cancel := context.WithTimeout(s.life, s.options.Timeout)
		defer cancel()
		_, _, err := takeSnapshot(ctx, own, l, key, nil)
		if errors.Is(err, fault.Forbidden) { // the list has been closed to the caller
			s.kept.forget(key)
		}
	})
}
