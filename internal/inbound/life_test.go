package inbound_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/inbound"
	"github.com/ccube-graphql/ccube-graphql/internal/memnet"
)

// life is a server of either kind, in a bubble of its own time.
type life struct {
	server   server
	listener *memnet.Listener
	ended    chan error
}

// live runs a test with both servers, which it starts.
func live(t *testing.T, test func(t *testing.T, serve func(http.HandlerFunc) *life)) {
	t.Helper()
	t.Parallel()
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				test(t, func(handler http.HandlerFunc) *life {
					l := &life{server: way.of(settings(handler)), listener: memnet.Listen(), ended: make(chan error, 1)}
					go func() { l.ended <- l.server.Serve(l.listener) }()
					t.Cleanup(func() { _ = l.server.Close() })
					return l
				})
			})
		})
	}
}

// dial connects, and says something.
func (l *life) dial(t *testing.T, text string) net.Conn {
	t.Helper()
	client, err := l.listener.Dial()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(client, text); err != nil {
		t.Fatal(err)
	}
	return client
}

// hear reads one answer, and returns its body and whether it is the last.
func hear(t *testing.T, in *bufio.Reader) (body string, last bool) {
	t.Helper()
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all), answer.Close
}

// TestWhoLeavesIsNoticed: what a request still costs is for nobody then.
func TestWhoLeavesIsNoticed(t *testing.T) {
	for name, after := range map[string]time.Duration{"at once": 0, "soon": 50 * time.Millisecond, "later": time.Minute} {
		t.Run(name, func(t *testing.T) {
			live(t, func(t *testing.T, serve func(http.HandlerFunc) *life) {
				noticed := make(chan time.Time, 1)
				l := serve(func(_ http.ResponseWriter, r *http.Request) {
					_, _ = io.Copy(io.Discard, r.Body)
					<-r.Context().Done()
					noticed <- time.Now()
				})
				client := l.dial(t, post)
				time.Sleep(after)
				left := time.Now()
				_ = client.Close()
				if late := (<-noticed).Sub(left); late > 100*time.Millisecond {
					t.Errorf("it is noticed after %s", late)
				}
			})
		})
	}
}

// TestWhoDoesNotReadIsLeft: an answer that nobody takes is given up when its time is over, and its request ends.
func TestWhoDoesNotReadIsLeft(t *testing.T) {
	live(t, func(t *testing.T, serve func(http.HandlerFunc) *life) {
		gone := make(chan struct{}, 1)
		l := serve(func(w http.ResponseWriter, r *http.Request) {
			for range 100 {
				if _, err := io.WriteString(w, strings.Repeat("x", 1<<20)); err != nil {
					break
				}
			}
			<-r.Context().Done()
			gone <- struct{}{}
		})
		begin := time.Now()
		client := l.dial(t, get)
		<-gone
		if took := time.Since(begin); took < 45*time.Second || took > 50*time.Second {
			t.Errorf("it is given up after %s, want the 45 s that an answer may take, or a little more", took)
		}
		_ = client.Close()
	})
}

// TestWhoSaysNothingIsLeft: connections are not kept for ever.
func TestWhoSaysNothingIsLeft(t *testing.T) {
	live(t, func(t *testing.T, serve func(http.HandlerFunc) *life) {
		l := serve(echo)
		for _, c := range []struct {
			what, text  string
			least, most time.Duration
		}{
			{"a connection that is never used", "", 5 * time.Second, 5 * time.Second},
			{"a connection that is kept", post, 90 * time.Second, 95 * time.Second},
			{"a request that is never finished", post[:20], 5 * time.Second, 6 * time.Second},
			{"a body that is never finished", post[:len(post)-1], 15 * time.Second, 16 * time.Second},
		} {
			begin := time.Now()
			client := l.dial(t, c.text)
			_, _ = io.Copy(io.Discard, client)
			if took := time.Since(begin); took < c.least || took > c.most {
				t.Errorf("%s ends after %s, want %s to %s", c.what, took, c.least, c.most)
			}
			_ = client.Close()
		}
	})
}

