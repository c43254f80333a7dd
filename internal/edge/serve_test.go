package edge_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/edge"
)

// serving is a server under way, whose handler waits until it is released.
type serving struct {
	address  string
	draining *atomic.Bool
	entered  chan struct{}
	release  chan struct{}
	stop     context.CancelFunc
	ended    chan error
}

func serve(t *testing.T, drain time.Duration) *serving {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &serving{
		address: "http://" + listener.Addr().String(), draining: new(atomic.Bool),
		entered: make(chan struct{}), release: make(chan struct{}), stop: stop, ended: make(chan error, 1),
	}
	server := edge.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.entered <- struct{}{}
			select {
			case <-s.release:
			case <-r.Context().Done():
			}
			_, _ = io.WriteString(w, "finished")
		}),
		Timeout: time.Minute, Drain: drain, Draining: s.draining, Log: slog.New(slog.DiscardHandler),
	}
	go func() { s.ended <- server.Serve(ctx, listener) }()
	return s
}

// get sends a request and tells what came of it.
func (s *serving) get(t *testing.T) <-chan string {
	t.Helper()
	got := make(chan string, 1)
	go func() {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, s.address, http.NoBody)
		if err != nil {
			got <- err.Error()
			return
		}
		response, err := client.Do(request)
		if err != nil {
			got <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		body, _ := io.ReadAll(response.Body)
		got <- string(body)
	}()
	return got
}

func TestWhatRunsIsFinished(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute)
	got := s.get(t)
	<-s.entered
	s.stop()
	for !refuses(s.address) { // until the listener is closed: what comes now is for another replica
	}
	if !s.draining.Load() {
		t.Error("the server takes no more connections and is still ready")
	}
	close(s.release)
	if body := <-got; body != "finished" {
		t.Errorf("the request that ran got %q", body)
	}
	if err := <-s.ended; err != nil {
		t.Errorf("the server ended badly: %v", err)
	}
}

// refuses reports whether nobody listens at the address any more.
func refuses(address string) bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return true
	}
	_ = connection.Close()
	return false
}

func TestADrainEnds(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Millisecond)
	got := s.get(t)
	<-s.entered
	s.stop()
	if err := <-s.ended; err == nil || !strings.Contains(err.Error(), "1ms") {
		t.Errorf("the server ended with %v, want an error that names the time", err)
	}
	if body := <-got; body == "finished" {
		t.Error("a request that was cut off got an answer")
	}
}

func TestAnIdleServerEndsAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute)
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("the server ended badly: %v", err)
	}
}

func TestABrokenListenerIsAnError(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	server := edge.Server{Draining: new(atomic.Bool), Log: slog.New(slog.DiscardHandler)}
	if err := server.Serve(t.Context(), listener); err == nil {
		t.Error("the server says that it has served")
	}
}
