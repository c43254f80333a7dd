//go:build unix

package main

// This file runs the program at its most talkative, has everything fail, and looks for the credential in all that it gives
// out: answers and their headers, the log, metrics, traces, help.

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const (
	secretToken    = "tOkEn-thAt-nObOdy-mAy-sEE"
	secretPassword = "pAsswOrd-thAt-nObOdy-mAy-sEE"
	secretRedis    = "rEdIs-pAss-thAt-nObOdy-mAy-sEE"
	secretEmail    = "ada@example.com"
)

// secrets are the forms in which a credential can be told.
func secrets() []string {
	pair := secretEmail + ":" + secretToken
	return []string{
		secretToken, secretPassword, secretRedis, "user_email=" + secretEmail,
		base64.StdEncoding.EncodeToString([]byte(pair)), base64.StdEncoding.EncodeToString([]byte(secretEmail + ":" + secretPassword)),
	}
}

// echo answers with all that it was asked.
func echo(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		said, _ := json.Marshal(r.Header.Get("Authorization") + " " + string(body))
		_, basic, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		w.Header().Set("X-Request-Id", strings.Split(basic, ",")[0])
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"error": {"message": %s, "details": {"authorization": [%s]}}}`, said, said)
	}
}

// faults are the ways in which CCUBE fails here.
func faults() map[string]http.HandlerFunc {
	elsewhere := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere?"+r.Header.Get("Authorization"), http.StatusTemporaryRedirect)
	}
	said := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
	}
	return map[string]http.HandlerFunc{
		"401": echo(401), "403": echo(403), "404": echo(404), "409": echo(409), "422": echo(422), "429": echo(429), "500": echo(500), "503": echo(503),
		"200": echo(200), "a redirect": elsewhere, "a page": said("<!doctype html>"), "half a JSON": said(`[{"id": 1, "`),
		"a reset": func(w http.ResponseWriter, _ *http.Request) {
			if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = connection.(*net.TCPConn).SetLinger(0)
				_ = connection.Close()
			}
		},
		"never": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		},
		"a slow body": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(w, "[")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
		"a bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(make([]byte, 8<<20))
			_ = packed.Close()
		},
		"another protocol": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusSwitchingProtocols) },
		"its own echo in a row": func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, `[{"id": {"authorization": %q}}]`, r.Header.Get("Authorization"))
		},
	}
}

// asks are what is asked under each fault.
var asks = []string{
	`{"query": "{ projects(first: 2) { totalCount nodes { number notes { body } } } stages { name } viewer { email } }"}`,
	`{"query": "{ invoice(id: 500001) { lines { total } } }", "extensions": {"strict": true}}`,
	`{"query": "mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: \"x\"}) { note { id } userErrors { message } } }"}`,
	`{"query": "mutation($p: String!) { signIn(input: {email: \"ada@example.com\", password: $p}) { token userErrors { message } } }", "variables": {"p": "` + secretPassword + `"}}`,
	`{"query": "{ projects { nodes { nope(token: \"` + secretToken + `\") } } }"}`,
	`{"query": "{ projects `,
}

