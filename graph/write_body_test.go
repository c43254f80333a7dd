package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// scripted stands in for CCUBE: it answers every call with the same, and keeps what it was asked.
type scripted struct {
	status int
	body   string

	mu    sync.Mutex
	calls []string
}

// ServeHTTP keeps the call and answers it.
func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	_, _ = body.ReadFrom(r.Body)
	s.mu.Lock()
	s.calls = append(s.calls, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+body.String()))
	s.mu.Unlock()
	w.WriteHeader(s.status)
	_, _ = w.Write([]byte(s.body))
}

// made are the calls until now.
func (s *scripted) made() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.calls...)
}

// over starts a gateway over it.
func (s *scripted) over(t *testing.T) *gatewaytest.Gateway {
	return gatewaytest.Start(t, gatewaytest.Options{Projects: 1, Front: func(http.Handler) http.Handler { return s }})
}

// one is what a mutation is asked with where nothing is wanted back.
func one(t *testing.T, g *gatewaytest.Gateway, field, selection string, variables string) gatewaytest.Answer {
	t.Helper()
	r := gatewaytest.Request{Query: mutation(field, selection), Authorization: g.Sandbox.Admin().Authorization}
	decoder := json.NewDecoder(strings.NewReader(variables))
	decoder.UseNumber()
	if err := decoder.Decode(&r.Variables); err != nil {
		t.Fatal(err)
	}
	return g.Send(t, t.Context(), r)
}

// mutation is a document with one mutation, all of whose arguments are variables.
func mutation(field, selection string) string {
	noun := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(field, "create"), "update"), "delete")
	errors := " userErrors { field message code }"
	switch {
	case strings.HasPrefix(field, "delete"):
		return "mutation($id: ID!) { " + field + "(id: $id) { " + selection + errors + " } }"
	case strings.HasPrefix(field, "update"):
		return "mutation($id: ID!, $input: Update" + noun + "Input!) { " + field + "(id: $id, input: $input) { " + selection + errors + " } }"
	case noun == "Phone" || noun == "Email" || noun == "Address":
		return "mutation($input: " + noun + "Input!) { " + field + "(input: $input) { " + selection + errors + " } }"
	}
	return "mutation($input: Create" + noun + "Input!) { " + field + "(input: $input) { " + selection + errors + " } }"
}

// canonical is JSON with its keys in order and every number as it was written.
func canonical(t *testing.T, text string) string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// sample is a mutation, and the call that the reference shows for it.
type sample struct {
	reason string
	// variables are the mutation's arguments.
	variables string
	// call and body are what CCUBE is to be asked; no body for none.
	call, body string
}

