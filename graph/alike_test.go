package graph_test

// This file holds what becomes of a request that comes while an equal one is under way: the same as if it had come alone. The
// first is always sent before the others, and its calls are held, so that those join it which can.

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// after sends a request, and once its calls wait the others, has look look once all wait, and returns all answers.
func after(t *testing.T, g *gatewaytest.Gateway, first func() *http.Request, others []func() *http.Request, look func()) []gatewaytest.Answer {
	t.Helper()
	release := g.Sandbox.Hold(nil)
	defer release()
	answers := make([]gatewaytest.Answer, 1+len(others))
	var all sync.WaitGroup
	all.Go(func() { answers[0] = g.Do(t, first()) })
	synctest.Wait()
	for i, other := range others {
		all.Go(func() { answers[1+i] = g.Do(t, other()) })
	}
	synctest.Wait()
	look()
	release()
	all.Wait()
	return answers
}

// posted makes requests of the administrator's with a body, and headers "Name: value".
func posted(t *testing.T, g *gatewaytest.Gateway, body string, headers ...string) func() *http.Request {
	t.Helper()
	return func() *http.Request {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
		r.Header.Set("X-Ccube-Tenant", "sandbox")
		for _, header := range headers {
			name, value, _ := strings.Cut(header, ": ")
			r.Header.Set(name, value)
		}
		return r
	}
}

const pageBody = `{"query":"query Page { projects(first: 2) { nodes { id number name client { name } } } }"}`

// Who joins is told, counted and logged like anybody: status, headers, a line in the log with the operation's name.
func TestWhoJoinsIsAnswered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		one := posted(t, g, pageBody)
		answers := after(t, g, one, []func() *http.Request{one, one, posted(t, g, pageBody, "Authorization: Basic "+basicOf(g.Sandbox.Admin()))},
			waiting(t, g, 1))
		if diff := gocmp.Diff([]string{"GET /api/v2/projects?page=1&per_page=2"}, g.Calls()); diff != "" {
			t.Errorf("calls differ (-want +got):\n%s", diff)
		}
		ids := make(map[string]bool)
		for _, a := range answers {
			gatewaytest.Decode[any](t, a)
			ids[a.Header.Get("X-Request-Id")] = true
			if a.Status != http.StatusOK || a.Body != answers[0].Body || a.Header.Get("Content-Type") != "application/json" ||
				a.Header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("status %d, %v: %s", a.Status, a.Header, a.Body)
			}
		}
		if len(ids) != len(answers) {
			t.Errorf("%d requests have %d ids", len(answers), len(ids))
		}
		log := g.Log.String()
		for line, want := range map[string]int{
			`type=query operation=Page code="" sent=1 shared=0 cached=0 status=200`: 1,
			`type=query operation=Page code="" sent=0 shared=1 cached=0 status=200`: 3,
		} {
			if got := strings.Count(log, line); got != want {
				t.Errorf("%d lines have %q, want %d:\n%s", got, line, want, log)
			}
		}
	})
}

func basicOf(who sandbox.Account) string {
	r := http.Request{Header: make(http.Header)}
	r.SetBasicAuth(who.Email, who.Token)
	_, encoded, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return encoded
}

