package graph_test

import (
	"net/http"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// explain asks with the header that wants calls to be explained.
func explain(t *testing.T, g *gatewaytest.Gateway, query, value string) gatewaytest.Answer {
	t.Helper()
	r := asAdmin(g, query)
	r.Header = http.Header{"X-Ccube-Explain": {value}}
	return g.Send(t, t.Context(), r)
}

func TestCallsAreExplained(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Switches: sandbox.Switches{
		Faults: []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/invoices/500001"), Status: 503}},
	}})
	const query = `{ project(id: "1001") { number stage { nextSteps { name } } } invoice(id: "500001") { number } }`
	type call struct {
		Method, Path, Source string
		Status               int
	}
	calls := func(a gatewaytest.Answer) map[call]bool {
		all := make(map[call]bool)
		for _, c := range a.Calls {
			all[call{c.Method, c.Path, c.Source, c.Status}] = true
			if sent := c.Source == "sent"; sent != (c.Bytes > 0) || c.MS < 0 {
				t.Errorf("%+v: %d bytes in %v ms", c, c.Bytes, c.MS)
			}
		}
		return all
	}
	detail := call{"GET", "/api/v2/projects/1001", "sent", 200}
	failed := call{"GET", "/api/v2/invoices/500001", "sent", 503}
	want := map[call]bool{detail: true, failed: true, {"GET", "/api/v2/projects/stages", "sent", 200}: true}
	if diff := gocmp.Diff(want, calls(explain(t, g, query, "1"))); diff != "" {
		t.Errorf("calls differ (-want +got):\n%s", diff)
	}
	want = map[call]bool{detail: true, failed: true, {"GET", "/api/v2/projects/stages", "cached", 0}: true}
	if diff := gocmp.Diff(want, calls(explain(t, g, query, "1"))); diff != "" {
		t.Errorf("calls differ the second time (-want +got):\n%s", diff)
	}
}

func TestNothingIsExplainedUnasked(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for _, value := range []string{"", "0"} {
		if a := explain(t, g, onePage, value); strings.Contains(a.Body, "extensions") {
			t.Errorf("with %q: %s", value, a.Body)
		}
	}
	if a := explain(t, g, `{ viewer { email } }`, "1"); !strings.Contains(a.Body, `"calls":[]`) {
		t.Errorf("an answer that cost nothing: %s", a.Body)
	}
}