// samples are those of the reference, one for each mutation, and beside them what an update makes of null.
var samples = map[string]sample{
	"createUser": {
		"chapter Users", `{"input": {"email": "newuser@example.com", "password": "password123", "passwordConfirmation": "password123",
			"userType": "FULL", "contactId": "1234", "roleIds": ["1"], "givenName": "John", "familyName": "Doe", "suspended": false,
			"superUser": false, "paidTenant": false, "dunningTenant": false, "trial": false, "demo": false, "paidUser": false}}`,
		"POST /api/v2/users", `{"user": {"email": "newuser@example.com", "password": "password123",
			"password_confirmation": "password123", "user_type": "full", "contact_id": 1234, "role_ids": [1], "given_name": "John",
			"family_name": "Doe", "suspended": false, "super_user": false, "paid_tenant": false, "dunning_tenant": false,
			"trial": false, "demo": false, "paid_user": false}}`,
	},
	"updateUser": {
		"chapter Users", `{"id": "1", "input": {"email": "updated@example.com", "givenName": "John", "familyName": "Doe",
			"suspended": false, "userType": "FULL", "contactId": 1234, "roleIds": [1]}}`,
		"PUT /api/v2/users/1", `{"user": {"email": "updated@example.com", "given_name": "John", "family_name": "Doe",
			"suspended": false, "user_type": "full", "contact_id": 1234, "role_ids": [1]}}`,
	},
	"deleteUser": {"chapter Users", `{"id": "3"}`, "DELETE /api/v2/users/3", ""},
	"createProject": {
		"chapter Projects", `{"input": {"name": "Project Name", "number": "P-001", "clientId": "1", "managerId": "1",
			"workStart": "2024-01-01", "workEnd": "2024-12-31", "stageId": "2", "workTypeId": "5", "propertyTypeId": "7",
			"communicationStatusId": "1", "callNotes": "Left voicemail; follow-up tomorrow"}}`,
		"POST /api/v2/projects", `{"project": {"name": "Project Name", "number": "P-001", "client_id": 1, "manager_id": 1,
			"work_start": "2024-01-01", "work_end": "2024-12-31", "stage_id": 2, "work_type_id": 5, "property_type_id": 7,
			"communication_status_id": 1, "call_notes": "Left voicemail; follow-up tomorrow"}}`,
	},
	"updateProject": {
		"chapter Projects", `{"id": "1", "input": {"name": "Updated Project", "number": "P-001", "clientId": "1", "managerId": "1",
			"workStart": "2024-02-01", "workEnd": "2024-12-15", "stageId": "3", "workTypeId": "6", "propertyTypeId": "8",
			"communicationStatusId": "2", "callNotes": "Client confirmed meeting 08/20"}}`,
		"PUT /api/v2/projects/1", `{"project": {"name": "Updated Project", "number": "P-001", "client_id": 1, "manager_id": 1,
			"work_start": "2024-02-01", "work_end": "2024-12-15", "stage_id": 3, "work_type_id": 6, "property_type_id": 8,
			"communication_status_id": 2, "call_notes": "Client confirmed meeting 08/20"}}`,
	},
	"deleteProject": {"chapter Projects", `{"id": "1"}`, "DELETE /api/v2/projects/1", ""},
	"createQuote": {
		"chapter Quotes", `{"input": {"number": "Q-001", "description": "Description", "projectId": "1", "departmentId": "1",
			"quoteType": "standard", "terms": "Payment terms", "title": "Quote title"}}`,
		"POST /api/v2/quotes", `{"quote": {"number": "Q-001", "description": "Description", "project_id": 1, "department_id": 1,
			"quote_type": "standard", "terms": "Payment terms", "title": "Quote title"}}`,
	},
	"updateQuote": {
		"chapter Quotes", `{"id": "164", "input": {"number": "Q-001", "description": "Updated description", "projectId": "1",
			"departmentId": "1", "quoteType": "standard"}}`,
		"PUT /api/v2/quotes/164", `{"quote": {"number": "Q-001", "description": "Updated description", "project_id": 1,
			"department_id": 1, "quote_type": "standard"}}`,
	},
	"deleteQuote": {"chapter Quotes", `{"id": "36"}`, "DELETE /api/v2/quotes/36", ""},
	"createInvoice": {
		"chapter Invoices", `{"input": {"number": "INV-001", "subject": "Invoice subject", "description": "Details", "clientId": "1",
			"projectId": "1", "issueDate": "2024-01-01", "dueDate": "2024-01-31", "lines": [
			{"material": "Shingles - 3-tab", "description": "Materials", "quantity": 20, "unitPrice": 25.0, "position": 1},
			{"description": "Labor", "quantity": 10, "unitPrice": 50.0, "position": 2}]}}`,
		"POST /api/v2/invoices", `{"invoice": {"number": "INV-001", "subject": "Invoice subject", "description": "Details",
			"client_id": 1, "project_id": 1, "issue_date": "2024-01-01", "due_date": "2024-01-31", "lines_attributes": [
			{"material": "Shingles - 3-tab", "description": "Materials", "quantity": 20, "unit_price": 25.0, "position": 1},
			{"description": "Labor", "quantity": 10, "unit_price": 50.0, "position": 2}]}}`,
	},
	"updateInvoice": {
		"chapter Invoices", `{"id": "6", "input": {"number": "INV-001", "subject": "Updated subject", "clientId": "1", "projectId": "1"}}`,
		"PUT /api/v2/invoices/6", `{"invoice": {"number": "INV-001", "subject": "Updated subject", "client_id": 1, "project_id": 1}}`,
	},
	"deleteInvoice": {"chapter Invoices", `{"id": "67"}`, "DELETE /api/v2/invoices/67", ""},
	"createPurchaseOrder": {
		"chapter Purchase Orders", `{"input": {"number": "PO-001", "description": "Purchase order description", "departmentId": "1"}}`,
		"POST /api/v2/purchase_orders", `{"purchase_order": {"number": "PO-001", "description": "Purchase order description", "department_id": 1}}`,
	},
	"updatePurchaseOrder": {
		"chapter Purchase Orders", `{"id": "1", "input": {"number": "PO-001", "description": "Updated description", "departmentId": "1"}}`,
		"PUT /api/v2/purchase_orders/1", `{"purchase_order": {"number": "PO-001", "description": "Updated description", "department_id": 1}}`,
	},
	"deletePurchaseOrder": {"chapter Purchase Orders", `{"id": "1"}`, "DELETE /api/v2/purchase_orders/1", ""},
	"createWorkOrder": {
		"chapter Work Orders", `{"input": {"number": "WO-001", "description": "Description", "departmentId": "1",
			"startDate": "2024-01-01", "endDate": "2024-01-31"}}`,
		"POST /api/v2/work_orders", `{"work_order": {"number": "WO-001", "description": "Description", "department_id": 1,
			"start_date": "2024-01-01", "end_date": "2024-01-31"}}`,
	},
	"updateWorkOrder": {
		"chapter Work Orders", `{"id": "1", "input": {"number": "WO-001", "description": "Updated description", "departmentId": "1"}}`,
		"PUT /api/v2/work_orders/1", `{"work_order": {"number": "WO-001", "description": "Updated description", "department_id": 1}}`,
	},
	"deleteWorkOrder": {"chapter Work Orders", `{"id": "1"}`, "DELETE /api/v2/work_orders/1", ""},
	"createParty": {
		"chapter Parties", `{"input": {"name": "Company Name", "type": "CONTACT", "firstName": "John", "lastName": "Doe",
			"addresses": [{"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345"}],
			"phones": [{"value": "+1234567890", "type": "office"}], "emails": [{"value": "contact@example.com"}]}}`,
		"POST /api/v2/parties", `{"party": {"name": "Company Name", "type": "Crm::Parties::Contact", "first_name": "John",
			"last_name": "Doe", "addresses_attributes": [{"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345"}],
			"phones_attributes": [{"value": "+1234567890", "type": "office"}], "emails_attributes": [{"value": "contact@example.com"}]}}`,
	},
	"updateParty": {
		"chapter Parties", `{"id": "1", "input": {"name": "Updated Company Name"}}`,
		"PUT /api/v2/parties/1", `{"party": {"name": "Updated Company Name"}}`,
	},
	"deleteParty": {"chapter Parties", `{"id": "1"}`, "DELETE /api/v2/parties/1", ""},
	"createPhone": {
		"chapter Contact Information", `{"input": {"value": "+1234567890", "type": "office"}}`,
		"POST /api/v2/phones", `{"phone": {"value": "+1234567890", "type": "office"}}`,
	},
	"createEmail": {
		"chapter Contact Information", `{"input": {"value": "contact@example.com"}}`,
		"POST /api/v2/emails", `{"email": {"value": "contact@example.com"}}`,
	},
	"createAddress": {
		"chapter Contact Information",
		`{"input": {"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345", "country": "USA"}}`,
		"POST /api/v2/addresses",
		`{"address": {"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345", "country": "USA"}}`,
	},
	"createNote": {
		"chapter Notes", `{"input": {"notableType": "PROJECT", "notableId": "123", "body": "Kickoff scheduled for Friday"}}`,
		"POST /api/v2/notes", `{"note": {"notable_type": "Project", "notable_id": 123, "body": "Kickoff scheduled for Friday"}}`,
	},
	"updateNote": {
		"chapter Notes", `{"id": "777", "input": {"body": "Updated note text"}}`,
		"PUT /api/v2/notes/777", `{"note": {"body": "Updated note text"}}`,
	},
	"deleteNote": {"chapter Notes", `{"id": "777"}`, "DELETE /api/v2/notes/777", ""},
}

