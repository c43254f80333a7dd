package ccube

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Doer makes one HTTP exchange. *http.Client is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Options are a client's settings. The zero value has sensible ones.
type Options struct {
	// HTTP makes the exchanges; [NewHTTPClient]'s where nil.
	HTTP Doer
	// Timeout bounds one call, its body included. 20 seconds where zero.
	Timeout time.Duration
	// InFlight is how many calls may be under way to one tenant; further ones take turns by caller. 32 where zero.
	InFlight int
	// Retries is how often a read is tried again that met a failure which passes; not at all where zero.
	Retries int
	// Rest is how long a tenant's CCUBE is left alone once calls have failed in a row; it is not where zero.
	Rest time.Duration
	// MaxBody bounds one answer after decompression, in bytes. 64 MiB where zero: an endpoint that ignores paging
	// answers a whole list in one piece.
	MaxBody int64
	// Accepted is told each time that CCUBE answers a caller with a success; may be nil.
	Accepted func(identity.Partition)
	// Refused is told each time that CCUBE answers a caller with 401; may be nil.
	Refused func(identity.Partition)
	// Observe is told of each call before it is sent, and returns the context to send it in and what is told how it went;
	// may be nil.
	Observe func(context.Context, Call) (context.Context, func(Call))
}

func (o Options) withDefaults() Options {
	if o.HTTP == nil {
		o.HTTP = NewHTTPClient(TransportOptions{})
	}
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	if o.InFlight == 0 {
		o.InFlight = 32
	}
	if o.MaxBody == 0 {
		o.MaxBody = 64 << 20
	}
	if o.Accepted == nil {
		o.Accepted = func(identity.Partition) {}
	}
	if o.Refused == nil {
		o.Refused = func(identity.Partition) {}
	}
	return o
}

// Client calls CCUBE for everybody. Make one for the process; it is safe for concurrent use.
type Client struct {
	options Options
	reads   flight.Group[readKey, any]

	mu    sync.Mutex
	roads map[identity.Tenant]*road
}

// New returns a client.
func New(o Options) *Client { return &Client{options: o.withDefaults()} }

// As returns the calls of one caller. It is cheap: make one a request.
func (c *Client) As(caller identity.Caller) *API {
	return &API{client: c, caller: caller, road: c.road(caller.Tenant), plain: plain(caller), secrets: caller.Secrets()}
}

// API is CCUBE as one caller sees it: a method for each of its calls. It is safe for concurrent use.
//
// Every method's error is a *fault.Error or the context's own error.
type API struct {
	client *Client
	caller identity.Caller
	road   *road
	// plain is what the caller's requests have, and secrets what no error may repeat.
	plain   *http.Request
	secrets []string
	// budget is how many calls may still be sent; nil for no bound. limit is what it was at first.
	budget *atomic.Int64
	limit  int
	// generation is the state of the tenant's data that the caller wants to see at least.
	generation string
}

// Within returns the API with a budget: when calls have been sent that often, further ones fail with
// fault.BudgetExceeded. 0 is no bound.
func (a *API) Within(calls int) *API {
	bounded := *a
	bounded.budget, bounded.limit = nil, calls
	if calls > 0 {
		bounded.budget = new(atomic.Int64)
		bounded.budget.Store(int64(calls))
	}
	return &bounded
}

// Anew returns the API with its budget as it was before anything was spent.
func (a *API) Anew() *API { return a.Within(a.limit) }

// At returns the API of one who has seen a generation of the tenant's data: its reads share no answer with reads that
// began in another, since a write may lie between the two.
func (a *API) At(generation string) *API {
	later := *a
	later.generation = generation
	return &later
}

// Generation returns what was given to [API.At]; empty where nothing was.
func (a *API) Generation() string { return a.generation }

// spend takes one call from the budget.
func (a *API) spend() error {
	if a.budget != nil && a.budget.Add(-1) < 0 {
		return fault.New(fault.BudgetExceeded,
			"the operation would cost more than %d calls to CCUBE (MAX_CALLS_PER_OPERATION): ask for less at once", a.limit)
	}
	return nil
}

// spent reports whether nothing is left of the budget.
func (a *API) spent() bool { return a.budget != nil && a.budget.Load() <= 0 }

// Format prints whose calls these are, and nothing of the credential: fmt does not ask a secret how it wants to be
// printed where it stands in a field that is not exported.
func (a *API) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "ccube.API(%s %s)", a.caller.Tenant.Name, a.caller.Partition)
}

// Caller returns whom the calls are made for.
func (a *API) Caller() identity.Caller { return a.caller }
