package telemetry

// This file is the port for operators: metrics, and what a process tells of itself (pprof). It has no credential and shows
// command lines, stacks and memory, so it is off unless an address is given, which nobody but operators should reach.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// Admin serves the port for operators.
type Admin struct {
	// Metrics are shown at /metrics.
	Metrics *Metrics
	// Health answers /healthz and /readyz, as it does on the port for clients.
	Health http.Handler
	// Log takes what goes wrong with connections.
	Log *slog.Logger
}

// Handler returns the port's HTTP interface: /metrics, /healthz, /readyz and /debug/pprof/.
func (a Admin) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.Metrics.Handler())
	mux.Handle("GET /healthz", a.Health)
	mux.Handle("GET /readyz", a.Health)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// Serve serves on the listener, in the background, until end is called: after the last request of a client, so that a drain
// can be watched. What it could not serve for is logged.
func (a Admin) Serve(listener net.Listener) (end func()) {
	server := &http.Server{
		Handler: a.Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 90 * time.Second,
		ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelDebug),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	a.Log.Info("serving operators", "addr", listener.Addr().String())
	return func() {
		_ = server.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			a.Log.Error("cannot serve operators", "error", err)
		}
	}
}

// ListenAdmin listens for operators; nil where the address is empty.
func ListenAdmin(ctx context.Context, address string) (net.Listener, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // no address, no listener
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on -admin-addr (ADMIN_ADDR): %w", err)
	}
	return listener, nil
}
