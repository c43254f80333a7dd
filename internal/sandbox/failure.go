package sandbox

import (
	"maps"
	"net/http"
	"slices"
)

// failure is an answer that is not a success. It is an error so that handlers can return it.
type failure struct {
	status  int
	code    string
	message string
	details map[string][]string
}

func (f *failure) Error() string { return f.message }

// codes are the words for a status in the error envelope.
var codes = map[int]string{
	http.StatusBadRequest:          "bad_request",
	http.StatusUnauthorized:        "unauthorized",
	http.StatusForbidden:           "forbidden",
	http.StatusNotFound:            "not_found",
	http.StatusMethodNotAllowed:    "method_not_allowed",
	http.StatusNotAcceptable:       "not_acceptable",
	http.StatusConflict:            "conflict",
	http.StatusGone:                "gone",
	http.StatusUnprocessableEntity: "unprocessable_entity",
	http.StatusTooManyRequests:     "too_many_requests",
	http.StatusInternalServerError: "internal_server_error",
	http.StatusServiceUnavailable:  "service_unavailable",
}

func fail(status int, message string) *failure {
	code := codes[status]
	if code == "" {
		code = "error"
	}
	return &failure{status: status, code: code, message: message}
}

func taken(field string) *failure {
	f := fail(http.StatusConflict, "Conflict with an existing record")
	f.details = map[string][]string{field: {"has already been taken"}}
	return f
}

// failure writes the version 2 envelope, or what a Rails tenant said before there was one.
func (e *encoder) failure(f *failure) {
	e.object()
	switch {
	case e.older && f.details != nil:
		e.details("errors", f.details)
	case e.older:
		e.text("error", f.message)
	default:
		e.key("error")
		e.object()
		e.text("code", f.code)
		e.text("message", f.message)
		e.details("details", f.details)
		e.end()
	}
	e.end()
}

// details writes the fields in alphabetical order: the same mistake always reads the same.
func (e *encoder) details(name string, details map[string][]string) {
	if details == nil {
		e.null(name)
		return
	}
	e.key(name)
	e.object()
	for _, field := range slices.Sorted(maps.Keys(details)) {
		e.key(field)
		e.array()
		for _, why := range details[field] {
			e.comma()
			e.buf = appendString(e.buf, why)
		}
		e.endAll()
	}
	e.end()
}
