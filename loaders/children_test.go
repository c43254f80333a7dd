package loaders

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// belonging are the ids of rows by their project, in the list's order.
func belonging[T access.Row[T]](rows []T, project func(T) ccube.Null[ccube.ID]) map[ccube.ID][]ccube.ID {
	by := make(map[ccube.ID][]ccube.ID)
	for _, row := range rows {
		if id := project(row); id.Valid {
			by[id.V] = append(by[id.V], row.Identity())
		}
	}
	return by
}

// Whatever the number of projects, each of the four lists is walked once, and each project gets its own rows in order.
func TestChildrenAreJoined(t *testing.T) {
	t.Parallel()
	y := serve(t, 200)
	projects := identities(rows(t, y, access.Projects()))
	want := map[string]map[ccube.ID][]ccube.ID{
		"quotes":          belonging(rows(t, y, access.Quotes()), func(q *ccube.Quote) ccube.Null[ccube.ID] { return q.ProjectID }),
		"invoices":        belonging(rows(t, y, access.Invoices()), func(i *ccube.Invoice) ccube.Null[ccube.ID] { return i.ProjectID }),
		"work_orders":     belonging(rows(t, y, access.WorkOrders()), func(w *ccube.WorkOrder) ccube.Null[ccube.ID] { return w.ProjectID }),
		"purchase_orders": belonging(rows(t, y, access.PurchaseOrders()), func(o *ccube.PurchaseOrder) ccube.Null[ccube.ID] { return o.ProjectID }),
	}
	set := y.set(t)
	quote, invoice := wanting("Quote", ccube.QuoteListKeys), wanting("Invoice", ccube.InvoiceListKeys)
	work, purchase := wanting("WorkOrder", ccube.WorkOrderNumber), wanting("PurchaseOrder", ccube.PurchaseOrderNumber)
	got := map[string]map[ccube.ID][]ccube.ID{"quotes": {}, "invoices": {}, "work_orders": {}, "purchase_orders": {}}
	var mu sync.Mutex
	put := func(noun string, project ccube.ID, ids []ccube.ID, err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			t.Errorf("%s of project %d: %v", noun, project, err)
		}
		if len(ids) > 0 {
			got[noun][project] = ids
		}
	}
	set.QuotesOf.announce(projects, quote) // the others are asked for by nobody before
	var group sync.WaitGroup
	for _, id := range projects {
		group.Go(func() { f, err := set.QuotesOf.Of(t.Context(), id, quote); put("quotes", id, idsOf(f), err) })
		group.Go(func() { f, err := set.InvoicesOf.Of(t.Context(), id, invoice); put("invoices", id, idsOf(f), err) })
		group.Go(func() { f, err := set.WorkOrdersOf.Of(t.Context(), id, work); put("work_orders", id, idsOf(f), err) })
		group.Go(func() {
			f, err := set.PurchaseOrdersOf.Of(t.Context(), id, purchase)
			put("purchase_orders", id, idsOf(f), err)
		})
	}
	group.Wait()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what belongs to projects differs (-want +got):\n%s", diff)
	}
	// 400 quotes, 800 invoices, 200 work orders, 120 purchase orders; where the last page is full, an empty one shows it.
	y.spent(t, "each list is walked once", map[string]int{"quotes": 5, "invoices": 9, "work_orders": 3, "purchase_orders": 2})
}

