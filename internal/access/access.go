// Package access knows which calls to CCUBE answer a wish, and picks the cheapest that have it.
//
// CCUBE has no batch reads and hardly a filter, so there are three roads to a row: its detail (one call), a list that
// CCUBE filters (notes of one parent), and a walk over all pages of a list, which is joined here. Which keys stand on
// which road the reference says ([List.Keys], [Noun.DetailKeys]); what a tenant shows beyond it is learned ([Census]).
//
//   - [Page] reads one window of a list with the fewest calls that can answer it.
//   - [Walker] reads a list whole, or until the wanted rows have been found.
//   - [Roads] says which of the roads has the keys that a row lacks.
//
// Whether a list honours, ignores or caps page and per_page, nobody says. Nothing here trusts one reading alone.
package access

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Row is a row of CCUBE's, as package ccube decodes it: T is *ccube.Project and so on.
type Row[T any] interface {
	comparable
	// Identity is CCUBE's number of the thing.
	Identity() ccube.ID
	// Present are the keys that CCUBE's answer carried.
	Present() ccube.Keys
	// Fill returns the row with what it lacks taken from another of the same thing.
	Fill(from T) T
}

// List is one of CCUBE's lists, or a part of it that CCUBE filters.
type List[T Row[T]] struct {
	// Endpoint is the list's name in CCUBE's paths. Lists of one endpoint have one paging habit.
	Endpoint string
	// Name tells lists of one endpoint apart; the list's size is remembered under it. Empty for a list that is too
	// special to be remembered.
	Name string
	// Keys are what the reference promises of the list's rows.
	Keys ccube.Keys
	// Few tells that the list is nearly always shorter than a page: the notes of one parent. A first page of few rows
	// is then taken for the whole without a second call.
	Few bool
	// Begin begins to read one page of the endpoint, so that calls get in line in the order in which they are thought of.
	Begin func(ctx context.Context, api *ccube.API, endpoint string, page ccube.Page) *ccube.Reading[[]T]
	// Read reads one page, where there is no Begin.
	Read func(ctx context.Context, api *ccube.API, page ccube.Page) ([]T, error)
}

// Noun is a kind of thing with a list and, mostly, a detail.
type Noun[T Row[T]] struct {
	List[T]
	// DetailKeys are what the reference promises of the detail.
	DetailKeys ccube.Keys
	// Get begins to read one detail of the endpoint; nil where CCUBE has no such call.
	Get func(ctx context.Context, api *ccube.API, endpoint string, id ccube.ID) *ccube.Reading[T]
}

// DefaultPageSize is how many rows a walk asks for at once, where the options say nothing.
const DefaultPageSize = 100

// Options are the settings of all readers.
type Options struct {
	// PageSize is how many rows a walk asks for at once; DefaultPageSize where zero.
	PageSize int
	// Concurrency is how many pages of one walk are read at once; 32 where zero.
	Concurrency int
	// Snapshots remember walks; nil for none.
	Snapshots *Snapshots
	// Fresh has nothing served that is remembered: what is read now is remembered all the same.
	Fresh bool
	// Hold has the reader keep the whole lists that it has seen, so that all it reads shows one state of each.
	Hold bool
}

func (o Options) withDefaults() Options {
	if o.PageSize == 0 {
		o.PageSize = DefaultPageSize
	}
	if o.Concurrency == 0 {
		o.Concurrency = 32
	}
	return o
}

// Reader reads for one caller. It is cheap: make one a request. It is safe for concurrent use.
type Reader struct {
	// API makes the calls.
	API     *ccube.API
	options Options
	census  *Census

	memo memo

	mu   sync.Mutex
	gen  *string
	held map[listKey]*snapshot

	// knowing guards habits alone: mu is held while a generation is asked for.
	knowing sync.Mutex
	habits  map[string]*observed

	goesOn atomic.Bool
}

// NewReader returns a reader that calls through api and learns into census.
func NewReader(api *ccube.API, census *Census, o Options) *Reader {
	return &Reader{API: api, census: census, options: o.withDefaults()}
}

// Anew returns a reader for the same caller that has read nothing yet: for what has to be read again.
func (r *Reader) Anew() *Reader { return r.At(r.API.Generation()) }

// At returns a reader for the same caller that has read nothing yet, and reads a generation of the tenant's data.
func (r *Reader) At(generation string) *Reader {
	return NewReader(r.API.At(generation), r.census, r.options)
}

// generation returns the state of the tenant's data that the reader reads: what its API says, or else asked once.
func (r *Reader) generation(ctx context.Context) string {
	if known := r.API.Generation(); known != "" {
		return known
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gen == nil {
		r.gen = new(r.options.Snapshots.options.Generation(ctx, r.API.Caller().Tenant.Name))
	}
	return *r.gen
}