// variants are requests that have much in common, and answers of their own.
func variants(t *testing.T, g *gatewaytest.Gateway) map[string]func() *http.Request {
	t.Helper()
	const query = `query Page { projects(first: 2) { nodes { id number name client { name } quotes { number } } } }`
	body := func(more string) string { return fmt.Sprintf(`{"query":%q%s}`, query, more) }
	get := func(more string, headers ...string) func() *http.Request {
		return func() *http.Request {
			r := posted(t, g, "", headers...)()
			r.Method, r.Body, r.URL.RawQuery = http.MethodGet, http.NoBody, "query="+url.QueryEscape(query)+more
			return r
		}
	}
	technician := "Authorization: " + g.Sandbox.Technician().Authorization
	return map[string]func() *http.Request{
		"plain":                    posted(t, g, body("")),
		"another caller":           posted(t, g, body(""), technician),
		"another tenant":           posted(t, g, body(""), "X-Ccube-Tenant: globex"),
		"no credential":            posted(t, g, body(""), "Authorization: "),
		"a wrong credential":       posted(t, g, body(""), "Authorization: Token wrong,user_email=ada@example.com"),
		"a wrong tenant":           posted(t, g, body(""), "X-Ccube-Tenant: initech"),
		"explained":                posted(t, g, body(""), "X-Ccube-Explain: 1"),
		"strict by header":         posted(t, g, body(""), "X-Ccube-Strict: 1"),
		"strict by extension":      posted(t, g, body(`,"extensions":{"strict":true}`)),
		"not strict after all":     posted(t, g, body(`,"extensions":{"strict":false}`), "X-Ccube-Strict: 1"),
		"fresh":                    posted(t, g, body(""), "Cache-Control: no-cache"),
		"another form":             posted(t, g, body(""), "Accept: application/graphql-response+json"),
		"a table":                  posted(t, g, body(""), "Accept: text/csv"),
		"another table":            posted(t, g, body(""), "Accept: application/x-ndjson"),
		"a media type with more":   posted(t, g, body(""), "Content-Type: application/json; charset=utf-8"),
		"another charset":          posted(t, g, body(""), "Content-Type: application/json; charset=latin1"),
		"no media type":            posted(t, g, body(""), "Content-Type: "),
		"a document alone":         posted(t, g, query, "Content-Type: application/graphql"),
		"a document taken as JSON": posted(t, g, query),
		"JSON taken as a document": posted(t, g, body(""), "Content-Type: application/graphql"),
		"an operation that is not": posted(t, g, body(`,"operationName":"Other"`)),
		"a trusted document":       posted(t, g, `{"documentId":"page"}`),
		"an unknown document":      posted(t, g, `{"documentId":"pages"}`),
		"by GET":                   get(""),
		"a GET's address, posted":  posted(t, g, "query="+url.QueryEscape(query)),
		"by GET, named":            get("&operationName=Page"),
		"by GET, from elsewhere":   get("", "Sec-Fetch-Site: cross-site", "Authorization: Basic "+basicOf(g.Sandbox.Admin())),
		"a connection to upgrade":  posted(t, g, body(""), "Upgrade: websocket"),
		"the schema":               posted(t, g, `{"query":"{ __schema { queryType { name } } }"}`),
		"a mutation":               posted(t, g, `{"query":"mutation { updateProject(id: 1001, input: {}) { project { number } } }"}`),
		"too much":                 posted(t, g, `{"query":"{ invoices(first: 1000) { nodes { lines { total } } } }"}`),
	}
}

// callIDs are the sandbox's names for calls.
var callIDs = regexp.MustCompile(`sandbox-\d+`)

// seen is what of an answer its client goes by, without what differs each time.
func seen(t *testing.T, a gatewaytest.Answer) string {
	t.Helper()
	var body map[string]any
	if json.Unmarshal([]byte(a.Body), &body) != nil {
		return fmt.Sprint(a.Status, a.Header["Content-Type"], a.Body)
	}
	if extensions, ok := body["extensions"].(map[string]any); ok && extensions["calls"] != nil {
		extensions["calls"] = "explained"
	}
	text, _ := json.Marshal(body)
	text = callIDs.ReplaceAll(text, []byte("one"))
	return fmt.Sprint(a.Status, a.Header["Content-Type"], a.Header["Allow"], a.Header["Www-Authenticate"], string(text))
}

// Whatever request is under way, any other gets what it gets alone. One of the rows' relations fails, so that being strict
// shows.
func TestRequestsThatDifferAreAnsweredApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{
			InProcess: true, Tenants: []string{"sandbox", "globex"}, MaxCalls: 100,
			Documents: persisted.New(persisted.Options{Trusted: []persisted.Document{
				{ID: "page", Text: `query Page { projects(first: 2) { nodes { id } } }`},
			}}),
		})
		g.Sandbox.Set(func(s *sandbox.Switches) {
			s.Faults = []*sandbox.Fault{{When: sandbox.On(http.MethodGet, "/api/v2/quotes"), Kind: sandbox.FaultStatus, Status: http.StatusInternalServerError}}
		})
		requests, alone := variants(t, g), make(map[string]string)
		names := slices.Sorted(maps.Keys(requests))
		for _, name := range names {
			alone[name] = seen(t, g.Do(t, requests[name]()))
		}
		if !strings.HasPrefix(alone["plain"], "200") || !strings.Contains(alone["explained"], "calls") {
			t.Fatal(alone["plain"], alone["explained"])
		}
		for _, first := range names {
			others := make([]func() *http.Request, len(names))
			for i, name := range names {
				others[i] = requests[name]
			}
			for i, a := range after(t, g, requests[first], others, func() {})[1:] {
				if diff := gocmp.Diff(alone[names[i]], seen(t, a)); diff != "" {
					t.Errorf("%s after %s is answered differently (-alone +then):\n%s", names[i], first, diff)
				}
			}
		}
	})
}

