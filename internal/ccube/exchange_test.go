package ccube_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

const (
	token         = "s3cr3t-t0ken"
	authorization = "Token " + token + ",user_email=ada@example.com"
)

// exchange is one call as it goes over the wire, and what becomes of CCUBE's answer.
type exchange struct {
	reason string
	call   func(context.Context, *ccube.API) (any, error)
	// method, path and body are what CCUBE has to be sent; no body means none.
	method, path, body string
	// status is 200 where zero.
	status int
	answer string
	want   any
}

// run plays each exchange against a server of its own.
func run(t *testing.T, exchanges map[string]exchange) {
	t.Helper()
	for name, e := range exchanges {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			api := serve(t, func(w http.ResponseWriter, r *http.Request) {
				calls++
				e.check(t, r)
				w.WriteHeader(max(e.status, http.StatusOK))
				_, _ = io.WriteString(w, e.answer)
			})
			got, err := e.call(t.Context(), api)
			if err != nil {
				t.Fatalf("%v: %s", err, e.reason)
			}
			if diff := cmp.Diff(e.want, got); diff != "" {
				t.Errorf("the answer is read wrongly (-want +got): %s\n%s", e.reason, diff)
			}
			if calls != 1 {
				t.Errorf("%d calls, want 1", calls)
			}
		})
	}
}

func (e exchange) check(t *testing.T, r *http.Request) {
	t.Helper()
	if got, want := r.Method+" "+r.URL.RequestURI(), e.method+" "+e.path; got != want {
		t.Errorf("the call is %q, want %q: %s", got, want, e.reason)
	}
	if got := r.Header.Get("Authorization"); got != authorization {
		t.Errorf("Authorization = %q, want the caller's own", got)
	}
	body, _ := io.ReadAll(r.Body)
	if e.body == "" {
		if len(body) != 0 || r.ContentLength > 0 {
			t.Errorf("the call has a body: %s", body)
		}
		return
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q", got)
	}
	if diff := cmp.Diff(canonical(t, e.body), string(body)); diff != "" {
		t.Errorf("the body differs from the reference's (-want +got): %s\n%s", e.reason, diff)
	}
}

// canonical drops the white space of a sample. The order of keys and the digits of numbers stay as they are.
func canonical(t *testing.T, sample string) string {
	t.Helper()
	var raw json.RawMessage = []byte(sample)
	b, err := json.Marshal(raw)
	if err != nil {
		t.Fatalf("the sample is no JSON: %v", err)
	}
	return string(b)
}

// serve starts a CCUBE that answers with handler, and returns a caller's calls on it.
func serve(t *testing.T, handler http.HandlerFunc) *ccube.API {
	t.Helper()
	return ccube.New(ccube.Options{}).As(caller(host(t, handler)))
}

// host starts a server for the test's time and returns its address.
func host(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// caller is ada, whose CCUBE is at base.
func caller(base string) identity.Caller {
	return identity.New(identity.Tenant{Name: "acme", Base: base}, "ada@example.com", authorization)
}

// val is a value that is not null.
func val[T any](v T) ccube.Null[T] { return ccube.Null[T]{V: v, Valid: true} }

// row is what a row has beside its fields.
func row(id ccube.ID, keys ccube.Keys) ccube.Row { return ccube.Row{ID: id, Keys: keys} }

// clientCo is the client that the reference embeds everywhere.
func clientCo(id ccube.ID) *ccube.EmbeddedClient {
	c := &ccube.EmbeddedClient{
		Row:  row(id, ccube.EmbeddedName|ccube.ClientEmail|ccube.ClientPhone),
		Name: val("Client Co"), Email: val("client@example.com"), Phone: val("+11234567890"),
	}
	if id != 0 {
		c.Keys |= ccube.EmbeddedID
	}
	return c
}

func named(id ccube.ID, name string) *ccube.Named {
	return &ccube.Named{Row: row(id, ccube.EmbeddedID|ccube.EmbeddedName), Name: val(name)}
}
