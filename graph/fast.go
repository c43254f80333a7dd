package graph

// This file hands what query's root fields have been resolved to to the fast path.

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
)

// fast returns a middleware of fields that lets the fast path write what root fields are resolved to.
func (o *operations) fast(answer *size, next graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, resolve graphql.Resolver) (any, error) {
		value, err := next(ctx, resolve)
		field := graphql.GetFieldContext(ctx)
		if err != nil || value == nil || field.Object != "Query" || strings.HasPrefix(field.Field.Name, "__") {
			return value, err
		}
		operation := graphql.GetOperationContext(ctx)
		plan := compilationOf(operation).writer(field.Field.Alias, func() *fastpath.Plan {
			return fastpath.Compile(operation, o.schema, field.Field, maxPlans)
		})
		if plan == nil {
			return value, nil
		}
		return plan.Write(ctx, o.resolvers, answer, value), nil
	}
}

// isFast reports whether the fast path writes an operation's answer.
func (o *operations) isFast(operation *graphql.OperationContext) bool {
	return o.resolvers != nil && operation.Operation.Operation == ast.Query
}
