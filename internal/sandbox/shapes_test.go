package sandbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The keys of each road, as the reference shows them.
const (
	userRow     = "id email name role created_at updated_at"
	userDetail  = "id email given_name family_name"
	userCreated = "id email role name suspended current_sign_in_at last_sign_in_at given_name family_name"

	projectRow = "id status stage number work_start work_end external_id building_id call_notes client workflow_id " +
		"work_type property_type communication_status created_at updated_at"
	projectDetail = "id number status stage work_start work_end external_id building_id call_notes work_type " +
		"property_type communication_status client address"

	quoteRow = "id project_id client_id number quoted_total created_at updated_at status subtotal external_id client"

	invoiceRow   = "id number issue_date due_date project_id client_id subtotal total paid_total balance"
	invoiceWhole = invoiceRow + " full_number status external_id tax1_rate tax2_rate tax1_amount tax2_amount subject " +
		"description terms created_at updated_at paid_on estimator_id is_credit client lines"

	purchaseOrderRow = "id project_id number description expected_start created_at updated_at external_id"
	workOrderRow     = "id project_id number created_at updated_at external_id"
	noteRow          = "id notable_type notable_id body created_by_id created_at updated_at"
	lookupKeys       = "id name value position type"
)

// roadCase is one of the 46 calls. A path ending in {id} is asked for the first row of the list.
type roadCase struct {
	method, noun, path, body string
	status                   int
	keys                     string
}

// roadCases are all calls but signing in, in an order in which each finds what it needs.
var roadCases = []roadCase{
	{"GET", "users", "", "", 200, userRow},
	{"GET", "users", "/{id}", "", 200, userDetail},
	{"POST", "users", "", newUser, 201, userCreated},
	{"PUT", "users", "/{id}", `{"user":{"given_name":"Ève"}}`, 200, userDetail},
	{"DELETE", "users", "/24", "", 200, "message"},
	{"GET", "projects", "", "", 200, projectRow},
	{"GET", "projects", "/{id}", "", 200, projectDetail},
	{"POST", "projects", "", newProject, 201, "id name"},
	{"PUT", "projects", "/{id}", `{"project":{"name":"Toit 2"}}`, 200, "id name number updated_at"},
	{"GET", "projects", "/communication_statuses", "", 200, lookupKeys + " is_first is_last"},
	{"GET", "projects", "/work_types", "", 200, lookupKeys},
	{"GET", "projects", "/stages", "", 200, "id name workflow_id previous_steps next_steps"},
	{"GET", "quotes", "", "", 200, quoteRow},
	{"GET", "quotes", "/{id}", "", 200, "id number status external_id client"},
	{"POST", "quotes", "", newQuote, 201, "id number status external_id"},
	{"PUT", "quotes", "/{id}", `{"quote":{"title":"T"}}`, 200, "id name description"},
	{"DELETE", "quotes", "/{id}", "", 200, "message"},
	{"GET", "invoices", "", "", 200, invoiceRow},
	{"GET", "invoices", "/{id}", "", 200, invoiceWhole},
	{"POST", "invoices", "", newInvoice, 201, invoiceWhole},
	{"PUT", "invoices", "/{id}", `{"invoice":{"subject":"S"}}`, 200, "id number subject"},
	{"DELETE", "invoices", "/{id}", "", 200, "message"},
	{"GET", "purchase_orders", "", "", 200, purchaseOrderRow},
	{"GET", "purchase_orders", "/{id}", "", 200, "id number external_id"},
	{"POST", "purchase_orders", "", newPurchaseOrder, 201, "id number description external_id"},
	{"PUT", "purchase_orders", "/{id}", `{"purchase_order":{"description":"D"}}`, 200, "id number description external_id"},
	{"DELETE", "purchase_orders", "/{id}", "", 200, "id number"},
	{"GET", "work_orders", "", "", 200, workOrderRow},
	{"GET", "work_orders", "/{id}", "", 200, "id name external_id"},
	{"POST", "work_orders", "", newWorkOrder, 201, "id number description"},
	{"PUT", "work_orders", "/{id}", `{"work_order":{"description":"D"}}`, 200, "id number description"},
	{"DELETE", "work_orders", "/{id}", "", 200, "message"},
	{"GET", "notes", "", "", 200, noteRow},
	{"GET", "notes", "/{id}", "", 200, noteRow},
	{"POST", "notes", "", newNote, 201, noteRow},
	{"PUT", "notes", "/{id}", `{"note":{"body":"B"}}`, 200, noteRow},
	{"DELETE", "notes", "/{id}", "", 200, "message"},
	{"GET", "parties", "", "", 200, "id name type addresses"},
	{"POST", "parties", "", newParty, 201, "id name type"},
	{"PUT", "parties", "/{id}", `{"party":{"name":"N"}}`, 200, "id name type"},
	{"DELETE", "parties", "/{id}", "", 200, "message"},
	{"POST", "phones", "", newPhone, 201, "id value type"},
	{"POST", "emails", "", newEmail, 201, "id value"},
	{"POST", "addresses", "", newAddress, 201, "id street city state zip country"},
	{"DELETE", "projects", "/{id}", "", 200, "message"},
}