// TestAShutdownFinishesWhatRuns: keep-alives are switched off first, while connections are still accepted.
func TestAShutdownFinishesWhatRuns(t *testing.T) {
	live(t, func(t *testing.T, serve func(http.HandlerFunc) *life) {
		release := make(chan struct{})
		l := serve(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				<-release
			}
			echo(w, r)
		})
		idle, running, fresh := l.dial(t, get), l.dial(t, post), l.dial(t, "")
		kept := bufio.NewReader(idle)
		if body, last := hear(t, kept); body == "" || last {
			t.Errorf("an answer before is %q, the last %t", body, last)
		}
		synctest.Wait()

		l.server.SetKeepAlivesEnabled(false)
		if _, err := kept.ReadByte(); !errors.Is(err, io.EOF) {
			t.Errorf("a connection without a request gives %v, want its end", err)
		}
		for what, client := range map[string]net.Conn{"accepted before": fresh, "accepted now": l.dial(t, "")} {
			_, _ = io.WriteString(client, get)
			if body, last := hear(t, bufio.NewReader(client)); body == "" || !last {
				t.Errorf("the answer on a connection %s is %q, the last %t; want one, the last", what, body, last)
			}
		}

		ended := make(chan error)
		go func() { ended <- l.server.Shutdown(t.Context()) }()
		time.Sleep(30 * time.Second)
		if _, err := l.listener.Dial(); err == nil {
			t.Error("a connection is accepted by a server that shuts down")
		}
		release <- struct{}{}
		if body, last := hear(t, bufio.NewReader(running)); body == "" || !last {
			t.Errorf("the answer to what ran is %q, the last %t; want one, the last", body, last)
		}
		if err := <-ended; err != nil {
			t.Errorf("the shutdown ends with %v", err)
		}
		if err := <-l.ended; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serving ends with %v", err)
		}
		if err := l.server.Serve(memnet.Listen()); !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serving again ends with %v", err)
		}
	})
}

// TestAShutdownHasAnEnd: what still runs then is told.
func TestAShutdownHasAnEnd(t *testing.T) {
	live(t, func(t *testing.T, serve func(http.HandlerFunc) *life) {
		gone := make(chan struct{}, 1)
		l := serve(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
			gone <- struct{}{}
		})
		client := l.dial(t, post)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := l.server.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the shutdown ends with %v", err)
		}
		select {
		case <-gone:
			t.Error("a request has been ended by a shutdown")
		default:
		}
		_ = l.server.Close()
		<-gone
		_ = client.Close()
	})
}

// failing is a listener whose first attempts to accept fail.
type failing struct {
	net.Listener
	errs []error
}

func (f *failing) Accept() (net.Conn, error) {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return nil, err
	}
	return f.Listener.Accept()
}

// TestErrorsOfTheListener: some pass, such as too many open files; others are the end.
func TestErrorsOfTheListener(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				passing := &net.OpError{Op: "accept", Err: syscall.EMFILE}
				l := &life{server: way.of(settings(echo)), listener: memnet.Listen()}
				ended := make(chan error, 1)
				begin := time.Now()
				go func() { ended <- l.server.Serve(&failing{l.listener, []error{passing, passing, passing}}) }()
				client := l.dial(t, get)
				if body, _ := hear(t, bufio.NewReader(client)); body == "" {
					t.Error("no answer after errors that pass")
				}
				if took := time.Since(begin); took == 0 {
					t.Error("nothing is waited for between attempts")
				}
				_ = client.Close()
				_ = l.listener.Close()
				if err := <-ended; err == nil || errors.Is(err, http.ErrServerClosed) {
					t.Errorf("a listener that is closed by others ends the server with %v", err)
				}
				_ = l.server.Close()
			})
		})
	}
}

// TestPanicsAreLogged: as http.Server does, but for the one that means to break off an answer.
func TestPanicsAreLogged(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		for p, want := range map[any]bool{"on purpose": true, http.ErrAbortHandler: false} {
			synctest.Test(t, func(t *testing.T) {
				var logged strings.Builder
				own := settings(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(p) }))
				own.ErrorLog = slog.NewLogLogger(slog.NewTextHandler(&logged, nil), slog.LevelError)
				l := &life{server: way.of(own), listener: memnet.Listen()}
				go func() { _ = l.server.Serve(l.listener) }()
				client := l.dial(t, post)
				if _, err := client.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
					t.Errorf("%s: the client gets %v, want the end", way.name, err)
				}
				synctest.Wait()
				_ = l.server.Close()
				if got := strings.Contains(logged.String(), "panic serving 192.0.2.1:80: on purpose"); got != want {
					t.Errorf("%s: the log has %q", way.name, logged.String())
				}
			})
		}
	}
}

// TestNothingIsServedAfterClose: not even what was accepted at the same moment.
func TestNothingIsServedAfterClose(t *testing.T) {
	t.Parallel()
	s := inbound.New(settings(echo))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(memnet.Listen()); !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("it serves, and ends with %v", err)
	}
}
