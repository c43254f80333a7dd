// Package fault holds the few categories that every error of the gateway falls into.
//
// A category is what a caller can act on: sign in again, ask for something else, wait, or call for help. Errors are made
// where they happen, wrapped on the way with [Wrap], told apart with errors.Is(err, fault.NotFound), and turned into
// GraphQL errors in one place (package graph). Only [Error.Message] is written for clients; causes are for the log.
package fault

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Kind is a category of failure, spelled as clients see it in extensions.code. A Kind is an error itself, so that
// errors.Is(err, fault.NotFound) asks for a category.
type Kind string

// The categories.
const (
	// Unauthenticated means that there is no credential, or one that CCUBE does not accept.
	Unauthenticated Kind = "UNAUTHENTICATED"
	// Forbidden means that the caller is known and may not.
	Forbidden Kind = "FORBIDDEN"
	// NotFound means that CCUBE has no such thing, or no longer.
	NotFound Kind = "NOT_FOUND"
	// Conflict means that the thing exists already, or has changed meanwhile.
	Conflict Kind = "CONFLICT"
	// BadUserInput means that the request has to be mended before it is sent again.
	BadUserInput Kind = "BAD_USER_INPUT"
	// RateLimited means that it was too much at once; see [Error.RetryAfter].
	RateLimited Kind = "RATE_LIMITED"
	// MethodNotAllowed means that the request came by a method that cannot do this.
	MethodNotAllowed Kind = "METHOD_NOT_ALLOWED"
	// UnsupportedMediaType means that the body is of a type that is not read.
	UnsupportedMediaType Kind = "UNSUPPORTED_MEDIA_TYPE"
	// CrossSiteRequest means that a page of another site may have had a browser send the request.
	CrossSiteRequest Kind = "CROSS_SITE_REQUEST"
	// IntrospectionOff means that questions about the schema are not answered.
	IntrospectionOff Kind = "INTROSPECTION_OFF"
	// BodyTooLarge means that the request's body is too long to be read.
	BodyTooLarge Kind = "BODY_TOO_LARGE"
	// HeadersTooLarge means that the request's headers are too long, or too many.
	HeadersTooLarge Kind = "HEADERS_TOO_LARGE"
	// TooManyTokens means that the document is too long.
	TooManyTokens Kind = "TOO_MANY_TOKENS"
	// TooDeep means that the operation has too many levels.
	TooDeep Kind = "TOO_DEEP"
	// TooManyFields means that the operation selects too much.
	TooManyFields Kind = "TOO_MANY_FIELDS"
	// TooManyRootFields means that the operation begins with too many fields.
	TooManyRootFields Kind = "TOO_MANY_ROOT_FIELDS"
	// TooManyAliases means that the operation repeats fields under too many names.
	TooManyAliases Kind = "TOO_MANY_ALIASES"
	// TooManyDirectives means that the operation has too many directives.
	TooManyDirectives Kind = "TOO_MANY_DIRECTIVES"
	// ListTooLong means that a list in the request has too many values.
	ListTooLong Kind = "LIST_TOO_LONG"
	// NameTooLong means that a name in the request is too long.
	NameTooLong Kind = "NAME_TOO_LONG"
	// AnswerTooLarge means that the answer was given up since it became too large.
	AnswerTooLarge Kind = "ANSWER_TOO_LARGE"
	// TooManyErrors means that further errors are left out.
	TooManyErrors Kind = "TOO_MANY_ERRORS"
	// CostExceeded means that the operation asks for more calls to CCUBE than one may cost. It has not begun.
	CostExceeded Kind = "COST_EXCEEDED"
	// BudgetExceeded means that the operation has come to more calls to CCUBE than one may cost.
	BudgetExceeded Kind = "BUDGET_EXCEEDED"
	// UpstreamError means that CCUBE answered with a failure of its own, or with something that cannot be read.
	UpstreamError Kind = "UPSTREAM_ERROR"
	// UpstreamTimeout means that CCUBE did not answer in time.
	UpstreamTimeout Kind = "UPSTREAM_TIMEOUT"
	// UpstreamUnavailable means that CCUBE could not be reached, or is down for maintenance.
	UpstreamUnavailable Kind = "UPSTREAM_UNAVAILABLE"
	// UnknownOutcome means that the connection broke after a write was sent: it may have happened.
	UnknownOutcome Kind = "UPSTREAM_UNKNOWN_OUTCOME"
	// PersistedQueryNotFound means that the document which a request names is not known: its client is to send it in full.
	PersistedQueryNotFound Kind = "PERSISTED_QUERY_NOT_FOUND"
	// PersistedQueryNotSupported means that no documents are known by name.
	PersistedQueryNotSupported Kind = "PERSISTED_QUERY_NOT_SUPPORTED"
	// QueryNotTrusted means that only trusted documents are answered, and this is none.
	QueryNotTrusted Kind = "QUERY_NOT_TRUSTED"
	// Internal means a fault of the gateway.
	Internal Kind = "INTERNAL"
)

// Error makes a Kind usable as a target of errors.Is.
func (k Kind) Error() string { return string(k) }

// Error is a failure with what is known of it. It is immutable once it has been returned, since callers share it.
type Error struct {
	// Kind is the category.
	Kind Kind
	// Message is one sentence for clients: what went wrong and what to do. It holds no secret and no host name.
	Message string
	// Status is CCUBE's HTTP status, 0 where there was no answer.
	Status int
	// Endpoint is the call that failed, ids left out: "GET /api/v2/invoices/{id}".
	Endpoint string
	// RequestID is CCUBE's name for the failed call, empty where it gave none.
	RequestID string
	// RetryAfter is how long CCUBE asks to wait; 0 means that it did not say.
	RetryAfter time.Duration
	// Details is what CCUBE's envelope holds beside the message, as raw JSON; nil where there is none.
	Details []byte
	// Err is the cause, for the log alone.
	Err error
}

// New returns an error of the category with a message for clients.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Error returns endpoint, status, message and cause in one line, for the log.
func (e *Error) Error() string {
	s := e.Message
	if e.Endpoint != "" {
		s = e.Endpoint + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the error's category.
func (e *Error) Is(target error) bool { return target == error(e.Kind) }

// KindOf returns the category of err: Internal for an error that has none, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Wrap puts what was being done before the error, in place, and keeps its category. It is meant to be deferred:
//
//	defer fault.Wrap(&err, "cannot read invoice %d", id)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// Recover turns a panic into an error of category Internal, whose cause holds the stack. It is meant to be deferred by
// every goroutine that works for a request, since a panic that nobody recovers ends the process:
//
//	defer fault.Recover(&err)
func Recover(err *error) {
	if p := recover(); p != nil {
		*err = &Error{
			Kind: Internal, Message: "the gateway failed at this; the log has the details",
			Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack()),
		}
	}
}
