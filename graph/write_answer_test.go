package graph_test

import (
	"net/http"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// A payload's object is what the write was answered with, as far as that goes.
func TestAnswersAreReadBackOnlyWhenNeeded(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, query, want string
		calls               []string
	}{
		"the id alone": {
			"it is in the answer",
			`mutation { updateProject(id: 1001, input: {callNotes: "x"}) { project { id nodeId } userErrors { message } } }`,
			`{"updateProject":{"project":{"id":"1001","nodeId":"UHJvamVjdDoxMDAx"},"userErrors":[]}}`,
			[]string{"PUT /api/v2/projects/1001"},
		},
		"nothing but mistakes": {
			"no object is asked for",
			`mutation { updateProject(id: 1001, input: {callNotes: "x"}) { userErrors { message } } }`,
			`{"updateProject":{"userErrors":[]}}`,
			[]string{"PUT /api/v2/projects/1001"},
		},
		"what the answer has": {
			"an update shows its number and name",
			`mutation { updateProject(id: 1001, input: {number: "P-X", name: "new"}) { project { number name } } }`,
			`{"updateProject":{"project":{"number":"P-X","name":"new"}}}`,
			[]string{"PUT /api/v2/projects/1001"},
		},
		"what the answer lacks": {
			"the detail has it, as one call",
			`mutation { updateProject(id: 1001, input: {callNotes: "Rappeler"}) { project { id callNotes } } }`,
			`{"updateProject":{"project":{"id":"1001","callNotes":"Rappeler"}}}`,
			[]string{"GET /api/v2/projects/1001", "PUT /api/v2/projects/1001"},
		},
		"under two names": {
			"one thing is read once",
			`mutation { updateProject(id: 1001, input: {callNotes: "Rappeler"}) { a: project { callNotes } b: project { callNotes workEnd } } }`,
			``,
			[]string{"GET /api/v2/projects/1001", "PUT /api/v2/projects/1001"},
		},
		"a whole answer": {
			"an invoice is shown with its lines as it is made",
			`mutation { createInvoice(input: {number: "N-1", subject: "s", clientId: 100001, projectId: 1001, issueDate: "2026-11-02",
				lines: [{description: "a", quantity: 2, unitPrice: 10.50}]}) { invoice { number subject total lines { description total } } userErrors { message } } }`,
			`{"createInvoice":{"invoice":{"number":"N-1","subject":"s","total":21.00,"lines":[{"description":"a","total":21.00}]},"userErrors":[]}}`,
			[]string{"POST /api/v2/invoices"},
		},
		"a whole note": {
			"all of it is in the answer, and what it is about is one more call",
			`mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "x"}) { note { body notableType notable { ... on Project { id number } } } } }`,
			``,
			[]string{"GET /api/v2/projects/1001", "POST /api/v2/notes"},
		},
		"a deletion": {
			"it says what is gone",
			`mutation { deleteProject(id: 1001) { deletedId message userErrors { message } } }`,
			`{"deleteProject":{"deletedId":"1001","message":"Project deleted","userErrors":[]}}`,
			[]string{"DELETE /api/v2/projects/1001"},
		},
		"a phone": {
			"what CCUBE shows of it, since nothing reads it back",
			`mutation { createPhone(input: {value: "+15145550000", type: "mobile"}) { phone { value type } userErrors { message } } }`,
			`{"createPhone":{"phone":{"value":"+15145550000","type":"mobile"},"userErrors":[]}}`,
			[]string{"POST /api/v2/phones"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
			answer := g.Ask(t, c.query)
			if len(answer.Errors) > 0 || c.want != "" && string(answer.Data) != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.reason, answer.Body, c.want)
			}
			if diff := gocmp.Diff(c.calls, g.Calls()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// Whatever a tenant answers a write with, or nothing at all, the payload is right.
func TestBareAnswersAreUnderstood(t *testing.T) {
	t.Parallel()
	write := `mutation {
		quote: createQuote(input: {number: "Q-X", projectId: 1001, departmentId: 1, quoteType: "standard"}) { quote { number } userErrors { message } }
		order: createWorkOrder(input: {number: "W-X", description: "d", departmentId: 1}) { workOrder { number } userErrors { message } }
		change: updateNote(id: %NOTE%, input: {body: "new"}) { note { body } userErrors { message } }
		party: updateParty(id: 100001, input: {name: "new"}) { party { name } userErrors { message } }
		gone: deleteWorkOrder(id: %ORDER%) { deletedId userErrors { message } }
		phone: createPhone(input: {value: "1"}) { phone { id } userErrors { message } }
	}`
	want := `{"quote":{"quote":{"number":"Q-X"},"userErrors":[]},"order":{"workOrder":{"number":"W-X"},"userErrors":[]},` +
		`"change":{"note":{"body":"new"},"userErrors":[]},"party":{"party":{"name":"new"},"userErrors":[]},`
	cases := map[string]struct {
		reason   string
		switches sandbox.Switches
	}{
		"as documented": {"the reference's own", sandbox.Switches{}},
		"older":         {"an array of quotes, name for number", sandbox.Switches{Older: true}},
		"silent":        {"no body where the reference shows none", sandbox.Switches{SilentWhereUnshown: true}},
		"other status":  {"204 for deletes, 200 for creates", sandbox.Switches{DeleteStatus204: true, CreateStatus200: true}},
		"all of it":     {"they do not exclude each other", sandbox.Switches{Older: true, SilentWhereUnshown: true, DeleteStatus204: true, CreateStatus200: true}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, Switches: c.switches})
			ids := gatewaytest.Decode[struct {
				Notes, WorkOrders struct{ Nodes []struct{ ID string } }
			}](t, g.Ask(t, `{ notes(first: 1) { nodes { id } } workOrders(first: 1) { nodes { id } } }`))
			query := replace(write, "%NOTE%", ids.Notes.Nodes[0].ID, "%ORDER%", ids.WorkOrders.Nodes[0].ID)
			answer := g.Ask(t, query)
			gone := `"gone":{"deletedId":"` + ids.WorkOrders.Nodes[0].ID + `","userErrors":[]},"phone":{"phone":{"id":`
			if got := string(answer.Data); len(answer.Errors) > 0 || len(got) < len(want+gone) || got[:len(want+gone)] != want+gone {
				t.Errorf("%s\n got %s\nwant %s%s…", c.reason, answer.Body, want, gone)
			}
		})
	}
}

