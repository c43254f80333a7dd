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
	o := &in.outcome
	if operation != nil && operation.Operation != nil {
		name := operation.Operation.Name
		o.Name, o.Type = name[:min(len(name), longestName)], string(operation.Operation.Operation)
	}
	if len(response.Errors) > 0 {
		o.Code, o.Partial = codeOf(response.Errors), response.Data != nil
	}
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

// tally counts the calls so far.
func (c *calls) tally() (t tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range c.calls {
		switch one.Source {
		case ccube.Sent:
			t.sent++
		case ccube.Shared:
			t.shared++
		case ccube.Cached:
			t.cached++
		}
	}
	return t
}

// asShared is the tally as it looks to a request that shared the operation's answer.
func (t tally) asShared() tally { return tally{shared: t.sent + t.shared, cached: t.cached} }

// InterceptResponse resolves the operation, and notes what it cost. It is part of graphql.ResponseInterceptor.
func (o *operations) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response, t := o.respond(ctx, next)
	if in := incomingOf(ctx); in != nil {
		in.outcome.Sent += t.sent
		in.outcome.Shared += t.shared
		in.outcome.Cached += t.cached
		o.keep(ctx, in, response, t)
	}
	return response
}

// InterceptRootField has a trace name the root field that calls are made for. It is part of graphql.RootFieldInterceptor.
func (*operations) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx)
	ctx, end := span.Step(ctx, field.Field.ObjectDefinition.Name+"."+field.Field.Name)
	defer end()
	return next(ctx)
}