// What the rows of all parents lack is read at once: a detail for each row, and none for those of other projects.
func TestChildrenAreHydratedForTheirParents(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	invoices := belonging(rows(t, y, access.Invoices()), func(i *ccube.Invoice) ccube.Null[ccube.ID] { return i.ProjectID })
	projects := identities(rows(t, y, access.Projects()))[:3]
	set, p := y.set(t), wanting("Invoice", ccube.InvoiceLines)
	set.InvoicesOf.announce(projects, p)
	details := 0
	for _, id := range projects {
		found, err := set.InvoicesOf.Of(t.Context(), id, p)
		if diff := cmp.Diff(invoices[id], idsOf(found)); err != nil || diff != "" && len(invoices[id])+len(found) > 0 {
			t.Errorf("invoices of project %d: %v (-want +got):\n%s", id, err, diff)
		}
		for _, f := range found {
			if f.Err != nil || !f.Row.Keys.Has(ccube.InvoiceLines) {
				t.Errorf("invoice %d lacks its lines, %v", f.Row.ID, f.Err)
			}
		}
		details += len(found)
	}
	want := map[string]int{"invoices": 2, "invoices/{id}": details}
	y.spent(t, "80 invoices are a page; they have a round number, so another shows the end", want)
}

func TestChildrenThatDangle(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		list   string
		want   map[ccube.ID][]ccube.ID
		kind   fault.Kind
	}{
		"of a project that is gone": {"nobody asks for it", `[{"id":1,"project_id":7},{"id":2,"project_id":999},{"id":3,"project_id":7}]`, map[ccube.ID][]ccube.ID{7: {1, 3}, 8: {}}, ""},
		"of no project":             {"null is an answer", `[{"id":1,"project_id":null},{"id":2,"project_id":8}]`, map[ccube.ID][]ccube.ID{7: {}, 8: {2}}, ""},
		"all of no project":         {"null is an answer", `[{"id":1,"project_id":null}]`, map[ccube.ID][]ccube.ID{7: {}, 8: {}}, ""},
		"of a broken id":            {"it spoils that one row", `[{"id":1,"project_id":"x"},{"id":2,"project_id":"8"}]`, map[ccube.ID][]ccube.ID{7: {}, 8: {2}}, ""},
		"some that do not say":      {"the others do", `[{"id":1},{"id":2,"project_id":8}]`, map[ccube.ID][]ccube.ID{7: {}, 8: {2}}, ""},
		"none that says":            {"no children would be a lie: the list is an older one", `[{"id":1},{"id":2}]`, nil, fault.UpstreamError},
		"none at all":               {"an empty list says nothing and has nothing", `[]`, map[ccube.ID][]ccube.ID{7: {}, 8: {}}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, s := scripted(t, map[string]string{"invoices": c.list})
			p := wanting("Invoice", 0)
			for _, project := range []ccube.ID{7, 8} {
				found, err := set.InvoicesOf.Of(t.Context(), project, p)
				if fault.KindOf(err) != c.kind {
					t.Errorf("the error is %v: %s", err, c.reason)
				}
				if diff := cmp.Diff(c.want[project], idsOf(found)); c.kind == "" && diff != "" {
					t.Errorf("invoices of project %d: %s (-want +got):\n%s", project, c.reason, diff)
				}
			}
			if calls := s.spent()["invoices"]; calls > 2 {
				t.Errorf("it took %d calls", calls)
			}
		})
	}
}

func TestChildrenOfAListThatFails(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	y.fail("invoices", 403)
	set, p := y.set(t), wanting("Invoice", 0)
	for project := range ccube.ID(5) {
		if _, err := set.InvoicesOf.Of(t.Context(), project, p); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("project %d: %v, want FORBIDDEN", project, err)
		}
	}
	if _, err := set.FinancialsOf(t.Context(), 1); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("financials: %v, want FORBIDDEN", err)
	}
	if calls := y.CallCounts()["GET /api/v2/invoices"]; calls > 2 {
		t.Errorf("a list that is closed was asked for %d times", calls)
	}
}

