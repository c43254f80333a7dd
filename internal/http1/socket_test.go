package http1_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// counted starts a server that counts the connections that are made to it.
func counted(t *testing.T, handler http.HandlerFunc, begin func(*httptest.Server)) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	made := new(atomic.Int32)
	s := httptest.NewUnstartedServer(handler)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			made.Add(1)
		}
	}
	begin(s)
	t.Cleanup(s.Close)
	return s, made
}

// What comes on a real socket while nobody uses it is noticed before the connection is used again.
func TestKeptSockets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reason string
		then   func(net.Conn)
		want   int32
	}{
		"nothing":            {"it is used again", func(net.Conn) {}, 1},
		"its end":            {"another is made", func(c net.Conn) { _ = c.Close() }, 2},
		"half of its end":    {"another is made", func(c net.Conn) { _ = c.(*net.TCPConn).CloseWrite() }, 2},
		"a reset":            {"another is made", func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0); _ = c.Close() }, 2},
		"an answer too much": {"nobody gets it", func(c net.Conn) { _, _ = io.WriteString(c, two) }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
				connections := make(chan net.Conn, 9)
				s, made := counted(t, func(w http.ResponseWriter, _ *http.Request) {
					_, _ = io.WriteString(w, "one")
				}, func(s *httptest.Server) {
					state := s.Config.ConnState
					s.Config.ConnState = func(c net.Conn, now http.ConnState) {
						state(c, now)
						if now == http.StateIdle {
							connections <- c
						}
					}
					s.Start()
				})
				client := over(&http.Transport{MaxIdleConnsPerHost: 9})
				for n := range 2 {
					if got := outcome(ask(t.Context(), client, s.URL)); got != "200 one" {
						t.Errorf("read %d gives %s: %s", n, got, c.reason)
					}
					if n == 0 {
						c.then(<-connections)
						arrive(t)
					}
				}
				if made.Load() != c.want {
					t.Errorf("%d connections, want %d: %s", made.Load(), c.want, c.reason)
				}
				closeIdle(client)
			})
		})
	}
}

// arrive lets what was sent on the loopback interface before arrive: another exchange on it is not faster.
func arrive(t *testing.T) {
	t.Helper()
	for range 3 {
		s := httptest.NewServer(http.NotFoundHandler())
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		response, err := client.Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		s.Close()
	}
}

// Many reads at once get each its own answer, while connections come and go under them.
func TestManyReads(t *testing.T) {
	t.Parallel()
	s, _ := counted(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		switch n % 5 {
		case 0:
			w.Header().Set("Connection", "close")
		case 1:
			w.(http.Flusher).Flush() // in chunks
		}
		_, _ = fmt.Fprint(w, "answer ", n)
		if n%7 == 0 {
			c, _, _ := w.(http.Hijacker).Hijack()
			_ = c.Close()
		}
	}, (*httptest.Server).Start)
	both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
		client := over(&http.Transport{MaxIdleConnsPerHost: 9, IdleConnTimeout: 5 * time.Millisecond})
		var group sync.WaitGroup
		for worker := range 16 {
			group.Go(func() {
				for i := range 60 {
					n := worker*60 + i
					got := outcome(ask(t.Context(), client, s.URL+"/?n="+strconv.Itoa(n)))
					if want := "200 answer " + strconv.Itoa(n); got != want && n%7 != 0 {
						t.Errorf("%q, want %q", got, want)
					}
				}
			})
		}
		group.Wait()
		closeIdle(client)
	})
}
