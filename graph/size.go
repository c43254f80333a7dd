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
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	// maxValues is how many values an answer may have, where the options say nothing.
	maxValues = 1_000_000
	// objectCost is as how many values a field counts that has objects below it: each may take a goroutine and its stack.
	objectCost = fastpath.ObjectCost
)

// errTooLarge is the error of every value that is one too many. It is not shown: there may be very many.
var errTooLarge = errors.New("the answer is too large")

// size counts the values of one answer.
type size struct {
	values, bytes         atomic.Int64
	mostValues, mostBytes int64
	written               atomic.Int64
}

// sizeOf names the answer's size among what gqlgen keeps for an operation.
const sizeOf = "answer size"

// count resolves a field if the answer may have one value more.
func (s *size) count(next graphql.FieldMiddleware) graphql.FieldMiddleware {
	return func(ctx context.Context, resolve graphql.Resolver) (any, error) {
		cost := int64(1)
		field := graphql.GetFieldContext(ctx)
		if len(field.Field.Selections) > 0 {
			cost = objectCost
		}
		// A write is sent however large the answer is by then: either all of a mutation's are, or none.
		if over := s.values.Add(cost) > s.mostValues || s.bytes.Load() > s.mostBytes; over && field.Object != "Mutation" {
			return nil, errTooLarge
		}
		value, err := next(ctx, resolve)
		s.bytes.Add(textOf(value))
		return value, err
	}
}

// Take counts values that are written without being resolved one by one, and what they have of text. It is part of
// fastpath.Answer.
func (s *size) Take(values, text int64) bool {
	fewValues, fewBytes := s.values.Add(values) <= s.mostValues, s.bytes.Add(text) <= s.mostBytes
	return fewValues && fewBytes
}

// Wrote counts what has been written. It is part of fastpath.Answer.
func (s *size) Wrote(bytes int) (all int) { return int(s.written.Add(int64(bytes))) }

// textOf is how long a value is that is text, which is all that can be long.
func textOf(value any) int64 {
	switch v := value.(type) {
	case string:
		return int64(len(v))
	case *string:
		if v != nil {
			return int64(len(*v))
		}
	}
	return 0
}

// exceeded is the setting that the operation's answer had to be cut for; empty where it was not.
func exceeded(operation *graphql.OperationContext) string {
	s, ok := operation.Stats.GetExtension(sizeOf).(*size)
	switch {
	case !ok:
	case s.values.Load() > s.mostValues:
		return "its number of values"
	case s.bytes.Load() > s.mostBytes:
		return "MAX_ANSWER"
	}
	return ""
}

// MutateOperationContext has the operation's values counted, and refuses what does not come by the right HTTP method or with
// variables that only look right. It is part of graphql.OperationContextMutator.
func (o *operations) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if in := incomingOf(ctx); in != nil && in.method == http.MethodGet && operation.Operation.Operation != ast.Query {
		return refusal(fault.New(fault.MethodNotAllowed, "only queries come by GET: send a mutation by POST"))
	}
	if err := o.exactEnums(operation); err != nil {
		return err
	}
	answer := &size{mostValues: int64(o.values), mostBytes: o.limits.AnswerBytes}
	operation.ResolverMiddleware = answer.count(operation.ResolverMiddleware)
	operation.Stats.SetExtension(sizeOf, answer)
	o.parsed.prepare(ctx, operation)
	if o.isFast(operation) {
		operation.ResolverMiddleware = o.fast(answer, operation.ResolverMiddleware)
	}
	return nil
}

// bounded is the response unless it is too large: then it is given up as a whole. Of errors the first are shown.
func (o *operations) bounded(ctx context.Context, response *graphql.Response) *graphql.Response {
	if response == nil || !graphql.HasOperationContext(ctx) {
		return o.limits.cutErrors(response)
	}
	operation := graphql.GetOperationContext(ctx)
	kind := ast.Query
	if operation.Operation != nil {
		kind = operation.Operation.Operation
	}
	setting := exceeded(operation)
	if setting == "" && int64(len(response.Data)) > o.limits.AnswerBytes {
		setting = "MAX_ANSWER"
	}
	if setting != "" {
		response.Data, response.Errors = nil, gqlerror.List{refusal(tooLarge(kind, setting))}
	}
	return o.limits.cutErrors(response)
}
