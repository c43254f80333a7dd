package main

// This file runs what is for operators: their port, and the documents that they trust.

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var operatorsAt = regexp.MustCompile(`msg="serving operators" addr=(\S+)`)

func TestOperatorsHaveAPortOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := start(t, "-sandbox", "-sandbox-projects", "10", "-admin-addr", "127.0.0.1:0")
	defer p.end(t)
	admin := p.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
	operators := "http://" + p.until(t, operatorsAt)[1]
	fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"query Count { projects { totalCount } }"}`)
	for path, want := range map[string]string{
		"/metrics":                  `ccube_graphql_operations_total{operation="Count",outcome="ok",type="query"} 1`,
		"/healthz":                  `{"status":"ok"}`,
		"/readyz":                   `{"status":"ready"`,
		"/debug/pprof/":             "goroutine",
		"/debug/pprof/heap?debug=1": "heap profile",
	} {
		if status, body := fetch(t, http.MethodGet, operators+path, "", ""); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: status %d: %.300s", path, status, body)
		}
	}
	_, metrics := fetch(t, http.MethodGet, operators+"/metrics", "", "")
	for _, want := range []string{
		"go_goroutines ", "go_gc_heap_allocs_bytes", "process_resident_memory_bytes ", "ccube_graphql_build_info{", "ccube_graphql_snapshot_bytes ",
		"ccube_graphql_snapshot_max_bytes 2.68435456e+08", "ccube_graphql_store_misses_total ",
	} {
		if !strings.Contains(metrics, "\n"+want) {
			t.Errorf("%s is not shown", want)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if status, _ := fetch(t, http.MethodGet, p.address+path, admin, ""); status != http.StatusNotFound {
			t.Errorf("clients get %s: status %d", path, status)
		}
	}
	if status, _ := fetch(t, http.MethodPost, operators+"/graphql", admin, `{"query":"{ viewer { tenant } }"}`); status != http.StatusNotFound {
		t.Errorf("operators' port answers operations: status %d", status)
	}
}

func TestOperatorsHaveNoPortUnlessAsked(t *testing.T) {
	t.Parallel()
	p := start(t, "-sandbox", "-sandbox-projects", "10")
	defer p.end(t)
	if operatorsAt.MatchString(p.String()) {
		t.Errorf("there is a port for operators: %s", p)
	}
}

// A document that does not fit the schema keeps the program from starting, and one that does is answered by its name.
func TestTrustedDocumentsAreReadAtTheStart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bad := write("bad.json", `{"a": "query Bad { colour }"}`)
	err := run(t.Context(), []string{"-sandbox", "-addr", "127.0.0.1:0", "-trusted-documents", bad}, func(string) string { return "" }, io.Discard, io.Discard)
	for _, want := range []string{"TRUSTED_DOCUMENTS", "bad.json", "operation Bad", `"colour"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
	good := write("good.json", `{"a": "query Good { stages { name } }"}`)
	p := start(t, "-sandbox", "-sandbox-projects", "10", "-trusted-documents", good, "-trusted-documents-only")
	defer p.end(t)
	admin := p.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
	if _, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"documentId":"a"}`); !strings.Contains(body, `"stages":[`) {
		t.Errorf("got %s", body)
	}
	if _, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"{ stages { name } }"}`); !strings.Contains(body, "QUERY_NOT_TRUSTED") {
		t.Errorf("got %s", body)
	}
}

// The image has nothing but the binary to ask for health.
func TestTheProgramChecksItsHealth(t *testing.T) {
	t.Parallel()
	check := func(address string) error {
		return run(t.Context(), []string{"-healthcheck", "-addr", address}, func(string) string { return "" }, io.Discard, io.Discard)
	}
	p := start(t, "-sandbox", "-sandbox-projects", "10")
	address := strings.TrimPrefix(p.address, "http://")
	_, port, _ := strings.Cut(address, ":")
	for _, at := range []string{address, ":" + port, "0.0.0.0:" + port} {
		if err := check(at); err != nil {
			t.Errorf("%s: %v", at, err)
		}
	}
	p.end(t)
	if err := check(address); err == nil {
		t.Error("a gateway that has ended is healthy")
	}
}
