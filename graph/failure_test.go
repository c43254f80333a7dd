package graph_test

// This file holds what clients see of CCUBE's failures.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

const list, detail = "/api/v2/work_orders", "/api/v2/work_orders/{id}"

// upstream is a way to fail.
type upstream struct {
	Kind       sandbox.FaultKind
	Status     int
	RetryAfter string
	Megabytes  int
}

func status(code int) upstream { return upstream{Status: code} }

// soon is a bound on time that ends what never ends. No test measures it.
const soon = 250 * time.Millisecond

// failures are the ways in which CCUBE fails, and what is shown of each.
var failures = map[string]struct {
	fault   upstream
	options gatewaytest.Options
	code    string
	status  int
	// unnamed tells that CCUBE's name for the call is not known.
	unnamed bool
	// retryAfter is what is passed on.
	retryAfter int
}{
	"400":                  {fault: status(400), code: "BAD_USER_INPUT", status: 400},
	"401":                  {fault: status(401), code: "UNAUTHENTICATED", status: 401},
	"403":                  {fault: status(403), code: "FORBIDDEN", status: 403},
	"409":                  {fault: status(409), code: "CONFLICT", status: 409},
	"418":                  {fault: status(418), code: "UPSTREAM_ERROR", status: 418},
	"422":                  {fault: status(422), code: "BAD_USER_INPUT", status: 422},
	"429":                  {fault: status(429), code: "RATE_LIMITED", status: 429},
	"429 with seconds":     {fault: upstream{Status: 429, RetryAfter: "7"}, code: "RATE_LIMITED", status: 429, retryAfter: 7},
	"429 with nonsense":    {fault: upstream{Status: 429, RetryAfter: "soon"}, code: "RATE_LIMITED", status: 429},
	"500":                  {fault: status(500), code: "UPSTREAM_ERROR", status: 500},
	"502":                  {fault: status(502), code: "UPSTREAM_UNAVAILABLE", status: 502},
	"503":                  {fault: status(503), code: "UPSTREAM_UNAVAILABLE", status: 503},
	"504":                  {fault: status(504), code: "UPSTREAM_TIMEOUT", status: 504},
	"foreign JSON":         {fault: upstream{Kind: sandbox.FaultForeignJSON}, code: "UPSTREAM_UNAVAILABLE", status: 502},
	"foreign JSON, 200":    {fault: upstream{Kind: sandbox.FaultForeignJSON, Status: 200}, code: "UPSTREAM_ERROR", status: 200},
	"a web page":           {fault: upstream{Kind: sandbox.FaultHTML}, code: "UPSTREAM_UNAVAILABLE", status: 502},
	"a web page, 200":      {fault: upstream{Kind: sandbox.FaultHTML, Status: 200}, code: "UPSTREAM_ERROR", status: 200},
	"a web page, 401":      {fault: upstream{Kind: sandbox.FaultHTML, Status: 401}, code: "UNAUTHENTICATED", status: 401},
	"half a JSON":          {fault: upstream{Kind: sandbox.FaultHalfJSON}, code: "UPSTREAM_ERROR", status: 200},
	"nothing":              {fault: upstream{Kind: sandbox.FaultEmpty}, code: "UPSTREAM_UNAVAILABLE", status: 503},
	"nothing, 200":         {fault: upstream{Kind: sandbox.FaultEmpty, Status: 200}, code: "UPSTREAM_ERROR", status: 200},
	"nothing, 204":         {fault: upstream{Kind: sandbox.FaultEmpty, Status: 204}, code: "UPSTREAM_ERROR", status: 204},
	"20 MB of no rows":     {fault: upstream{Kind: sandbox.FaultBulk, Megabytes: 20}, code: "UPSTREAM_ERROR", status: 200},
	"20 MB, 1 allowed":     {fault: upstream{Kind: sandbox.FaultBulk, Megabytes: 20}, options: gatewaytest.Options{UpstreamMaxBody: 1 << 20}, code: "UPSTREAM_ERROR", status: 200},
	"never, by call":       {fault: upstream{Kind: sandbox.FaultHang}, options: gatewaytest.Options{UpstreamTimeout: soon}, code: "UPSTREAM_TIMEOUT", unnamed: true},
	"never, by operation":  {fault: upstream{Kind: sandbox.FaultHang}, options: gatewaytest.Options{Timeout: soon}, code: "UPSTREAM_TIMEOUT", unnamed: true},
	"a reset":              {fault: upstream{Kind: sandbox.FaultReset}, code: "UPSTREAM_UNAVAILABLE", unnamed: true},
	"a redirect":           {fault: upstream{Kind: sandbox.FaultRedirect}, code: "UPSTREAM_ERROR", status: 302},
	"a permanent redirect": {fault: upstream{Kind: sandbox.FaultRedirect, Status: 308}, code: "UPSTREAM_ERROR", status: 308},
}

