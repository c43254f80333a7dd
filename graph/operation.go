package graph

// This file is what happens around an operation: it finds the caller, shares the answer with equal operations of the same
// caller that are under way, and gives the operation its loaders.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"runtime"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Request is what the edge knows of a request.
type Request struct {
	// ID names the request, to clients and in the log.
	ID string
	// Caller is who asks; Err why that is not known.
	Caller identity.Caller
	Err    error
	// Tenant is whose data it is about; TenantErr why that is not known. It is all that signing in needs.
	Tenant    identity.Tenant
	TenantErr error
	// Address is where the request comes from, with its port, to count attempts to sign in by.
	Address string
	// Explain asks for extensions.calls.
	Explain bool
	// Fresh asks for nothing that is remembered: lists are read anew.
	Fresh bool
	// Strict has an error fail the whole answer.
	Strict bool
	// Aged is told how old the oldest list is that an answer was made from; may be nil.
	Aged func(time.Duration)
	// Ran is told what became of the operation; may be nil.
	Ran func(Outcome)
}

type requestKey struct{}

// WithRequest returns a context that tells of the request. Whoever takes the request in may add to it, until it is handed to the
// [Handler].
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestOf is what is known of the request; nothing where the context tells of none.
func RequestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return new(Request)
}

// operations runs operations. It is a gqlgen extension.
type operations struct {
	parsed parsed
	schema *ast.Schema
	// resolvers are the fast path's; nil where gqlgen's own executor writes all answers.
	resolvers *fastpath.Resolvers
	client    *ccube.Client
	census    *access.Census
	lists     loaders.Lists
	reading   access.Options
	timeout   time.Duration
	budget    int
	values    int
	limits    Limits
	// generations are the states of tenants' data.
	generations Generations
	documents   *persisted.Documents
	// allowance is how many calls callers may ask for; nil for as many as they like.
	allowance *limit.Allowance
	flights   flight.Group[operationKey, answer]
	alike     alike
}

// operationKey tells equal operations of one caller.
type operationKey struct {
	partition identity.Partition
	// generation parts operations from those that began before a write.
	generation string
	series     *series
	explain    bool
	fresh      bool
	operation  [sha256.Size]byte
}

// ExtensionName is part of graphql.HandlerExtension.
func (*operations) ExtensionName() string { return "operations" }

// Validate is part of graphql.HandlerExtension.
func (*operations) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation finds the caller, before anything is resolved. It is part of graphql.OperationInterceptor.
func (o *operations) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	request := *RequestOf(ctx)
	operation := graphql.GetOperationContext(ctx)
	if operation.DisableIntrospection && asksForSchema(operation) {
		hidden := fault.New(fault.IntrospectionOff, "this gateway does not show its schema (INTROSPECTION is false)")
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{refusal(hidden)}})
	}
	switch needsOf(operation) {
	case needsNothing:
		return next(ctx)
	case needsTenant:
		request.Caller, request.Err = identity.Caller{Tenant: request.Tenant}, request.TenantErr
	}
	if request.Err != nil {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{show(ctx, request.Err)}})
	}
	requested := o.weigh(ctx, request, operation)
	if err := overBudget(requested, o.budget); err != nil {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{show(ctx, err)}})
	}
	return next(context.WithValue(ctx, admittedKey{}, admitted{request, requested}))
}

type admittedKey struct{}

// admitted is a request whose operation may begin, and how many calls that asks for.
type admitted struct {
	Request
	requested int
}

// respond resolves the operation, or takes the answer of an equal one that is under way.
func (o *operations) respond(ctx context.Context, next graphql.ResponseHandler) (*graphql.Response, tally) {
	request, ok := ctx.Value(admittedKey{}).(admitted)
	if !ok {
		return o.bounded(ctx, next(ctx)), tally{}
	}
	meter, err := o.meter(ctx, request)
	if err != nil {
		return meter.on(&graphql.Response{Errors: gqlerror.List{show(ctx, err)}}), tally{}
	}
	operation := graphql.GetOperationContext(ctx)
	generation := o.generations.Current(ctx, request.Caller.Tenant.Name)
	run := func(ctx context.Context) answer {
		a := o.run(ctx, request.Request, generation, next)
		sent := a.tally.sent
		if ctx.Err() != nil { // all have left; what was under way may not have been counted, and to leave shall save nothing
			sent = max(sent, request.requested)
		}
		meter.settle(context.WithoutCancel(ctx), sent)
		return a
	}
	if operation.Operation.Operation != ast.Query {
		a := run(ctx)
		return meter.on(a.response), a.tally
	}
	key := o.key(ctx, request.Request, generation, operation)
	started := incomingOf(ctx).underWay(request, key, operation)
	a, shared, err := o.flights.Do(ctx, key, func(ctx context.Context) (answer, error) {
		roomy(0)
		o.alike.begin(started)
		defer o.alike.end(started)
		runtime.Gosched() // under load equal requests that wait for a processor join before there is anything to wait for
		return run(ctx), nil
	})
	return o.hand(ctx, &request.Request, meter, a, shared, err)
}