// TestNothingTellsTheCredential asks in each form of the credential, under each fault.
func TestNothingTellsTheCredential(t *testing.T) {
	t.Parallel()
	var fault atomic.Pointer[http.HandlerFunc]
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*fault.Load())(w, r) }))
	t.Cleanup(upstream.Close)
	var told bytes.Buffer
	var mu sync.Mutex
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body io.Reader = r.Body
		if packed, err := gzip.NewReader(r.Body); err == nil {
			body = packed
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = told.ReadFrom(body)
	}))
	t.Cleanup(collector.Close)
	program := observe(t, "LOG_LEVEL=debug", "CCUBE_BASE_URL="+upstream.URL, "UPSTREAM_TIMEOUT=200ms", "UPSTREAM_RETRIES=1", "UPSTREAM_REST=0",
		"UPSTREAM_MAX_BODY=1MiB", "ADMIN_ADDR=127.0.0.1:0", "OTEL_EXPORTER_OTLP_ENDPOINT="+collector.URL,
		"REDIS_URL=redis://ada:"+secretRedis+"@127.0.0.1:1", "SIGN_IN_LIMIT=0")
	for name, handler := range faults() {
		fault.Store(&handler)
		var group sync.WaitGroup
		for _, ask := range asks {
			for _, form := range forms() {
				group.Go(func() { free(t, name+": "+ask, program.ask(t, ask, form)) })
			}
		}
		group.Wait()
	}
	for _, path := range []string{"/metrics", "/debug/pprof/cmdline", "/debug/pprof/goroutine?debug=2"} {
		free(t, path, program.get(t, program.admin+path))
	}
	free(t, "the log", program.end(t))
	mu.Lock()
	defer mu.Unlock()
	if told.Len() == 0 {
		t.Error("no trace was sent, so nothing is shown of traces")
	}
	free(t, "the traces", told.String())
}

// TestNothingTellsTheRedisPassword starts the program in the ways in which it prints its settings.
func TestNothingTellsTheRedisPassword(t *testing.T) {
	t.Parallel()
	path := build(t)
	for _, args := range [][]string{{"-help"}, {"-version"}, {"-redis-url", "redis://u:" + secretRedis + "@:port/x", "-sandbox"}, {"-nope"}} {
		cmd := exec.CommandContext(t.Context(), path, args...)
		cmd.Env = append(os.Environ(), "REDIS_URL=redis://u:"+secretRedis+"@host:99999999/nope?x=y")
		out, _ := cmd.CombinedOutput()
		if len(out) == 0 {
			t.Errorf("%v prints nothing", args)
		}
		free(t, args[0], string(out))
	}
}

// free holds that a text has no secret in it.
func free(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range secrets() {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("%s tells %q: …%s…", where, secret, text[max(0, i-200):min(len(text), i+len(secret)+50)])
		}
	}
}

// forms are the headers of each form of the credential.
func forms() []http.Header {
	return []http.Header{
		{"Authorization": {"Token " + secretToken + ",user_email=" + secretEmail}},
		{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(secretEmail+":"+secretToken))}},
		{"Authorization": {"Bearer " + secretToken}, "X-User-Email": {secretEmail}},
		{"Authorization": {"Bearer " + secretToken}}, // which is not one
	}
}

// observed is a process of which all that it prints is kept.
type observed struct {
	*output
	cmd            *exec.Cmd
	address, admin string
	ended          chan error
}

// observe starts the program as a process.
func observe(t *testing.T, env ...string) *observed {
	t.Helper()
	p := &observed{output: newOutput(), ended: make(chan error, 1)}
	p.cmd = exec.Command(build(t), "-addr", "127.0.0.1:0")
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stderr, p.cmd.Stdout = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	of := &program{output: p.output, ended: p.ended}
	p.address = "http://" + of.until(t, servingAt)[1]
	if slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, "ADMIN_ADDR=") }) {
		p.admin = "http://" + of.until(t, operatorsAt)[1]
	}
	return p
}

// ask sends a request, and returns the whole answer, its head included.
func (p *observed) ask(t *testing.T, body string, form http.Header) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address+"/graphql", strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return ""
	}
	r.Header = form.Clone()
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Ccube-Explain", "1")
	return whole(t, r)
}

func (p *observed) get(t *testing.T, url string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return whole(t, r)
}

// whole sends a request and returns head and body of its answer.
func whole(t *testing.T, r *http.Request) string {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	var text bytes.Buffer
	_ = response.Header.Write(&text)
	_, _ = text.ReadFrom(response.Body)
	return text.String()
}

// end ends the process, and returns all that it has printed.
func (p *observed) end(t *testing.T) string {
	t.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	if err := <-p.ended; err != nil {
		t.Errorf("the process ended with %v", err)
	}
	return p.String()
}
