package telemetry

// This file traces: a span for each operation, for each field and batch that costs a call (package span), and for each call
// to CCUBE, sent by OTLP over HTTP.
//
// A trace that a client has begun goes on here. It ends here too: CCUBE is given what it needs to answer, and no header of
// ours. No span has anything of a credential, a variable or an answer; calls are named without ids.

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/edge"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

const (
	serviceName = "ccube-graphql"
	// flushTime is how long the last spans may take to be sent.
	flushTime = 5 * time.Second
)

// Tracing sends spans. Make one for the process; it is safe for concurrent use.
type Tracing struct {
	provider *trace.TracerProvider
	incoming propagation.TraceContext
}

// TracingOptions are how spans are sent.
type TracingOptions struct {
	// Exporter takes the spans; one that sends them to Endpoint where nil.
	Exporter trace.SpanExporter
	// Endpoint is the address of an OTLP receiver, without /v1/traces.
	Endpoint *url.URL
	// Build is what the resource says of the service.
	Build Build
	// Log gets a line when spans cannot be sent, and one when they can be again; required.
	Log *slog.Logger
}

// NewTracing returns tracing that has to be closed. What is not in the options, such as the sampler, the name of the
// service and the receiver's headers, is OpenTelemetry's to read, from its own variables (OTEL_...).
func NewTracing(ctx context.Context, o TracingOptions) (_ *Tracing, err error) {
	defer fault.Wrap(&err, "cannot trace")
	exporter := o.Exporter
	if exporter == nil {
		if exporter, err = otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(o.Endpoint.JoinPath("v1", "traces").String())); err != nil {
			return nil, err
		}
	}
	service, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", serviceName), attribute.String("service.version", o.Build.Version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return nil, err
	}
	return &Tracing{provider: trace.NewTracerProvider(
		trace.WithBatcher(&told{SpanExporter: exporter, log: o.Log}), trace.WithResource(service),
	)}, nil
}

// Close sends what is left. It is called once no request is served any more.
func (t *Tracing) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// RequestServed traces a request to /graphql. It is a hook of package edge.
func (t *Tracing) RequestServed(r *http.Request) (context.Context, func(edge.Served)) {
	ctx := t.incoming.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, s := t.provider.Tracer(serviceName).Start(ctx, "operation", api.WithSpanKind(api.SpanKindServer),
		api.WithAttributes(attribute.String("http.request.method", r.Method), attribute.String("http.route", r.URL.Path)))
	return ctx, func(served edge.Served) {
		o := served.Outcome
		if o.Type != "" {
			s.SetName(o.Type)
			s.SetAttributes(attribute.String("graphql.operation.type", o.Type))
		}
		if o.Name != "" {
			s.SetName(o.Type + " " + o.Name)
			s.SetAttributes(attribute.String("graphql.operation.name", o.Name))
		}
		s.SetAttributes(
			attribute.Int("http.response.status_code", served.Status),
			attribute.Int("ccube.calls.sent", o.Sent), attribute.Int("ccube.calls.shared", o.Shared), attribute.Int("ccube.calls.cached", o.Cached),
		)
		if outcome(served) != outcomeOK {
			span.Fail(s, o.Code)
		}
		s.End()
	}
}

// CallSent traces a call to CCUBE. It is a hook of package ccube.
func (t *Tracing) CallSent(ctx context.Context, c ccube.Call) (context.Context, func(ccube.Call)) {
	if !api.SpanFromContext(ctx).IsRecording() {
		return ctx, func(ccube.Call) {} // nobody's operation: a list that is read anew
	}
	ctx, s := span.Call(ctx, c.Method+" "+c.Endpoint,
		attribute.String("http.request.method", c.Method), attribute.String("url.template", c.Endpoint))
	return ctx, func(c ccube.Call) {
		s.SetAttributes(attribute.Int("http.response.status_code", c.Status), attribute.Int("http.response.body.size", c.Bytes))
		if c.Err != nil {
			span.Fail(s, statusOf(c))
		}
		s.End()
	}
}

// told has the log told when spans cannot be sent, and once more when they can be again.
type told struct {
	trace.SpanExporter
	log  *slog.Logger
	down atomic.Bool
}

// ExportSpans sends spans. It is part of trace.SpanExporter.
func (t *told) ExportSpans(ctx context.Context, spans []trace.ReadOnlySpan) error {
	err := t.SpanExporter.ExportSpans(ctx, spans)
	switch {
	case err == nil && t.down.Swap(false):
		t.log.Info("traces are taken again")
	case err != nil && !t.down.Swap(true):
		t.log.Warn("traces cannot be sent; they are lost until they can be", "error", err)
	}
	return nil
}
