package telemetry_test

// These tests run the whole gateway, ask it, and read the spans.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
)

// kept keeps spans, which tracetest's own exporter forgets when it is closed.
type kept struct{ tracetest.InMemoryExporter }

// Shutdown forgets nothing.
func (*kept) Shutdown(context.Context) error { return nil }

// tracing starts a gateway that is traced. The function ends tracing, and returns the spans.
func tracing(t *testing.T, o gatewaytest.Options) (*gatewaytest.Gateway, func() tracetest.SpanStubs) {
	t.Helper()
	spans := new(kept)
	tr, err := telemetry.NewTracing(t.Context(), telemetry.TracingOptions{Exporter: spans, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	o.Served, o.Called = tr.RequestServed, tr.CallSent
	return gatewaytest.Start(t, o), func() tracetest.SpanStubs {
		if err := tr.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		return spans.GetSpans()
	}
}

// tree draws the spans, indented, in the order of their names, equal ones once with their number.
func tree(spans tracetest.SpanStubs) []string {
	var below func(parent string, indent string) []string
	below = func(parent, indent string) []string {
		drawn := map[string][]string{}
		number := map[string]int{}
		for _, s := range spans {
			if id := s.Parent.SpanID(); s.Parent.IsRemote() && parent == "" || id.String() == parent || !id.IsValid() && parent == "" {
				number[s.Name]++
				drawn[s.Name] = append(drawn[s.Name], below(s.SpanContext.SpanID().String(), indent+"  ")...)
			}
		}
		var lines []string
		for _, name := range sortedKeys(number) {
			lines = append(append(lines, fmt.Sprintf("%s%s x%d", indent, name, number[name])), drawn[name]...)
		}
		return lines
	}
	return below("", "")
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// A trace shows the operation, the fields and batches that cost calls, and the calls.
func TestWhatIsTraced(t *testing.T) {
	t.Parallel()
	g, end := tracing(t, gatewaytest.Options{Projects: 4})
	g.Ask(t, `query Page { projects(first: 2) { nodes { number quotes { number } notes { body } } } stages { name } viewer { email } }`)
	g.Ask(t, `query Page { project(id: 1001) { number } }`)
	spans := end()
	want := []string{
		"query Page x2",
		"  Query.projects x1",
		"    GET /api/v2/projects x1",
		"  notes, one subject a call x1",
		"    GET /api/v2/notes x2",
		"  quotes by project x1",
		"    GET /api/v2/quotes x2",
		"  stages x1",
		"    GET /api/v2/projects/stages x1",
		"  projects, details x1",
		"    GET /api/v2/projects/{id} x1",
	}
	if diff := cmp.Diff(want, tree(spans)); diff != "" {
		t.Errorf("the spans differ (-want +got):\n%s", diff)
	}
}

// A trace that a client has begun goes on, and does not go to CCUBE.
func TestATraceGoesOn(t *testing.T) {
	t.Parallel()
	var sent http.Header
	g, end := tracing(t, gatewaytest.Options{Projects: 4, Front: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent = r.Header.Clone()
			next.ServeHTTP(w, r)
		})
	}})
	const id = "0af7651916cd43dd8448eb211c80319c"
	g.Send(t, t.Context(), gatewaytest.Request{
		Query: `{ stages { name } }`, Authorization: g.Sandbox.Admin().Authorization,
		Header: http.Header{"Traceparent": {"00-" + id + "-b7ad6b7169203331-01"}, "Tracestate": {"a=b"}, "Baggage": {"user=ada"}},
	})
	for _, s := range end() {
		if s.SpanContext.TraceID().String() != id {
			t.Errorf("%s belongs to another trace", s.Name)
		}
	}
	for _, name := range []string{"Traceparent", "Tracestate", "Baggage"} {
		if sent.Get(name) != "" {
			t.Errorf("CCUBE is given %s: %s", name, sent.Get(name))
		}
	}
}

// A client that does not want its trace recorded has it so, and one whose traceparent is nonsense gets a new one.
func TestClientsDecideAboutTheirTrace(t *testing.T) {
	t.Parallel()
	g, end := tracing(t, gatewaytest.Options{Projects: 4})
	for _, parent := range []string{"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "nonsense"} {
		g.Send(t, t.Context(), gatewaytest.Request{
			Query: `{ stages { name } }`, Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"Traceparent": {parent}},
		})
	}
	if got := tree(end()); !slices.Equal(got, []string{"query x1"}) { // the second had it cached
		t.Errorf("got %s", got)
	}
}

