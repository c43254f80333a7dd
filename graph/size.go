package graph

// This file bounds an answer. Relations lead back to where they came from, and every one of them may have several objects:
// a short query that follows them twenty times selects millions of values, all from rows that have been read already.

import (
	"context"
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	// maxValues is how many values an answer may have, where the options say nothing.
	maxValues = 1_000_000
	// maxErrors is how many errors an answer shows: a field that fails may do so in every row.
	maxErrors = 100
)

// errTooLarge is the error of every value that is one too many. It is one for all, since there may be very many.
var errTooLarge = codedError(fault.BadUserInput,
	"the answer would have more values than the gateway gives at once: select fewer fields, rows or levels")

// size counts the values of one answer.
type size struct {
	values atomic.Int64
	most   int64
}

// count resolves a field if the answer may have one value more.
func (s *size) count(next graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, resolve graphql.Resolver) (any, error) {
		if s.values.Add(1) > s.most {
			return nil, errTooLarge
		}
		return next(ctx, resolve)
	}
}

// MutateOperationContext has the operation's values counted, and refuses what does not come by the right HTTP method. It
// is part of graphql.OperationContextMutator.
func (o *operations) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if methodOf(ctx) == http.MethodGet && operation.Operation.Operation != ast.Query {
		return codedError(fault.BadUserInput, "only queries come by GET: send a mutation by POST")
	}
	operation.ResolverMiddleware = (&size{most: o.values}).count(operation.ResolverMiddleware)
	return nil
}

// presentable is the response without errors that repeat one another: an answer that is too large is given up as a whole,
// and of very many errors the first are enough.
func presentable(response *graphql.Response) *graphql.Response {
	if response == nil {
		return nil
	}
	if slices.Contains(response.Errors, errTooLarge) {
		response.Data, response.Errors = nil, gqlerror.List{errTooLarge}
	}
	response.Errors = once(response.Errors)
	if n := len(response.Errors); n > maxErrors {
		response.Errors = response.Errors[:maxErrors:maxErrors]
	}
	return response
}
