package http1_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/http1"
)

// stages are where an exchange can hang.
var stages = map[string]struct {
	scheme string
	// dials hangs the making of connections, silent the handshakes on them.
	dials, silent bool
	first         []answer
	// after is when it ends by itself, with a timeout; 0 is never.
	after time.Duration
	// got is what has come by then.
	got string
}{
	"dial":             {scheme: "http", dials: true, after: 4 * time.Second},
	"dial for TLS":     {scheme: "https", dials: true, after: 4 * time.Second},
	"handshake":        {scheme: "https", silent: true, after: 5 * time.Second},
	"head":             {scheme: "http", first: last("", hangs), after: 15 * time.Second},
	"head under TLS":   {scheme: "https", first: last("", hangs), after: 15 * time.Second},
	"slow head":        {scheme: "http", first: []answer{{text: one, slowly: true}}, after: 15 * time.Second},
	"head after hints": {scheme: "http", first: last(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 3), hangs), after: 15 * time.Second},
	"body":             {scheme: "http", first: last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", hangs), got: "200 half…"},
	"body under TLS":   {scheme: "https", first: last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", hangs), got: "200 half…"},
	"chunks":           {scheme: "http", first: last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", hangs), got: "200 half…"},
	"unzipping": {
		scheme: "http", first: last("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n"+zipped("half")[:10], hangs), got: "200 …",
	},
}

var errOwn = errors.New("the operation has had enough")

// endings are how an exchange that hangs is ended.
var endings = map[string]struct {
	begin func(context.Context) (context.Context, context.CancelFunc)
	want  string
	after time.Duration
}{
	"by itself": {begin: context.WithCancel},
	"cancelled": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		time.AfterFunc(2*time.Second, cancel)
		return ctx, cancel
	}, "context canceled", 2 * time.Second},
	"with a cause": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(ctx)
		time.AfterFunc(2*time.Second, func() { cancel(errOwn) })
		return ctx, func() { cancel(nil) }
	}, errOwn.Error(), 2 * time.Second},
	"at a deadline": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, 3*time.Second)
	}, "context deadline exceeded", 3 * time.Second},
	"before it begins": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return ctx, cancel
	}, "context canceled", 0},
}

// An exchange ends in time wherever it hangs, by its own bounds and by its context, and what it hung on is not used again.
func TestHangingExchanges(t *testing.T) {
	t.Parallel()
	certify(t)
	for stage, s := range stages {
		for ending, e := range endings {
			if e.want == "" && s.after == 0 {
				continue // a body takes as long as its context allows
			}
			want, after := s.got+e.want, e.after
			switch {
			case e.want == "":
				want, after = "timeout", s.after
			case after == 0:
				want = e.want
			}
			t.Run(stage+" "+ending, func(t *testing.T) {
				t.Parallel()
				both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
					synctest.Test(t, func(t *testing.T) {
						server := &server{script: [][]answer{s.first, say(two)}}
						settings := server.settings()
						hangs := false
						settings.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
							if !hangs {
								return server.dial(ctx, network, address)
							}
							ctx, cancel := context.WithTimeout(ctx, s.after) // as net.Dialer does
							defer cancel()
							<-ctx.Done()
							return nil, &net.OpError{Op: "dial", Net: network, Err: ctx.Err()}
						}
						client := over(settings)
						server.secure(t, client, s.scheme)
						if hangs = s.dials; s.silent {
							server.silent = 1
						}
						begin := time.Now()
						ctx, cancel := e.begin(t.Context())
						defer cancel()
						got := outcome(ask(ctx, client, s.scheme+"://example.com/one"))
						if took := time.Since(begin); got != want || took != after {
							t.Errorf("after %v: %q, want %q after %v", took, got, want, after)
						}
						synctest.Wait()
						hangs, server.silent = false, 0
						server.script = slices.Repeat([][]answer{say(two)}, 3)
						if got := outcome(ask(t.Context(), client, s.scheme+"://example.com/two")); got != "200 two" {
							t.Errorf("the next read gives %q, want that of another connection", got)
						}
						closeIdle(client)
						server.running.Wait()
					})
				})
			})
		}
	}
}

// An exchange that may take three seconds takes no longer, wherever it hangs, whoever makes it, and though its context has no
// end.
func TestExchangesWithin(t *testing.T) {
	t.Parallel()
	certify(t)
	const most = 3 * time.Second
	for stage, s := range stages {
		for _, method := range []string{http.MethodGet, http.MethodPost} { // a POST is the http.Transport's
			t.Run(method+" "+stage, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					server := &server{script: [][]answer{s.first, say(two)}}
					settings, hangs := server.settings(), false
					settings.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
						if hangs {
							<-ctx.Done()
							return nil, ctx.Err()
						}
						return server.dial(ctx, network, address)
					}
					client := http1.New(settings)
					server.secure(t, client, s.scheme)
					if hangs = s.dials; s.silent {
						server.silent = 1
					}
					request, err := http.NewRequestWithContext(t.Context(), method, s.scheme+"://example.com/one", nil)
					if err != nil {
						t.Fatal(err)
					}
					begin := time.Now()
					got := outcome(client.RoundTripWithin(request, most))
					if took := time.Since(begin); got != s.got+"timeout" && got != s.got+"context deadline exceeded" || took != most {
						t.Errorf("after %v: %q, want a timeout after %v", took, got, most)
					}
					closeIdle(client)
					server.running.Wait()
				})
			})
		}
	}
}

// The bound is that of one exchange: a connection that is used again later has that of the next one.
func TestABoundIsOfOneExchange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := &server{script: [][]answer{{{text: one}, {text: two}, {text: two}}}}
		client := http1.New(server.settings())
		for n, want := range []string{"200 one", "200 two", "200 two"} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/one", nil)
			if err != nil {
				t.Fatal(err)
			}
			exchange := client.RoundTrip
			if n != 1 {
				exchange = func(r *http.Request) (*http.Response, error) { return client.RoundTripWithin(r, 2*time.Second) }
			}
			if got := outcome(exchange(request)); got != want {
				t.Errorf("the read number %d gives %q, want %q", n, got, want)
			}
			time.Sleep(3 * time.Second) // in the bubble
		}
		if server.made != 1 {
			t.Errorf("%d connections, want one", server.made)
		}
		closeIdle(client)
		server.running.Wait()
	})
}
