package sandbox

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWritesAreSeenByLaterReads(t *testing.T) {
	t.Parallel()
	s := small(t)
	path := first(t, s, "projects")
	ask(t, s, s.Admin(), "PUT", path, `{"project":{"call_notes":"Rappeler \"vite\"","work_end":null,"number":"P-X"}}`).
		want(t, 200)
	got := ask(t, s, s.Admin(), "GET", path, "").want(t, 200).object(t)
	want := object{"call_notes": `Rappeler "vite"`, "work_end": nil, "number": "P-X"}
	for key, value := range want {
		if diff := cmp.Diff(value, got[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if got["work_start"] == nil {
		t.Error("work_start was not given and must stay")
	}
}

func TestUpdateAnswersMillisecondsAndOffset(t *testing.T) {
	t.Parallel()
	s := small(t)
	got := ask(t, s, s.Admin(), "PUT", first(t, s, "projects"), `{"project":{"name":"N"}}`).object(t)["updated_at"]
	if want := "2026-11-02T08:00:00.000-04:00"; got != want {
		t.Errorf("updated_at = %v, want noon of the sandbox's first day in Québec, %s", got, want)
	}
}

func TestDeletedIsGone(t *testing.T) {
	t.Parallel()
	for _, noun := range []string{"users", "projects", "quotes", "invoices", "purchase_orders", "work_orders", "notes"} {
		t.Run(noun, func(t *testing.T) {
			t.Parallel()
			s := small(t)
			rows := ask(t, s, s.Admin(), "GET", prefix+noun, "").rows(t)
			path := prefix + noun + "/" + text(rows[1]["id"]) // the first user is who asks
			ask(t, s, s.Admin(), "DELETE", path, "").want(t, 200)
			ask(t, s, s.Admin(), "GET", path, "").want(t, 404)
			ask(t, s, s.Admin(), "DELETE", path, "").want(t, 404)
			s.Set(func(sw *Switches) { sw.GoneForDeleted = true })
			ask(t, s, s.Admin(), "GET", path, "").want(t, 410)
			ask(t, s, s.Admin(), "GET", prefix+noun+"/1", "").want(t, 404)
		})
	}
}

func TestDeletedPartiesLeaveANullClient(t *testing.T) {
	t.Parallel()
	s := small(t)
	v := ask(t, s, s.Admin(), "GET", prefix+"invoices", "").rows(t)[0]
	ask(t, s, s.Admin(), "DELETE", prefix+"parties/"+text(v["client_id"]), "").want(t, 200)
	got := ask(t, s, s.Admin(), "GET", prefix+"invoices/"+text(v["id"]), "").want(t, 200).object(t)
	if got["client"] != nil || text(got["client_id"]) != text(v["client_id"]) {
		t.Errorf("client = %v and client_id = %v, want null and the id as it was", got["client"], got["client_id"])
	}
}

func TestCreatedInvoiceTotalsItsLines(t *testing.T) {
	t.Parallel()
	s := small(t)
	got := ask(t, s, s.Admin(), "POST", prefix+"invoices", body(s, newInvoice)).want(t, 201).object(t)
	want := object{
		"subtotal": "875.08", "total": "875.08", "tax1_rate": "0", "paid_total": "0.00", "balance": "875.08",
		"full_number": "2024-INV-NEW", "status": "Draft", "issue_date": "2024-01-01", "is_credit": "false",
	}
	for key, value := range want {
		if diff := cmp.Diff(value, text(got[key])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	line := got["lines"].([]any)[1].(object)
	if text(line["quantity"]) != "7.5" || text(line["total"]) != "375.08" || line["material"] != nil {
		t.Errorf("second line = %v, want 7.5 at 50.01 for 375.08 and no material", line)
	}
	again := ask(t, s, s.Admin(), "GET", prefix+"invoices/"+text(got["id"]), "").want(t, 200).object(t)
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("the detail differs from the create's answer (-create +detail):\n%s", diff)
	}
}

func TestANewUserCanSignInAndADeletedOneCannot(t *testing.T) {
	t.Parallel()
	s := small(t)
	id := text(ask(t, s, s.Admin(), "POST", prefix+"users", newUser).want(t, 201).object(t)["id"])
	in := `{"user":{"email":"new@example.com","password":"password123"}}`
	token := ask(t, s, Account{}, "POST", "/users/sign_in", in).want(t, 200).object(t)["user_token"]
	as := Account{Authorization: fmt.Sprintf("Token %s,user_email=new@example.com", token)}
	ask(t, s, as, "GET", prefix+"users/"+id, "").want(t, 200)
	ask(t, s, as, "GET", prefix+"invoices", "").want(t, 403)

	ask(t, s, s.Admin(), "PUT", prefix+"users/"+id, `{"user":{"role_ids":[2]}}`).want(t, 200)
	ask(t, s, as, "GET", prefix+"invoices", "").want(t, 200)
	ask(t, s, s.Admin(), "PUT", prefix+"users/"+id, `{"user":{"suspended":true}}`).want(t, 200)
	ask(t, s, as, "GET", prefix+"users/"+id, "").want(t, 401)
	ask(t, s, s.Admin(), "PUT", prefix+"users/"+id, `{"user":{"suspended":false,"email":"other@example.com"}}`).want(t, 200)
	ask(t, s, as, "GET", prefix+"users/"+id, "").want(t, 401)

	ask(t, s, s.Admin(), "DELETE", prefix+"users/"+id, "").want(t, 200)
	ask(t, s, Account{}, "POST", "/users/sign_in", in).want(t, 401)
}

func TestStatusSwitches(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.CreateStatus200, sw.DeleteStatus204, sw.SilentWhereUnshown = true, true, true })
	path := prefix + "work_orders/" + text(ask(t, s, s.Admin(), "POST", prefix+"work_orders", newWorkOrder).want(t, 200).
		object(t)["id"])
	if r := ask(t, s, s.Admin(), "PUT", path, `{"work_order":{"description":"D"}}`).want(t, 200); r.body != "" {
		t.Errorf("an update whose answer is not shown said %q, want silence", r.body)
	}
	if r := ask(t, s, s.Admin(), "DELETE", path, "").want(t, 204); r.body != "" || r.header.Get("Content-Type") != "" {
		t.Errorf("a 204 said %q", r.body)
	}
	if r := ask(t, s, s.Admin(), "POST", prefix+"phones", newPhone).want(t, 200); r.body != "" {
		t.Errorf("a phone's create, not shown either, said %q", r.body)
	}
	ask(t, s, s.Admin(), "DELETE", first(t, s, "purchase_orders"), "").want(t, 204)
}

// TestConcurrentReadsAndWrites has nothing to assert but that the race detector is content and no number is taken
// twice.
func TestConcurrentReadsAndWrites(t *testing.T) {
	t.Parallel()
	s := small(t)
	var (
		wg      sync.WaitGroup
		mu      sync.Mutex
		created int
	)
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				sent := fmt.Sprintf(`{"purchase_order":{"number":"N-%d","department_id":1}}`, j)
				r := ask(t, s, s.Admin(), "POST", prefix+"purchase_orders", sent)
				mu.Lock()
				if r.status == 201 {
					created++
				}
				mu.Unlock()
				ask(t, s, s.Technician(), "GET", prefix+"purchase_orders?per_page=100", "")
				s.Set(func(sw *Switches) { sw.StringMoney = i%2 == 0 })
				_ = s.Calls()
			}
		})
	}
	wg.Wait()
	if created != 20 {
		t.Errorf("%d orders were created, want one for each of 20 numbers", created)
	}
}
