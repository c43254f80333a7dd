package ccube_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// doer makes exchanges without a network, so that a test can stand in a bubble of its own time.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// hang never answers.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := host(t, func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the redirect was followed, with the credential %q", r.Header.Get("Authorization"))
	})
	for _, status := range []int{301, 302, 303, 307, 308} {
		api := serve(t, answer(status, http.Header{"Location": {elsewhere + "/api/v2/users/1"}}, ""))
		if _, err := api.GetUser(t.Context(), 1); !errors.Is(err, fault.UpstreamError) {
			t.Errorf("a %d gives %v, want UPSTREAM_ERROR", status, err)
		}
		if _, err := api.DeleteUser(t.Context(), 1); !errors.Is(err, fault.UpstreamError) {
			t.Errorf("a %d of a write gives %v, want UPSTREAM_ERROR", status, err)
		}
	}
}

func TestBodyIsBounded(t *testing.T) {
	t.Parallel()
	const body = `[{"id":1}]`
	base := host(t, answer(200, nil, body))
	cases := map[string]struct {
		reason string
		limit  int64
		want   fault.Kind
	}{
		"at the limit":   {"exactly as long as it may be", int64(len(body)), ""},
		"over the limit": {"one byte too long", int64(len(body)) - 1, fault.UpstreamError},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := ccube.New(ccube.Options{MaxBody: c.limit}).As(caller(base))
			_, err := api.ListUsers(t.Context(), ccube.Page{})
			if fault.KindOf(err) != c.want {
				t.Errorf("the error is %v, want %q: %s", err, c.want, c.reason)
			}
			if c.want != "" && !strings.Contains(err.Error(), "UPSTREAM_MAX_BODY") {
				t.Errorf("%v does not say which setting bounds it", err)
			}
		})
	}
}

func TestHangingRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := ccube.New(ccube.Options{HTTP: doer(hang), Timeout: 20 * time.Second}).As(caller("http://acme.test"))
		start := time.Now()
		_, err := api.ListUsers(t.Context(), ccube.Page{})
		if !errors.Is(err, fault.UpstreamTimeout) || time.Since(start) != 20*time.Second {
			t.Errorf("after %v the error is %v, want UPSTREAM_TIMEOUT after 20s", time.Since(start), err)
		}
	})
}

func TestReaderThatGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stopped := make(chan struct{})
		api := ccube.New(ccube.Options{HTTP: doer(func(r *http.Request) (*http.Response, error) {
			defer close(stopped)
			return hang(r)
		})}).As(caller("http://acme.test"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := api.GetUser(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v, want the context's own", err)
		}
		<-stopped // the call that nobody waits for is stopped: the bubble would be stuck here if not
	})
}

func TestBrokenOffAnswer(t *testing.T) {
	t.Parallel()
	api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`[{"id": 1}`))
	})
	if _, err := api.ListUsers(t.Context(), ccube.Page{}); !errors.Is(err, fault.UpstreamUnavailable) {
		t.Errorf("a read gives %v, want UPSTREAM_UNAVAILABLE", err)
	}
	if _, err := api.CreateNote(t.Context(), ccube.NoteWrite{}); !errors.Is(err, fault.UnknownOutcome) {
		t.Errorf("a write gives %v, want UPSTREAM_UNKNOWN_OUTCOME", err)
	}
}

func TestBrokenOffRefusal(t *testing.T) {
	t.Parallel()
	api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusForbidden)
	})
	if _, err := api.CreateNote(t.Context(), ccube.NoteWrite{}); !errors.Is(err, fault.Forbidden) {
		t.Errorf("the error is %v, want FORBIDDEN: the status says enough", err)
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	api := ccube.New(ccube.Options{}).As(caller("http://127.0.0.1:1"))
	_, read := api.GetUser(t.Context(), 1)
	_, write := api.DeleteUser(t.Context(), 1)
	for name, err := range map[string]error{"a read": read, "a write, which certainly was not sent": write} {
		if !errors.Is(err, fault.UpstreamUnavailable) {
			t.Errorf("%s gives %v, want UPSTREAM_UNAVAILABLE", name, err)
		}
		if strings.Contains(failed(t, err).Message, "127.0.0.1") {
			t.Errorf("%s shows the host: %v", name, err)
		}
	}
}

// A breaker in place of the HTTP client words its own refusal, after which nothing was sent.
func TestDoerThatRefuses(t *testing.T) {
	t.Parallel()
	open := fault.New(fault.UpstreamUnavailable, "this tenant's CCUBE is down")
	api := ccube.New(ccube.Options{HTTP: doer(func(*http.Request) (*http.Response, error) { return nil, open })}).
		As(caller("http://acme.test"))
	if _, err := api.DeleteUser(t.Context(), 1); !errors.Is(err, open) {
		t.Errorf("the error is %v, want the breaker's", err)
	}
}

func TestVerdictsOnTheCredential(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason            string
		status            int
		accepted, refused int32
	}{
		"200": {"who is answered is known", 200, 1, 0},
		"401": {"who is not known is refused", 401, 0, 1},
		"403": {"what stands before CCUBE may refuse whom nobody has looked at", 403, 0, 0},
		"404": {"what stands before CCUBE may find nothing for anybody", 404, 0, 0},
		"302": {"a redirect says nothing", 302, 0, 0},
		"429": {"a limit may stand before the door", 429, 0, 0},
		"502": {"something on the way says nothing", 502, 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			who := caller(host(t, answer(c.status, nil, `{"id": 1}`)))
			var accepted, refused atomic.Int32
			count := func(n *atomic.Int32) func(identity.Partition) {
				return func(p identity.Partition) {
					if n.Add(1); p != who.Partition {
						t.Errorf("the verdict is on %s, want %s", p, who.Partition)
					}
				}
			}
			client := ccube.New(ccube.Options{Accepted: count(&accepted), Refused: count(&refused)})
			_, _ = client.As(who).GetUser(t.Context(), 1)
			if accepted.Load() != c.accepted || refused.Load() != c.refused {
				t.Errorf("accepted %d, refused %d times: %s", accepted.Load(), refused.Load(), c.reason)
			}
		})
	}
}
