package edge_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

const credential = "Token t0psecret,user_email=ada@example.com"

// handler is an edge before something that answers GraphQL, and what it logs.
func handler(graphql http.HandlerFunc) (http.Handler, *bytes.Buffer) {
	log := new(bytes.Buffer)
	return edge.Handler(edge.Options{
		GraphQL: graphql,
		Tenants: identity.Tenants{Names: []string{"acme"}},
		IDE:     http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the IDE") }),
		Version: "v1.2.3", Commit: "abc",
		MaxBody: 1000, Log: slog.New(slog.NewTextHandler(log, nil)), Draining: new(atomic.Bool),
	}), log
}

// ask sends a request with a credential and something that nobody may log.
func ask(t *testing.T, h http.Handler, method, target string, body io.Reader) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, body)
	r.Header.Set("Authorization", credential)
	r.Header.Set("X-Request-Id", "forged\ninto the log")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPaths(t *testing.T) {
	t.Parallel()
	h, _ := handler(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "GraphQL") })
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/", 200, "the IDE"},
		{"GET", "/ide/a-file.js", 200, "the IDE"},
		{"GET", "/healthz", 200, `{"status":"ok"}` + "\n"},
		{"GET", "/readyz", 200, `{"status":"ready","version":"v1.2.3","commit":"abc","go":"` + runtime.Version() + `"}` + "\n"},
		{"POST", "/graphql", 200, "GraphQL"},
		{"GET", "/graphql", 200, "GraphQL"},
		{"GET", "/nothing", 404, ""},
		{"GET", "/graphql/more", 404, ""},
		{"POST", "/healthz", 405, ""},
		{"POST", "/", 405, ""},
	} {
		w := ask(t, h, c.method, c.path, http.NoBody)
		if w.Code != c.status || c.body != "" && w.Body.String() != c.body {
			t.Errorf("%s %s: status %d and %q, want %d and %q", c.method, c.path, w.Code, w.Body, c.status, c.body)
		}
	}
}

func TestWithoutAnIDE(t *testing.T) {
	t.Parallel()
	h := edge.Handler(edge.Options{GraphQL: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler), Draining: new(atomic.Bool)})
	if w := ask(t, h, "GET", "/", http.NoBody); w.Code != http.StatusNotFound {
		t.Errorf("status %d, want 404", w.Code)
	}
}

func TestReadinessEndsWithDraining(t *testing.T) {
	t.Parallel()
	draining := new(atomic.Bool)
	h := edge.Handler(edge.Options{GraphQL: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler), Draining: draining})
	draining.Store(true)
	if w := ask(t, h, "GET", "/readyz", http.NoBody); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "draining") {
		t.Errorf("status %d and %q, want 503 and draining", w.Code, w.Body)
	}
	if w := ask(t, h, "GET", "/healthz", http.NoBody); w.Code != http.StatusOK {
		t.Errorf("a server that drains is healthy: status %d", w.Code)
	}
}

// TestEveryRequestHasAnIDOfOurOwn that answer and log agree on.
func TestEveryRequestHasAnIDOfOurOwn(t *testing.T) {
	t.Parallel()
	h, log := handler(func(http.ResponseWriter, *http.Request) {})
	seen := make(map[string]bool)
	for range 3 {
		w := ask(t, h, "POST", "/graphql", http.NoBody)
		id := w.Header().Get(edge.RequestIDHeader)
		if seen[id] || len(id) < 20 || strings.Contains(id, "forged") {
			t.Errorf("the id %q is not of our own, or not new", id)
		}
		seen[id] = true
		if !strings.Contains(log.String(), "id="+id) {
			t.Errorf("the log does not name %s: %s", id, log)
		}
	}
}

func TestAnswersAreNotStored(t *testing.T) {
	t.Parallel()
	h, _ := handler(func(http.ResponseWriter, *http.Request) {})
	if got := ask(t, h, "POST", "/graphql", http.NoBody).Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
}

