package graph

// This file reads requests, and refuses those that are not GraphQL over HTTP before gqlgen sees them: it would answer
// without a code, by plain text, or with the body repeated.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// refused is why a request is not answered, its category, and the HTTP status that says so.
type refused struct {
	status  int
	kind    fault.Kind
	message string
}

// malformed is the refusal of a request that cannot be read.
func malformed(message string) *refused {
	return &refused{http.StatusBadRequest, fault.BadUserInput, message}
}

func (r *refused) Error() string { return r.message }

// incoming is an operation as it came over HTTP, and the form that its answer is to have.
type incoming struct {
	method string
	// text is the operation as it came, nothing of it read: the body, or the query string of a GET. bare tells that a body is a
	// document alone.
	text   string
	bare   bool
	params graphql.RawParams
	// document is what the client says of it: its text, or which it is.
	document persisted.Reference
	form     form
	// strict has an error fail the whole answer.
	strict bool
	// broken tells that a part of an answer has gone out which must not be taken for the whole.
	broken bool
	// outcome is what it has come to so far.
	outcome Outcome
}

type incomingKey struct{}

// incomingOf is the request that an operation came by; nil where it came by none.
func incomingOf(ctx context.Context) *incoming {
	in, _ := ctx.Value(incomingKey{}).(*incoming)
	return in
}

// overHTTP answers GraphQL over HTTP.
type overHTTP struct {
	tables  tables
	running *operations
	exec    graphql.GraphExecutor
}

// ServeHTTP runs the operation of a request that is GraphQL over HTTP, and answers any other with an error that has a code. One
// that is equal to another under way waits for the other's answer. The connection of an answer that broke off is ended, which
// is the one sign of it that every client gets.
func (o overHTTP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request := RequestOf(r.Context())
	in := &incoming{method: r.Method, form: formOf(r.Header["Accept"]), strict: request.Strict}
	if request.Ran != nil {
		defer func() { request.Ran(in.outcome) }()
	}
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", methods)
		return
	}
	err := in.take(r)
	if err == nil {
		if response, ok := o.running.join(r.Context(), in); ok {
			in.answer(w, response)
			return
		}
		err = in.read()
	}
	if err != nil {
		in.outcome.Code = string(err.kind)
		refuse(w, in.form, err)
		return
	}
	o.run(graphql.StartOperationTrace(context.WithValue(r.Context(), incomingKey{}, in)), w, in)
	if in.broken {
		panic(http.ErrAbortHandler)
	}
}

// methods are those that requests can come by.
const methods = "OPTIONS, GET, POST"

// take takes the operation as it comes, and returns why the request is not GraphQL over HTTP as far as its headers tell.
func (in *incoming) take(r *http.Request) *refused {
	switch {
	case r.Header.Get("Upgrade") != "":
		return malformed("this connection cannot be upgraded: send each operation as a request of its own")
	case r.Method == http.MethodGet && foreign(r.Header):
		return &refused{http.StatusBadRequest, fault.CrossSiteRequest,
			"the request comes from a page of another site, and nothing shows that it means to: send the header Apollo-Require-Preflight or a Token"}
	case r.Method == http.MethodGet:
		in.text = r.URL.RawQuery
	case r.Method == http.MethodPost:
		return in.takeBody(r)
	default:
		return &refused{http.StatusMethodNotAllowed, fault.MethodNotAllowed, "operations come by POST, or by GET for queries"}
	}
	return nil
}

// longestBody is how large a buffer may be that is kept for further bodies.
const longestBody = 64 << 10

// bodies are buffers for the bodies of requests.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// takeBody takes a POST's body.
func (in *incoming) takeBody(r *http.Request) *refused {
	const jsonBody, bareBody = "application/json", "application/graphql"
	media := r.Header.Get("Content-Type")
	if media != jsonBody {
		parsed, parameters, err := mime.ParseMediaType(media)
		charset := parameters["charset"]
		if err != nil || parsed != jsonBody && parsed != bareBody || charset != "" && !strings.EqualFold(charset, "utf-8") {
			return &refused{http.StatusUnsupportedMediaType, fault.UnsupportedMediaType,
				"send the operation as JSON in UTF-8, with `Content-Type: application/json`, or a document alone as application/graphql"}
		}
		in.bare = parsed == bareBody
	}
	body := bodies.Get().(*bytes.Buffer)
	defer func() {
		if body.Cap() <= longestBody {
			body.Reset()
			bodies.Put(body)
		}
	}()
	_, err := body.ReadFrom(r.Body)
	if over, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return &refused{http.StatusRequestEntityTooLarge, fault.BodyTooLarge, fmt.Sprintf(
			"the body has more than %d bytes (MAX_BODY): send less at once", over.Limit)}
	}
	if err != nil {
		return malformed("the body broke off")
	}
	in.text = body.String()
	return nil
}

// read reads the operation, or returns why it is none.
func (in *incoming) read() (err *refused) {
	switch {
	case in.method == http.MethodGet:
		err = in.readQuery(in.text)
	case in.bare:
		in.params.Query = in.text
	default:
		err = in.readBody(in.text)
	}
	if err != nil {
		return err
	}
	if err := in.readReference(); err != nil {
		return err
	}
	return in.readExtensions()
}

// readExtensions reads what the extensions ask of the answer.
func (in *incoming) readExtensions() *refused {
	wish, ok := in.params.Extensions["strict"]
	if !ok || wish == nil {
		return nil
	}
	strict, ok := wish.(bool)
	if !ok {
		return malformed("`strict` in `extensions` is true or false")
	}
	in.strict = strict
	return nil
}

// readQuery reads the parameters of a GET.
func (in *incoming) readQuery(raw string) *refused {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return malformed("the query string cannot be read: its values have to be percent-encoded")
	}
	in.params.Query, in.params.OperationName = query.Get("query"), query.Get("operationName")
	in.document.ID = cmp.Or(query.Get("documentId"), query.Get("doc_id"), query.Get("id"))
	for name, object := range map[string]*map[string]any{"variables": &in.params.Variables, "extensions": &in.params.Extensions} {
		if text := query.Get(name); text != "" && decode(text, object) != nil {
			return malformed("the parameter `" + name + "` is not a JSON object")
		}
	}
	return nil
}

// readBody reads an operation as JSON.
func (in *incoming) readBody(body string) *refused {
	var operation struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
		// The ways to name a document: GraphQL over HTTP's, and two of Relay's.
		DocumentID string `json:"documentId"`
		DocID      string `json:"doc_id"`
		ID         string `json:"id"`
	}
	if strings.TrimSpace(body) == "" || decode(body, &operation) != nil {
		return malformed("the body is not a JSON object with `query`, and perhaps `variables`, `operationName` and `extensions`")
	}
	in.params = graphql.RawParams{
		Query: operation.Query, OperationName: operation.OperationName,
		Variables: operation.Variables, Extensions: operation.Extensions,
	}
	in.document.ID = cmp.Or(operation.DocumentID, operation.DocID, operation.ID)
	return nil
}

// decode decodes one JSON value, and keeps the digits of its numbers.
func decode(text string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON value")
	}
	return nil
}

// refuse answers a request that is not let through.
func refuse(w http.ResponseWriter, f form, err *refused) {
	if err.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", methods)
	}
	respond(w, f, err.status, &graphql.Response{Errors: gqlerror.List{refusal(fault.New(err.kind, "%s", err.message))}})
}

// badRequest is an error of category fault.BadUserInput that no field is to blame for.
func badRequest(message string) *gqlerror.Error {
	return refusal(fault.New(fault.BadUserInput, "%s", message))
}
