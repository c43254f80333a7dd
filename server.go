// Command ccube-graphql serves one GraphQL graph over CCUBE's REST API.
//
// README.md says how to run it, docs/design.md how it is built. This file is wiring, and nothing else.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/config"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/heap"
	"github.com/ccube-graphql/ccube-graphql/internal/ide"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func main() {
	heap.Space()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		stop()
		<-signals
		os.Exit(1) // a second signal ends the process at once
	}()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "ccube-graphql:", err)
		os.Exit(1)
	}
}

// run is the program: it serves until ctx ends, and returns why it could not. What somebody asked to be printed goes to
// stdout, all else to stderr.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	c, err := config.Parse(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(stdout, config.Usage())
		return err
	}
	if err != nil {
		return err
	}
	if c.Version {
		_, err = fmt.Fprintln(stdout, telemetry.ThisBuild())
		return err
	}
	if c.HealthCheck {
		return edge.CheckHealth(ctx, c.Addr)
	}
	if c.PrintSchema {
		return graph.WriteSchema(stdout, c.ReadOnly)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on -addr (ADDR): %w", err)
	}
	operators, err := telemetry.ListenAdmin(ctx, c.AdminAddr)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, c, listeners{listener, operators}, telemetry.NewLogger(stderr, c.LogLevel, c.LogFormat), stderr)
}

// listeners are where clients come in, and operators; those are nil where they have no port.
type listeners struct{ clients, operators net.Listener }

