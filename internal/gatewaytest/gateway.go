// Package gatewaytest runs the whole gateway in a test: a sandbox, the HTTP interface over it, and a client that knows
// which calls reached the sandbox.
//
// A gateway begins cold: no cache, no snapshot, no habit known. Its upstream is a real HTTP server, so that resets, hangs
// and redirects are what they are in the world; its clients' requests are handed to the handler directly. InProcess does
// without a network, for tests that run on synctest's clock.
package gatewaytest

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Options say how the gateway differs from one with the server's defaults. The zero value has no snapshots.
type Options struct {
	// Projects and Seed make the sandbox's data; 40 and 1 where zero.
	Projects int
	Seed     uint64
	// Sandbox is one that runs already, in place of a new one: the gateway is a replica of the one that it belongs to.
	Sandbox *sandbox.Server
	// Store is what replicas share; a memory of its own where nil.
	Store cache.Store
	// Front stands before the sandbox: a test can answer in its place.
	Front func(http.Handler) http.Handler
	// Documents are what requests may name in place of a query.
	Documents *persisted.Documents
	// ReadOnly leaves mutations out of the schema.
	ReadOnly bool
	// SignInLimit is how many attempts to sign in are let through in a minute; 0 for no bound.
	SignInLimit int
	// RateLimit is how many calls a credential may ask for in a minute; 0 for no bound. It is shared if Store is a Redis.
	RateLimit int
	// Switches are the sandbox's habits at the start.
	Switches sandbox.Switches
	// Tenants are those served; "sandbox" where nil.
	Tenants []string
	// OwnHosts has each tenant at its own host, https://{tenant}.inc.construction, where calls are handed over in process.
	OwnHosts bool
	// Timeout bounds an operation, UpstreamTimeout a call. 30 and 20 seconds where zero.
	Timeout, UpstreamTimeout time.Duration
	// MaxCalls and MaxValues bound an operation; UpstreamMaxBody an answer of the sandbox's, MaxBody a request.
	MaxCalls, MaxValues      int
	UpstreamMaxBody, MaxBody int64
	// InFlight is how many calls may be under way, 32 where zero. Retries and Rest are how often reads are tried again and
	// how long CCUBE is left alone once calls have failed in a row; neither where zero.
	InFlight, Retries int
	Rest              time.Duration
	// Limits bound what a request may be.
	Limits graph.Limits
	// SnapshotTTL is how long walks are kept; not at all where zero. SnapshotMaxBytes bounds them.
	SnapshotTTL      time.Duration
	SnapshotMaxBytes uint64
	// Slow has gqlgen's own executor write all answers.
	Slow bool
	// NoIntrospection hides the schema.
	NoIntrospection bool
	// Now is the clock of what is cached, and of today; time.Now where nil.
	Now func() time.Time
	// InProcess hands calls to the sandbox directly.
	InProcess bool
	// IDE answers / and what is below /ide/; nobody where nil.
	IDE http.Handler
	// Around wraps what answers GraphQL: a test can watch requests there.
	Around func(http.Handler) http.Handler
	// Served and Called are told of requests to the gateway, and of calls to the sandbox.
	Served func(*http.Request) (context.Context, func(edge.Served))
	Called func(context.Context, ccube.Call) (context.Context, func(ccube.Call))
}

// Generous are limits that no test reaches by accident.
var Generous = graph.Limits{
	Tokens: 15_000, Depth: 100, Fields: 10_000, RootFields: 1_000, Aliases: 10_000, Directives: 1_000, List: 10_000, Name: 1_000,
	Errors: 1_000, AnswerBytes: 1 << 30,
}

// Gateway is a running gateway over a sandbox of its own.
type Gateway struct {
	// Sandbox is the CCUBE that it reads.
	Sandbox *sandbox.Server
	// Upstream is the sandbox's address.
	Upstream *url.URL
	// Handler is the HTTP interface.
	Handler http.Handler
	// Log is everything that was logged.
	Log *Log
	// Draining is what /readyz looks at.
	Draining *atomic.Bool
}