// send sends a sample and returns the one call that it may cost.
func (s sample) send(t *testing.T, field string) string {
	t.Helper()
	ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
	answer := one(t, ccube.over(t), field, "", s.variables)
	if calls := ccube.made(); len(calls) == 1 && len(answer.Errors) == 0 {
		return calls[0]
	}
	t.Fatalf("%q was sent, want one call: %s", ccube.made(), answer.Body)
	return ""
}

func (s sample) check(t *testing.T, field string) {
	t.Helper()
	call, body, _ := strings.Cut(s.send(t, field), " {")
	if call != s.call {
		t.Errorf("the call is %s, want %s: %s", call, s.call, s.reason)
	}
	if s.body == "" {
		if body != "" {
			t.Errorf("the body is {%s, want none: %s", body, s.reason)
		}
		return
	}
	if diff := gocmp.Diff(canonical(t, s.body), canonical(t, "{"+body)); diff != "" {
		t.Errorf("%s (-reference +sent):\n%s", s.reason, diff)
	}
}

func TestBodiesAreThoseOfTheReference(t *testing.T) {
	t.Parallel()
	if len(samples) != 27 {
		t.Errorf("%d mutations have a sample, want all 27 that write", len(samples))
	}
	for field, s := range samples {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			s.check(t, field)
		})
	}
}

