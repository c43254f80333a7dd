package main

// This file wires how the program is watched: what it counts, and the port that shows it.

import (
	"context"
	"log/slog"
	"net"
	"net/http"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
)

// watch is who is told what goes on. Its hooks are nil, and cost nothing, where nobody is.
type watch struct {
	metrics *telemetry.Metrics
	request func(*http.Request) (context.Context, func(edge.Served))
	call    func(context.Context, ccube.Call) (context.Context, func(ccube.Call))
}

// newWatch returns a watch that counts if the counts are shown.
func newWatch(shown bool) *watch {
	if !shown {
		return new(watch)
	}
	metrics := telemetry.NewMetrics(telemetry.ThisBuild())
	return &watch{metrics: metrics, request: metrics.RequestServed, call: metrics.CallSent}
}

// show serves the port for operators until end is called.
func (w *watch) show(listener net.Listener, health http.Handler, log *slog.Logger) (end func()) {
	if listener == nil {
		return func() {}
	}
	return telemetry.Admin{Metrics: w.metrics, Health: health, Log: log}.Serve(listener)
}

// read has what others count shown.
func (w *watch) read(store cache.Store, snapshots *access.Snapshots) {
	if w.metrics == nil {
		return
	}
	sources := telemetry.Sources{Snapshots: snapshots.Stats}
	if s, ok := store.(interface{ Stats() cache.Stats }); ok {
		sources.Store = s.Stats
	}
	if redis, ok := store.(*cache.Redis); ok {
		sources.RedisDown = redis.Down
	}
	w.metrics.Watch(sources)
}
