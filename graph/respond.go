package graph

// This file answers over HTTP as its specification for GraphQL says: under application/json an operation that could be
// read is answered 200, whatever became of it; under application/graphql-response+json the status tells.

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// run runs the operation that came, and answers.
func (o overHTTP) run(ctx context.Context, w http.ResponseWriter, in *incoming) {
	if in.form.tabular() {
		o.tables.answer(ctx, w, in, o.exec)
		return
	}
	operation, ok := in.begin(ctx, w, o.exec)
	if !ok {
		return
	}
	next, ctx := o.exec.DispatchOperation(ctx, operation)
	response := next(ctx)
	if response == nil {
		response = none(ctx)
	}
	in.note(operation, response)
	in.answer(w, response)
}

// answer answers with the response that the operation has come to.
func (in *incoming) answer(w http.ResponseWriter, response *graphql.Response) {
	status := in.status(response)
	if in.strict && len(response.Errors) > 0 {
		strict := *response
		response, strict.Data = &strict, nil
	}
	respond(w, in.form, status, response)
}

// none is the answer where there is none since the operation has been given up.
func none(ctx context.Context) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{show(ctx, ctx.Err())}}
}

// begin reads and validates the operation. One that is not valid is answered, and not ok.
func (in *incoming) begin(ctx context.Context, w http.ResponseWriter, exec graphql.GraphExecutor) (operation *graphql.OperationContext, ok bool) {
	params := in.params
	operation, invalid := exec.CreateOperationContext(ctx, &params)
	if invalid != nil {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, operation), invalid)
		in.note(operation, response)
		respond(w, in.form, in.status(response), response)
	}
	return operation, invalid == nil
}

// status is the HTTP status of an answer, once its outcome has been noted.
func (in *incoming) status(response *graphql.Response) int {
	switch {
	case in.method == http.MethodGet && in.outcome.Type != "" && in.outcome.Type != string(ast.Query):
		return http.StatusMethodNotAllowed
	case refusedAs(response) != 0:
		return refusedAs(response)
	case len(response.Errors) == 0:
		return http.StatusOK
	case in.strict, in.form == asResponse && response.Data == nil, in.form.tabular():
		return statusOf(response.Errors)
	}
	return http.StatusOK
}

// contentTypes are the values of Content-Type. Headers that are alike in many answers are made once.
var contentTypes = [...][]string{asJSON: {mediaTypes[asJSON]}, asResponse: {mediaTypes[asResponse]}}

// respond writes an answer as JSON.
func respond(w http.ResponseWriter, f form, status int, response *graphql.Response) {
	if f != asResponse {
		f = asJSON
	}
	h := w.Header()
	h["Content-Type"] = contentTypes[f]
	switch status {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", methods)
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Basic realm="CCUBE: email and token", charset="UTF-8"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if wait := retryAfter(response.Errors); wait > 0 {
			h.Set("Retry-After", strconv.Itoa(wait))
		}
	}
	send(w, status, response)
}

// answerBuffer is how much of an answer goes out in one piece: most answers do as a whole.
const answerBuffer = 32 << 10

// buffers are for answers on their way.
var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, answerBuffer) }}

// send writes an answer, and says before how long it is, so that it needs no chunks. The data, which may be large and is
// encoded already, is written as it is. Nobody is told where a client has gone.
func send(w http.ResponseWriter, status int, response *graphql.Response) {
	parts := [...]struct {
		name string
		text []byte
	}{{name: `"errors":`}, {name: `"data":`, text: response.Data}, {name: `"extensions":`}}
	if len(response.Errors) > 0 {
		parts[0].text = encoded(response.Errors)
	}
	if len(response.Extensions) > 0 {
		parts[2].text = encoded(response.Extensions)
	}
	length := 1
	for _, part := range parts {
		if part.text != nil {
			length += 1 + len(part.name) + len(part.text) // what stands before it, or ends all
		}
	}
	w.Header()["Content-Length"] = []string{strconv.Itoa(length)}
	w.WriteHeader(status)
	out := buffers.Get().(*bufio.Writer)
	out.Reset(w)
	before := byte('{')
	for _, part := range parts {
		if part.text != nil {
			_ = out.WriteByte(before)
			_, _ = out.WriteString(part.name)
			_, _ = out.Write(part.text)
			before = ','
		}
	}
	_ = out.WriteByte('}')
	_ = out.Flush()
	out.Reset(nil)
	buffers.Put(out)
}

// encoded encodes a part of an answer.
func encoded(part any) []byte {
	text, err := json.Marshal(part)
	if err != nil {
		return []byte("null")
	}
	return text
}

// statuses are the HTTP statuses by which a whole answer fails, the gravest first: where an answer has several errors, a
// client is told what it can do nothing about before what it can mend, and that it has to sign in before all.
var statuses = []struct {
	code   fault.Kind
	status int
}{
	{fault.Unauthenticated, http.StatusUnauthorized},
	{fault.Internal, http.StatusInternalServerError},
	{fault.UnknownOutcome, http.StatusBadGateway},
	{fault.UpstreamError, http.StatusBadGateway},
	{fault.UpstreamUnavailable, http.StatusServiceUnavailable},
	{fault.UpstreamTimeout, http.StatusGatewayTimeout},
	{fault.RateLimited, http.StatusTooManyRequests},
	{fault.Forbidden, http.StatusForbidden},
	{fault.NotFound, http.StatusNotFound},
	{fault.Conflict, http.StatusConflict},
	{fault.BudgetExceeded, http.StatusBadRequest},
	{fault.QueryNotTrusted, http.StatusForbidden},
	{fault.BadUserInput, http.StatusBadRequest},
}

// statusOf is the HTTP status of the gravest of the errors. Codes that are not package fault's are gqlgen's, of documents
// that are not valid.
func statusOf(list gqlerror.List) int {
	gravest := len(statuses)
	for _, err := range list {
		for i, s := range statuses {
			if err.Extensions[extCode] == string(s.code) {
				gravest = min(gravest, i)
			}
		}
	}
	if gravest == len(statuses) {
		return http.StatusBadRequest
	}
	return statuses[gravest].status
}

// retryAfter is how many seconds to wait for all that the errors ask to wait for.
func retryAfter(list gqlerror.List) int {
	seconds := func(err *gqlerror.Error) int {
		wait, _ := err.Extensions[extRetryAfter].(int)
		return wait
	}
	if len(list) == 0 {
		return 0
	}
	return seconds(slices.MaxFunc(list, func(a, b *gqlerror.Error) int { return cmp.Compare(seconds(a), seconds(b)) }))
}