// roomy has the stack of a new goroutine grow to what an operation needs while there is hardly anything on it. It would
// double three times else, and each time what is on it is moved, frame by frame.
//
//go:noinline
func roomy(i int) byte {
	var space [8 << 10]byte
	return space[i]
}

// hand gives an answer to one of those who asked for it.
func (o *operations) hand(
	ctx context.Context, request *Request, meter *meter, a answer, shared bool, err error,
) (*graphql.Response, tally) {
	if shared {
		meter.settle(ctx, 0)
	}
	if err != nil {
		return &graphql.Response{Errors: gqlerror.List{show(ctx, err)}}, tally{}
	}
	if request.Aged != nil && a.age > 0 {
		request.Aged(a.age)
	}
	if shared {
		return meter.on(asShared(a.response)), a.tally.asShared()
	}
	return meter.on(a.response), a.tally
}

// answer is what an operation came to.
type answer struct {
	response *graphql.Response
	// age is how old the oldest list is that it was made from; 0 where all was read for it.
	age time.Duration
	// tally is what it cost.
	tally tally
}

// run executes an operation with loaders and a deadline of its own.
func (o *operations) run(ctx context.Context, request Request, generation string, next graphql.ResponseHandler) answer {
	ctx, cancel := context.WithTimeout(ctx, o.timeout)
	defer cancel()
	calls := &calls{explain: request.Explain}
	ctx = ccube.WithTrace(ctx, calls.add)
	ctx = loaders.With(ctx, loaders.New(ctx, o.reader(ctx, request, generation), o.lists))
	response := next(ctx)
	if response == nil {
		t, _ := calls.soFar()
		return answer{tally: t}
	}
	response.Errors = tidy(response.Errors)
	response = o.bounded(ctx, response)
	if request.Explain {
		response.Extensions = calls.in(response.Extensions)
	}
	t, oldest := calls.soFar()
	return answer{response, oldest, t}
}

// key tells the operation apart from all that could have another answer.
func (o *operations) key(ctx context.Context, request Request, generation string, operation *graphql.OperationContext) operationKey {
	variables, _ := json.Marshal(operation.Variables) // decoded from JSON, so it can be encoded
	text := make([]byte, 0, len(operation.OperationName)+len(operation.RawQuery)+len(variables)+2*8)
	for _, part := range []string{operation.OperationName, operation.RawQuery} { // each behind its length
		text = append(binary.BigEndian.AppendUint64(text, uint64(len(part))), part...)
	}
	text = append(text, variables...)
	return operationKey{
		partition: request.Caller.Partition, generation: generation, series: seriesOf(ctx),
		explain: request.Explain, fresh: request.Fresh, operation: sha256.Sum256(text),
	}
}

// weigh returns how many calls the operation asks for.
func (o *operations) weigh(ctx context.Context, request Request, operation *graphql.OperationContext) int {
	s := seriesOf(ctx)
	w := weight{
		operation: operation, compiled: compilationOf(operation), schema: o.schema,
		pageSize: cmp.Or(o.reading.PageSize, access.DefaultPageSize), whole: s != nil && s.whole,
		reader: access.NewReader(o.client.As(request.Caller), o.census, o.reading),
	}
	return w.of(roots(operation))
}

// asksForSchema reports whether the operation asks for the schema.
func asksForSchema(operation *graphql.OperationContext) bool {
	return slices.ContainsFunc(roots(operation), func(f graphql.CollectedField) bool { return f.Name == "__schema" || f.Name == "__type" })
}

// roots are the operation's root fields.
func roots(operation *graphql.OperationContext) []graphql.CollectedField {
	return graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query", "Mutation"})
}

// asShared is a response that another request had asked for first.
func asShared(response *graphql.Response) *graphql.Response {
	if response == nil {
		return nil
	}
	list, ok := response.Extensions[extCalls].([]call)
	if !ok {
		return response
	}
	copied := *response
	copied.Extensions = map[string]any{extCalls: sharedCalls(list)}
	return &copied
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.OperationInterceptor
	graphql.ResponseInterceptor
	graphql.RootFieldInterceptor
} = (*operations)(nil)
