package ccube

// This file turns what CCUBE, or the way to it, answers in place of a success into the categories of package fault:
// its own envelope, foreign JSON, HTML or nothing at all.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// categories says what each status means (chapter Errors). Other statuses are told by their class.
var categories = map[int]fault.Kind{
	http.StatusBadRequest:          fault.BadUserInput,
	http.StatusUnauthorized:        fault.Unauthenticated,
	http.StatusForbidden:           fault.Forbidden,
	http.StatusNotFound:            fault.NotFound,
	http.StatusRequestTimeout:      fault.UpstreamTimeout,
	http.StatusConflict:            fault.Conflict,
	http.StatusGone:                fault.NotFound,
	http.StatusUnprocessableEntity: fault.BadUserInput,
	http.StatusTooManyRequests:     fault.RateLimited,
	http.StatusBadGateway:          fault.UpstreamUnavailable,
	http.StatusServiceUnavailable:  fault.UpstreamUnavailable,
	http.StatusGatewayTimeout:      fault.UpstreamTimeout,
}

// advice says, by category, what happened in words that a client can act on. %s is what the call was about.
var advice = map[fault.Kind]string{
	fault.BadUserInput:        "CCUBE does not take this request on %s",
	fault.Unauthenticated:     "CCUBE does not accept the credential: sign in again",
	fault.Forbidden:           "CCUBE does not let you do this with %s",
	fault.NotFound:            "CCUBE has no such thing among its %s",
	fault.Conflict:            "CCUBE has a conflict with this request on %s",
	fault.RateLimited:         "CCUBE takes no more calls for now: try again later",
	fault.UpstreamTimeout:     "CCUBE did not answer in time on %s: try again",
	fault.UpstreamUnavailable: "CCUBE is not available for %s: try again later",
	fault.UpstreamError:       "CCUBE failed on %s",
	fault.UnknownOutcome:      "CCUBE may have carried out this request on %s, or not: look before you send it again",
}

// refusal reads a failure from CCUBE's answer.
func refusal(r *request, response *http.Response, body []byte) error {
	kind := cmp.Or(categories[response.StatusCode], fault.UpstreamError)
	if r.writes() && (response.StatusCode == http.StatusBadGateway || response.StatusCode == http.StatusGatewayTimeout) {
		kind = fault.UnknownOutcome // something on the way lost CCUBE's answer, not CCUBE the request
	}
	message, details := r.discreet(envelope(body))
	return &fault.Error{
		Kind: kind, Status: response.StatusCode, Endpoint: r.name(), RequestID: r.idOf(response),
		Message: speak(kind, r, message), Details: details, RetryAfter: retryAfter(response.Header, time.Now()),
	}
}

// discreet drops what repeats a secret of the request's.
func (r *request) discreet(message string, details []byte) (string, []byte) {
	var decoded any
	_ = json.Unmarshal(details, &decoded) // nil where there are none
	if r.repeated(message + fmt.Sprint(decoded)) {
		return "", nil
	}
	return message, details
}

// repeated reports whether a text repeats a secret of the request's.
func (r *request) repeated(said string) bool {
	return slices.ContainsFunc(r.secrets, func(secret string) bool { return strings.Contains(said, secret) })
}

// speak joins our advice with CCUBE's own words.
func speak(kind fault.Kind, r *request, own string) string {
	message := advice[kind]
	if r.anonymous && kind == fault.Unauthenticated {
		message = "CCUBE does not accept this email and password"
	}
	if strings.Contains(message, "%s") {
		message = fmt.Sprintf(message, r.noun())
	}
	if own != "" {
		message += ": " + own
	}
	return message
}

// envelope finds CCUBE's words and details in {"error": {"message", "details"}}, and in the forms that tenants on
// older versions answer with: {"error": "…"}, {"errors": …}, {"message": "…"}. Of anything else it takes nothing.
func envelope(body []byte) (message string, details []byte) {
	var answer struct {
		Error   json.RawMessage
		Errors  json.RawMessage
		Message string
	}
	if json.Unmarshal(body, &answer) != nil {
		return "", nil
	}
	var inner struct {
		Message string
		Details json.RawMessage
	}
	if json.Unmarshal(answer.Error, &inner) == nil && inner.Message+string(inner.Details) != "" {
		return brief(inner.Message), present(inner.Details)
	}
	var text string
	if json.Unmarshal(answer.Error, &text) == nil && text != "" {
		return brief(text), present(answer.Errors)
	}
	return brief(answer.Message), present(answer.Errors)
}

func present(raw json.RawMessage) []byte {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return raw
}

// brief keeps CCUBE's words to what a client should read: one line of at most 500 bytes.
func brief(s string) string {
	const limit = 500
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if len(s) <= limit {
		return s
	}
	cut := limit
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// idOf is requestID, unless it repeats a secret.
func (r *request) idOf(response *http.Response) string {
	if id := requestID(response); !r.repeated(id) {
		return id
	}
	return ""
}

// requestID returns CCUBE's name for a call, if it looks like one.
func requestID(response *http.Response) string {
	id := response.Header.Get("X-Request-Id")
	const longest = 128
	if len(id) > longest || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return id
}

// retryAfter reads the header of that name, in seconds or as a date. 0 means that CCUBE did not say.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	const longest = 24 * time.Hour
	if seconds, err := strconv.Atoi(value); err == nil {
		return min(max(0, time.Duration(min(seconds, 1e6))*time.Second), longest)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(0, at.Sub(now)), longest)
	}
	return 0
}
