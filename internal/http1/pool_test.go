package http1_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Connections are kept as many as have been used at once, up to the bound, and for their time.
func TestKeptConnections(t *testing.T) {
	t.Parallel()
	certify(t)
	for name, c := range map[string]struct {
		reason string
		most   int
		// pause lies between twenty reads at once and the next twenty.
		pause time.Duration
		// want is how many connections all forty take.
		want int
	}{
		"all of them":       {"none is made anew", 20, 89 * time.Second, 20},
		"some of them":      {"the others are made anew", 15, time.Second, 25},
		"two":               {"what http.Transport keeps if nobody says", 0, time.Second, 38},
		"none":              {"all are made anew", -1, time.Second, 40},
		"after their time":  {"all are made anew", 20, 91 * time.Second, 40},
		"no end to be seen": {"a number as large as there is", 1<<63 - 1, time.Second, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
				synctest.Test(t, func(t *testing.T) {
					s := &server{script: slices.Repeat([][]answer{slices.Repeat([]answer{{text: one}}, 40)}, 40)}
					settings := s.settings()
					settings.MaxIdleConnsPerHost = c.most
					client := over(settings)
					for range 2 {
						atOnce(t, client, 20)
						time.Sleep(c.pause)
					}
					if made, _ := s.counts(); made != c.want {
						t.Errorf("%d connections were made, want %d: %s", made, c.want, c.reason)
					}
					closeIdle(client)
					s.running.Wait()
				})
			})
		})
	}
}

// atOnce makes reads that have all begun before the first ends.
func atOnce(t *testing.T, client http.RoundTripper, n int) {
	t.Helper()
	var begun, done sync.WaitGroup
	begun.Add(n)
	for range n {
		done.Go(func() {
			response, err := ask(t.Context(), client, "http://acme.test")
			begun.Done()
			if err != nil {
				t.Error(err)
				return
			}
			begun.Wait()
			if got := outcome(response, err); got != "200 one" {
				t.Errorf("a read gives %s", got)
			}
		})
	}
	done.Wait()
	synctest.Wait()
}

// Each connection is kept for its own time, not for that of another.
func TestConnectionsAgeByThemselves(t *testing.T) {
	t.Parallel()
	certify(t)
	both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
		synctest.Test(t, func(t *testing.T) {
			s := &server{script: slices.Repeat([][]answer{slices.Repeat([]answer{{text: one}}, 9)}, 9)}
			client := over(s.settings())
			for _, step := range []struct {
				at   time.Duration
				want int
			}{
				{0, 2}, {60 * time.Second, 2}, {100 * time.Second, 2}, {180 * time.Second, 2}, {271 * time.Second, 4},
			} {
				time.Sleep(step.at - time.Since(s.begun(t)))
				n := 1 // keeps the one that was used last
				if step.want != 2 || step.at == 0 {
					n = 2
				}
				atOnce(t, client, n)
				if made, _ := s.counts(); made != step.want {
					t.Errorf("after %v %d connections had been made, want %d", step.at, made, step.want)
				}
			}
			closeIdle(client)
			s.running.Wait()
		})
	})
}

// begun is when a bubble begins.
func (*server) begun(t *testing.T) time.Time {
	t.Helper()
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
}

// Whoever closes idle connections closes those in use too, once they are put back; and the next read makes new ones.
func TestCloseIdleConnections(t *testing.T) {
	t.Parallel()
	certify(t)
	both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
		synctest.Test(t, func(t *testing.T) {
			s := &server{script: slices.Repeat([][]answer{say(one, one)}, 3)}
			client := over(s.settings())
			response, err := ask(t.Context(), client, "http://acme.test")
			closeIdle(client)
			if got := outcome(response, err); got != "200 one" {
				t.Errorf("a read under way gives %s", got)
			}
			synctest.Wait()
			for range 2 {
				if got := outcome(ask(t.Context(), client, "http://acme.test")); got != "200 one" {
					t.Errorf("a later read gives %s", got)
				}
				synctest.Wait()
			}
			if made, _ := s.counts(); made != 2 {
				t.Errorf("%d connections were made, want 2", made)
			}
			closeIdle(client)
			s.running.Wait()
		})
	})
}

// An answer that is not read to its end takes its connection along, whoever closes it and whenever.
func TestBodiesThatAreGivenUp(t *testing.T) {
	t.Parallel()
	certify(t)
	long := sized("", strings.Repeat("x", 99))
	for name, c := range map[string]struct {
		reason string
		answer []answer
		leave  func(*testing.T, *http.Response, context.CancelFunc)
		kept   bool
	}{
		"closed at once": {"the rest would come", say(long, two), func(_ *testing.T, r *http.Response, _ context.CancelFunc) {
			r.Body.Close()
		}, false},
		"closed in the middle": {"the rest would come", say(long, two), func(_ *testing.T, r *http.Response, _ context.CancelFunc) {
			_, _ = io.ReadFull(r.Body, make([]byte, 9))
			r.Body.Close()
		}, false},
		"read to its length": {"nothing is left", say(long, two), func(_ *testing.T, r *http.Response, _ context.CancelFunc) {
			_, _ = io.ReadFull(r.Body, make([]byte, 99))
			r.Body.Close()
		}, true},
		"closed twice": {"as good as once", say(long, two), func(_ *testing.T, r *http.Response, _ context.CancelFunc) {
			_, _ = io.ReadAll(r.Body)
			r.Body.Close()
			r.Body.Close()
		}, true},
		"without a body": {"nothing to be read", say(empty, two), func(_ *testing.T, r *http.Response, _ context.CancelFunc) {
			r.Body.Close()
		}, true},
		"cancelled after its end": {"too late to matter", say(long, two), func(_ *testing.T, r *http.Response, cancel context.CancelFunc) {
			_, _ = io.ReadAll(r.Body)
			cancel()
		}, true},
		"closed by another": {"while it is being read", last("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", hangs), func(t *testing.T, r *http.Response, _ context.CancelFunc) {
			time.AfterFunc(time.Second, func() { r.Body.Close() })
			if _, err := io.ReadAll(r.Body); err == nil {
				t.Error("reading ends without an error")
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
				synctest.Test(t, func(t *testing.T) {
					s := &server{script: [][]answer{c.answer, say(two)}}
					client := over(s.settings())
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					response, err := ask(ctx, client, "http://acme.test")
					if err != nil {
						t.Fatal(err)
					}
					c.leave(t, response, cancel)
					synctest.Wait()
					if got := outcome(ask(t.Context(), client, "http://acme.test")); got != "200 two" {
						t.Errorf("the next read gives %s", got)
					}
					if made, _ := s.counts(); (made == 1) != c.kept {
						t.Errorf("%d connections were made: %s", made, c.reason)
					}
					closeIdle(client)
					s.running.Wait()
				})
			})
		})
	}
}
