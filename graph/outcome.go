package graph

// This file tells whoever watches the gateway what an operation came to, without anything of its variables or its data.

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

// Outcome is what an operation came to.
type Outcome struct {
	// Name is what its client calls it; empty for none.
	Name string
	// Type is query or mutation; empty where that could not be read.
	Type string
	// Code is the gravest error's; empty where there is none.
	Code string
	// Partial tells that there is data beside the error.
	Partial bool
	// Sent, Shared and Cached count the answers that it was made from, by where they came from.
	Sent, Shared, Cached int
}

// longestName bounds an operation's name, which its client chooses.
const longestName = 64

// note takes which operation came by the request, and what it came to, or one page of it. What an error was before stays.
func (in *incoming) note(operation *graphql.OperationContext, response *graphql.Response) {
	if operation != nil && operation.Operation != nil {
		in.outcome.Name, in.outcome.Type = labels(operation)
	}
	in.noteErrors(response)
}

// noteErrors takes what a response tells of errors.
func (in *incoming) noteErrors(response *graphql.Response) {
	if len(response.Errors) > 0 {
		in.outcome.Code, in.outcome.Partial = codeOf(response.Errors), response.Data != nil
	}
}

// labels are the name and the type of an operation.
func labels(operation *graphql.OperationContext) (name, typ string) {
	name = operation.Operation.Name
	return name[:min(len(name), longestName)], string(operation.Operation.Operation)
}

// codeOf is the code of the gravest error.
func codeOf(list gqlerror.List) string {
	for _, s := range statuses {
		for _, err := range list {
			if err.Extensions[extCode] == string(s.code) {
				return string(s.code)
			}
		}
	}
	if code, ok := list[0].Extensions[extCode].(string); ok {
		return code
	}
	return string(fault.Internal)
}

// tally counts an operation's calls by where their answers came from.
type tally struct{ sent, shared, cached int }

// add counts a call.
func (t *tally) add(source ccube.Source) {
	switch source {
	case ccube.Sent:
		t.sent++
	case ccube.Shared:
		t.shared++
	case ccube.Cached:
		t.cached++
	}
}

// asShared is the tally as it looks to a request that shared the operation's answer.
func (t tally) asShared() tally { return tally{shared: t.sent + t.shared, cached: t.cached} }

// InterceptResponse resolves the operation, and notes what it cost. It is part of graphql.ResponseInterceptor.
func (o *operations) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response, t := o.respond(ctx, next)
	if in := incomingOf(ctx); in != nil {
		in.count(t)
		o.keep(ctx, in, response, t)
	}
	return response
}

// count adds what an operation has cost.
func (in *incoming) count(t tally) {
	in.outcome.Sent += t.sent
	in.outcome.Shared += t.shared
	in.outcome.Cached += t.cached
}

// InterceptRootField has a trace name the root field that calls are made for. It is part of graphql.RootFieldInterceptor.
func (*operations) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx)
	ctx, end := span.Step(ctx, field.Field.ObjectDefinition.Name+"."+field.Field.Name)
	defer end()
	return next(ctx)
}
