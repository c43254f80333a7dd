package graph_test

// This file holds what callers share: a caller with itself, everything that is asked at the same time; two callers, the
// lookup lists and nothing else. It runs on synctest's clock, which tells for certain that all who ask wait.

import (
	"context"
	"encoding/base64"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

const onePage = `{ projects(first: 2) { nodes { number client { name } } } }`

// together sends requests at the same time while calls are held back, has look look once all wait, and returns the
// answers.
func together(t *testing.T, g *gatewaytest.Gateway, requests []gatewaytest.Request, look func()) []gatewaytest.Answer {
	t.Helper()
	release := g.Sandbox.Hold(nil)
	defer release()
	answers := make([]gatewaytest.Answer, len(requests))
	var all sync.WaitGroup
	for i, r := range requests {
		all.Go(func() { answers[i] = g.Send(t, t.Context(), r) })
	}
	synctest.Wait()
	look()
	release()
	all.Wait()
	return answers
}

func asAdmin(g *gatewaytest.Gateway, query string) gatewaytest.Request {
	return gatewaytest.Request{Query: query, Authorization: g.Sandbox.Admin().Authorization}
}

// waiting holds how many calls wait for an answer.
func waiting(t *testing.T, g *gatewaytest.Gateway, want int) func() {
	t.Helper()
	return func() {
		t.Helper()
		if got := g.Sandbox.Waiting(); got != want {
			t.Errorf("%d calls are under way, want %d", got, want)
		}
	}
}

func TestEqualRequestsAreOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		requests := make([]gatewaytest.Request, 10)
		for i := range requests {
			requests[i] = asAdmin(g, onePage)
		}
		// One of them writes the credential in another form.
		admin := g.Sandbox.Admin()
		requests[3].Authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(admin.Email+":"+admin.Token))
		answers := together(t, g, requests, waiting(t, g, 1))
		for _, a := range answers {
			gatewaytest.Decode[any](t, a)
			if a.Body != answers[0].Body {
				t.Errorf("answers differ: %s and %s", answers[0].Body, a.Body)
			}
		}
		if diff := gocmp.Diff([]string{"GET /api/v2/projects?page=1&per_page=2"}, g.Calls()); diff != "" {
			t.Errorf("calls differ (-want +got):\n%s", diff)
		}
	})
}

// TestEqualCallsAreOne has operations that differ make the same call.
func TestEqualCallsAreOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		explained := asAdmin(g, onePage)
		explained.Header = http.Header{"X-Ccube-Explain": {"1"}}
		answers := together(t, g, []gatewaytest.Request{
			explained, asAdmin(g, onePage), asAdmin(g, `{ projects(first: 2) { nodes { id } } }`), explained,
		}, waiting(t, g, 1))
		for _, a := range answers {
			gatewaytest.Decode[any](t, a)
		}
		if calls := g.Calls(); len(calls) != 1 {
			t.Errorf("calls: %s, want one", calls)
		}
		for _, a := range []gatewaytest.Answer{answers[0], answers[3]} {
			if len(a.Calls) != 1 {
				t.Errorf("%d calls are explained, want one: %s", len(a.Calls), a.Body)
			}
		}
	})
}

func TestTwoCallersShareNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Tenants: []string{"acme", "globex"}})
		at := func(tenant string, who sandbox.Account) gatewaytest.Request {
			return gatewaytest.Request{Query: onePage, Authorization: who.Authorization, Header: http.Header{"X-Ccube-Tenant": {tenant}}}
		}
		admin, technician := g.Sandbox.Admin(), g.Sandbox.Technician()
		forged := admin
		forged.Authorization = "Token wrong,user_email=" + admin.Email
		answers := together(t, g, []gatewaytest.Request{
			at("acme", admin), at("globex", admin), at("acme", technician), at("globex", technician), at("acme", forged),
		}, waiting(t, g, 5))
		if answers[0].Body == answers[2].Body {
			t.Error("an administrator and a technician see the same")
		}
		if codes := answers[4].Codes(); len(codes) != 1 || codes[0] != "UNAUTHENTICATED" {
			t.Errorf("a wrong token gets %s", answers[4].Body)
		}
	})
}

func TestWhoLeavesFailsNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		release := g.Sandbox.Hold(nil)
		defer release()
		first, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() { g.Send(t, first, asAdmin(g, onePage)) })
		synctest.Wait() // it is the first who has started the run
		var stays gatewaytest.Answer
		all.Go(func() { stays = g.Send(t, t.Context(), asAdmin(g, onePage)) })
		synctest.Wait()
		leave()
		synctest.Wait()
		waiting(t, g, 1)()
		release()
		all.Wait()
		gatewaytest.Decode[any](t, stays)
	})
}

func TestWhatNobodyWaitsForEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		release := g.Sandbox.Hold(nil)
		defer release()
		ctx, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { g.Send(t, ctx, asAdmin(g, onePage)) })
		}
		synctest.Wait()
		waiting(t, g, 1)()
		leave()
		synctest.Wait()
		waiting(t, g, 0)()
		all.Wait()
	})
}

// TestLookupsAreForTheAccepted has callers ask for a list that is cached. CCUBE must have accepted them within the last
// minute; who has not been is asked for, and accepted by that.
func TestLookupsAreForTheAccepted(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	pass := func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(d)
	}
	g := gatewaytest.Start(t, gatewaytest.Options{Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}})
	admin, technician := g.Sandbox.Admin(), g.Sandbox.Technician()
	forged := sandbox.Account{Authorization: "Token wrong,user_email=" + admin.Email}
	const stages = `{ stages { name } }`
	for _, step := range []struct {
		reason string
		after  time.Duration
		who    sandbox.Account
		query  string
		calls  int
	}{
		{"the first asks CCUBE", 0, admin, stages, 1},
		{"then the list is cached", 0, admin, stages, 0},
		{"not for one whom CCUBE has not accepted", 0, technician, stages, 1},
		{"but from then on", 0, technician, stages, 0},
		{"a wrong token is refused each time", 0, forged, stages, 1},
		{"a wrong token is refused each time", 0, forged, stages, 1},
		{"nearly a minute later it still is", 59 * time.Second, technician, stages, 0},
		{"what comes from the cache does not count as accepted", 2 * time.Second, technician, stages, 1},
		{"any call that CCUBE answers does", 61 * time.Second, technician, `{ project(id: "1001") { id } }`, 1},
		{"any call that CCUBE answers does", 0, technician, stages, 0},
		{"in ten minutes the list is read anew", 10 * time.Minute, admin, `{ project(id: "1001") { id } }`, 1},
		{"in ten minutes the list is read anew", 0, admin, stages, 1},
	} {
		pass(step.after)
		a := g.AskAs(t, step.who, step.query)
		if refused := len(a.Errors) > 0; refused != (step.who == forged) {
			t.Errorf("%s: %s", step.reason, a.Body)
		}
		if calls := g.Calls(); len(calls) != step.calls {
			t.Errorf("%s: calls %s, want %d", step.reason, calls, step.calls)
		}
	}
}