// serve wires the gateway and serves it on the listeners until ctx ends.
func serve(ctx context.Context, c config.Config, on listeners, log *slog.Logger, stderr io.Writer) (err error) {
	tenants := c.Tenants()
	page := ide.Options{Tenants: tenants.Names, ReadOnly: c.ReadOnly}
	if c.Sandbox.On {
		// The sandbox outlives the requests that drain.
		life, end := context.WithCancel(context.WithoutCancel(ctx))
		defer end()
		if tenants.Base, err = startSandbox(life, c.Sandbox, on.clients.Addr().String(), &page, stderr); err != nil {
			return err
		}
	}
	explorer, err := newIDE(c, page)
	if err != nil {
		return err
	}
	store, closeStore, err := openStore(c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	generations := cache.NewGenerations(store)
	snapshots := access.NewSnapshots(access.SnapshotOptions{
		TTL: c.SnapshotTTL, MaxBytes: uint64(c.SnapshotMaxBytes), Timeout: c.RequestTimeout, Generation: generations.Current,
	})
	defer snapshots.Close() // before the store closes, since a refresh asks it
	watch, err := newWatch(ctx, c, log)
	if err != nil {
		return err
	}
	defer watch.close(ctx, log)
	documents, err := openDocuments(c, store)
	if err != nil {
		return err
	}
	watch.read(store, snapshots, documents)
	build := telemetry.ThisBuild()
	draining := new(atomic.Bool)
	handler := edge.Handler(edge.Options{
		GraphQL: graphQL(c, store, snapshots, generations, documents, watch, log), Tenants: tenants, IDE: explorer, Log: log,
		MaxBody: c.MaxBody, MaxHeaders: c.MaxHeaders, MaxHeaderBytes: int(c.MaxHeaderBytes),
		Draining: draining, Observe: watch.request, Version: build.Version, Commit: build.Commit,
	})
	defer watch.show(on.operators, handler, log)()
	server := edge.Server{
		Handler: handler, Timeout: c.RequestTimeout, Drain: c.DrainTimeout, Linger: c.DrainDelay, Draining: draining, Log: log,
		MaxHeaderBytes: int(c.MaxHeaderBytes), Plain: !c.FastPath,
	}
	log.Info("serving", "addr", on.clients.Addr().String(), "version", build.String())
	return server.Serve(ctx, on.clients)
}

// graphQL wires what answers operations.
func graphQL(
	c config.Config, store cache.Store, snapshots *access.Snapshots, generations *cache.Generations,
	documents *persisted.Documents, watch *watch, log *slog.Logger,
) http.Handler {
	accepted := cache.NewAccepted(time.Now)
	client := ccube.New(ccube.Options{
		HTTP: ccube.NewHTTPClient(ccube.TransportOptions{
			Dial: c.UpstreamDialTimeout, TLS: c.UpstreamTLSTimeout, Header: c.UpstreamHeaderTimeout,
		}),
		Timeout: c.UpstreamTimeout, MaxBody: c.UpstreamMaxBody,
		InFlight: c.UpstreamInFlight, Retries: c.UpstreamRetries, Rest: c.UpstreamRest,
		Accepted: accepted.Accept,
		Refused:  func(p identity.Partition) { accepted.Refuse(p); snapshots.Refused(p) },
		Observe:  watch.call,
	})
	watch.readBreakers(client)
	shared, _ := store.(limit.Lender)
	return graph.Handler(graph.Options{
		Client:  client,
		Lists:   loaders.CachedLists(cache.NewLists(store, c.LookupTTL, accepted)),
		Reading: access.Options{PageSize: c.PageSize, Concurrency: c.WalkConcurrency, Snapshots: snapshots},
		Timeout: c.RequestTimeout, MaxCalls: c.MaxCalls, Limits: graph.Limits(c.Limits), Introspection: c.Introspection,
		Slow: !c.FastPath, ReadOnly: c.ReadOnly, SignInLimit: c.SignInLimit, Generations: generations, Documents: documents, Log: log,
		RateLimit: c.RateLimit, Shared: shared,
	})
}

// openStore opens what lookup lists are kept in: Redis where one is set, memory else.
func openStore(c config.Config, log *slog.Logger) (cache.Store, func() error, error) {
	if c.RedisURL == "" {
		return cache.NewMemory(cache.MemoryOptions{}), func() error { return nil }, nil
	}
	redis, err := cache.OpenRedis(c.RedisURL, cache.RedisOptions{Log: log})
	if err != nil {
		return nil, nil, fmt.Errorf("cannot use -redis-url (REDIS_URL): %w", err)
	}
	return redis, redis.Close, nil
}

// newIDE is the IDE at /, if it is wanted.
func newIDE(c config.Config, o ide.Options) (http.Handler, error) {
	if !c.Playground {
		return nil, nil
	}
	return ide.Handler(o)
}

// startSandbox starts an embedded CCUBE, and says how to try the gateway over it: here, and on the IDE's page.
func startSandbox(ctx context.Context, c config.Sandbox, addr string, page *ide.Options, stderr io.Writer) (string, error) {
	box := sandbox.New(sandboxOptions(c))
	address, err := box.Listen(ctx)
	if err != nil {
		return "", fmt.Errorf("cannot start the sandbox: %w", err)
	}
	admin, technician := box.Admin(), box.Technician()
	page.Today, page.Accounts = box.Today(), []ide.Account{
		{Email: admin.Email, Password: admin.Password, About: "may see and do everything"},
		{Email: technician.Email, Password: technician.Password, About: "of the field crew, sees less"},
	}
	_, err = fmt.Fprintf(stderr, sandboxGreeting, addr, address, c.Projects, admin.Email, admin.Password,
		admin.Authorization, technician.Authorization, addr, admin.Authorization)
	return address, err
}

const sandboxGreeting = `The gateway over a made-up tenant, nothing of it real or kept:

  IDE         http://%s/
  CCUBE       %s (%d projects)
  sign in as  %s, password %s
  credential  Authorization: %s
  technician  Authorization: %s   (sees less)

Try it:

  curl -s http://%s/graphql -H 'Content-Type: application/json' \
    -H 'Authorization: %s' -H 'X-CCUBE-Explain: 1' \
    -d '{"query":"{ projects(first: 3) { nodes { number status client { name } invoices { number balance lines { description total } } notes { body } } } }"}'

`

// sandboxOptions reads the sandbox's settings.
func sandboxOptions(c config.Sandbox) sandbox.Options {
	o := sandbox.Options{Projects: c.Projects, Seed: uint64(c.Seed)}
	o.Switches.Latency = c.Latency
	o.Switches.RateLimit = c.RateLimit
	switch c.Paging.Mode {
	case config.PagingIgnored:
		o.Switches.Paging = sandbox.Paging{Mode: sandbox.PagingIgnored}
	case config.PagingCapped:
		o.Switches.Paging = sandbox.Paging{Mode: sandbox.PagingHonoured, Max: c.Paging.Cap}
	}
	if c.ErrorRate > 0 {
		o.Switches.Faults = []*sandbox.Fault{{Chance: c.ErrorRate, Seed: o.Seed, Kind: sandbox.FaultStatus, Status: http.StatusServiceUnavailable}}
	}
	return o
}