func TestFailuresAreShown(t *testing.T) {
	t.Parallel()
	for name, f := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lured atomic.Int64
			lure := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { lured.Add(1) }))
			defer lure.Close()
			for endpoint, query := range map[string]string{
				list:   `{ it: workOrders { nodes { id } } viewer { email } }`,
				detail: `{ it: workOrder(id: "400001") { number } viewer { email } }`,
			} {
				g := gatewaytest.Start(t, f.options)
				fault := &sandbox.Fault{
					When: sandbox.On("GET", endpoint), Kind: f.fault.Kind, Status: f.fault.Status, RetryAfter: f.fault.RetryAfter,
					Megabytes: f.fault.Megabytes, Location: lure.URL + "/elsewhere",
				}
				g.Sandbox.Set(func(s *sandbox.Switches) { s.Faults = []*sandbox.Fault{fault} })
				a := g.Ask(t, query)
				if len(a.Errors) != 1 || a.Status != http.StatusOK {
					t.Fatalf("%s: status %d with %d errors: %.500s", endpoint, a.Status, len(a.Errors), a.Body)
				}
				e := a.Errors[0]
				if e.Extensions.Code != f.code || e.Where() != "it" || e.Message == "" {
					t.Errorf("%s: code %q at %q, want %q at it: %q", endpoint, e.Extensions.Code, e.Where(), f.code, e.Message)
				}
				if e.Extensions.Status != f.status || e.Extensions.RetryAfter != f.retryAfter {
					t.Errorf("%s: status %d and retryAfter %d, want %d and %d", endpoint, e.Extensions.Status, e.Extensions.RetryAfter, f.status, f.retryAfter)
				}
				if want := "GET " + endpoint; e.Extensions.Endpoint != want && name != "never, by operation" {
					t.Errorf("%s: endpoint %q, want %q", endpoint, e.Extensions.Endpoint, want)
				}
				if (e.Extensions.RequestID == "") != f.unnamed {
					t.Errorf("%s: requestId %q", endpoint, e.Extensions.RequestID)
				}
				if want := `"viewer":{"email":"admin@example.com"}`; !strings.Contains(a.Body, want) || !strings.Contains(a.Body, `"it":null`) {
					t.Errorf("%s: the rest does not stand: %.500s", endpoint, a.Body)
				}
				discreet(t, g, a)
				g.Sandbox.Set(func(s *sandbox.Switches) { s.Faults = nil })
				if f.options.Timeout+f.options.UpstreamTimeout == 0 { // which would have to suffice for an answer
					gatewaytest.Decode[any](t, g.Ask(t, query)) // nothing of the failure stays
				}
			}
			if lured.Load() > 0 {
				t.Error("a redirect was followed")
			}
		})
	}
}

// discreet holds that neither the answer nor the log tells of credentials or the code's insides, nor the answer of hosts.
func discreet(t *testing.T, g *gatewaytest.Gateway, a gatewaytest.Answer) {
	t.Helper()
	token, _, _ := strings.Cut(strings.TrimPrefix(g.Sandbox.Admin().Authorization, "Token "), ",")
	for where, text := range map[string]string{"the answer": a.Body, "the log": g.Log.String()} {
		for _, secret := range []string{token, g.Upstream.Host, "goroutine ", ".go:", "elsewhere"} {
			if secret == g.Upstream.Host && where == "the log" {
				continue // operators see both ends of a connection that breaks
			}
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q: %.1000s", where, secret, text)
			}
		}
	}
}

func TestWhatIsNotThereIsNull(t *testing.T) {
	t.Parallel()
	for _, code := range []int{404, 410} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Switches: sandbox.Switches{
				Faults: []*sandbox.Fault{{When: sandbox.On("GET", detail), Status: code}},
			}})
			a := g.Ask(t, `{ workOrder(id: "400001") { number } }`)
			if want := `{"data":{"workOrder":null}}`; a.Body != want {
				t.Errorf("got %s, want %s", a.Body, want)
			}
		})
	}
}

// TestCallsOfAnOperationAreBounded has an operation cost more than it may, by a list that nobody knows the length of before.
func TestCallsOfAnOperationAreBounded(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{MaxCalls: 5})
	a := g.Ask(t, `{ projects(first: 2) { nodes { number invoices { number subject } } } }`)
	if codes := fmt.Sprint(a.Codes()); codes != "[BUDGET_EXCEEDED]" {
		t.Errorf("codes %s, want BUDGET_EXCEEDED: %.300s", codes, a.Body)
	}
	if calls := g.Calls(); len(calls) != 5 {
		t.Errorf("%d calls, want 5", len(calls))
	}
	gatewaytest.Decode[any](t, g.Ask(t, `{ invoices(first: 3) { nodes { number subject } } }`))
}

// TestAnOperationEndsInTime has a relation hang, on synctest's clock.
func TestAnOperationEndsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const bound = 10 * time.Second
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Timeout: bound, Switches: sandbox.Switches{
			Faults: []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/quotes"), Kind: sandbox.FaultHang}},
		}})
		begin := time.Now()
		a := g.Ask(t, `{ projects(first: 2) { nodes { number quotes { id } notes { id } } } }`)
		if took := time.Since(begin); took != bound {
			t.Errorf("took %s, want %s", took, bound)
		}
		if codes := fmt.Sprint(a.Codes()); codes != "[UPSTREAM_TIMEOUT]" || len(a.Errors) != 2 {
			t.Errorf("codes %s in %d errors, want UPSTREAM_TIMEOUT in each project: %.300s", codes, len(a.Errors), a.Body)
		}
		if !strings.Contains(a.Body, `"number":"P-`) || !strings.Contains(a.Body, `"notes":[`) {
			t.Errorf("the rest does not stand: %.300s", a.Body)
		}
	})
}
