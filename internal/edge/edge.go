// Package edge is where HTTP requests come in: which paths there are, what every request goes through, and how the server
// starts and ends.
//
// The middleware of /graphql is a list, read from the outside in (Handler). It gives the request an id, survives panics,
// writes one line to the log, bounds the body, and finds out who asks, without judging it: an operation that only asks for
// the schema needs no credential.
package edge

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Options are what the handler is made from.
type Options struct {
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// Tenants are those served.
	Tenants identity.Tenants
	// IDE answers / and what is below /ide/, nil for none.
	IDE http.Handler
	// MaxBody bounds a request's body, in bytes.
	MaxBody int64
	// MaxHeaders and MaxHeaderBytes bound the headers of a request, the line with its address among the bytes; 0 for no bound.
	MaxHeaders, MaxHeaderBytes int
	// Log takes a line a request.
	Log *slog.Logger
	// Draining tells that the server is about to end: it is not ready for more.
	Draining *atomic.Bool
	// Observe is told of each request to /graphql, and returns the context that it is answered in and what is told how it
	// went; may be nil.
	Observe func(*http.Request) (context.Context, func(Served))
	// Version and Commit are what /readyz says of the build.
	Version, Commit string
}

// Handler returns the gateway's HTTP interface: /graphql, /healthz, /readyz and the IDE at /.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", chain(o.GraphQL,
		begun,                    // first, so that all that follows can name the request
		logged(o.Log, o.Observe), // outside of recovered, so that a panic's status is logged
		recovered(o.Log),         // outside of everything that can panic
		compressed(),             // outside of all that answers
		headed(o.MaxHeaders, o.MaxHeaderBytes),
		bounded(o.MaxBody),
		noStore,
		identified(o.Tenants),
	))
	mux.HandleFunc("GET /healthz", health)
	mux.HandleFunc("GET /readyz", ready(o))
	if o.IDE != nil {
		mux.Handle("GET /{$}", o.IDE)
		mux.Handle("GET /ide/", o.IDE)
	}
	return mux
}

// middleware wraps a handler.
type middleware func(http.Handler) http.Handler

// chain wraps the handler so that the first middleware is the outermost: chain(h, a, b) is a(b(h)).
func chain(h http.Handler, ms ...middleware) http.Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}
