package graph

// This file bounds an answer. Relations lead back to where they came from, and every one of them may have several objects:
// a short query that follows them twenty times selects millions of values, all from rows that have been read already.

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
)

const (
	// maxValues is how many values an answer may have, where the options say nothing.
	maxValues = 1_000_000
	// objectCost is as how many values a field counts that has objects below it: each may take a goroutine and its stack.
	objectCost = fastpath.ObjectCost
	// maxErrors is how many errors of a document are shown.
	maxErrors = 100
)

// errTooLarge is the error of every value that is one too many. It is not shown: there may be very many.
var errTooLarge = errors.New("the answer is too large")

// size counts the values of one answer.
type size struct {
	values atomic.Int64
	most   int64
}

// sizeOf names the answer's size among what gqlgen keeps for an operation.
const sizeOf = "answer size"

// count resolves a field if the answer may have one value more.
func (s *size) count(next graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, resolve graphql.Resolver) (any, error) {
		cost := int64(1)
		if len(graphql.GetFieldContext(ctx).Field.Selections) > 0 {
			cost = objectCost
		}
		if s.values.Add(cost) > s.most {
			return nil, errTooLarge
		}
		return next(ctx, resolve)
	}
}

// take counts values that are written without being resolved one by one. It reports whether the answer may have them.
func (s *size) take(values int64) bool { return s.values.Add(values) <= s.most }

// exceeded reports whether the operation's answer had to be cut.
func exceeded(operation *graphql.OperationContext) bool {
	s, ok := operation.Stats.GetExtension(sizeOf).(*size)
	return ok && s.values.Load() > s.most
}

// MutateOperationContext has the operation's values counted, and refuses what does not come by the right HTTP method or with
// variables that only look right. It is part of graphql.OperationContextMutator.
func (o *operations) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if in := incomingOf(ctx); in != nil && in.method == http.MethodGet && operation.Operation.Operation != ast.Query {
		return badRequest("only queries come by GET: send a mutation by POST")
	}
	if err := o.exactEnums(operation); err != nil {
		return err
	}
	answer := &size{most: int64(o.values)}
	operation.ResolverMiddleware = answer.count(operation.ResolverMiddleware)
	operation.Stats.SetExtension(sizeOf, answer)
	o.parsed.prepare(ctx, operation)
	if o.isFast(operation) {
		operation.ResolverMiddleware = o.fast(answer, operation.ResolverMiddleware)
	}
	return nil
}

// bounded is the response unless it is too large: then it is given up as a whole.
func bounded(ctx context.Context, response *graphql.Response) *graphql.Response {
	if response == nil || !graphql.HasOperationContext(ctx) || !exceeded(graphql.GetOperationContext(ctx)) {
		return response
	}
	response.Data, response.Errors = nil, gqlerror.List{badRequest(
		"the answer would have more values than the gateway gives at once: select fewer fields, rows or levels")}
	return response
}

// brief is the response to a document that is not valid. It shows the first errors, of which there may be thousands.
func brief(response *graphql.Response) *graphql.Response {
	if response != nil && len(response.Errors) > maxErrors {
		response.Errors = response.Errors[:maxErrors:maxErrors]
	}
	return response
}
