package ccube

import (
	"reflect"
	"testing"
)

// Every key that the reference or its predecessor names is taken, into its own field.
func TestEveryKeyIsTaken(t *testing.T) {
	t.Parallel()
	const client = `"client": {"id": 34, "name": "Client Co", "email": "client@example.com", "phone": "+1"}`
	const times = `"created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-02T00:00:00Z"`
	const address = `{"id": 99, "street": "123 Main St", "city": "City", "state": "ST", "zip": "12345", "country": "USA"}`
	cases := map[string]func() (any, error){
		"project": decoding[Project](`{"id": 1, "name": "n", "number": "P-1", "reference": "R", "status": "Active",
			"stage": {"id": 2, "name": "Active"}, "work_type": {"id": 5, "name": "Roofing"},
			"property_type": {"id": 7, "name": "Residential"}, "communication_status": {"id": 1, "name": "Open"},
			"work_start": "2024-01-01", "work_end": "2024-12-31", "call_notes": "c", "external_id": "x",
			"workflow_id": 3, "building_id": 10, "client_id": 34, ` + client + `, "address": ` + address + `, ` + times + `}`),
		"quote": decoding[Quote](`{"id": 1, "number": "Q-1", "title": "t", "description": "d", "terms": "t",
			"status": "Draft", "subtotal": 1, "quoted_total": "2.50", "external_id": "x", "project_id": 12,
			"client_id": 34, ` + client + `, ` + times + `}`),
		"invoice": decoding[Invoice](`{"id": 1, "number": "1", "full_number": "2024-1", "subject": "s",
			"description": "d", "terms": "t", "status": "Draft", "issue_date": "2024-01-01", "due_date": "2024-01-31",
			"paid_on": "2024-01-15", "external_id": "x", "project_id": 1, "client_id": 34, ` + client + `,
			"estimator_id": 9, "is_credit": true, "subtotal": 1, "tax1_rate": 0.05, "tax2_rate": 0.099,
			"tax1_amount": 1, "tax2_amount": 1, "total": 1, "paid_total": 1, "balance": 1,
			"lines": [{"id": 1}], ` + times + `}`),
		"purchase order": decoding[PurchaseOrder](`{"id": 1, "number": "PO-1", "description": "d",
			"expected_start": "2024-02-01", "external_id": "x", "project_id": 22, ` + times + `}`),
		"work order": decoding[WorkOrder](`{"id": 1, "number": "WO-1", "subject": "s", "description": "d",
			"issue_date": "2024-01-01", "start_date": "2024-01-01", "end_date": "2024-01-31", "external_id": "x",
			"project_id": 50, ` + times + `}`),
		"note": decoding[Note](`{"id": 1, "notable_type": "Quote", "notable_id": 1, "body": "b", "created_by_id": 45,
			` + times + `}`),
		"party": decoding[Party](`{"id": 1, "name": "n", "type": "contact", "first_name": "John", "last_name": "Doe",
			"addresses": [` + address + `], "phones": [{"id": 1, "value": "+1", "type": "office"}],
			"emails": [{"id": 1, "value": "a@b.c"}]}`),
		"user": decoding[User](`{"id": 1, "email": "a@b.c", "name": "n", "given_name": "g", "family_name": "f",
			"role": "admin", "suspended": true, "current_sign_in_at": "2023-10-01T12:00:00Z",
			"last_sign_in_at": "2023-09-30T12:00:00Z", ` + times + `}`),
		"user, older": decoding[User](`{"id": 1, "email": "a@b.c", "name": "n", "given_name": "g", "family_name": "f",
			"role": "admin", "suspended": true, "current_sign_in_at": "2023-10-01T12:00:00Z",
			"last_sign_in_at": "2023-09-30T12:00:00Z", "create_at": "2023-09-01T12:00:00Z",
			"update_at": "2023-09-15T12:00:00Z"}`),
		"stage":     decoding[Stage](`{"id": 1, "name": "call", "workflow_id": 1, "previous_steps": [1], "next_steps": [2]}`),
		"work type": decoding[WorkType](`{"id": 1, "name": "n", "value": "v", "position": 1, "type": "t"}`),
		"communication status": decoding[CommunicationStatus](`{"id": 1, "name": "n", "value": "v", "position": 1,
			"is_first": true, "is_last": true, "type": "t"}`),
	}
	for name, decode := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			decoded, err := decode()
			if err != nil {
				t.Fatal(err)
			}
			v := reflect.ValueOf(decoded).Elem()
			fields := setNonZero(reflect.New(v.Type()).Elem())
			all := Keys(1)<<fields - 1
			if row := v.Field(0).Interface().(Row); row.Keys != all || row.Broken != 0 {
				t.Errorf("the keys are %b, broken %b, want %b", row.Keys, row.Broken, all)
			}
			if n := len(changed(v)); n != fields {
				t.Errorf("%d of %d fields are set: %v", n, fields, changed(v))
			}
		})
	}
}

func decoding[T any, P settable[T]](body string) func() (any, error) {
	return func() (any, error) { return decodeRow[T, P]([]byte(body)) }
}

// Whatever the reference promises of a row is among the row's keys, and a list or a detail promises something.
func TestPromises(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		row          any
		list, detail Keys
	}{
		"project":        {Project{}, ProjectListKeys, ProjectDetailKeys},
		"quote":          {Quote{}, QuoteListKeys, QuoteDetailKeys},
		"invoice":        {Invoice{}, InvoiceListKeys, InvoiceDetailKeys},
		"purchase order": {PurchaseOrder{}, PurchaseOrderListKeys, PurchaseOrderDetailKeys},
		"work order":     {WorkOrder{}, WorkOrderListKeys, WorkOrderDetailKeys},
		"note":           {Note{}, NoteListKeys, NoteDetailKeys},
		"party":          {Party{}, PartyListKeys, PartyDetailKeys},
		"user":           {User{}, UserListKeys, UserDetailKeys},
	}
	for name, c := range cases {
		all := Keys(1)<<setNonZero(reflect.New(reflect.TypeOf(c.row)).Elem()) - 1
		if !all.Has(c.list) || !all.Has(c.detail) || c.list == 0 || (c.detail == 0) != (name == "party") {
			t.Errorf("%s: the list promises %b, the detail %b, of %b", name, c.list, c.detail, all)
		}
	}
}

func TestClientRef(t *testing.T) {
	t.Parallel()
	embedded := &EmbeddedClient{Row: Row{ID: 34, Keys: EmbeddedID}}
	cases := map[string]struct {
		reason string
		quote  Quote
		want   ID
	}{
		"own":           {"the row's own key comes first", Quote{ClientID: Null[ID]{12, true}, Client: embedded}, 12},
		"embedded":      {"the embedded client's is next", Quote{Client: embedded}, 34},
		"without an id": {"a client may be shown without one", Quote{Client: &EmbeddedClient{}}, 0},
		"none":          {"there may be no client", Quote{}, 0},
	}
	for name, c := range cases {
		got := c.quote.ClientRef()
		if (got == nil) != (c.want == 0) || got != nil && *got != c.want {
			t.Errorf("%s: ClientRef() = %v, want %d: %s", name, got, c.want, c.reason)
		}
	}
}