// A write parts those who ask before it from those who ask after it.
func TestNobodyJoinsWhatBeganBeforeAWrite(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		one := posted(t, g, pageBody)
		release := g.Sandbox.Hold(sandbox.On(http.MethodGet, ""))
		defer release()
		var all sync.WaitGroup
		ask := func() { all.Go(func() { gatewaytest.Decode[any](t, g.Do(t, one())) }) }
		ask()
		synctest.Wait()
		ask()
		synctest.Wait()
		waiting(t, g, 1)()
		note := `{"query":"mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: \"Ring.\"}) { userErrors { code } } }"}`
		gatewaytest.Decode[any](t, g.Do(t, posted(t, g, note)()))
		ask()
		synctest.Wait()
		waiting(t, g, 2)()
		release()
		all.Wait()
	})
}

// Who joins and may ask for no more is refused as if it had come first, and costs nobody anything.
func TestWhoJoinsIsLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, RateLimit: 2})
		one := posted(t, g, pageBody)
		answers := after(t, g, one, []func() *http.Request{one, one}, waiting(t, g, 1))
		costs := make(map[string]int)
		for _, a := range answers {
			costs[fmt.Sprint(a.Codes(), " ", costOf(t, a))]++
		}
		const throttle = `"throttleStatus":{"maximumAvailable":2,"currentlyAvailable":%d,"restoreRate":0.03333333333333333}`
		want := map[string]int{
			fmt.Sprintf(`[] {"requested":1,"actual":1,`+throttle+`}`, 1):             1,
			fmt.Sprintf(`[] {"requested":1,"actual":0,`+throttle+`}`, 1):             1,
			fmt.Sprintf(`[RATE_LIMITED] {"requested":1,"actual":0,`+throttle+`}`, 0): 1,
		}
		if diff := gocmp.Diff(want, costs); diff != "" {
			t.Errorf("costs differ (-want +got):\n%s", diff)
		}
	})
}

// The first may leave: whoever has joined is answered all the same. When all have left, nothing is under way any more.
func TestWhoHasJoinedStays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		first, leave := context.WithCancel(t.Context())
		one := posted(t, g, pageBody)
		leaving := func() *http.Request { return one().WithContext(first) }
		answers := after(t, g, leaving, []func() *http.Request{one, leaving}, func() {
			leave()
			synctest.Wait()
			waiting(t, g, 1)()
		})
		gatewaytest.Decode[any](t, answers[1])

		first, leave = context.WithCancel(t.Context())
		after(t, g, leaving, []func() *http.Request{leaving}, func() {
			waiting(t, g, 1)()
			leave()
			synctest.Wait()
			waiting(t, g, 0)()
		})
	})
}

// Each who names a document is counted, who joins too.
func TestWhoJoinsNamesADocument(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		documents := persisted.New(persisted.Options{Trusted: []persisted.Document{{ID: "page", Text: onePage}}})
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Documents: documents})
		one := posted(t, g, `{"documentId":"page"}`)
		for _, a := range after(t, g, one, []func() *http.Request{one, one}, waiting(t, g, 1)) {
			gatewaytest.Decode[any](t, a)
		}
		if got := documents.Stats().Trusted; got != 3 {
			t.Errorf("%d requests have named a trusted document, want 3", got)
		}
	})
}

// Who wants nothing that is remembered does not join one who takes it: its list is read anew.
func TestWhoWantsItFreshDoesNotJoin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 4, SnapshotTTL: time.Hour})
		g.Ask(t, `{ projects(first: 1) { totalCount } }`)
		g.Calls()
		const both = `{"query":"{ projects(first: 1) { totalCount } quotes(first: 1) { nodes { number } } }"}`
		after(t, g, posted(t, g, both), []func() *http.Request{posted(t, g, both), posted(t, g, both, "Cache-Control: no-cache")}, func() {})
		if diff := gocmp.Diff([]string{"GET /api/v2/projects?page=1&per_page=100", "GET /api/v2/quotes?page=1&per_page=1"}, g.Calls()); diff != "" {
			t.Errorf("calls differ (-want +got):\n%s", diff)
		}
	})
}
