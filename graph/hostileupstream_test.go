package graph_test

// This file holds what clients see of an upstream that breaks the rules of HTTP, of JSON, or of the reference: one error,
// at the path of the field that wanted it, and the rest of the answer.

import (
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// raw takes the connection over and writes what it likes.
func raw(w http.ResponseWriter, talk func(net.Conn)) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer func() { _ = connection.Close() }()
	talk(connection)
}

// endless writes a line again and again until nobody listens.
func endless(w io.Writer, line string) {
	for {
		if _, err := io.WriteString(w, line); err != nil {
			return
		}
	}
}

// said answers a text as JSON.
func said(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	}
}

// dribble sends a byte, and no second one for as long as anybody waits.
func dribble(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "[")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// bomb sends 100 KB that unpack to 100 MB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	packed := gzip.NewWriter(w)
	for range 100 {
		if _, err := packed.Write(make([]byte, 1<<20)); err != nil {
			return
		}
	}
	_ = packed.Close()
}

// hostile are upstreams, and what is shown of each.
var hostile = map[string]struct {
	answer  http.HandlerFunc
	options gatewaytest.Options
	code    string
}{
	"half a JSON":              {said(`[{"id": 1, "bo`), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a web page":               {said("<!doctype html><title>Sign in</title>"), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"nothing":                  {said(""), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"null":                     {said("null"), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a number":                 {said("7"), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"rows that are numbers":    {said("[1, 2]"), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"rows without an id":       {said(`[{"body": "x"}]`), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"an id that is an object":  {said(`[{"id": {"id": 1}}]`), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"an object of wrong types": {said(`{"id": [], "number": {}, "notes": 7}`), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a million brackets":       {said(strings.Repeat("[", 1_000_000)), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a million objects":        {said(strings.Repeat(`{"id":`, 1_000_000)), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"brackets in a refusal": {func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, `{"error":{"details":`+strings.Repeat("[", 1_000_000))
	}, gatewaytest.Options{}, "BAD_USER_INPUT"},
	"UTF-16":      {said("\xff\xfe[\x00]\x00"), gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a gzip bomb": {bomb, gatewaytest.Options{UpstreamMaxBody: 1 << 20}, "UPSTREAM_ERROR"},
	"gzip that is none": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "[]")
	}, gatewaytest.Options{}, "UPSTREAM_UNAVAILABLE"},
	"a slow body": {dribble, gatewaytest.Options{UpstreamTimeout: soon}, "UPSTREAM_TIMEOUT"},
	"a short body": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "[")
	}, gatewaytest.Options{}, "UPSTREAM_UNAVAILABLE"},
	"an endless body": {func(w http.ResponseWriter, _ *http.Request) {
		endless(w, strings.Repeat(" ", 1<<16))
	}, gatewaytest.Options{UpstreamMaxBody: 1 << 20}, "UPSTREAM_ERROR"},
	"endless headers": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
			endless(c, "X-More: "+strings.Repeat("x", 1000)+"\r\n")
		})
	}, gatewaytest.Options{}, "UPSTREAM_UNAVAILABLE"},
	"endless interim answers": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) {
			endless(c, "HTTP/1.1 103 Early Hints\r\nX-More: "+strings.Repeat("x", 1000)+"\r\n\r\n")
		})
	}, gatewaytest.Options{}, "UPSTREAM_UNAVAILABLE"},
	"headers that do not end": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nX-More")
			_, _ = io.Copy(io.Discard, c) // until the gateway gives up
		})
	}, gatewaytest.Options{UpstreamTimeout: soon}, "UPSTREAM_TIMEOUT"},
	"no HTTP": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) { _, _ = io.WriteString(c, "220 mail.example.com ESMTP\r\n") })
	}, gatewaytest.Options{}, "UPSTREAM_UNAVAILABLE"},
	"another protocol": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n[")
			_, _ = io.Copy(io.Discard, c)
		})
	}, gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"another protocol, without a word": {func(w http.ResponseWriter, _ *http.Request) {
		raw(w, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\n\r\n")
			_, _ = io.Copy(io.Discard, c)
		})
	}, gatewaytest.Options{}, "UPSTREAM_ERROR"},
	"a redirect to itself": {func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
	}, gatewaytest.Options{}, "UPSTREAM_ERROR"},
}

// TestHostileUpstreams has each of them answer for a list, a detail and a relation.
func TestHostileUpstreams(t *testing.T) {
	t.Parallel()
	for name, c := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for path, query := range map[string]string{
				"/api/v2/work_orders":        `{ it: workOrders { nodes { id } } viewer { email } }`,
				"/api/v2/work_orders/400001": `{ it: workOrder(id: "400001") { number } viewer { email } }`,
				"/api/v2/notes":              `{ project(id: "1001") { number it: notes { body } } viewer { email } }`,
			} {
				var calls atomic.Int64
				o := c.options
				o.Front = func(sandbox http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.URL.Path != path {
							sandbox.ServeHTTP(w, r)
							return
						}
						calls.Add(1)
						c.answer(w, r)
					})
				}
				g := gatewaytest.Start(t, o)
				a := g.Ask(t, query)
				if len(a.Errors) != 1 || a.Status != http.StatusOK {
					t.Fatalf("%s: status %d with %d errors: %.500s", path, a.Status, len(a.Errors), a.Body)
				}
				e, where := a.Errors[0], "it"
				if path == "/api/v2/notes" {
					where = "project.it"
				}
				if e.Extensions.Code != c.code || e.Where() != where || !strings.Contains(e.Extensions.Endpoint, "GET /api/v2/") {
					t.Errorf("%s: %s at %q of %q, want %s at %s: %s", path, e.Extensions.Code, e.Where(), e.Extensions.Endpoint, c.code, where, e.Message)
				}
				if !strings.Contains(a.Body, `"viewer":{"email":"admin@example.com"}`) || !strings.Contains(a.Body, `"it":null`) {
					t.Errorf("%s: the rest does not stand: %.500s", path, a.Body)
				}
				if n := calls.Load(); n < 1 || n > 2 { // a walk of unknown length begins with a pair of pages
					t.Errorf("%s: %d calls", path, n)
				}
				discreet(t, g, a)
			}
		})
	}
}
