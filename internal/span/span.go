// Package span lets the layers say what they are doing to whoever traces the operation, by OpenTelemetry.
//
// Who traces puts a span into the context (package telemetry does); the layers name the steps below it. A step is a span of
// its own only if it costs a call to CCUBE: most batches find what they want read already, and a trace of those would show
// nothing but its own length. Where nobody traces, a step costs a look into the context.
//
// Names and attributes are the reference's and the schema's: nothing of a caller, a variable or an answer.
package span

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// tracer names the code that makes the spans.
const tracer = "github.com/ccube-graphql/ccube-graphql"

type stepKey struct{}

// step is a span that begins with the first call below it.
type step struct {
	name string
	// above is the context that it is taken in.
	above context.Context
	start time.Time

	mu   sync.Mutex
	span trace.Span
	over bool
}

// Step returns a context for a step of the name, and what ends it.
func Step(ctx context.Context, name string) (_ context.Context, end func()) {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx, func() {}
	}
	s := &step{name: name, above: ctx, start: time.Now()}
	return context.WithValue(ctx, stepKey{}, s), s.end
}

// Call begins a span for a call, and those of the steps that it is made for.
func Call(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, trace.Span) {
	above := taken(ctx)
	return Tracer(above).Start(trace.ContextWithSpan(ctx, trace.SpanFromContext(above)), name,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
}

// Tracer makes spans below the context's.
func Tracer(ctx context.Context) trace.Tracer {
	return trace.SpanFromContext(ctx).TracerProvider().Tracer(tracer)
}

// Fail marks a span as failed, with a word that tells how.
func Fail(s trace.Span, kind string) {
	s.SetAttributes(attribute.String("error.type", kind))
	s.SetStatus(codes.Error, kind)
}

// taken returns a context whose span is that of the step, begun if it has not been.
func taken(ctx context.Context) context.Context {
	s, ok := ctx.Value(stepKey{}).(*step)
	if !ok {
		return ctx
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.span == nil {
		above := taken(s.above)
		if s.over {
			return above
		}
		_, s.span = Tracer(above).Start(above, s.name, trace.WithTimestamp(s.start))
	}
	return trace.ContextWithSpan(s.above, s.span)
}

// end ends the span, if it has begun.
func (s *step) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	if s.span != nil {
		s.span.End()
	}
}