func TestRoadsAnswerTheDocumentedKeys(t *testing.T) {
	t.Parallel()
	s := small(t)
	if got, want := len(roadCases)+1, countRoads(); got != want || want != 46 {
		t.Fatalf("%d calls are tested and %d served, want 46 of each", got, want)
	}
	for _, rc := range roadCases {
		r := rc.ask(t, s)
		if r.status != rc.status {
			t.Errorf("%s %s%s: status = %d, want %d; body: %s", rc.method, rc.noun, rc.path, r.status, rc.status, r.body)
			continue
		}
		if diff := cmp.Diff(sorted(rc.keys), keys(sample(t, r))); diff != "" {
			t.Errorf("%s %s%s: keys differ (-want +got):\n%s", rc.method, rc.noun, rc.path, diff)
		}
	}
}

func (rc roadCase) ask(t *testing.T, s *Server) reply {
	t.Helper()
	path := prefix + rc.noun + rc.path
	if rc.path == "/{id}" {
		path = first(t, s, rc.noun)
	}
	return ask(t, s, s.Admin(), rc.method, path, body(s, rc.body))
}

// sample is the answer, or the first row of a list, whose rows must all have the same keys.
func sample(t *testing.T, r reply) any {
	t.Helper()
	v := decode[any](t, r.body)
	list, ok := v.([]any)
	if !ok {
		return v
	}
	for _, row := range list {
		if keys(row) != keys(list[0]) {
			t.Errorf("rows differ in keys: %s and %s", keys(row), keys(list[0]))
		}
	}
	return list[0]
}

func countRoads() (n int) {
	for _, r := range roads {
		n += len(r.methods)
	}
	return n
}

func TestEmbeddedObjectsHaveTheDocumentedKeys(t *testing.T) {
	t.Parallel()
	s := small(t)
	const withoutID, withID = "email name phone", "email id name phone"
	tests := map[string]struct {
		path, key string
		list      bool
		want      string
		reason    string
	}{
		"a project row's client":      {"projects", "client", true, withoutID, "a project embeds its client without an id"},
		"a project's client":          {"projects", "client", false, withoutID, "nor does the detail have it"},
		"a project's stage":           {"projects", "stage", false, "id name", "lookups are embedded by id and name"},
		"a project's address":         {"projects", "address", false, "city country id state street zip", "only the detail has one"},
		"a quote row's client":        {"quotes", "client", true, withID, "the list of quotes alone has the client's id"},
		"a quote's client":            {"quotes", "client", false, withoutID, "the detail has not"},
		"an invoice's client":         {"invoices", "client", false, withoutID, "client_id stands beside it"},
		"a party row's first address": {"parties", "addresses", true, "city country state street zip", "without an id"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var v any
			if tc.list {
				v = ask(t, s, s.Admin(), "GET", prefix+tc.path, "").want(t, 200).rows(t)[0][tc.key]
			} else {
				v = ask(t, s, s.Admin(), "GET", first(t, s, tc.path), "").want(t, 200).object(t)[tc.key]
			}
			if list, ok := v.([]any); ok {
				v = list[0]
			}
			if diff := cmp.Diff(tc.want, keys(v)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEveryAnswerSaysWhatItIs(t *testing.T) {
	t.Parallel()
	s := small(t)
	for _, path := range []string{prefix + "projects", prefix + "projects/1", "/nowhere"} {
		r := ask(t, s, s.Admin(), "GET", path, "")
		if r.header.Get("Content-Type") != jsonType || r.header.Get("X-Request-Id") == "" {
			t.Errorf("GET %s: headers %v, want a JSON content type and a request id", path, r.header)
		}
	}
}
