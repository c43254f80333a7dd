package access

import (
	"sync"
	"sync/atomic"

	"github.com/maypok86/otter/v2"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// round is what caps are taken to be multiples of.
const round = 5

// How much a census remembers before it forgets the least used.
const (
	maxEndpoints = 10_000
	maxSizes     = 50_000
)

// Census remembers what earlier calls have shown of the lists: each endpoint's paging habit and keys, by tenant, and
// each list's size, by caller, since callers see different rows. What it knows only saves calls: where it is wrong, the
// readers notice and it learns anew. One census serves the process; it is safe for concurrent use and bounded.
type Census struct {
	mu     sync.Mutex
	habits *otter.Cache[endpointKey, *observed]
	sizes  *otter.Cache[sizeKey, size]
}

type endpointKey struct {
	tenant   identity.Tenant
	endpoint string
}

type sizeKey struct {
	partition identity.Partition
	endpoint  string
	name      string
}

// habit is what is known of how an endpoint pages.
type habit struct {
	// paged tells that a second page has differed from the first, be it by being empty: page is honoured.
	paged bool
	// ignored tells that a second page has repeated the first: every page is everything.
	ignored bool
	// atLeast is the most rows that one page has held: a page can hold as many.
	atLeast int
	// cap is the most rows that a page can hold, where one was asked for more and another followed it; 0 unknown.
	cap int
	// full is how many rows the latest page held that was followed by another; 0 unknown.
	full int
	// sized tells that full pages have had as many rows as were asked for, and not always the same: per_page is honoured.
	sized bool
	// fixed tells that a full page has had more rows than were asked for: all have as many, whatever is asked for.
	fixed bool
	// listKeys and detailKeys are the keys that rows have carried.
	listKeys, detailKeys ccube.Keys
}

// observed is what is known of an endpoint now. Readers keep hold of it, since they ask for each page and row.
type observed = atomic.Pointer[habit]

// size is what is known of a list's length.
type size struct {
	// rows is its length, or the least that it can be.
	rows int
	// whole tells that rows is its length when it was last walked.
	whole bool
}

// NewCensus returns an empty census.
func NewCensus() *Census {
	return &Census{
		habits: otter.Must(&otter.Options[endpointKey, *observed]{MaximumSize: maxEndpoints}),
		sizes:  otter.Must(&otter.Options[sizeKey, size]{MaximumSize: maxSizes}),
	}
}

// ignore notes that every page is everything.
func (h *habit) ignore() {
	*h = habit{ignored: true, listKeys: h.listKeys, detailKeys: h.detailKeys}
}

// follow notes that a page of n rows, where size were asked for, was followed by another: it was full.
func (h *habit) follow(n, size int) {
	h.paged, h.ignored = true, false
	switch {
	case n > size:
		h.fixed, h.sized, h.cap, h.atLeast = true, false, n, n
	case n < size:
		if n != h.cap { // nothing is known of smaller pages under another cap
			h.fixed, h.sized = false, false
		}
		h.cap, h.atLeast = n, n
	default:
		if n != h.full {
			h.fixed, h.sized = false, h.full > 0 && !h.fixed
		}
		if n > h.cap {
			h.cap = 0
		}
		h.atLeast = max(h.atLeast, n)
	}
	h.full = n
}

// places reports whether pages of the size surely begin where their numbers say, page 2 and on: full ones of that size
// have been seen, or per_page is honoured and a page has held as many.
func (h habit) places(size int) bool {
	return h.paged && (size == h.full || h.sized && size <= h.atLeast)
}

// page is how many rows a page holds when size are asked for, as far as is known.
func (h habit) page(size int) int {
	if h.fixed {
		return h.full
	}
	if h.cap > 0 {
		return min(size, h.cap)
	}
	return size
}

// last reports whether a page of n rows, where size were asked for, is surely the last: it is where the endpoint pages and
// the page could have held more. Whether it could is known from larger pages that have been seen; failing that, from n not
// being a round number, since that is what pages are capped at.
func (h habit) last(n, size int) bool {
	switch {
	case n == 0:
		return true
	case !h.paged || n >= h.page(size):
		return false
	}
	return n < h.atLeast || n%round != 0
}

// observed returns the place of an endpoint of the reader's tenant.
func (r *Reader) observed(endpoint string) *observed {
	r.knowing.Lock()
	defer r.knowing.Unlock()
	if o, ok := r.habits[endpoint]; ok {
		return o
	}
	o := r.census.observed(endpointKey{r.API.Caller().Tenant, endpoint})
	if r.habits == nil {
		r.habits = make(map[string]*observed)
	}
	r.habits[endpoint] = o
	return o
}

// observed returns the place of an endpoint, which is made when it is first asked for.
func (c *Census) observed(key endpointKey) *observed {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o, ok := c.habits.GetIfPresent(key); ok {
		return o
	}
	o := new(observed)
	o.Store(new(habit))
	c.habits.Set(key, o)
	return o
}

// habit returns what is known of an endpoint of the reader's tenant.
func (r *Reader) habit(endpoint string) habit { return *r.observed(endpoint).Load() }

// learn changes what is known of an endpoint.
func (r *Reader) learn(endpoint string, change func(*habit)) {
	o := r.observed(endpoint)
	r.census.mu.Lock()
	defer r.census.mu.Unlock()
	h := *o.Load()
	change(&h)
	if h != *o.Load() {
		o.Store(&h)
	}
}

// shows notes keys that rows of an endpoint's list, or its details, have carried.
func (r *Reader) shows(endpoint string, list, detail ccube.Keys) {
	if h := r.observed(endpoint).Load(); h.listKeys.Has(list) && h.detailKeys.Has(detail) {
		return
	}
	r.learn(endpoint, func(h *habit) { h.listKeys, h.detailKeys = h.listKeys|list, h.detailKeys|detail })
}

// size returns what is known of a list's length for the reader's caller.
func (r *Reader) size(endpoint, name string) size {
	s, _ := r.census.sizes.GetIfPresent(sizeKey{r.API.Caller().Partition, endpoint, name})
	return s
}

// measured remembers a list's length.
func (r *Reader) measured(endpoint, name string, s size) {
	if name == "" {
		return
	}
	if known := r.size(endpoint, name); !s.whole && known.rows >= s.rows {
		return // a page, or a walk under way, says less than what has been read before
	}
	r.census.sizes.Set(sizeKey{r.API.Caller().Partition, endpoint, name}, s)
}

// pages returns how many pages a walk of the list will read at least, and whether that is all of them.
func pages[T Row[T]](r *Reader, l *List[T]) (n int, all bool) {
	s := r.size(l.Endpoint, l.Name)
	h := r.habit(l.Endpoint)
	if s.whole && h.ignored {
		return 1, true
	}
	per := h.page(r.options.PageSize)
	n = (s.rows + per - 1) / per
	if rest := s.rows % per; s.whole && (rest == 0 || !h.last(rest, per)) {
		n++ // the last page will not look like the last
	}
	return n, s.whole
}