// Start starts a gateway that ends with the test.
func Start(t testing.TB, o Options) *Gateway {
	t.Helper()
	box := o.Sandbox
	if box == nil {
		box = sandbox.New(sandbox.Options{Projects: cmp.Or(o.Projects, 40), Seed: cmp.Or(o.Seed, 1), Switches: o.Switches})
	}
	var answers http.Handler = box
	if o.Front != nil {
		answers = o.Front(box)
	}
	g := &Gateway{Sandbox: box, Log: new(Log), Draining: new(atomic.Bool)}
	if o.InProcess {
		g.Upstream = &url.URL{Scheme: "http", Host: "sandbox.invalid"}
		g.Handler = o.handler(t, inProcess{answers}, g)
		return g
	}
	upstream := httptest.NewServer(answers)
	t.Cleanup(upstream.Close)
	client := ccube.NewHTTPClient(ccube.TransportOptions{})
	t.Cleanup(client.CloseIdleConnections)
	address, err := url.Parse(upstream.URL)
	if err != nil {
		t.Fatal(err)
	}
	g.Upstream = address
	g.Handler = o.handler(t, client, g)
	return g
}

// inProcess is an upstream without a network.
type inProcess struct{ handler http.Handler }

// Do is part of ccube.Doer.
func (p inProcess) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

// handler wires the gateway as the server does.
func (o Options) handler(t testing.TB, client ccube.Doer, g *Gateway) http.Handler {
	log := telemetry.NewLogger(g.Log, slog.LevelDebug, "text")
	now := o.Now
	if now == nil {
		now = time.Now
	}
	timeout := cmp.Or(o.Timeout, 30*time.Second)
	accepted := cache.NewAccepted(now)
	store := o.Store
	if store == nil {
		store = cache.NewMemory(cache.MemoryOptions{Now: now})
	}
	shared, _ := store.(limit.Lender)
	generations := cache.NewGenerations(store)
	snapshots := access.NewSnapshots(access.SnapshotOptions{
		TTL: o.SnapshotTTL, MaxBytes: o.SnapshotMaxBytes, Generation: generations.Current, Timeout: timeout, Now: o.Now,
	})
	t.Cleanup(snapshots.Close)
	graphql := graph.Handler(graph.Options{
		Client: ccube.New(ccube.Options{
			HTTP: client, Timeout: o.UpstreamTimeout, MaxBody: o.UpstreamMaxBody,
			InFlight: o.InFlight, Retries: o.Retries, Rest: o.Rest,
			Accepted: accepted.Accept,
			Refused:  func(p identity.Partition) { accepted.Refuse(p); snapshots.Refused(p) },
			Observe:  o.Called,
		}),
		Lists:   loaders.CachedLists(cache.NewLists(store, 10*time.Minute, accepted)),
		Reading: access.Options{Snapshots: snapshots},
		Timeout: timeout, MaxCalls: o.MaxCalls, MaxValues: o.MaxValues, Limits: o.Limits,
		Introspection: !o.NoIntrospection, Log: log, Now: o.Now,
		Slow: o.Slow, ReadOnly: o.ReadOnly, SignInLimit: o.SignInLimit, Generations: generations, Documents: o.Documents,
		RateLimit: o.RateLimit, Shared: shared,
	})
	if o.Around != nil {
		graphql = o.Around(graphql)
	}
	tenants := o.Tenants
	if tenants == nil {
		tenants = []string{"sandbox"}
	}
	base := g.Upstream.String()
	if o.OwnHosts {
		base = ""
	}
	return edge.Handler(edge.Options{
		GraphQL: graphql, IDE: o.IDE, Tenants: identity.Tenants{Names: tenants, Base: base},
		MaxBody: cmp.Or(o.MaxBody, 1<<20), MaxHeaders: 100, MaxHeaderBytes: 32 << 10, Log: log, Draining: g.Draining, Observe: o.Served,
	})
}

// Log collects what is logged. It is safe for concurrent use.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write is part of io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is all that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Take returns what was logged since the last time, and forgets it.
func (l *Log) Take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.text.Reset()
	return l.text.String()
}
