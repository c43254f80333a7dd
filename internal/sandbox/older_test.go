package sandbox

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOlderRoads(t *testing.T) {
	t.Parallel()
	const project = "id name reference work_start work_end "
	tests := map[string]struct {
		road   roadCase
		reason string
	}{
		"a user row":          {roadCase{"GET", "users", "", "", 200, userCreated}, "one shape on every road"},
		"a user":              {roadCase{"GET", "users", "/{id}", "", 200, userCreated}, "one shape on every road"},
		"a project row":       {roadCase{"GET", "projects", "", "", 200, project + "created_at updated_at"}, "reference for number"},
		"a project":           {roadCase{"GET", "projects", "/{id}", "", 200, project + "create_at update_at"}, "and no d"},
		"a quote row":         {roadCase{"GET", "quotes", "", "", 200, "id number description terms title"}, "no money"},
		"a quote":             {roadCase{"GET", "quotes", "/{id}", "", 200, "id number"}, "hardly anything"},
		"a quote made":        {roadCase{"POST", "quotes", "", newQuote, 201, "id number description terms title"}, "an array"},
		"a quote changed":     {roadCase{"PUT", "quotes", "/{id}", `{"quote":{}}`, 200, "id name description"}, "name for number"},
		"an invoice row":      {roadCase{"GET", "invoices", "", "", 200, "id subject description issue_date"}, "no number"},
		"an invoice":          {roadCase{"GET", "invoices", "/{id}", "", 200, "id name"}, "name for number"},
		"an invoice made":     {roadCase{"POST", "invoices", "", newInvoice, 201, "id name"}, "name for number"},
		"a purchase order":    {roadCase{"GET", "purchase_orders", "", "", 200, "id number description"}, "no project"},
		"a work order row":    {roadCase{"GET", "work_orders", "", "", 200, "id subject description issue_date"}, "as an invoice"},
		"a work order":        {roadCase{"GET", "work_orders", "/{id}", "", 200, "id name"}, "name for number"},
		"a note is as before": {roadCase{"GET", "notes", "", "", 200, noteRow}, "the older reference has none"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t, func(sw *Switches) { sw.Older = true })
			r := tc.road.ask(t, s).want(t, tc.road.status)
			if diff := cmp.Diff(sorted(tc.road.keys), keys(sample(t, r))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestOlderForms(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.Older = true })
	admin := s.Admin()
	issued := text(ask(t, s, admin, "GET", prefix+"invoices", "").rows(t)[0]["issue_date"])
	if !strings.HasSuffix(issued, "T00:00:00Z") {
		t.Errorf("issue_date = %s, want an instant", issued)
	}
	quotes := ask(t, s, admin, "POST", prefix+"quotes", body(s, newQuote)).want(t, 201).rows(t)
	if len(quotes) != 2 || quotes[0]["number"] == "Q-NEW" || quotes[1]["number"] != "Q-NEW" {
		t.Errorf("a create of a quote answered %v, want an array with another quote in front", quotes)
	}
	p := ask(t, s, admin, "POST", prefix+"parties", `{"party":{"name":"N","type":"company"}}`).want(t, 201).object(t)
	if p["type"] != "company" {
		t.Errorf("type = %v, want the short name", p["type"])
	}
	sent := `{"purchase_order":{"number":"N","department_id":"1"}}`
	ask(t, s, admin, "POST", prefix+"purchase_orders", sent).want(t, 201)
	if r := ask(t, s, admin, "GET", prefix+"projects/1", "").want(t, 404); r.body != `{"error":"Record not found"}` {
		t.Errorf("an error is %s, want no envelope", r.body)
	}
	r := ask(t, s, admin, "POST", prefix+"notes", `{"note":{"notable_type":"Project"}}`).want(t, 422)
	if want := `{"errors":{"body":["can't be blank"],"notable_id":["can't be blank"]}}`; r.body != want {
		t.Errorf("errors are %s, want %s", r.body, want)
	}
}

func TestPartyTypeIsLongWhereWritten(t *testing.T) {
	t.Parallel()
	s := small(t)
	for _, sent := range []string{"company", "Crm::Parties::Company"} {
		r := ask(t, s, s.Admin(), "POST", prefix+"parties", `{"party":{"name":"N","type":"`+sent+`"}}`).want(t, 201)
		if got := r.object(t)["type"]; got != "Crm::Parties::Company" {
			t.Errorf("sent %s: type = %v, want the long name", sent, got)
		}
	}
}

func TestStringMoney(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.StringMoney = true })
	v := ask(t, s, s.Admin(), "POST", prefix+"invoices", body(s, newInvoice)).want(t, 201).object(t)
	line := v["lines"].([]any)[0].(object)
	if v["total"] != "875.08" || line["unit_price"] != "25.00" {
		t.Errorf("total = %#v and unit_price = %#v, want strings", v["total"], line["unit_price"])
	}
	if _, ok := line["quantity"].(string); ok {
		t.Error("a quantity is no money and stays a number")
	}
}
