package main

// This file runs the program: its settings, its start, and its end.

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// TestMain looks for goroutines that outlive a program. Those of a cache end once it is collected.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/maypok86/otter/v2.periodicCleanUp[...]"), goleak.Cleanup(removeBuilt))
}

// output is what a program under way has printed.
type output struct {
	mu      sync.Mutex
	text    strings.Builder
	changed chan struct{}
}

func newOutput() *output { return &output{changed: make(chan struct{}, 1)} }

// Write collects what is printed and tells that there is more.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.changed <- struct{}{}:
	default:
	}
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// program is a program under way.
type program struct {
	*output
	address string
	stop    context.CancelFunc
	ended   chan error
}

var servingAt = regexp.MustCompile(`msg=serving addr=(\S+)`)

// start runs the program until it serves. The test has to end it.
func start(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &program{output: newOutput(), stop: stop, ended: make(chan error, 1)}
	go func() {
		p.ended <- run(ctx, append([]string{"-addr", "127.0.0.1:0", "-drain-delay", "0s"}, args...), func(string) string { return "" }, io.Discard, p.output)
	}()
	p.address = "http://" + p.until(t, servingAt)[1]
	return p
}

// until waits for the program to print something and returns what was found.
func (p *program) until(t *testing.T, what *regexp.Regexp) []string {
	t.Helper()
	for {
		if found := what.FindStringSubmatch(p.String()); found != nil {
			return found
		}
		select {
		case <-p.changed:
		case err := <-p.ended:
			t.Fatalf("the program ended with %v before it printed %s: %s", err, what, p)
		}
	}
}

// end ends the program as SIGTERM does, and holds that it ends well.
func (p *program) end(t *testing.T) {
	t.Helper()
	p.stop()
	if err := <-p.ended; err != nil {
		t.Errorf("the program ended badly: %v", err)
	}
}

// fetch makes one request on a connection of its own.
func fetch(t *testing.T, method, url, authorization, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", authorization)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(text)
}

