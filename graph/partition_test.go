package graph_test

// This file holds that nobody is shown what was read with another's credential, by whatever way: cached, remembered, or
// shared while it is under way. CCUBE signs each row here with the host and the credential that it was asked by.

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// signing is a CCUBE of several tenants that signs what it answers.
type signing struct {
	mu      sync.Mutex
	refused map[string]bool
	gate    chan struct{}
}

// ServeHTTP answers every list with one row, and every detail.
func (s *signing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	select {
	case <-gate:
	case <-r.Context().Done():
		return
	}
	who := r.Host + "|" + r.Header.Get("Authorization")
	s.mu.Lock()
	refused := s.refused[who]
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if refused {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	row, _ := json.Marshal(map[string]any{"id": 1, "number": who, "name": r.Host})
	switch page := r.URL.Query().Get("page"); {
	case strings.HasSuffix(r.URL.Path, "/1"):
		_, _ = w.Write(row)
	case page == "" || page == "1":
		_, _ = fmt.Fprintf(w, "[%s]", row)
	default:
		_, _ = io.WriteString(w, "[]")
	}
}

// hold has calls wait, until it is called with false.
func (s *signing) hold(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if on {
		s.gate = make(chan struct{})
	} else {
		close(s.gate)
	}
}

func (s *signing) refuse(who string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[who] = on
}

// asker is a caller, of whom each has all but one thing in common with some other.
type asker struct{ tenant, email, token string }

func (a asker) authorization() string { return "Token " + a.token + ",user_email=" + a.email }
func (a asker) host() string          { return a.tenant + ".inc.construction" }
func (a asker) signature() string     { return a.host() + "|" + a.authorization() }

var askers = []asker{
	{"acme", "ada@example.com", "token-one"}, {"acme", "ada@example.com", "token-two"},
	{"acme", "bob@example.com", "token-one"}, {"beta", "ada@example.com", "token-one"},
}

// signedQueries are what they ask, each by another way: a walk, a detail, a lookup list, a page.
var signedQueries = []string{
	`{ projects(first: 5) { totalCount nodes { id number } } }`,
	`{ project(id: "1") { number } }`,
	`{ stages { name } }`,
	`{ quotes(first: 5) { nodes { number } } }`,
}

var signatures = regexp.MustCompile(`"(?:number|name)":"([^"]*)"`)

// round is what happens at once: these ask, meanwhile those are refused or taken again, and then time passes.
type round struct {
	asks []struct{ asker, wish int }
	turn []int
	pass time.Duration
}

// TestNobodySeesWhatAnotherMay lets callers come in any order, at once and one after another, in time and late, and be
// refused and taken again.
func TestNobodySeesWhatAnotherMay(t *testing.T) {
	t.Parallel()
	pair := rapid.Custom(func(t *rapid.T) struct{ asker, wish int } {
		return struct{ asker, wish int }{rapid.IntRange(0, len(askers)-1).Draw(t, "asker"), rapid.IntRange(0, len(signedQueries)-1).Draw(t, "wish")}
	})
	rounds := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) round {
		return round{
			asks: rapid.SliceOfN(pair, 1, 6).Draw(t, "asks"),
			turn: rapid.SliceOfN(rapid.IntRange(0, len(askers)-1), 0, 2).Draw(t, "turned"),
			pass: time.Duration(rapid.IntRange(0, 12).Draw(t, "seconds")) * time.Second,
		}
	}), 1, 12)
	rapid.Check(t, func(rt *rapid.T) {
		history := rounds.Draw(rt, "rounds")
		synctest.Test(t, func(t *testing.T) {
			ccube := &signing{refused: make(map[string]bool)}
			g := gatewaytest.Start(t, gatewaytest.Options{
				InProcess: true, OwnHosts: true, Tenants: []string{"acme", "beta"}, SnapshotTTL: 10 * time.Second, Projects: 1,
				Front: func(http.Handler) http.Handler { return ccube },
			})
			known := make(map[string]bool) // whose refusal the gateway has seen
			for _, round := range history {
				play(t, g, ccube, round, known)
			}
		})
	})
}

// play has a round happen, and judges its answers.
func play(t *testing.T, g *gatewaytest.Gateway, ccube *signing, now round, known map[string]bool) {
	t.Helper()
	ccube.hold(true)
	answers := make([]gatewaytest.Answer, len(now.asks))
	var group sync.WaitGroup
	for i, ask := range now.asks {
		if i == len(now.asks)/2 {
			synctest.Wait() // these come when the calls of those are under way
		}
		group.Go(func() {
			who := askers[ask.asker]
			answers[i] = g.Send(t, t.Context(), gatewaytest.Request{
				Query: signedQueries[ask.wish], Authorization: who.authorization(), Header: http.Header{"X-Ccube-Tenant": {who.tenant}},
			})
		})
	}
	synctest.Wait()
	for _, i := range now.turn {
		who := askers[i].signature()
		ccube.refuse(who, !ccube.refused[who])
		delete(known, who)
	}
	ccube.hold(false)
	group.Wait()
	for i, a := range answers {
		who := askers[now.asks[i].asker]
		for _, found := range signatures.FindAllStringSubmatch(a.Body, -1) {
			if want := who.signature(); found[1] != want && found[1] != who.host() {
				t.Errorf("%s is shown what %s may see: %s", want, found[1], a.Body)
			}
			if known[who.signature()] {
				t.Errorf("%s is shown something after CCUBE has refused it: %s", who.signature(), a.Body)
			}
		}
	}
	for i, a := range answers {
		if who := askers[now.asks[i].asker].signature(); fmt.Sprint(a.Codes()) == "[UNAUTHENTICATED]" && ccube.refused[who] {
			known[who] = true
		}
	}
	time.Sleep(now.pass) // the bubble's time
}
