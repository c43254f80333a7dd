package http1_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
)

// listener hands connections in memory to an http.Server, and counts them.
type listener struct {
	made chan net.Conn
	gone chan struct{}
	once sync.Once

	mu sync.Mutex
	n  int
}

func (l *listener) dial(context.Context, string, string) (net.Conn, error) {
	client, own := link()
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
	l.made <- own
	return client, nil
}

func (l *listener) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}

// Accept is part of net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.made:
		return c, nil
	case <-l.gone:
		return nil, net.ErrClosed
	}
}

// Close is part of net.Listener.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.gone) })
	return nil
}

// Addr is part of net.Listener.
func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

// speaking starts a server that tells what it is asked by, which is HTTP/2 only where it offers that.
func speaking(t *testing.T, second bool) *listener {
	t.Helper()
	l := &listener{made: make(chan net.Conn), gone: make(chan struct{})}
	own, _ := certificate()
	s := &http.Server{
		Protocols: new(http.Protocols), TLSConfig: &tls.Config{Certificates: []tls.Certificate{own}},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }),
	}
	s.Protocols.SetHTTP1(true)
	s.Protocols.SetHTTP2(second)
	go func() { _ = s.ServeTLS(l, "", "") }()
	t.Cleanup(func() { _ = s.Close() })
	return l
}

// A host that chooses HTTP/2 is asked by HTTP/2, also from the day on which it does, and until the day on which it does
// not. Only the calls of that day may make a connection in vain, each one.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	certify(t)
	both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
		synctest.Test(t, func(t *testing.T) {
			first, later := speaking(t, false), speaking(t, true)
			at := first
			settings := (&server{}).settings()
			settings.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
				return at.dial(ctx, network, address)
			}
			client := over(settings)
			for day, host := range []*listener{first, later, first, later} {
				want := map[*listener]string{first: "200 HTTP/1.1", later: "200 HTTP/2.0"}[host]
				at = host
				read := func() {
					if got := outcome(ask(t.Context(), client, "https://example.com")); got != want {
						t.Errorf("on day %d: %s, want %s", day, got, want)
					}
				}
				before := at.count()
				var group sync.WaitGroup
				for range 20 {
					group.Go(read)
				}
				group.Wait()
				synctest.Wait()
				if made := at.count() - before; made > 40 || day == 0 && made > 20 {
					t.Errorf("on day %d twenty calls made %d connections", day, made)
				}
				before = at.count()
				for range 20 {
					read()
					synctest.Wait()
				}
				if made := at.count() - before; made > 1 {
					t.Errorf("on day %d twenty more, one after another, made %d connections", day, made)
				}
				closeIdle(client)
				synctest.Wait()
			}
		})
	})
}
