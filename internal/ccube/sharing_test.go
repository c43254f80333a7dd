package ccube_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// upstream answers once it is released, and counts.
type upstream struct {
	calls    atomic.Int32
	released chan struct{}
}

func (u *upstream) Do(*http.Request) (*http.Response, error) {
	u.calls.Add(1)
	<-u.released
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"id": 1}`))}, nil
}

func TestSharing(t *testing.T) {
	t.Parallel()
	ada := caller("http://acme.test")
	other := func(tenant, base, email string, authorization identity.Secret) identity.Caller {
		return identity.New(identity.Tenant{Name: tenant, Base: base}, email, authorization)
	}
	read := func(ctx context.Context, a *ccube.API) { _, _ = a.GetNote(ctx, 1) }
	cases := map[string]struct {
		reason      string
		who         identity.Caller
		also        func(context.Context, *ccube.API)
		wantedCalls int32
	}{
		"the same caller": {"equal reads are one call", ada, read, 1},
		"another path": {"equal means equal", ada, func(ctx context.Context, a *ccube.API) {
			_, _ = a.GetNote(ctx, 2)
		}, 2},
		"another page": {"equal means the query string too", ada, func(ctx context.Context, a *ccube.API) {
			_, _ = a.ListNotes(ctx, ccube.NoteFilter{}, ccube.Page{Number: 1, Size: 20})
		}, 2},
		"another tenant":     {"whose data it is", other("globex", "http://acme.test", "ada@example.com", authorization), read, 2},
		"another host":       {"where the data is", other("acme", "http://other.test", "ada@example.com", authorization), read, 2},
		"another email":      {"who may see it", other("acme", "http://acme.test", "eve@example.com", authorization), read, 2},
		"another credential": {"who may see it now", other("acme", "http://acme.test", "ada@example.com", "Token x"), read, 2},
		"after a write": {"what was read before it may be another thing", ada, func(ctx context.Context, a *ccube.API) {
			read(ctx, a.At("2"))
		}, 2},
		"a write": {"a write is nobody else's", ada, func(ctx context.Context, a *ccube.API) {
			_, _ = a.DeleteNote(ctx, 1)
		}, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				u := &upstream{released: make(chan struct{})}
				client := ccube.New(ccube.Options{HTTP: u})
				var group sync.WaitGroup
				group.Go(func() { read(t.Context(), client.As(ada)) })
				group.Go(func() { c.also(t.Context(), client.As(c.who)) })
				synctest.Wait()
				close(u.released)
				group.Wait()
				if n := u.calls.Load(); n != c.wantedCalls {
					t.Errorf("%d calls, want %d: %s", n, c.wantedCalls, c.reason)
				}
			})
		})
	}
}

func TestTwoWritesAreTwoCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := &upstream{released: make(chan struct{})}
		api := ccube.New(ccube.Options{HTTP: u}).As(caller("http://acme.test"))
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() { _, _ = api.DeleteNote(t.Context(), 1) })
		}
		synctest.Wait()
		close(u.released)
		group.Wait()
		if n := u.calls.Load(); n != 2 {
			t.Errorf("%d calls, want 2", n)
		}
	})
}

func TestTrace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := &upstream{released: make(chan struct{})}
		api := ccube.New(ccube.Options{HTTP: u}).As(caller("http://acme.test"))
		var mu sync.Mutex
		var calls []ccube.Call
		ctx := ccube.WithTrace(t.Context(), func(c ccube.Call) {
			mu.Lock()
			defer mu.Unlock()
			calls = append(calls, c)
		})
		start := time.Now()
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() { _, _ = api.GetNote(ctx, 1) })
		}
		time.Sleep(time.Second) // the bubble's time
		close(u.released)
		group.Wait()
		_, _ = api.DeleteNote(ctx, 7)
		want := []ccube.Call{
			{
				Method: "GET", Path: "/api/v2/notes/1", Status: 200, Start: start, Duration: time.Second, Bytes: 9,
				Source: ccube.Sent, Endpoint: "/api/v2/notes/{id}",
			},
			{Method: "GET", Path: "/api/v2/notes/1", Start: start, Duration: time.Second, Source: ccube.Shared},
			{
				Method: "DELETE", Path: "/api/v2/notes/7", Status: 200, Start: start.Add(time.Second), Bytes: 9,
				Source: ccube.Sent, Endpoint: "/api/v2/notes/{id}",
			},
		}
		bySource := cmpopts.SortSlices(func(a, b ccube.Call) bool {
			return a.Method+string(a.Source) < b.Method+string(b.Source)
		})
		if diff := cmp.Diff(want, calls, bySource); diff != "" {
			t.Errorf("the trace differs (-want +got):\n%s", diff)
		}
	})
}
