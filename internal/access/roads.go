package access

// This file picks the road to what a row lacks, and to rows of which only the ids are known.

import (
	"context"
	"math"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Roads is a set of roads to a row.
type Roads uint8

// The roads to a row by its id.
const (
	// ByDetail is the call for one thing.
	ByDetail Roads = 1 << iota
	// ByList is the row in the list.
	ByList
)

// Has reports whether all of want are in the set.
func (r Roads) Has(want Roads) bool { return r&want == want }

// Lacking returns the roads that have to be taken for the keys that a row lacks: none if it lacks nothing that another
// road is known to have. Keys that both have stand on either; then both are returned, and one is enough.
//
// A road has the keys that the reference promises for it, and those that this tenant has shown there. A key that nobody
// has promised and nobody has seen costs no call.
func (n *Noun[T]) Lacking(r *Reader, lacks ccube.Keys, taken Roads) (need, either Roads) {
	if lacks == 0 {
		return 0, 0
	}
	h := r.habit(n.Endpoint)
	detail, list := n.DetailKeys|h.detailKeys, n.Keys|h.listKeys
	if n.Get == nil || taken.Has(ByDetail) {
		detail = 0
	}
	if taken.Has(ByList) {
		list = 0
	}
	if lacks&detail&^list != 0 {
		need |= ByDetail
	}
	if lacks&list&^detail != 0 {
		need |= ByList
	}
	if need == 0 && lacks&detail&list != 0 {
		either = ByDetail | ByList
	}
	return need, either
}

// Listed returns the keys that rows of the list are known to show.
func (n *Noun[T]) Listed(r *Reader) ccube.Keys { return n.Keys | r.habit(n.Endpoint).listKeys }

// BeginDetail begins to read one row by the detail. Whoever has begun calls Took, once.
func (n *Noun[T]) BeginDetail(ctx context.Context, r *Reader, id ccube.ID) *ccube.Reading[T] {
	return n.Get(ctx, r.API, n.Endpoint, id)
}

// Took returns the row that was begun to be read, and learns which keys it carries.
func (n *Noun[T]) Took(ctx context.Context, r *Reader, reading *ccube.Reading[T]) (T, error) {
	row, err := reading.Wait(ctx)
	if err == nil {
		r.shows(n.Endpoint, 0, row.Present())
	}
	return row, err
}

// PreferDetails reports whether n details are no more calls than what a walk of the list still costs. It is what a search
// asks before each round. While nothing is known of the list's size (see [Walker.Find], which looks), it has the search go on
// until it has cost as much as the details would.
func PreferDetails[T Row[T]](r *Reader, l *List[T], missing, read int) bool {
	if r.goesOn.Load() {
		return false
	}
	known, whole := pages(r, l)
	left := known - read
	if whole {
		return missing <= max(1, left)
	}
	return missing <= max(2, read, left)
}

// Pages returns how many pages a walk of the list costs, as far as is known; a very large number where it is not.
func Pages[T Row[T]](r *Reader, l *List[T]) int {
	if n, whole := pages(r, l); whole {
		return n
	}
	return math.MaxInt
}