// Whatever a caller sends, and CCUBE answers, no span has it.
func TestTracesTellNoSecrets(t *testing.T) {
	t.Parallel()
	g, end := tracing(t, gatewaytest.Options{Projects: 4})
	admin := g.Sandbox.Admin()
	g.Send(t, t.Context(), gatewaytest.Request{
		Query:         `query One($id: ID!, $text: String) { project(id: $id) { number client { name } } notes(filter: {search: $text}) { nodes { body } } }`,
		Variables:     map[string]any{"id": "1001", "text": "t0psecret"},
		Authorization: admin.Authorization,
	})
	g.Send(t, t.Context(), gatewaytest.Request{Query: `mutation { signIn(email: "ada@example.com", password: "pa55word") { userErrors { message } } }`})
	g.Send(t, t.Context(), gatewaytest.Request{Query: `{ project(id: 1001) { number } }`, Authorization: "Token t0psecret,user_email=ada@example.com"})
	spans := end()
	text := fmt.Sprintf("%+v", spans)
	if len(spans) < 6 || !strings.Contains(text, "/api/v2/projects/{id}") {
		t.Fatalf("the spans do not show what happened: %s", text)
	}
	for _, secret := range []string{"t0psecret", "1001", "ada@", "pa55word", admin.Authorization, admin.Email} {
		if strings.Contains(text, secret) {
			t.Errorf("the spans tell %q", secret)
		}
	}
}

// What failed is marked so, with a word that tells how.
func TestFailuresAreMarked(t *testing.T) {
	t.Parallel()
	g, end := tracing(t, gatewaytest.Options{Projects: 4})
	g.Ask(t, `query Broken { colour }`)
	g.Ask(t, `query Gone { project(id: 999999) { number } }`)
	g.Send(t, t.Context(), gatewaytest.Request{Query: `query Who { viewer { email } }`})
	got := map[string]string{}
	for _, s := range end() {
		if s.Status.Code == codes.Error {
			got[s.Name] = s.Status.Description
		}
	}
	want := map[string]string{"operation": "GRAPHQL_VALIDATION_FAILED", "query Who": "UNAUTHENTICATED", "GET /api/v2/projects/{id}": "404"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the failures differ (-want +got):\n%s", diff)
	}
}

// A receiver that is gone costs a line in the log, and no answer.
func TestAReceiverThatIsGone(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	tr, err := telemetry.NewTracing(t.Context(), telemetry.TracingOptions{
		Exporter: refusing{}, Log: telemetry.NewLogger(&log, slog.LevelInfo, "text"),
	})
	if err != nil {
		t.Fatal(err)
	}
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 4, Served: tr.RequestServed, Called: tr.CallSent})
	gatewaytest.Decode[any](t, g.Ask(t, `{ stages { name } }`))
	if err := tr.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if strings.Count(log.String(), "traces cannot be sent") != 1 {
		t.Errorf("the log has %s", &log)
	}
}

// refusing is an exporter whose receiver is gone.
type refusing struct{}

func (refusing) ExportSpans(context.Context, []trace.ReadOnlySpan) error {
	return errors.New("nobody is there")
}
func (refusing) Shutdown(context.Context) error { return nil }

// The log's lines name the trace that they are about.
func TestTheLogNamesTheTrace(t *testing.T) {
	t.Parallel()
	tr, err := telemetry.NewTracing(t.Context(), telemetry.TracingOptions{Exporter: new(kept), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 4, Served: tr.RequestServed})
	g.Send(t, t.Context(), gatewaytest.Request{
		Query: `query Named { stages { name } }`, Authorization: g.Sandbox.Admin().Authorization,
		Header: http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}},
	})
	if err := tr.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"msg=request", "type=query", "operation=Named", `code=""`, "sent=1 shared=0 cached=0", "trace_id=0af7651916cd43dd8448eb211c80319c"} {
		if !strings.Contains(g.Log.String(), want) {
			t.Errorf("%s is not logged: %s", want, g.Log)
		}
	}
}

// A step that costs no call is no span, and where nobody traces there is nothing at all.
func TestNothingIsTracedUnlessAsked(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 4, SnapshotTTL: time.Minute})
	gatewaytest.Decode[any](t, g.Ask(t, `{ projects { totalCount } }`))
	if strings.Contains(g.Log.String(), "trace_id") {
		t.Errorf("the log names a trace: %s", g.Log)
	}
}
