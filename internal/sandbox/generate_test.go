package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everything is what an admin can read, in one string.
func everything(t *testing.T, s *Server) string {
	t.Helper()
	s.Set(func(sw *Switches) { sw.Paging.Mode = PagingIgnored })
	var all strings.Builder
	for _, noun := range []string{
		"users", "projects", "quotes", "invoices", "purchase_orders", "work_orders", "notes", "parties",
	} {
		all.WriteString(ask(t, s, s.Admin(), "GET", prefix+noun, "").want(t, 200).body)
		all.WriteByte('\n')
	}
	return all.String()
}

func TestTheSameSeedGivesTheSameData(t *testing.T) {
	t.Parallel()
	early := func() time.Time { return time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) }
	one := everything(t, New(Options{Projects: 60, Seed: 3}))
	if diff := cmp.Diff(one, everything(t, New(Options{Projects: 60, Seed: 3, Now: early}))); diff != "" {
		t.Errorf("the clock changed the data:\n%s", diff)
	}
	if one == everything(t, New(Options{Projects: 60, Seed: 4})) {
		t.Error("another seed gave the same data")
	}
}

func TestNumbersOfRows(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 200, 25_000} {
		if n > 1000 && testing.Short() {
			continue
		}
		s := New(Options{Projects: n})
		got := map[string]int{
			"projects": len(s.data.projects.rows), "invoices": len(s.data.invoices.rows), "quotes": len(s.data.quotes.rows),
			"work orders": len(s.data.workOrders.rows), "purchase orders": len(s.data.purchaseOrders.rows),
			"users": len(s.data.users.rows),
		}
		want := map[string]int{
			"projects": n, "invoices": 4 * n, "quotes": 2 * n, "work orders": n, "purchase orders": n * 3 / 5, "users": 14,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d projects (-want +got):\n%s", n, diff)
		}
	}
}

func TestIdsAscendWithGapsAndDoNotOverlap(t *testing.T) {
	t.Parallel()
	d := New(Options{Projects: 25_000}).data
	before := int64(0)
	for _, ids := range [][]int64{
		d.users.ids, d.projects.ids, d.parties.ids, d.quotes.ids, d.purchaseOrders.ids, d.workOrders.ids, d.invoices.ids,
		d.notes.ids,
	} {
		if ids[0] <= before || !slices.IsSorted(ids) {
			t.Errorf("ids from %d are not above %d in ascending order", ids[0], before)
		}
		if before = ids[len(ids)-1]; before-ids[0] < int64(len(ids)) && len(ids) > 20 {
			t.Errorf("ids from %d to %d have no gaps", ids[0], before)
		}
	}
}

// TestMoneyAddsUp reads every invoice as a caller would and checks it to the cent.
func TestMoneyAddsUp(t *testing.T) {
	t.Parallel()
	s := New(Options{Projects: 100})
	kinds := map[string]int{}
	for _, id := range s.data.invoices.ids {
		v := ask(t, s, s.Admin(), "GET", prefix+"invoices/"+text(id), "").want(t, 200).object(t)
		sum := int64(0)
		for _, l := range v["lines"].([]any) {
			sum += money(t, l.(object)["total"])
		}
		subtotal, total, paid := money(t, v["subtotal"]), money(t, v["total"]), money(t, v["paid_total"])
		if sum != subtotal || subtotal+money(t, v["tax1_amount"])+money(t, v["tax2_amount"]) != total ||
			total-paid != money(t, v["balance"]) || text(v["tax1_rate"]) != "0.05" || text(v["tax2_rate"]) != "0.09975" {
			t.Fatalf("invoice %d does not add up: %v", id, v)
		}
		classify(kinds, v, total, paid)
	}
	for _, kind := range []string{"credit", "draft", "paid", "partly paid", "overdue", "open"} {
		if kinds[kind] == 0 {
			t.Errorf("no invoice is %s among %v", kind, kinds)
		}
	}
}

func classify(kinds map[string]int, v object, total, paid int64) {
	due, _ := v["due_date"].(string)
	switch {
	case v["is_credit"] == true && total < 0:
		kinds["credit"]++
	case v["status"] == "Draft":
		kinds["draft"]++
	case paid == total && v["paid_on"] != nil:
		kinds["paid"]++
	case paid > 0 && paid < total:
		kinds["partly paid"]++
	case paid == 0 && due < "2026-11-02":
		kinds["overdue"]++
	case paid == 0:
		kinds["open"]++
	}
}

// money reads an amount with two digits as cents, from its text alone.
func money(t *testing.T, v any) int64 {
	t.Helper()
	whole, fraction, ok := strings.Cut(text(v), ".")
	n, err := json.Number(whole + fraction).Int64()
	if !ok || len(fraction) != 2 || err != nil {
		t.Fatalf("%v is not an amount with two digits", v)
	}
	return n
}

func TestBelievableAwkwardness(t *testing.T) {
	t.Parallel()
	s := New(Options{})
	rows := decode[[]object](t, strings.Split(everything(t, s), "\n")[1])
	found := map[string]bool{}
	for _, p := range rows {
		st := p["stage"].(object)
		found["a stage that is another in the list"] = found["a stage that is another in the list"] ||
			text(st["id"]) == "2" && st["name"] == "Active"
		found["a stage that is not listed"] = found["a stage that is not listed"] || text(st["id"]) == "11"
		found["no client"] = found["no client"] || p["client"] == nil
		found["no building"] = found["no building"] || p["building_id"] == nil
		found["a building"] = found["a building"] || p["building_id"] != nil
		found["no property type"] = found["no property type"] || p["property_type"] == nil
	}
	for what, ok := range found {
		if !ok {
			t.Errorf("no project has %s", what)
		}
	}
	var steps []string
	for _, st := range ask(t, s, s.Admin(), "GET", prefix+"projects/stages", "").rows(t) {
		steps = append(steps, text(st["next_steps"]))
	}
	if !strings.Contains(strings.Join(steps, " "), "12") {
		t.Error("no stage leads to one that is not listed")
	}
}

func TestNothingIsOfTheFuture(t *testing.T) {
	t.Parallel()
	d := New(Options{}).data
	now := New(Options{}).today.at(12 * time.Hour)
	for _, v := range d.invoices.rows {
		if v.updated > now || v.created > v.updated || v.paidOn > dayOf(now.time()) {
			t.Errorf("invoice %d was made %v, changed %v, paid %d", v.id, v.created.time(), v.updated.time(), v.paidOn)
		}
	}
}

var _ http.Handler = (*Server)(nil)
