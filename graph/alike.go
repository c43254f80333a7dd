package graph

// This file has a request join an equal one under way before anything of it is read. Equal operations share one run however
// they are written (operation.go); but most that are equal are so to the byte, from panels of one dashboard or tabs of one
// browser, and reading, validating and weighing each of them again costs more than to hand out the answer.
//
// The first request takes the ordinary road. Once its operation has been judged and runs, it is told of here, under all that
// the answer depends on, and until the run has ended; who comes meanwhile with the same waits for that run. So there is
// nothing to be remembered of requests, and no road around a judgement: a mutation, a refusal, or a question that needs no
// caller has no run to be told of. What each request is owed by itself it gets in operations.join.

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// wording is a request as it came, with all that what it comes to depends on, but the generation of the tenant's data. The
// form of the answer is not of it: the same response is written in each.
type wording struct {
	partition identity.Partition
	method    string
	bare      bool
	// strict is what the header says. What the text says is in the text.
	strict, explain, fresh bool
	text                   string
}

// underWay is an operation that runs, as far as requests want to know that are equal to the one that started it.
type underWay struct {
	wording wording
	key     operationKey
	// requested is how many calls it asks for.
	requested int
	name, typ string
	strict    bool
	document  persisted.Reference
}

// worded is how a request came.
func (in *incoming) worded(request *Request) wording {
	return wording{
		partition: request.Caller.Partition, method: in.method, bare: in.bare,
		strict: request.Strict, explain: request.Explain, fresh: request.Fresh, text: in.text,
	}
}

// underWay is an operation that is about to run, for equal requests to join; nil where none can, since its answer is not one
// piece of JSON.
func (in *incoming) underWay(request admitted, key operationKey, operation *graphql.OperationContext) *underWay {
	if in == nil || in.form.tabular() {
		return nil
	}
	name, typ := labels(operation)
	return &underWay{
		wording: in.worded(&request.Request), key: key, requested: request.requested,
		name: name, typ: typ, strict: in.strict, document: in.document,
	}
}

// alike are the operations that run, by the wording of the requests that started them. The zero value is ready, and safe for
// concurrent use.
type alike struct {
	mu      sync.Mutex
	running map[wording]*underWay
}

// find returns the operation that runs for an equal request; nil for none.
func (a *alike) find(w wording) *underWay {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.running[w]
}

// begin tells of an operation that runs.
func (a *alike) begin(u *underWay) {
	if u == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running == nil {
		a.running = make(map[wording]*underWay)
	}
	a.running[u.wording] = u
}

// end forgets an operation, unless another runs by now for the same wording.
func (a *alike) end(u *underWay) {
	if u == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running[u.wording] == u {
		delete(a.running, u.wording)
	}
}

// join takes the answer of an equal request's operation, if one runs that no write has been made since. The request is
// counted, limited, logged and answered as if it had come the whole way.
func (o *operations) join(ctx context.Context, in *incoming) (response *graphql.Response, ok bool) {
	request := RequestOf(ctx)
	if request.Err != nil || in.form.tabular() {
		return nil, false
	}
	running := o.alike.find(in.worded(request))
	if running == nil || running.key.generation != o.generations.Current(ctx, request.Caller.Tenant.Name) {
		return nil, false
	}
	if running.document.Query == "" { // a document that is only named is to be found by each who names it
		if _, err := o.documents.Text(ctx, running.document); err != nil {
			return nil, false
		}
	}
	meter, err := o.meter(ctx, admitted{*request, running.requested})
	if err != nil {
		response = meter.on(&graphql.Response{Errors: gqlerror.List{show(ctx, err)}})
	} else {
		a, joined, err := o.flights.Join(ctx, running.key)
		if !joined {
			meter.settle(ctx, 0)
			return nil, false
		}
		var t tally
		response, t = o.hand(ctx, request, meter, a, true, err)
		in.count(t)
	}
	in.strict, in.outcome.Name, in.outcome.Type = running.strict, running.name, running.typ
	if response == nil {
		response = none(ctx)
	}
	in.noteErrors(response)
	return response, true
}
