package ccube_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// writes are one write of each method.
var writes = map[string]func(context.Context, *ccube.API) error{
	"POST": func(ctx context.Context, a *ccube.API) error {
		_, err := a.CreateNote(ctx, ccube.NoteWrite{Body: ccube.Set("x")})
		return err
	},
	"PUT": func(ctx context.Context, a *ccube.API) error {
		_, err := a.UpdateNote(ctx, 1, ccube.NoteWrite{Body: ccube.Set("x")})
		return err
	},
	"DELETE": func(ctx context.Context, a *ccube.API) error {
		_, err := a.DeleteNote(ctx, 1)
		return err
	},
}

// A server that keeps a connection and then breaks it under a write, having read it, makes net/http send some requests
// again by itself. A write must not be one of them: it may have happened.
func TestWriteOnBrokenConnectionIsSentOnce(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			var received atomic.Int32
			api := ccube.New(ccube.Options{}).As(caller(breakAfterFirst(t, method, &received)))
			if err := write(t.Context(), api); err != nil {
				t.Fatalf("the write that makes the connection: %v", err)
			}
			err := write(t.Context(), api)
			if !errors.Is(err, fault.UnknownOutcome) {
				t.Errorf("the error is %v, want UPSTREAM_UNKNOWN_OUTCOME", err)
			}
			if want := "look before you send it again"; !strings.Contains(failed(t, err).Message, want) {
				t.Errorf("%q does not say what to do", failed(t, err).Message)
			}
			if n := received.Load(); n != 2 {
				t.Errorf("CCUBE received %d writes, want each of the two once", n)
			}
		})
	}
}

// breakAfterFirst answers the first request of each connection and breaks the connection at the second. It counts the
// requests of the method.
func breakAfterFirst(t *testing.T, method string, received *atomic.Int32) (base string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	serve := func(connection net.Conn) {
		defer func() { _ = connection.Close() }()
		r := bufio.NewReader(connection)
		for n := range 2 {
			request, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, request.Body)
			if request.Method == method {
				received.Add(1)
			}
			if n == 0 {
				_, _ = fmt.Fprint(connection, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"id\":1}")
			}
		}
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(connection)
		}
	}()
	return "http://" + listener.Addr().String()
}

// Whoever gave up waiting cannot take back a write that is on its way.
func TestCallerWhoLeavesDoesNotStopAWrite(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			ctx, leave := context.WithCancel(t.Context())
			api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				leave()
				_, _ = w.Write([]byte(`{"id": 1}`))
			})
			if err := write(ctx, api); err != nil {
				t.Errorf("the write was stopped: %v", err)
			}
		})
	}
}

func TestCallerWhoHasLeftWritesNothing(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			ctx, leave := context.WithCancel(t.Context())
			leave()
			api := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the write was sent") })
			if err := write(ctx, api); !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v, want the context's own", err)
			}
		})
	}
}

func TestHangingWriteEnds(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := ccube.New(ccube.Options{HTTP: doer(hang)}).As(caller("http://acme.test"))
				start := time.Now()
				if err := write(t.Context(), api); !errors.Is(err, fault.UnknownOutcome) {
					t.Errorf("the error is %v, want UPSTREAM_UNKNOWN_OUTCOME", err)
				}
				if d := time.Since(start); d != 20*time.Second {
					t.Errorf("the write took %v, want the default of 20s", d)
				}
			})
		})
	}
}

func TestOutcomeOfWrites(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, method string
		status         int
		body           string
		want           fault.Kind
	}{
		"create without an answer":     {"nobody knows which note it is", "POST", 201, "", fault.UnknownOutcome},
		"create answered by a message": {"nobody knows which note it is", "POST", 200, `{"message": "created"}`, fault.UnknownOutcome},
		"create answered by several":   {"nobody knows which of them it is", "POST", 200, `[{"id": 1}, {"id": 2}]`, fault.UnknownOutcome},
		"create answered by none":      {"nobody knows which note it is", "POST", 200, `[]`, fault.UnknownOutcome},
		"create answered by a page":    {"whose page is that?", "POST", 200, `<html>`, fault.UnknownOutcome},
		"update answered by a page":    {"whose page is that?", "PUT", 200, `<html>`, fault.UnknownOutcome},
		"delete answered by a page":    {"whose page is that?", "DELETE", 200, `<html>`, fault.UnknownOutcome},
		"delete answered by a text":    {"JSON of any form will do", "DELETE", 200, `"deleted"`, ""},
		"delete of what is gone":       {"404 and 410 are one to callers", "DELETE", 410, ``, fault.NotFound},
		"refused":                      {"what CCUBE refuses has not happened", "POST", 422, `{}`, fault.BadUserInput},
		"failed":                       {"CCUBE itself says that it failed", "POST", 500, ``, fault.UpstreamError},
		"maintenance":                  {"nobody is at work who could have done it", "PUT", 503, ``, fault.UpstreamUnavailable},
		"answer lost by a proxy":       {"the proxy does not know what CCUBE did", "PUT", 502, ``, fault.UnknownOutcome},
		"answer late for a proxy":      {"the proxy does not know what CCUBE did", "DELETE", 504, ``, fault.UnknownOutcome},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := writes[c.method](t.Context(), serve(t, answer(c.status, nil, c.body)))
			if fault.KindOf(err) != c.want {
				t.Errorf("the error is %v, want %q: %s", err, c.want, c.reason)
			}
			if err != nil && failed(t, err).Status != c.status {
				t.Errorf("the error's status is %d, want %d", failed(t, err).Status, c.status)
			}
		})
	}
}

// Over HTTP/2 net/http sends even more again by itself, whatever can be sent again: so nothing can that is a write.
func TestWriteCannotBeRewound(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			api := ccube.New(ccube.Options{HTTP: doer(func(r *http.Request) (*http.Response, error) {
				if r.Body == nil || r.Body == http.NoBody || r.GetBody != nil {
					t.Errorf("the request has the body %T, which can be read twice: %t", r.Body, r.GetBody != nil)
				}
				return nil, errors.New("broken")
			})}).As(caller("http://acme.test"))
			if err := write(t.Context(), api); !errors.Is(err, fault.UnknownOutcome) {
				t.Errorf("the error is %v, want UPSTREAM_UNKNOWN_OUTCOME: nothing says that it was not sent", err)
			}
		})
	}
}
