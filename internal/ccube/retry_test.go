package ccube_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// reply is what one attempt meets.
type reply struct {
	status     int
	retryAfter string
	err        error
	// cut ends the body before it is over.
	cut bool
}

// replies answers one attempt after another, the last of them for ever, and counts them.
type replies struct {
	list []reply
	made atomic.Int32
}

func (r *replies) Do(*http.Request) (*http.Response, error) {
	n := int(r.made.Add(1))
	now := r.list[min(n, len(r.list))-1]
	if now.err != nil {
		return nil, now.err
	}
	body := io.Reader(strings.NewReader(`{"id": 1}`))
	if now.cut {
		body = io.MultiReader(strings.NewReader(`{"id"`), broken{})
	}
	h := http.Header{}
	if now.retryAfter != "" {
		h.Set("Retry-After", now.retryAfter)
	}
	return &http.Response{StatusCode: now.status, Header: h, Body: io.NopCloser(body)}, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

var (
	reset   = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	refused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	late    = &net.OpError{Op: "dial", Net: "tcp", Err: context.DeadlineExceeded}
	ok      = reply{status: 200}
)

// A read is tried again after what passes, while that makes sense; pauses grow from about 100 ms.
func TestReadsAreTriedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		replies []reply
		// calls is how many are made, least and most how long all of it takes.
		calls       int32
		least, most time.Duration
		want        fault.Kind
	}{
		"a reset":                       {[]reply{{err: reset}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"nobody there":                  {[]reply{{err: refused}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"a connection that ends":        {[]reply{{err: io.EOF}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"a body that breaks off":        {[]reply{{status: 200, cut: true}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"502":                           {[]reply{{status: 502}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"503, then 504":                 {[]reply{{status: 503}, {status: 504}, ok}, 3, 150 * time.Millisecond, 300 * time.Millisecond, ""},
		"503 for ever":                  {[]reply{{status: 503}}, 4, 350 * time.Millisecond, 700 * time.Millisecond, fault.UpstreamUnavailable},
		"429":                           {[]reply{{status: 429}, ok}, 2, 50 * time.Millisecond, 100 * time.Millisecond, ""},
		"429, a while":                  {[]reply{{status: 429, retryAfter: "7"}, ok}, 2, 7050 * time.Millisecond, 7100 * time.Millisecond, ""},
		"429, longer than one waits":    {[]reply{{status: 429, retryAfter: "11"}, ok}, 1, 0, 0, fault.RateLimited},
		"429, longer than there is":     {[]reply{{status: 429, retryAfter: "9"}, {status: 429, retryAfter: "9"}, ok}, 2, 9 * time.Second, 9100 * time.Millisecond, fault.RateLimited},
		"503, a while":                  {[]reply{{status: 503, retryAfter: "2"}, ok}, 2, 2050 * time.Millisecond, 2100 * time.Millisecond, ""},
		"500, which may do harm":        {[]reply{{status: 500}, ok}, 1, 0, 0, fault.UpstreamError},
		"404, which is an answer":       {[]reply{{status: 404}, ok}, 1, 0, 0, fault.NotFound},
		"401, which stays":              {[]reply{{status: 401}, ok}, 1, 0, 0, fault.Unauthenticated},
		"a redirect":                    {[]reply{{status: 302}, ok}, 1, 0, 0, fault.UpstreamError},
		"what took all of its time":     {[]reply{{err: late}, ok}, 1, 0, 0, fault.UpstreamTimeout},
		"what breaks in no known way":   {[]reply{{err: errors.New("headers without an end")}, ok}, 1, 0, 0, fault.UpstreamUnavailable},
		"what a refusal of our own is":  {[]reply{{err: fault.New(fault.UpstreamUnavailable, "x")}, ok}, 1, 0, 0, fault.UpstreamUnavailable},
		"an answer that cannot be read": {[]reply{{status: 204}, ok}, 1, 0, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				upstream := &replies{list: c.replies}
				api := ccube.New(ccube.Options{HTTP: upstream, Retries: 3}).As(caller("http://acme.test"))
				ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
				defer cancel()
				begin := time.Now()
				_, err := api.GetNote(ctx, 1)
				if fault.KindOf(err) != c.want {
					t.Errorf("the error is %v, want %q", err, c.want)
				}
				if n := upstream.made.Load(); n != c.calls {
					t.Errorf("%d calls, want %d", n, c.calls)
				}
				if took := time.Since(begin); took < c.least || took > c.most {
					t.Errorf("it took %v, want from %v to %v", took, c.least, c.most)
				}
			})
		})
	}
}

// A write is sent once, whatever becomes of it.
func TestWritesAreSentOnce(t *testing.T) {
	t.Parallel()
	for method, write := range writes {
		for _, met := range []reply{{err: reset}, {err: refused}, {err: io.EOF}, {status: 502}, {status: 503}, {status: 504}, {status: 429, retryAfter: "1"}, {status: 200, cut: true}} {
			t.Run(fmt.Sprint(method, met.status, met.err), func(t *testing.T) {
				t.Parallel()
				upstream := &replies{list: []reply{met, ok}}
				err := write(t.Context(), ccube.New(ccube.Options{HTTP: upstream, Retries: 3}).As(caller("http://acme.test")))
				if n := upstream.made.Load(); n != 1 || err == nil {
					t.Errorf("it was sent %d times, and the error is %v", n, err)
				}
			})
		}
	}
}

// Signing in is no read: CCUBE counts what fails.
func TestSigningInIsTriedOnce(t *testing.T) {
	t.Parallel()
	upstream := &replies{list: []reply{{status: 503}, ok}}
	client := ccube.New(ccube.Options{HTTP: upstream, Retries: 3})
	if _, err := client.SignIn(t.Context(), caller("http://acme.test").Tenant, "ada@example.com", "x"); !errors.Is(err, fault.UpstreamUnavailable) {
		t.Errorf("the error is %v, want UPSTREAM_UNAVAILABLE", err)
	}
	if n := upstream.made.Load(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

// Each attempt is a call: it is counted, and told of. What cannot be paid for is not tried, and the failure stands.
func TestAttemptsAreCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		upstream := &replies{list: []reply{{status: 503}}}
		var told []int
		ctx := ccube.WithTrace(t.Context(), func(c ccube.Call) { told = append(told, c.Status) })
		_, err := ccube.New(ccube.Options{HTTP: upstream, Retries: 6}).As(caller("http://acme.test")).Within(3).GetNote(ctx, 1)
		if !errors.Is(err, fault.UpstreamUnavailable) {
			t.Errorf("the error is %v, want UPSTREAM_UNAVAILABLE", err)
		}
		if n := upstream.made.Load(); n != 3 || fmt.Sprint(told) != "[503 503 503]" {
			t.Errorf("%d calls, of which %v was told, want 3 of 503", n, told)
		}
	})
}

// Who has left is not tried for again.
func TestNobodyIsTriedForWhoHasLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		upstream := &replies{list: []reply{{status: 503, retryAfter: "5"}, ok}}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := ccube.New(ccube.Options{HTTP: upstream, Retries: 6}).As(caller("http://acme.test")).GetNote(ctx, 1)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v, want the context's", err)
		}
		time.Sleep(time.Minute) // the bubble's time
		if n := upstream.made.Load(); n != 1 {
			t.Errorf("%d calls, want 1", n)
		}
	})
}
