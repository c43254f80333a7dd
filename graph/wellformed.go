package graph

// This file refuses requests that are not GraphQL over HTTP, before gqlgen sees them: it would answer without a code, by
// plain text, or with the body repeated.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// refused is why a request is not answered, and the HTTP status that says so.
type refused struct {
	status  int
	message string
}

func (r *refused) Error() string { return r.message }

// wellFormed lets requests through that are GraphQL over HTTP, and answers the others with an error that has a code.
func wellFormed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := check(r); err != nil {
			refuse(w, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), methodKey{}, r.Method)))
	})
}

type methodKey struct{}

// methodOf is the HTTP method that the operation came by.
func methodOf(ctx context.Context) string {
	method, _ := ctx.Value(methodKey{}).(string)
	return method
}

// check returns why the request is not GraphQL over HTTP. It reads the body and puts back what counts of it.
func check(r *http.Request) *refused {
	switch {
	case r.Header.Get("Upgrade") != "":
		return &refused{http.StatusBadRequest, "this connection cannot be upgraded: send each operation as a request of its own"}
	case r.Method == http.MethodGet:
		return checkQuery(r.URL.RawQuery)
	case r.Method == http.MethodPost:
		return checkBody(r)
	case r.Method == http.MethodOptions:
		return nil
	}
	return &refused{http.StatusMethodNotAllowed, "operations come by POST, or by GET for queries"}
}

// checkQuery checks the parameters of a GET.
func checkQuery(raw string) *refused {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return &refused{http.StatusBadRequest, "the query string cannot be read: its values have to be percent-encoded"}
	}
	for _, name := range []string{"variables", "extensions"} {
		var object map[string]any
		if text := query.Get(name); text != "" && json.Unmarshal([]byte(text), &object) != nil {
			return &refused{http.StatusBadRequest, "the parameter `" + name + "` is not a JSON object"}
		}
	}
	return nil
}

// checkBody checks the type and the form of a POST's body.
func checkBody(r *http.Request) *refused {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := parameters["charset"]
	if err != nil || media != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &refused{http.StatusUnsupportedMediaType, "send the operation as JSON in UTF-8, with `Content-Type: application/json`"}
	}
	body, err := io.ReadAll(r.Body)
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return &refused{http.StatusRequestEntityTooLarge, "the body is larger than the gateway takes (MAX_BODY)"}
	}
	if err != nil {
		return &refused{http.StatusBadRequest, "the body broke off"}
	}
	var operation struct {
		Query         string                     `json:"query"`
		OperationName string                     `json:"operationName"`
		Variables     map[string]json.RawMessage `json:"variables"`
		Extensions    map[string]json.RawMessage `json:"extensions"`
	}
	if len(bytes.TrimSpace(body)) == 0 || json.Unmarshal(body, &operation) != nil {
		return &refused{http.StatusBadRequest, "the body is not a JSON object with `query`, and perhaps `variables`, `operationName` and `extensions`"}
	}
	body, err = json.Marshal(operation) // without what else there was
	if err != nil {
		return &refused{http.StatusBadRequest, "the body cannot be read"}
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// refuse answers a request that is not let through.
func refuse(w http.ResponseWriter, err *refused) {
	w.Header().Set("Content-Type", "application/json")
	if err.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "OPTIONS, GET, POST")
	}
	w.WriteHeader(err.status)
	_ = json.NewEncoder(w).Encode(map[string]gqlerror.List{"errors": {badRequest(err.message)}})
}

// badRequest is an error of category fault.BadUserInput that no field is to blame for.
func badRequest(message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{extCode: string(fault.BadUserInput)}}
}
