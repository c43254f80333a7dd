package graph_test

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// until lets other goroutines run until it is so. The deadline is for a machine that does much else.
func until(t *testing.T, isSo func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !isSo(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("it never comes to that")
		}
	}
}

func replace(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }

// CCUBE's refusals, in every form that details can have, become mistakes in GraphQL's names.
func TestRefusalsAreMistakes(t *testing.T) {
	t.Parallel()
	const invoice = `{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-01-01",
		"lines": [{"description": "a"}, {"description": "b", "unitPrice": 3}]}}`
	const single = `{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-01-01", "lines": [{"description": "a"}]}}`
	const project = `{"input": {"name": "n", "number": "1", "clientId": 1, "managerId": 1}}`
	const update = `{"id": 7, "input": {"callNotes": "x"}}`
	cases := map[string]struct {
		reason, field, variables string
		status                   int
		body                     string
		want                     []mistake
	}{
		"no details": {
			"the whole is refused, in CCUBE's words", "createProject", project, 422,
			`{"error": {"code": "x", "message": "Not today", "details": null}}`,
			[]mistake{{nil, "INVALID", "CCUBE does not take this request on projects: Not today"}},
		},
		"one message": {
			"a field of which CCUBE says one thing", "createProject", project, 422,
			`{"error": {"message": "m", "details": {"client_id": "must exist"}}}`,
			[]mistake{{[]string{"input", "clientId"}, "INVALID", "must exist"}},
		},
		"messages": {
			"several of one field, and of several", "createProject", project, 422,
			`{"error": {"message": "m", "details": {"number": ["is taken", "is short"], "work_end": ["can't be blank"]}}}`,
			[]mistake{
				{[]string{"input", "number"}, "INVALID", "is taken"}, {[]string{"input", "number"}, "INVALID", "is short"},
				{[]string{"input", "workEnd"}, "REQUIRED", "can't be blank"},
			},
		},
		"what an id refers to": {
			"client is what clientId names", "createProject", project, 422,
			`{"error": {"message": "m", "details": {"client": ["must exist"], "stage": ["must exist"]}}}`,
			[]mistake{{[]string{"input", "clientId"}, "INVALID", "must exist"}, {[]string{"input", "stageId"}, "REQUIRED", "must exist"}},
		},
		"dotted keys": {
			"with the index of the line", "createInvoice", invoice, 422,
			`{"error": {"message": "m", "details": {"lines.0.unit_price": ["is blank"], "lines_attributes[1].unit_price": "is low"}}}`,
			[]mistake{
				{[]string{"input", "lines", "0", "unitPrice"}, "REQUIRED", "is blank"},
				{[]string{"input", "lines", "1", "unitPrice"}, "INVALID", "is low"},
			},
		},
		"dotted keys without an index": {
			"which of two lines it is, nobody says", "createInvoice", invoice, 422,
			`{"error": {"message": "m", "details": {"lines.unit_price": ["is low"]}}}`,
			[]mistake{{[]string{"input", "lines", "unitPrice"}, "REQUIRED", "is low"}},
		},
		"dotted keys and one line": {
			"it can be no other", "createInvoice", single, 422,
			`{"error": {"message": "m", "details": {"lines.unit_price": ["is blank"]}}}`,
			[]mistake{{[]string{"input", "lines", "0", "unitPrice"}, "REQUIRED", "is blank"}},
		},
		"nested objects": {
			"by index, in an object or a list", "createInvoice", invoice, 422,
			`{"error": {"message": "m", "details": {"invoice": {"lines_attributes": {"1": {"unit_price": ["is low"]}}, "lines": [null, {"quantity": "is blank"}]}}}}`,
			[]mistake{
				{[]string{"input", "lines", "1", "quantity"}, "REQUIRED", "is blank"},
				{[]string{"input", "lines", "1", "unitPrice"}, "INVALID", "is low"},
			},
		},
		"a list of sentences": {
			"none names its field", "createProject", project, 400,
			`{"error": {"message": "m", "details": ["Number is taken", "Client must exist"]}}`,
			[]mistake{{nil, "INVALID", "Number is taken"}, {nil, "INVALID", "Client must exist"}},
		},
		"a list of objects": {
			"each names its field", "createProject", project, 422,
			`{"error": {"message": "m", "details": [{"field": "number", "message": "is taken"}, {"source": {"pointer": "/data/attributes/manager_id"}, "detail": "is nobody"}]}}`,
			[]mistake{{[]string{"input", "number"}, "INVALID", "is taken"}, {[]string{"input", "managerId"}, "INVALID", "is nobody"}},
		},
		"a field that is not ours": {
			"its name stays with the words", "createProject", project, 422,
			`{"error": {"message": "m", "details": {"workflow_state": ["is closed"], "base": ["Not now"]}}}`,
			[]mistake{{nil, "INVALID", "Not now"}, {nil, "INVALID", "workflow_state: is closed"}},
		},
		"an older tenant's": {
			"details without the envelope", "createProject", project, 422, `{"errors": {"number": ["has already been taken"]}}`,
			[]mistake{{[]string{"input", "number"}, "INVALID", "has already been taken"}},
		},
		"a conflict": {
			"the number is taken", "createProject", project, 409,
			`{"error": {"message": "m", "details": {"number": ["has already been taken"]}}}`,
			[]mistake{{[]string{"input", "number"}, "CONFLICT", "has already been taken"}},
		},
		"nothing there": {
			"the id is of nothing", "updateProject", update, 404, `{"error": {"message": "Couldn't find Project", "details": null}}`,
			[]mistake{{[]string{"id"}, "NOT_FOUND", "CCUBE has no such thing among its projects: Couldn't find Project"}},
		},
		"gone": {
			"and what was deleted is as good as nothing", "deleteProject", `{"id": 7}`, 410, ``,
			[]mistake{{[]string{"id"}, "NOT_FOUND", "CCUBE has no such thing among its projects"}},
		},
		"nothing to hang it on": {
			"a create has no id of its own", "createNote", `{"input": {"notableType": "QUOTE", "notableId": 5, "body": "b"}}`, 404,
			`{"error": {"message": "m", "details": {"notable": ["is not there"]}}}`,
			[]mistake{{[]string{"input", "notableId"}, "NOT_FOUND", "is not there"}},
		},
		"no JSON": {
			"the status says enough", "createProject", project, 400, `<html>Bad Request</html>`,
			[]mistake{{nil, "INVALID", "CCUBE does not take this request on projects"}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ccube := &scripted{status: c.status, body: c.body}
			answer := one(t, ccube.over(t), c.field, "", c.variables)
			if diff := gocmp.Diff(c.want, mistakes(t, answer)); diff != "" || len(answer.Errors) > 0 {
				t.Errorf("%s (-want +got):\n%s%s", c.reason, diff, answer.Body)
			}
			if calls := ccube.made(); len(calls) != 1 {
				t.Errorf("%s: %d calls: %q", c.reason, len(calls), calls)
			}
		})
	}
}

