package ccube

import (
	"context"
	"time"
)

// Source tells where an answer came from.
type Source string

// The sources of an answer.
const (
	// Sent means that the call went to CCUBE.
	Sent Source = "sent"
	// Shared means that an equal call of the same caller was under way, and its answer was taken.
	Shared Source = "shared"
	// Cached means that the answer was still known.
	Cached Source = "cached"
)

// Call is one call to CCUBE, as it went.
type Call struct {
	// Method and Path are what was asked, the query string included. There is no secret in them.
	Method, Path string
	// Endpoint is the path without ids and query: /api/v2/invoices/{id}. It is empty where the call was not sent.
	Endpoint string
	// Status is CCUBE's, 0 where no answer came.
	Status int
	// Err is why the call failed; nil where it did not.
	Err error
	// Start is when the call began.
	Start time.Time
	// Retry is how often it had been tried before.
	Retry int
	// Waited is how long it had waited for its turn before.
	Waited time.Duration
	// Duration is how long it took, its body included.
	Duration time.Duration
	// Bytes is the length of the body, decompressed.
	Bytes int
	// Source tells whether it was sent at all.
	Source Source
	// Age is how long ago CCUBE gave the answer, where it was still known.
	Age time.Duration
}

type traceKey struct{}

// WithTrace returns a context under which report is told of each call once it is over. Report may be called by several
// goroutines at once.
func WithTrace(ctx context.Context, report func(Call)) context.Context {
	return context.WithValue(ctx, traceKey{}, report)
}

// Report tells the context's trace of a call. Caches use it for what they answer in CCUBE's place.
func Report(ctx context.Context, call Call) {
	if report, ok := ctx.Value(traceKey{}).(func(Call)); ok {
		report(call)
	}
}
