package ccube_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// answer lets CCUBE answer everything alike.
func answer(status int, headers http.Header, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range headers {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// failed returns err's category with what it says, the cause left out.
func failed(t *testing.T, err error) *fault.Error {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatalf("the error is %v, want one with a category", err)
	}
	known := *e
	known.Err = nil
	return &known
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const envelope = `{"error": {"code": "x", "message": "Because", "details": {"number": ["is taken"]}}}`
	const endpoint = "GET /api/v2/invoices/{id}"
	details := []byte(`{"number": ["is taken"]}`)
	cases := map[string]struct {
		reason  string
		status  int
		headers http.Header
		body    string
		want    fault.Error
	}{
		"400": {"the request has to be mended", 400, nil, envelope, fault.Error{
			Kind: fault.BadUserInput, Details: details, Message: "CCUBE does not take this request on invoices: Because"}},
		"401": {"the credential is not accepted", 401, nil, `{"error": {"code": "unauthorized", "message": null}}`, fault.Error{
			Kind: fault.Unauthenticated, Message: "CCUBE does not accept the credential: sign in again"}},
		"403": {"the caller may not", 403, nil, envelope, fault.Error{
			Kind: fault.Forbidden, Details: details, Message: "CCUBE does not let you do this with invoices: Because"}},
		"404 without a body": {"an empty body says no more than the status", 404, nil, "", fault.Error{
			Kind: fault.NotFound, Message: "CCUBE has no such thing among its invoices"}},
		"409": {"a conflict", 409, nil, envelope, fault.Error{
			Kind: fault.Conflict, Details: details, Message: "CCUBE has a conflict with this request on invoices: Because"}},
		"410": {"gone is not there", 410, nil, "{}", fault.Error{
			Kind: fault.NotFound, Message: "CCUBE has no such thing among its invoices"}},
		"418": {"an unknown status is CCUBE's failure", 418, nil, "", fault.Error{
			Kind: fault.UpstreamError, Message: "CCUBE failed on invoices"}},
		"422 in an older form": {"errors without the envelope are details too", 422, nil, `{"errors": ["number is taken"]}`, fault.Error{
			Kind: fault.BadUserInput, Details: []byte(`["number is taken"]`), Message: "CCUBE does not take this request on invoices"}},
		"422 with a text": {"an error may be a mere text", 422, nil, `{"error": "no\n\tnumber"}`, fault.Error{
			Kind: fault.BadUserInput, Message: "CCUBE does not take this request on invoices: no number"}},
		"422 with a message": {"a message may stand alone", 422, nil, `{"message": "no number"}`, fault.Error{
			Kind: fault.BadUserInput, Message: "CCUBE does not take this request on invoices: no number"}},
		"429": {"CCUBE says when to come back", 429, http.Header{"Retry-After": {"7"}}, "", fault.Error{
			Kind: fault.RateLimited, RetryAfter: 7 * time.Second, Message: "CCUBE takes no more calls for now: try again later"}},
		"500 in HTML": {"a page is no message", 500, nil, "<html><body>Because</body></html>", fault.Error{
			Kind: fault.UpstreamError, Message: "CCUBE failed on invoices"}},
		"500 in half JSON": {"half a message is none", 500, nil, `{"error": {"message": "Bec`, fault.Error{
			Kind: fault.UpstreamError, Message: "CCUBE failed on invoices"}},
		"500 in foreign JSON": {"an array is no envelope", 500, nil, `["Because"]`, fault.Error{
			Kind: fault.UpstreamError, Message: "CCUBE failed on invoices"}},
		"500 in many words": {"CCUBE's words are kept to what a client should read", 500, nil,
			`{"message": "` + strings.Repeat("é", 400) + `"}`, fault.Error{
				Kind: fault.UpstreamError, Message: "CCUBE failed on invoices: " + strings.Repeat("é", 250) + "…"}},
		"502": {"something on the way", 502, nil, "", fault.Error{
			Kind: fault.UpstreamUnavailable, Message: "CCUBE is not available for invoices: try again later"}},
		"503": {"maintenance, with the call's name", 503, http.Header{"X-Request-Id": {"abc-1"}}, "", fault.Error{
			Kind: fault.UpstreamUnavailable, RequestID: "abc-1", Message: "CCUBE is not available for invoices: try again later"}},
		"503 with a hostile name": {"what does not look like a name is not passed on", 503, http.Header{"X-Request-Id": {"a b"}}, "", fault.Error{
			Kind: fault.UpstreamUnavailable, Message: "CCUBE is not available for invoices: try again later"}},
		"504": {"something on the way gave up", 504, nil, "", fault.Error{
			Kind: fault.UpstreamTimeout, Message: "CCUBE did not answer in time on invoices: try again"}},
		"304": {"nothing but a success is one", 304, nil, "", fault.Error{
			Kind: fault.UpstreamError, Message: "CCUBE failed on invoices"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := serve(t, answer(c.status, c.headers, c.body)).GetInvoice(t.Context(), 7)
			c.want.Status, c.want.Endpoint = c.status, endpoint
			if diff := cmp.Diff(&c.want, failed(t, err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestUnreadableAnswers(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, body string }{
		"empty":            {"no list is not an empty list", ""},
		"HTML":             {"a page of some proxy", "<html></html>"},
		"half JSON":        {"a cut list would be taken for a whole one", `[{"id": 1}, {"id"`},
		"an object":        {"the envelope of an error under a 200", `{"id": 1}`},
		"null":             {"null is not an empty list", `null`},
		"a row without id": {"such a row could be nobody's", `[{"id": 1}, {"number": "2"}]`},
		"a hostile id":     {"an id is digits", `[{"id": "1/../../users"}]`},
		"a null id":        {"an id is digits", `[{"id": null}]`},
		"two ids":          {"the first one is none", `[{"id": "x", "id": 7}]`},
		"a row of text":    {"a row is an object", `["1"]`},
		"not a number":     {"JSON has no word for it", `[{"id": 1, "total": NaN}]`},
		"a sum":            {"a number is a number", `[{"id": 1, "total": 1+1}]`},
		"a bare word":      {"a text has quotes", `[{"id": 1, "number": nil}]`},
		"a line break":     {"it has to be escaped in a text", "[{\"id\": 1, \"number\": \"a\nb\"}]"},
		"something after":  {"one document and no more", `[] []`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := serve(t, answer(200, nil, c.body)).ListQuotes(t.Context(), ccube.Page{})
			want := &fault.Error{
				Kind: fault.UpstreamError, Status: 200, Endpoint: "GET /api/v2/quotes",
				Message: "CCUBE's answer on quotes is not the JSON that its reference promises",
			}
			if diff := cmp.Diff(want, failed(t, err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if len(c.body) > 4 && strings.Contains(err.Error(), c.body) {
				t.Errorf("the error quotes the answer: %v", err)
			}
		})
	}
}

// Words that CCUBE does not have never leave: nothing is called.
func TestUnknownWordsAreNotSent(t *testing.T) {
	t.Parallel()
	const hostile = "x&role=client"
	calls := map[string]func(context.Context, *ccube.API) error{
		"a filter's type of party": func(ctx context.Context, a *ccube.API) error {
			_, err := a.ListParties(ctx, ccube.PartyFilter{Type: hostile}, ccube.Page{})
			return err
		},
		"a filter's subtype": func(ctx context.Context, a *ccube.API) error {
			_, err := a.ListParties(ctx, ccube.PartyFilter{Subtypes: []ccube.PartySubtype{hostile}}, ccube.Page{})
			return err
		},
		"a filter's role": func(ctx context.Context, a *ccube.API) error {
			_, err := a.ListParties(ctx, ccube.PartyFilter{Role: hostile}, ccube.Page{})
			return err
		},
		"a filter's type of thing": func(ctx context.Context, a *ccube.API) error {
			_, err := a.ListNotes(ctx, ccube.NoteFilter{NotableType: hostile}, ccube.Page{})
			return err
		},
		"a write's type of party": func(ctx context.Context, a *ccube.API) error {
			_, err := a.CreateParty(ctx, ccube.PartyWrite{Type: ccube.Set[ccube.PartyType](hostile)})
			return err
		},
		"a write's empty type of party": func(ctx context.Context, a *ccube.API) error {
			_, err := a.CreateParty(ctx, ccube.PartyWrite{Type: ccube.Set[ccube.PartyType]("")})
			return err
		},
		"a write's type of thing": func(ctx context.Context, a *ccube.API) error {
			_, err := a.CreateNote(ctx, ccube.NoteWrite{NotableType: ccube.Set[ccube.NotableType](hostile)})
			return err
		},
		"a write's type of user": func(ctx context.Context, a *ccube.API) error {
			_, err := a.CreateUser(ctx, ccube.UserWrite{UserType: ccube.Set[ccube.UserType](hostile)})
			return err
		},
		"a write's decimal": func(ctx context.Context, a *ccube.API) error {
			_, err := a.CreateInvoice(ctx, ccube.InvoiceWrite{
				Lines: ccube.Set([]ccube.InvoiceLineWrite{{Quantity: ccube.Set[ccube.Decimal](`1,"total":0`)}}),
			})
			return err
		},
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a call was made") })
			if err := call(t.Context(), api); !errors.Is(err, fault.BadUserInput) {
				t.Errorf("the error is %v, want BAD_USER_INPUT", err)
			}
		})
	}
}