// What a query selects below rows is read level by level, before anybody asks: lines of invoices two levels down, and
// nothing for what the rows above have shown already.
func TestRelationsAreAnnounced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		set, s := scripted(t, map[string]string{
			"invoices":   `[{"id":1,"project_id":7},{"id":2,"project_id":8},{"id":3,"project_id":7}]`,
			"invoices/1": `{"id":1,"project_id":7,"lines":[],"estimator_id":5}`,
			"invoices/3": `{"id":3,"project_id":7,"lines":[],"estimator_id":5}`,
			"notes":      `[]`,
			"users/5":    `{"id":5,"given_name":"Ada"}`,
		})
		invoice := selecting("Invoice", ccube.InvoiceLines|ccube.InvoiceProjectID, "project", wanting("Project", ccube.ProjectNumber))
		invoice.Fields = append(invoice.Fields,
			Field{Alias: "by", Name: "estimator", Plans: map[string]*Plan{"User": wanting("User", ccube.UserGivenName)}},
			Field{Alias: "notes", Name: "notes", Plans: map[string]*Plan{"Note": wanting("Note", ccube.NoteBody)}},
		)
		project := selecting("Project", ccube.ProjectNumber, "bills", invoice)
		project.Fields[0].Name = "invoices" // under an alias
		row := &ccube.Project{Row: ccube.Row{ID: 7, Keys: ccube.ProjectListKeys}}
		set.Projects.Prepare(t.Context(), []*ccube.Project{row}, project)
		synctest.Wait()
		want := map[string]int{"invoices": 2, "invoices/1": 1, "invoices/3": 1, "notes": 2, "users/5": 1}
		if diff := cmp.Diff(want, s.spent()); diff != "" {
			t.Errorf("what was read before anybody asked differs (-want +got):\n%s", diff)
		}
		found, err := set.InvoicesOf.Of(t.Context(), 7, project.Below("bills", "Invoice"))
		if err != nil || len(found) != 2 {
			t.Fatalf("%d invoices, %v", len(found), err)
		}
		user, err := set.Users.Get(t.Context(), found[0].Row.EstimatorID.V, found[0].Plan.Below("by", "User"))
		if err != nil || user.Row.GivenName.V != "Ada" {
			t.Errorf("the estimator is %+v, %v", user, err)
		}
		if diff := cmp.Diff(none, s.spent()); diff != "" {
			t.Errorf("who asks makes a call of its own (-want +got):\n%s", diff)
		}
	})
}

// A panic while rows are sorted is an error of whoever asks: it must not end the process from a goroutine of its own.
func TestJoinThatPanics(t *testing.T) {
	t.Parallel()
	set, _ := scripted(t, map[string]string{"quotes": `[{"id":1,"project_id":7}]`, "invoices": `[]`})
	set.QuotesOf = newChildren(set.Quotes, func(*ccube.Quote) (*ccube.ID, bool) { panic("s3cr3t") })
	set.announceFinancials()
	if _, err := set.FinancialsOf(t.Context(), 7); fault.KindOf(err) != fault.Internal {
		t.Errorf("financials: %v, want INTERNAL", err)
	}
	if _, err := set.QuotesOf.Of(t.Context(), 7, wanting("Quote", 0)); fault.KindOf(err) != fault.Internal {
		t.Errorf("quotes: %v, want INTERNAL", err)
	}
}

func TestBelow(t *testing.T) {
	t.Parallel()
	note, user := wanting("Note", 1), wanting("User", 2)
	p := &Plan{Fields: []Field{
		{Alias: "a", Name: "notes", Plans: map[string]*Plan{"Note": note}},
		{Alias: "b", Name: "createdBy", Plans: map[string]*Plan{"User": user}},
	}}
	cases := map[string]struct {
		reason     string
		plan       *Plan
		alias, typ string
		want       *Plan
	}{
		"by alias":      {"two aliases are two places", p, "a", "Note", note},
		"not by name":   {"the answer is by alias", p, "notes", "Note", nil},
		"another type":  {"a field of one type", p, "b", "Note", nil},
		"not selected":  {"the query does not want it", p, "c", "User", nil},
		"below nothing": {"no plan has nothing below", nil, "a", "Note", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.plan.Below(c.alias, c.typ); got != c.want {
				t.Errorf("Below is %+v, want %+v: %s", got, c.want, c.reason)
			}
		})
	}
}