// What nobody can mend is an error at the mutation's path. Nothing is sent again, and the payload is there, empty.
func TestOtherFailuresAreErrors(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		status int
		code   string
	}{
		"no credential":     {"sign in again", 401, "UNAUTHENTICATED"},
		"no right":          {"nothing of the input's", 403, "FORBIDDEN"},
		"too much at once":  {"wait", 429, "RATE_LIMITED"},
		"a failure":         {"CCUBE's own", 500, "UPSTREAM_ERROR"},
		"a lost answer":     {"the gateway between lost it", 502, "UPSTREAM_UNKNOWN_OUTCOME"},
		"maintenance":       {"nobody took the request", 503, "UPSTREAM_UNAVAILABLE"},
		"a late answer":     {"it may have happened", 504, "UPSTREAM_UNKNOWN_OUTCOME"},
		"a redirect":        {"it is not followed", 302, "UPSTREAM_ERROR"},
		"no such method":    {"not the caller's mistake", 405, "UPSTREAM_ERROR"},
		"another timeout":   {"CCUBE's own", 408, "UPSTREAM_TIMEOUT"},
		"a strange success": {"nobody can read it", 200, "UPSTREAM_UNKNOWN_OUTCOME"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ccube := &scripted{status: c.status, body: `{"half": `}
			answer := one(t, ccube.over(t), "updateProject", "project { id }", `{"id": 7, "input": {"callNotes": "x"}}`)
			if want := `{"updateProject":{"project":null,"userErrors":[]}}`; string(answer.Data) != want {
				t.Errorf("%s: the payload is %s, want %s", c.reason, answer.Body, want)
			}
			if len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != c.code || answer.Errors[0].Where() != "updateProject" {
				t.Errorf("%s: the errors are %+v, want %s", c.reason, answer.Errors, c.code)
			}
			if calls := ccube.made(); len(calls) != 1 {
				t.Errorf("%s: %d calls", c.reason, len(calls))
			}
		})
	}
}