func TestWhatIsGivenIsWhatIsSent(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		sample
		field string
	}{
		"one field of an update": {sample{
			"what is left out, CCUBE leaves as it is", `{"id": 7, "input": {"callNotes": "x"}}`,
			"PUT /api/v2/projects/7", `{"project": {"call_notes": "x"}}`,
		}, "updateProject"},
		"null in an update": {sample{
			"null clears, absent does not", `{"id": 7, "input": {"callNotes": null, "workEnd": null, "stageId": null, "name": null}}`,
			"PUT /api/v2/projects/7", `{"project": {"call_notes": null, "work_end": null, "stage_id": null, "name": null}}`,
		}, "updateProject"},
		"null in an update of a user": {sample{
			"lists, flags and enums too", `{"id": 7, "input": {"roleIds": null, "suspended": null, "userType": null, "contactId": null}}`,
			"PUT /api/v2/users/7", `{"user": {"role_ids": null, "suspended": null, "user_type": null, "contact_id": null}}`,
		}, "updateUser"},
		"empty text in an update": {sample{
			"no text is not null", `{"id": 7, "input": {"description": ""}}`,
			"PUT /api/v2/quotes/7", `{"quote": {"description": ""}}`,
		}, "updateQuote"},
		"null where something is made": {sample{
			"there is nothing to clear", `{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1,
				"issueDate": "2024-02-29", "dueDate": null, "lines": null}}`,
			"POST /api/v2/invoices", `{"invoice": {"number": "1", "subject": "s", "client_id": 1, "project_id": 1, "issue_date": "2024-02-29"}}`,
		}, "createInvoice"},
		"digits": {sample{
			"a decimal keeps its digits, as a number or as text", `{"input": {"number": "1", "subject": "s", "clientId": 1,
				"projectId": 1, "issueDate": "2024-02-29", "lines": [{"quantity": 0.1234567890123456789, "unitPrice": 25.00,
				"rate": "0.10", "position": -3}, {"quantity": 1e3, "unitPrice": -0.50}]}}`,
			"POST /api/v2/invoices", `{"invoice": {"number": "1", "subject": "s", "client_id": 1, "project_id": 1,
				"issue_date": "2024-02-29", "lines_attributes": [{"quantity": 0.1234567890123456789, "unit_price": 25.00,
				"rate": 0.10, "position": -3}, {"quantity": 1e3, "unit_price": -0.50}]}}`,
		}, "createInvoice"},
		"no lines": {sample{
			"an empty list is one that was given", `{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1,
				"issueDate": "2024-02-29", "lines": []}}`,
			"POST /api/v2/invoices", `{"invoice": {"number": "1", "subject": "s", "client_id": 1, "project_id": 1,
				"issue_date": "2024-02-29", "lines_attributes": []}}`,
		}, "createInvoice"},
		"one in place of a list": {sample{
			"GraphQL takes it for a list of one", `{"input": {"email": "a@b.c", "password": "12345678", "userType": "LIMITED", "roleIds": "4"}}`,
			"POST /api/v2/users", `{"user": {"email": "a@b.c", "password": "12345678", "password_confirmation": "12345678",
				"user_type": "limited", "role_ids": [4]}}`,
		}, "createUser"},
		"emoji, quotes and lines": {sample{
			"text is text", `{"input": {"notableType": "WORK_ORDER", "notableId": "9", "body": "👷🏽‍♀️ \"ok\"\n\t</script>&\u2028 é"}}`,
			"POST /api/v2/notes", `{"note": {"notable_type": "WorkOrder", "notable_id": 9, "body": "👷🏽‍♀️ \"ok\"\n\t</script>&\u2028 é"}}`,
		}, "createNote"},
		"a type of party": {sample{
			"in v2's long form", `{"input": {"name": "x", "type": "BUILDING"}}`,
			"POST /api/v2/parties", `{"party": {"name": "x", "type": "Crm::Parties::Building"}}`,
		}, "createParty"},
		"ids with zeros": {sample{
			"an id is a number", `{"id": "007", "input": {"projectId": "000000000000000012"}}`,
			"PUT /api/v2/invoices/7", `{"invoice": {"project_id": 12}}`,
		}, "updateInvoice"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.check(t, c.field)
		})
	}
}

