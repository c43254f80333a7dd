package main

// This file sends a program's traces to a receiver, as a collector is one.

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver takes spans by OTLP over HTTP.
type receiver struct {
	mu       sync.Mutex
	problems []string
	spans    []string
	resource string
	raw      strings.Builder
}

// ServeHTTP takes one request of spans.
func (o *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		zipped, err := gzip.NewReader(r.Body)
		if err != nil {
			o.problems = append(o.problems, err.Error())
			return
		}
		body = zipped
	}
	text, err := io.ReadAll(body)
	var request collector.ExportTraceServiceRequest
	if err != nil || proto.Unmarshal(text, &request) != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" {
		o.problems = append(o.problems, r.Method+" "+r.URL.Path)
		return
	}
	o.raw.Write(text)
	for _, of := range request.GetResourceSpans() {
		o.resource = of.GetResource().String()
		for _, scope := range of.GetScopeSpans() {
			for _, s := range scope.GetSpans() {
				o.spans = append(o.spans, s.GetName())
			}
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

func TestTracesAreSent(t *testing.T) {
	t.Parallel()
	o := new(receiver)
	server := httptest.NewServer(o)
	defer server.Close()
	p := start(t, "-sandbox", "-sandbox-projects", "10", "-otlp-endpoint", server.URL, "-admin-addr", "127.0.0.1:0")
	admin := p.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
	_, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"query Page { projects(first: 2) { nodes { number } } }"}`)
	if !strings.Contains(body, `"number"`) {
		t.Errorf("got %s", body)
	}
	p.end(t) // which sends what is left
	server.Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	slices.Sort(o.spans)
	if want := []string{"GET /api/v2/projects", "Query.projects", "query Page"}; !slices.Equal(o.spans, want) || o.problems != nil {
		t.Errorf("the receiver got %q, want %q; %v", o.spans, want, o.problems)
	}
	if !strings.Contains(o.resource, "ccube-graphql") {
		t.Errorf("the service is %s", o.resource)
	}
	if secret, _, _ := strings.Cut(strings.TrimPrefix(admin, "Token "), ","); strings.Contains(o.raw.String(), secret) {
		t.Error("the spans tell the credential")
	}
	if !regexp.MustCompile(`msg=request .*operation=Page .*trace_id=[0-9a-f]{32}`).MatchString(p.String()) {
		t.Errorf("the log does not name the trace: %s", p)
	}
}