// Mutations run one after another, and one that fails stops none.
func TestMutationsRunInOrder(t *testing.T) {
	t.Parallel()
	fault := &sandbox.Fault{When: sandbox.On(http.MethodDelete, "/api/v2/projects/1002"), Kind: sandbox.FaultStatus, Status: 500}
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, Switches: sandbox.Switches{Faults: []*sandbox.Fault{fault}}})
	answer := g.Ask(t, `mutation {
		a: deleteProject(id: 1001) { deletedId userErrors { code } }
		b: deleteProject(id: 1002) { deletedId userErrors { code } }
		c: deleteProject(id: 999999) { deletedId userErrors { code } }
		d: updateProject(id: 1003, input: {}) { project { id } userErrors { code } }
		e: deleteProject(id: 1001) { deletedId userErrors { code } }
		f: deleteProject(id: 1003) { deletedId userErrors { code } }
	}`)
	want := `{"a":{"deletedId":"1001","userErrors":[]},"b":{"deletedId":null,"userErrors":[]},` +
		`"c":{"deletedId":null,"userErrors":[{"code":"NOT_FOUND"}]},"d":{"project":null,"userErrors":[{"code":"REQUIRED"}]},` +
		`"e":{"deletedId":null,"userErrors":[{"code":"NOT_FOUND"}]},"f":{"deletedId":"1003","userErrors":[]}}`
	if string(answer.Data) != want || len(answer.Errors) != 1 || answer.Errors[0].Where() != "b" {
		t.Errorf("got %s\nwant %s", answer.Body, want)
	}
	var order []string
	for _, c := range g.Sandbox.Calls() {
		order = append(order, strings.TrimPrefix(c.Path, "/api/v2/projects/"))
	}
	if diff := gocmp.Diff([]string{"1001", "1002", "999999", "1001", "1003"}, order); diff != "" {
		t.Errorf("the calls' order (-want +got):\n%s", diff)
	}
	if n := g.Sandbox.MaxConcurrent(); n != 1 {
		t.Errorf("%d calls were made at once", n)
	}
}

// Equal mutations are two, at the same time too.
func TestEqualMutationsAreTwo(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
	release := g.Sandbox.Hold(sandbox.On(http.MethodPost, "/api/v2/notes"))
	defer release()
	const query = `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "twice"}) { note { id } } }`
	answers := make([]gatewaytest.Answer, 2)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = g.Ask(t, query) })
	}
	until(t, func() bool { return g.Sandbox.Waiting() == 2 })
	release()
	group.Wait()
	if string(answers[0].Data) == string(answers[1].Data) {
		t.Errorf("both made %s", answers[0].Body)
	}
}

// A write whose answer is lost may have happened. It is not sent again, and the error says how to find out.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	const query = `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "lost"}) { note { id } userErrors { code } } }`
	cases := map[string]struct {
		reason string
		fault  *sandbox.Fault
	}{
		"a reset":       {"it happened, and nobody knows", &sandbox.Fault{Kind: sandbox.FaultReset, After: true}},
		"half a body":   {"the success is plain, what was made is not", &sandbox.Fault{Kind: sandbox.FaultHalfJSON, Status: 201, After: true}},
		"a bad gateway": {"something between lost it", &sandbox.Fault{Kind: sandbox.FaultHTML, Status: 502, After: true}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.fault.When = sandbox.On(http.MethodPost, "")
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, SnapshotTTL: 1 << 40, Switches: sandbox.Switches{Faults: []*sandbox.Fault{c.fault}}})
			const count = `{ notes(first: 1) { totalCount } }`
			before := g.Ask(t, count).Body
			g.Calls()
			answer := g.Ask(t, query)
			if want := `{"createNote":{"note":null,"userErrors":[]}}`; string(answer.Data) != want || len(answer.Errors) != 1 {
				t.Fatalf("%s: %s", c.reason, answer.Body)
			}
			e := answer.Errors[0]
			if e.Extensions.Code != "UPSTREAM_UNKNOWN_OUTCOME" || e.Where() != "createNote" ||
				!strings.Contains(e.Message, "may have") || !strings.Contains(e.Message, "look before you send it again") {
				t.Errorf("%s: the error is %+v", c.reason, e)
			}
			if diff := gocmp.Diff([]string{"POST /api/v2/notes"}, g.Calls()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if after := g.Ask(t, count).Body; after == before {
				t.Errorf("%s, and what was remembered is still served: %s", c.reason, after)
			}
		})
	}
}

// Once a write is on its way, the caller going away does not stop it; the next in the request is not sent any more.
func TestTheCallerGoesAway(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
	release := g.Sandbox.Hold(sandbox.On(http.MethodDelete, "/api/v2/projects/1001"))
	defer release()
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan gatewaytest.Answer, 1)
	go func() {
		done <- g.Send(t, ctx, gatewaytest.Request{
			Query:         `mutation { a: deleteProject(id: 1001) { deletedId } b: deleteProject(id: 1002) { deletedId } }`,
			Authorization: g.Sandbox.Admin().Authorization,
		})
	}()
	until(t, func() bool { return g.Sandbox.Waiting() == 1 })
	leave()
	release()
	answer := <-done
	var data struct{ A, B struct{ DeletedID *string } }
	if err := json.Unmarshal(answer.Data, &data); err != nil || data.A.DeletedID == nil || data.B.DeletedID != nil {
		t.Errorf("the answer is %s", answer.Body)
	}
	if diff := gocmp.Diff([]string{"DELETE /api/v2/projects/1001"}, g.Calls()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