func TestTheLogTellsNoSecrets(t *testing.T) {
	t.Parallel()
	h, log := handler(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, "12345")
	})
	query := url.Values{"query": {`{ party(name: "Ada Lovelace") }`}, "variables": {`{"password":"pa55word"}`}}
	ask(t, h, "GET", "/graphql?"+query.Encode(), http.NoBody)
	ask(t, h, "POST", "/graphql", strings.NewReader(`{"password":"pa55word"}`))
	for _, secret := range []string{"t0psecret", "ada@example.com", "Lovelace", "pa55word", "forged"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, log)
		}
	}
	for _, want := range []string{"method=GET", "path=/graphql", "status=418", "bytes=5"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, log)
		}
	}
}

func TestAPanicIsAnAnswer(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]any{"text": "out of cheese", "an error": errors.New("out of cheese")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, log := handler(func(http.ResponseWriter, *http.Request) { panic(p) })
			w := ask(t, h, "POST", "/graphql", http.NoBody)
			var answer struct {
				Errors []struct {
					Message    string
					Extensions struct{ Code, RequestID string }
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) != 1 {
				t.Fatalf("%v: %s", err, w.Body)
			}
			e := answer.Errors[0]
			if w.Code != 500 || e.Extensions.Code != "INTERNAL" || e.Extensions.RequestID != w.Header().Get(edge.RequestIDHeader) {
				t.Errorf("status %d and %+v", w.Code, e)
			}
			if strings.Contains(w.Body.String(), "cheese") || strings.Contains(w.Body.String(), "goroutine") {
				t.Errorf("the answer tells of the panic: %s", w.Body)
			}
			for _, want := range []string{"cheese", "goroutine", "status=500", e.Extensions.RequestID} {
				if !strings.Contains(log.String(), want) {
					t.Errorf("the log lacks %q: %s", want, log)
				}
			}
		})
	}
}

// TestAnAbortStaysOne: net/http ends a connection without a word by a panic of its own.
func TestAnAbortStaysOne(t *testing.T) {
	t.Parallel()
	h, _ := handler(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("recovered %v, want http.ErrAbortHandler", err)
		}
	}()
	ask(t, h, "POST", "/graphql", http.NoBody)
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	var err error
	h, _ := handler(func(_ http.ResponseWriter, r *http.Request) { _, err = io.ReadAll(r.Body) })
	ask(t, h, "POST", "/graphql", strings.NewReader(strings.Repeat("x", 1000)))
	if err != nil {
		t.Errorf("a body of as much as is allowed: %v", err)
	}
	ask(t, h, "POST", "/graphql", strings.NewReader(strings.Repeat("x", 1001)))
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); !ok || tooLong.Limit != 1000 {
		t.Errorf("a body of one byte more: %v", err)
	}
}

// Headers may be so many and so long, the address with them, and not one more.
func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	h := edge.Handler(edge.Options{
		GraphQL: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), MaxHeaders: 10, MaxHeaderBytes: 1_000,
		Log: slog.New(slog.DiscardHandler), Draining: new(atomic.Bool),
	})
	send := func(count, bytes int) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", http.NoBody)
		for i := range count {
			r.Header.Add("X-Many", strconv.Itoa(i))
		}
		length := len("POST/graphql") + count*len("X-Many0")
		r.RequestURI = "/graphql" + strings.Repeat("?", bytes-length)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	if w := send(10, 1_000); w.Code != http.StatusOK {
		t.Errorf("at the limits: status %d: %s", w.Code, w.Body)
	}
	for setting, w := range map[string]*httptest.ResponseRecorder{"MAX_HEADERS)": send(11, 900), "MAX_HEADER_BYTES": send(10, 1_001)} {
		if w.Code != http.StatusRequestHeaderFieldsTooLarge || !strings.Contains(w.Body.String(), `"code":"HEADERS_TOO_LARGE"`) || !strings.Contains(w.Body.String(), setting) {
			t.Errorf("over %s: status %d: %s", setting, w.Code, w.Body)
		}
	}
}
