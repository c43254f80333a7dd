package main

// This file wires how the program is watched: what it counts and traces, and the port that shows the counts.

import (
	"context"
	"log/slog"
	"net"
	"net/http"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/config"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
)

// The hooks by which packages edge and ccube tell what they do.
type (
	requestHook = func(*http.Request) (context.Context, func(edge.Served))
	callHook    = func(context.Context, ccube.Call) (context.Context, func(ccube.Call))
)

// watch is who is told what goes on. Its hooks are nil, and cost nothing, where nobody is.
type watch struct {
	metrics *telemetry.Metrics
	tracing *telemetry.Tracing
	request requestHook
	call    callHook
}

// newWatch returns a watch that counts if there is a port for operators, and traces if there is somewhere to send that.
func newWatch(ctx context.Context, c config.Config, log *slog.Logger) (_ *watch, err error) {
	w := new(watch)
	if c.TraceEndpoint != nil {
		o := telemetry.TracingOptions{Endpoint: c.TraceEndpoint, Build: telemetry.ThisBuild(), Log: log}
		if w.tracing, err = telemetry.NewTracing(ctx, o); err != nil {
			return nil, err
		}
		w.request, w.call = w.tracing.RequestServed, w.tracing.CallSent
	}
	if c.AdminAddr != "" {
		w.metrics = telemetry.NewMetrics(telemetry.ThisBuild())
		w.request, w.call = bothRequests(w.request, w.metrics.RequestServed), bothCalls(w.call, w.metrics.CallSent)
	}
	return w, nil
}

// bothRequests tells two hooks, of which the first may be nil.
func bothRequests(first, second requestHook) requestHook {
	if first == nil {
		return second
	}
	return func(r *http.Request) (context.Context, func(edge.Served)) {
		ctx, done := first(r)
		ctx, also := second(r.WithContext(ctx))
		return ctx, func(s edge.Served) { also(s); done(s) }
	}
}

// bothCalls tells two hooks, of which the first may be nil.
func bothCalls(first, second callHook) callHook {
	if first == nil {
		return second
	}
	return func(ctx context.Context, c ccube.Call) (context.Context, func(ccube.Call)) {
		ctx, done := first(ctx, c)
		ctx, also := second(ctx, c)
		return ctx, func(c ccube.Call) { also(c); done(c) }
	}
}

// show serves the port for operators until end is called.
func (w *watch) show(listener net.Listener, health http.Handler, log *slog.Logger) (end func()) {
	if listener == nil {
		return func() {}
	}
	return telemetry.Admin{Metrics: w.metrics, Health: health, Log: log}.Serve(listener)
}

// close sends the traces that are left. Those that cannot be sent are lost, which the log tells.
func (w *watch) close(ctx context.Context, log *slog.Logger) {
	if w.tracing == nil {
		return
	}
	if err := w.tracing.Close(context.WithoutCancel(ctx)); err != nil {
		log.Warn("cannot send the last traces", "error", err)
	}
}

// read has what others count shown.
func (w *watch) read(store cache.Store, snapshots *access.Snapshots, documents *persisted.Documents) {
	if w.metrics == nil {
		return
	}
	sources := telemetry.Sources{Snapshots: snapshots.Stats, Documents: documents.Stats}
	if s, ok := store.(interface{ Stats() cache.Stats }); ok {
		sources.Store = s.Stats
	}
	if redis, ok := store.(*cache.Redis); ok {
		sources.RedisDown = redis.Down
	}
	w.metrics.Watch(sources)
}

// readBreakers has the state of the client's breakers shown.
func (w *watch) readBreakers(client *ccube.Client) {
	if w.metrics != nil {
		w.metrics.WatchBreakers(client.Breakers)
	}
}