// A number in the document is as exact as one in the variables.
func TestLiteralsKeepTheirDigits(t *testing.T) {
	t.Parallel()
	ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
	answer := ccube.over(t).Ask(t, `mutation($p: Decimal = 12.340) { createInvoice(input: {number: "1", subject: "s", clientId: 5,
		projectId: 999999999999999999, issueDate: "2024-01-01", lines: [
			{quantity: 0.12345678901234567890, unitPrice: 25.00}, {quantity: 9007199254740993, unitPrice: $p}, {...[0]}]}) { userErrors { message } } }`)
	if len(ccube.made()) != 0 || len(answer.Errors) == 0 {
		t.Errorf("a document that is none is answered with %s", answer.Body)
	}
	answer = ccube.over(t).Ask(t, `mutation($p: Decimal = 12.340) { createInvoice(input: {number: "1", subject: "s", clientId: 5,
		projectId: 999999999999999999, issueDate: "2024-01-01", lines: [
			{quantity: 0.12345678901234567890, unitPrice: 25.00}, {quantity: 9007199254740993, unitPrice: $p}]}) { userErrors { message } } }`)
	want := `{"invoice":{"client_id":5,"issue_date":"2024-01-01","lines_attributes":[` +
		`{"quantity":0.12345678901234567890,"unit_price":25.00},{"quantity":9007199254740993,"unit_price":12.340}],` +
		`"number":"1","project_id":999999999999999999,"subject":"s"}}`
	calls := ccube.made()
	if len(calls) != 1 {
		t.Fatalf("%d calls: %s", len(calls), answer.Body)
	}
	if diff := gocmp.Diff(want, canonical(t, strings.TrimPrefix(calls[0], "POST /api/v2/invoices "))); diff != "" {
		t.Errorf("(-want +sent):\n%s", diff)
	}
}
