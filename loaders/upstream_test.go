package loaders

// This file holds the two upstreams that loaders are tested over: the sandbox behind a real server, and a script of
// answers where the sandbox is too honest.

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// direct are the lookup lists without a cache.
var direct = Lists{
	Stages:    func(ctx context.Context, a *ccube.API) ([]*ccube.Stage, error) { return a.ListStages(ctx) },
	WorkTypes: func(ctx context.Context, a *ccube.API) ([]*ccube.WorkType, error) { return a.ListWorkTypes(ctx) },
	CommunicationStatuses: func(ctx context.Context, a *ccube.API) ([]*ccube.CommunicationStatus, error) {
		return a.ListCommunicationStatuses(ctx)
	},
}

// yard is a sandbox that is served, and what is known of how it pages.
type yard struct {
	*sandbox.Server
	api    *ccube.API
	census *access.Census
}

// serve serves a sandbox with so many projects.
func serve(t *testing.T, projects int) *yard {
	t.Helper()
	y := &yard{Server: sandbox.New(sandbox.Options{Projects: projects}), census: access.NewCensus()}
	server := httptest.NewServer(y)
	t.Cleanup(server.Close)
	admin := y.Admin()
	caller := identity.New(identity.Tenant{Name: "acme", Base: server.URL}, admin.Email, identity.Secret(admin.Authorization))
	y.api = ccube.New(ccube.Options{HTTP: server.Client()}).As(caller)
	return y
}

// set returns the loaders of a new operation.
func (y *yard) set(t *testing.T) *Set {
	return New(t.Context(), access.NewReader(y.api, y.census, access.Options{}), direct)
}

// rows reads a list whole, as an operation of its own that teaches nobody and is not counted.
func rows[T access.Row[T]](t *testing.T, y *yard, noun *access.Noun[T]) []T {
	t.Helper()
	r := access.NewReader(y.api, access.NewCensus(), access.Options{})
	all, err := access.NewWalker(r, &noun.List).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	y.ResetCalls()
	return all
}

// fail has calls fail.
func (y *yard) fail(pattern string, status int) {
	y.Set(func(s *sandbox.Switches) {
		s.Faults = append(s.Faults, &sandbox.Fault{When: sandbox.On("GET", "/api/v2/"+pattern), Status: status})
	})
}

// spent holds the calls since the last time to what they may be.
func (y *yard) spent(t *testing.T, reason string, want map[string]int) {
	t.Helper()
	got := make(map[string]int)
	for road, n := range y.CallCounts() {
		got[strings.TrimPrefix(road, "GET /api/v2/")] = n
	}
	y.ResetCalls()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the calls differ: %s (-want +got):\n%s", reason, diff)
	}
}

// none is no calls.
var none = map[string]int{}

// script answers paths with JSON, and counts. A list has one page; what is not in the script is not found.
type script struct {
	mu    sync.Mutex
	says  map[string]string
	calls map[string]int
}

// Do is part of ccube.Doer.
func (s *script) Do(r *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v2/")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[path]++
	body, ok := s.says[path]
	status := http.StatusOK
	switch page := r.URL.Query().Get("page"); {
	case !ok:
		status = http.StatusNotFound
	case page != "" && page != "1":
		body = "[]"
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// spent returns the calls since the last time, lists by how often their first page was asked for or more.
func (s *script) spent() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := maps.Clone(s.calls)
	clear(s.calls)
	return got
}

// scripted returns the loaders of an operation over a script.
func scripted(t *testing.T, says map[string]string) (*Set, *script) {
	s := &script{says: says, calls: make(map[string]int)}
	caller := identity.New(identity.Tenant{Name: "acme", Base: "http://acme.test"}, "ada@example.com", "Token t,user_email=ada@example.com")
	api := ccube.New(ccube.Options{HTTP: s}).As(caller)
	return New(t.Context(), access.NewReader(api, access.NewCensus(), access.Options{}), direct), s
}

// wanting is a plan that wants keys.
func wanting(typ string, want ccube.Keys) *Plan { return &Plan{Type: typ, Want: want} }

// selecting is a plan that wants keys, and a field with objects below it.
func selecting(typ string, want ccube.Keys, field string, below *Plan) *Plan {
	return &Plan{Type: typ, Want: want, Fields: []Field{{Alias: field, Name: field, Plans: map[string]*Plan{below.Type: below}}}}
}

// idsOf returns the ids of what was found, in its order.
func idsOf[T access.Row[T]](found []*Found[T]) []ccube.ID {
	ids := make([]ccube.ID, len(found))
	for i, f := range found {
		ids[i] = f.Row.Identity()
	}
	return ids
}

// identities returns the ids of rows, in their order.
func identities[T access.Row[T]](rows []T) []ccube.ID {
	ids := make([]ccube.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.Identity()
	}
	return ids
}