func TestBadSettingsAreNamed(t *testing.T) {
	t.Parallel()
	taken := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(taken.Close)
	for name, c := range map[string]struct {
		args []string
		env  map[string]string
		want []string
	}{
		"no tenant":       {nil, nil, []string{"CCUBE_TENANT", "-sandbox"}},
		"a mangled one":   {[]string{"-tenant", "evil.example/"}, nil, []string{"-tenant", "CCUBE_TENANT"}},
		"a bad duration":  {[]string{"-sandbox"}, map[string]string{"LOOKUP_TTL": "soon"}, []string{"LOOKUP_TTL"}},
		"two at once":     {[]string{"-sandbox", "-page-size", "1", "-log-format", "xml"}, nil, []string{"-page-size", "-log-format"}},
		"an unknown flag": {[]string{"-nope"}, nil, []string{"-nope"}},
		"a taken address": {[]string{"-sandbox", "-addr", taken.Listener.Addr().String()}, nil, []string{"-addr", "ADDR"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := run(t.Context(), c.args, func(key string) string { return c.env[key] }, io.Discard, io.Discard)
			if err == nil {
				t.Fatal("the program has run")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not name %s", err, want)
				}
			}
		})
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{"-help": "LOOKUP_TTL", "-h": "-sandbox-projects", "-version": "go1.", "-print-schema": "\ntype Project implements Node {\n"} {
		out := newOutput()
		if err := run(t.Context(), []string{flag}, func(string) string { return "" }, out, io.Discard); err != nil {
			t.Errorf("%s: %v", flag, err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s does not print %s: %s", flag, want, out)
		}
	}
}

func TestTheSandboxIsServed(t *testing.T) {
	t.Parallel()
	p := start(t, "-sandbox", "-sandbox-projects", "30")
	defer p.end(t)
	admin := p.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
	for path, want := range map[string]string{
		"/healthz": `{"status":"ok"}`, "/readyz": `{"status":"ready","version":"`, "/": "<!doctype html>",
		"/graphql?query=%7Bviewer%7Btenant%7D%7D": `{"data":{"viewer":{"tenant":"sandbox"}}}`,
	} {
		if status, body := fetch(t, http.MethodGet, p.address+path, admin, ""); status != http.StatusOK || !strings.Contains(strings.ToLower(body), want) {
			t.Errorf("%s: status %d: %.300s", path, status, body)
		}
	}
	_, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"{ projects(first: 30) { totalCount nodes { invoices { lines { total } } } } }"}`)
	if !strings.Contains(body, `"totalCount":30`) || strings.Contains(body, "errors") {
		t.Errorf("got %.300s", body)
	}
	if log := p.String(); strings.Count(log, admin) != 2 { // where it is told, and in the query to try
		t.Errorf("the credential is printed %d times: %s", strings.Count(log, admin), log)
	}
}

// TestTheQueryToTryWorks sends what the program prints.
func TestTheQueryToTryWorks(t *testing.T) {
	t.Parallel()
	p := start(t, "-sandbox", "-sandbox-projects", "30")
	defer p.end(t)
	try := p.until(t, regexp.MustCompile(`-H 'Authorization: ([^']+)'[^$]*?-d '([^']+)'`))
	if _, body := fetch(t, http.MethodPost, p.address+"/graphql", try[1], try[2]); strings.Contains(body, `"errors"`) || !strings.Contains(body, `"lines"`) {
		t.Errorf("got %.300s", body)
	}
}

// TestSwitchesReachTheSandbox: its flags are for seeing the gateway under each habit.
func TestSwitchesReachTheSandbox(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"errors":       {[]string{"-sandbox-error-rate", "1"}, "UPSTREAM_UNAVAILABLE"},
		"a rate limit": {[]string{"-sandbox-rate-limit", "1"}, "RATE_LIMITED"},
		"paging":       {[]string{"-sandbox-paging", "capped:7"}, `"totalCount":30`},
		"no paging":    {[]string{"-sandbox-paging", "ignored"}, `"totalCount":30`},
		"latency":      {[]string{"-sandbox-latency", "1ms"}, `"totalCount":30`},
		"read only":    {nil, `"totalCount":30`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, append([]string{"-sandbox", "-sandbox-projects", "30"}, c.args...)...)
			defer p.end(t)
			admin := p.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
			_, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"{ projects { totalCount } users { totalCount } }"}`)
			if !strings.Contains(body, c.want) {
				t.Errorf("got %.300s, want %s", body, c.want)
			}
		})
	}
}

// TestSIGTERMFinishesWhatRuns holds a request's call to CCUBE back, ends the program, and lets the call go.
func TestSIGTERMFinishesWhatRuns(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 10})
	upstream := httptest.NewServer(box)
	defer upstream.Close()
	release := box.Hold(nil)
	defer release()
	p := start(t, "-tenant", "acme", "-base-url", upstream.URL)
	answer := make(chan string, 1)
	go func() {
		_, body := fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, `{"query":"{ project(id: \"1001\") { number } }"}`)
		answer <- body
	}()
	for box.Waiting() == 0 { // until the call is under way
	}
	p.stop()
	p.until(t, regexp.MustCompile("draining"))
	for listens(p.address) { // what comes now is for another replica
	}
	release()
	if body := <-answer; !strings.Contains(body, `"number":"P-`) {
		t.Errorf("the request that ran got %s", body)
	}
	if err := <-p.ended; err != nil {
		t.Errorf("the program ended badly: %v", err)
	}
}

func listens(address string) bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return false
	}
	_ = connection.Close()
	return true
}

// TestADrainThatIsTooShort says so.
func TestADrainThatIsTooShort(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 10})
	upstream := httptest.NewServer(box)
	defer upstream.Close()
	release := box.Hold(nil)
	defer release()
	p := start(t, "-tenant", "acme", "-base-url", upstream.URL, "-drain-timeout", "1ms")
	done := make(chan struct{})
	go func() {
		defer close(done)
		fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, `{"query":"{ project(id: \"1001\") { number } }"}`)
	}()
	for box.Waiting() == 0 {
	}
	p.stop()
	if err := <-p.ended; err == nil || !strings.Contains(err.Error(), "1ms") {
		t.Errorf("the program ended with %v, want an error that names the time", err)
	}
	<-done
}
