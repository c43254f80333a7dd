package graph

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// extCalls is the answer's extension that explains which calls to CCUBE it cost.
const extCalls = "calls"

// call is one call to CCUBE, as extensions.calls shows it.
type call struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Status is CCUBE's, 0 where no answer came.
	Status int `json:"status"`
	// Start and MS are milliseconds, since the operation began and how long the call took.
	Start float64 `json:"start"`
	MS    float64 `json:"ms"`
	// Waited is how many milliseconds it had waited for its turn before it began, where that was any.
	Waited float64 `json:"waited,omitempty"`
	Bytes  int     `json:"bytes"`
	// Source is sent, shared or cached.
	Source ccube.Source `json:"source"`
	// Age is how many seconds ago CCUBE gave the answer, where it was still known.
	Age float64 `json:"age,omitempty"`
}

// calls collects an operation's calls. It is safe for concurrent use.
type calls struct {
	// explain has the calls themselves kept, and not only what they come to.
	explain bool

	mu    sync.Mutex
	calls []ccube.Call
	tally tally
	// oldest is how old the oldest answer is that was still known.
	oldest time.Duration
}

func (c *calls) add(one ccube.Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tally.add(one.Source)
	c.oldest = max(c.oldest, one.Age)
	if c.explain {
		c.calls = append(c.calls, one)
	}
}

// soFar returns what the calls come to.
func (c *calls) soFar() (t tally, oldest time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tally, c.oldest
}

// in returns the extensions with the calls, in the order in which they began.
func (c *calls) in(extensions map[string]any) map[string]any {
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.SortStableFunc(c.calls, func(a, b ccube.Call) int { return a.Start.Compare(b.Start) })
	list := make([]call, len(c.calls))
	for i, one := range c.calls {
		list[i] = call{
			Method: one.Method, Path: one.Path, Status: one.Status, Bytes: one.Bytes, Source: one.Source,
			Start: milliseconds(one.Start.Sub(c.calls[0].Start)), MS: milliseconds(one.Duration),
			Waited: float64(one.Waited.Milliseconds()), Age: one.Age.Seconds(),
		}
	}
	with := maps.Clone(extensions)
	if with == nil {
		with = make(map[string]any, 1)
	}
	with[extCalls] = list
	return with
}

// sharedCalls are the calls of an operation as they look to a request that shared its answer.
func sharedCalls(list []call) []call {
	shared := slices.Clone(list)
	for i := range shared {
		if shared[i].Source == ccube.Sent {
			shared[i].Source = ccube.Shared
		}
	}
	return shared
}

// milliseconds rounds to microseconds.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