// A read that fails after the write leaves what CCUBE has answered, and says what could not be read.
func TestAReadBackThatFails(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, Switches: sandbox.Switches{Faults: []*sandbox.Fault{{
		When: sandbox.On(http.MethodGet, ""), Kind: sandbox.FaultStatus, Status: http.StatusInternalServerError,
	}}}})
	answer := g.Ask(t, `mutation { updateProject(id: 1001, input: {name: "new"}) { project { name callNotes } userErrors { message } } }`)
	if want := `{"updateProject":{"project":{"name":"new","callNotes":null},"userErrors":[]}}`; string(answer.Data) != want {
		t.Errorf("got %s, want %s", answer.Body, want)
	}
	if len(answer.Errors) != 1 || answer.Errors[0].Where() != "updateProject.project.callNotes" {
		t.Errorf("the errors are %+v", answer.Errors)
	}
}

// Who writes sees it, in the same request and in the next, whatever was read before or remembered.
func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, SnapshotTTL: 1 << 40})
	const notes = `{ project(id: 1001) { number notes { body } quotes { number } } quotes(first: 100) { totalCount } }`
	before := g.Ask(t, notes)
	technician := g.AskAs(t, g.Sandbox.Technician(), `{ notes(first: 1000) { totalCount } }`)
	answer := g.Ask(t, `mutation {
		one: createNote(input: {notableType: PROJECT, notableId: 1001, body: "first"}) { note { notable { ... on Project { notes { body } } } } }
		quote: createQuote(input: {number: "Q-NEW", projectId: 1001, departmentId: 1, quoteType: "standard"}) { quote { project { quotes { number } } } }
		two: createNote(input: {notableType: PROJECT, notableId: 1001, body: "second"}) { note { notable { ... on Project { notes { body } quotes { number } } } } }
		rename: updateProject(id: 1001, input: {number: "P-NEW"}) { project { number notes { body } } }
	}`)
	type project struct {
		Number string
		Notes  []struct{ Body string }
		Quotes []struct{ Number string }
	}
	data := gatewaytest.Decode[struct {
		One, Two struct{ Note struct{ Notable project } }
		Quote    struct{ Quote struct{ Project project } }
		Rename   struct{ Project project }
	}](t, answer)
	has := func(p project, note string) bool {
		return slices.ContainsFunc(p.Notes, func(n struct{ Body string }) bool { return n.Body == note })
	}
	if !has(data.One.Note.Notable, "first") || has(data.One.Note.Notable, "second") {
		t.Errorf("after the first note the project has %+v", data.One.Note.Notable)
	}
	if !slices.Contains(data.Quote.Quote.Project.Quotes, struct{ Number string }{"Q-NEW"}) {
		t.Errorf("after the quote the project has %+v", data.Quote.Quote.Project)
	}
	if !has(data.Two.Note.Notable, "second") || !slices.Contains(data.Two.Note.Notable.Quotes, struct{ Number string }{"Q-NEW"}) {
		t.Errorf("after the second note the project has %+v", data.Two.Note.Notable)
	}
	if data.Rename.Project.Number != "P-NEW" || !has(data.Rename.Project, "second") {
		t.Errorf("after the renaming the project is %+v", data.Rename.Project)
	}
	after := g.Ask(t, notes)
	if got := gatewaytest.Decode[struct{ Project project }](t, after).Project; got.Number != "P-NEW" || !has(got, "second") {
		t.Errorf("the next request shows %+v; before the writes it was %s", got, before.Body)
	}
	if again := g.AskAs(t, g.Sandbox.Technician(), `{ notes(first: 1000) { totalCount } }`); again.Body == technician.Body {
		t.Errorf("somebody else still sees %s", again.Body)
	}
}

// A list that began to be read before a write is nobody's after it.
func TestAReadFromBeforeTheWriteIsNotJoined(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
	const query = `{ project(id: 1001) { number } }`
	release := g.Sandbox.Hold(sandbox.On(http.MethodGet, "/api/v2/projects/1001"))
	defer release()
	early := make(chan gatewaytest.Answer, 1)
	go func() { early <- g.Ask(t, query) }()
	until(t, func() bool { return g.Sandbox.Waiting() == 1 })
	g.Ask(t, `mutation { updateProject(id: 1001, input: {number: "P-NEW"}) { userErrors { message } } }`)
	late := make(chan gatewaytest.Answer, 1)
	go func() { late <- g.Ask(t, query) }()
	until(t, func() bool { return g.Sandbox.Waiting() == 2 }) // a request that joined the first would never come here
	release()
	if a := <-late; string(a.Data) != `{"project":{"number":"P-NEW"}}` {
		t.Errorf("after the write it is %s", a.Body)
	}
	<-early
}
