package loaders

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

func TestHydration(t *testing.T) {
	t.Parallel()
	const rows = 10
	cases := map[string]struct {
		reason string
		want   ccube.Keys
		calls  map[string]int
	}{
		"nothing":                  {"a page is one call", 0, map[string]int{"invoices": 1}},
		"what the list has":        {"a page is one call", ccube.InvoiceListKeys, map[string]int{"invoices": 1}},
		"lines":                    {"a detail for each", ccube.InvoiceLines, map[string]int{"invoices": 1, "invoices/{id}": rows}},
		"all that the detail has":  {"no more than one detail for each", ccube.InvoiceDetailKeys, map[string]int{"invoices": 1, "invoices/{id}": rows}},
		"something from each road": {"the row came by the list already", ccube.InvoiceListKeys | ccube.InvoiceStatus, map[string]int{"invoices": 1, "invoices/{id}": rows}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := serve(t, 20)
			set := y.set(t)
			page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: rows}, false)
			if err != nil {
				t.Fatal(err)
			}
			found := set.Invoices.Prepare(t.Context(), page.Rows, wanting("Invoice", c.want))
			y.spent(t, c.reason, c.calls)
			if diff := cmp.Diff(identities(page.Rows), idsOf(found)); diff != "" {
				t.Errorf("the order differs (-want +got):\n%s", diff)
			}
			for _, f := range found {
				if f.Err != nil || !f.Row.Keys.Has(c.want) {
					t.Errorf("invoice %d lacks keys %b, %v", f.Row.ID, c.want&^f.Row.Keys, f.Err)
				}
			}
		})
	}
}

// Two aliases of one field, and another way to the same things, at the same time.
func TestOneDetailForEachObject(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	set := y.set(t)
	page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: 10}, false)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		lines, status := wanting("Invoice", ccube.InvoiceLines), wanting("Invoice", ccube.InvoiceStatus)
		group.Go(func() { set.Invoices.Prepare(t.Context(), page.Rows, lines) })
		group.Go(func() { set.Invoices.Announce(identities(page.Rows), status) })
		for _, row := range page.Rows {
			group.Go(func() {
				if f, err := set.Invoices.Get(t.Context(), row.ID, lines); err != nil || f.Row.Rest().Lines == nil {
					t.Errorf("invoice %d: %v", row.ID, err)
				}
			})
		}
	}
	group.Wait()
	y.spent(t, "each invoice has one detail", map[string]int{"invoices": 1, "invoices/{id}": 10})
}

// A list and a detail that disagree: one answer shows one of the two readings, wherever it shows the thing.
func TestAValueOnceShownStays(t *testing.T) {
	t.Parallel()
	says := map[string]string{
		"invoices":   `[{"id":1,"balance":10.00,"total":100},{"id":2,"balance":20}]`,
		"invoices/1": `{"id":1,"balance":99.99,"total":100,"status":"sent","lines":[]}`,
		"invoices/2": `{"id":2,"balance":88.88,"status":"paid","lines":[]}`,
	}
	const shown = ccube.InvoiceBalance
	t.Run("list first", func(t *testing.T) {
		t.Parallel()
		set, _ := scripted(t, says)
		page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: 2}, false)
		if err != nil {
			t.Fatal(err)
		}
		first := set.Invoices.Prepare(t.Context(), page.Rows, wanting("Invoice", shown))
		second := set.Invoices.Prepare(t.Context(), page.Rows, wanting("Invoice", shown|ccube.InvoiceLines))
		again, err := set.Invoices.Get(t.Context(), 1, wanting("Invoice", shown|ccube.InvoiceStatus))
		if err != nil {
			t.Fatal(err)
		}
		got := []ccube.Decimal{first[0].Row.Balance.V, second[0].Row.Balance.V, again.Row.Balance.V, first[1].Row.Balance.V, second[1].Row.Balance.V}
		if diff := cmp.Diff([]ccube.Decimal{"10.00", "10.00", "10.00", "20", "20"}, got); diff != "" {
			t.Errorf("the balances shown differ (-want +got):\n%s", diff)
		}
		if second[0].Row.Status.V != "sent" || second[0].Row.Rest().Lines == nil {
			t.Errorf("the detail has not added what it has: %+v", second[0].Row)
		}
	})
	t.Run("detail first", func(t *testing.T) {
		t.Parallel()
		set, _ := scripted(t, says)
		one, err := set.Invoices.Get(t.Context(), 1, wanting("Invoice", shown|ccube.InvoiceLines))
		if err != nil {
			t.Fatal(err)
		}
		page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: 2}, false)
		if err != nil {
			t.Fatal(err)
		}
		listed := set.Invoices.Prepare(t.Context(), page.Rows, wanting("Invoice", shown))
		if got := []ccube.Decimal{one.Row.Balance.V, listed[0].Row.Balance.V}; !slices.Equal(got, []ccube.Decimal{"99.99", "99.99"}) {
			t.Errorf("the balance is shown as %v, want the first reading", got)
		}
	})
	t.Run("both at once", func(t *testing.T) {
		t.Parallel()
		set, _ := scripted(t, says)
		page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: 2}, false)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		seen := make(map[ccube.Decimal]bool)
		var group sync.WaitGroup
		for i := range 8 {
			p := wanting("Invoice", shown)
			if i%2 == 0 {
				p.Want |= ccube.InvoiceLines
			}
			group.Go(func() {
				balance := set.Invoices.Prepare(t.Context(), page.Rows, p)[0].Row.Balance.V
				mu.Lock()
				defer mu.Unlock()
				seen[balance] = true
			})
		}
		group.Wait()
		if len(seen) != 1 {
			t.Errorf("one answer shows the balances %v", seen)
		}
	})
}

func TestDetailsThatFail(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		status int
		want   fault.Kind
	}{
		"404": {"deleted meanwhile: what only the detail has is null", 404, ""},
		"410": {"deleted meanwhile: what only the detail has is null", 410, ""},
		"403": {"the fields that are missing say why", 403, fault.Forbidden},
		"500": {"the fields that are missing say why", 500, fault.UpstreamError},
		"401": {"the fields that are missing say why", 401, fault.Unauthenticated},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := serve(t, 20)
			set := y.set(t)
			page, err := set.Invoices.Page(t.Context(), Selection[*ccube.Invoice]{}, access.Window{Count: 3}, false)
			if err != nil {
				t.Fatal(err)
			}
			gone := page.Rows[1].ID
			y.fail(fmt.Sprintf("invoices/%d", gone), c.status)
			for range 2 { // and nobody tries again
				found := set.Invoices.Prepare(t.Context(), page.Rows, wanting("Invoice", ccube.InvoiceLines|ccube.InvoiceBalance))
				for i, f := range found {
					if f.Row.ID != page.Rows[i].ID || !f.Row.Balance.Valid {
						t.Errorf("row %d is not there any more: %+v", i, f.Row)
					}
					failed := f.Row.ID == gone
					if lacks := !f.Row.Keys.Has(ccube.InvoiceLines); lacks != failed {
						t.Errorf("invoice %d lacks its lines: %t", f.Row.ID, lacks)
					}
					if want := c.want; !failed && f.Err != nil || failed && fault.KindOf(f.Err) != want {
						t.Errorf("invoice %d has the error %v: %s", f.Row.ID, f.Err, c.reason)
					}
				}
			}
			y.spent(t, "one detail each", map[string]int{"invoices": 1, "invoices/{id}": 3})
		})
	}
}

func TestByID(t *testing.T) {
	t.Parallel()
	const absent = 999_999
	cases := map[string]struct {
		reason string
		absent bool
		plan   *Plan
		found  bool
		calls  map[string]int
	}{
		"the id alone":                {"whoever refers to it knows its id", false, wanting("Project", 0), true, none},
		"the id of nothing":           {"whoever refers to it may be wrong", true, wanting("Project", 0), true, none},
		"the id alone, verified":      {"an id from outside may name nothing", false, &Plan{Type: "Project", Verify: true}, true, map[string]int{"projects/{id}": 1}},
		"the id of nothing, verified": {"there is none", true, &Plan{Type: "Project", Verify: true}, false, map[string]int{"projects/{id}": 1}},
		"a key of both roads":         {"one detail is fewer than any walk", false, wanting("Project", ccube.ProjectNumber), true, map[string]int{"projects/{id}": 1}},
		"a key of both, of nothing":   {"there is none", true, wanting("Project", ccube.ProjectNumber), false, map[string]int{"projects/{id}": 1}},
		"a key of the detail":         {"there is one road", false, wanting("Project", ccube.ProjectAddress), true, map[string]int{"projects/{id}": 1}},
		"a key of nowhere":            {"whether the thing exists is asked once", false, wanting("Project", ccube.ProjectName), true, map[string]int{"projects/{id}": 1}},
		"a key of the list":           {"20 projects are one page, and one more while paging is unknown", false, wanting("Project", ccube.ProjectCreatedAt), true, map[string]int{"projects": 2}},
		"a key of each":               {"both roads, each once", false, wanting("Project", ccube.ProjectCreatedAt|ccube.ProjectAddress), true, map[string]int{"projects": 2, "projects/{id}": 1}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := serve(t, 20)
			id := rows(t, y, access.Projects())[7].ID
			if c.absent {
				id = absent
			}
			set := y.set(t)
			var group sync.WaitGroup
			for range 3 {
				group.Go(func() {
					f, err := set.Projects.Get(t.Context(), id, c.plan)
					if err != nil || (f != nil) != c.found || f != nil && (f.Row.ID != id || f.Err != nil) {
						t.Errorf("got %+v, %v, want one: %t", f, err, c.found)
					}
				})
			}
			group.Wait()
			y.spent(t, c.reason, c.calls)
		})
	}
}

func TestByIDFails(t *testing.T) {
	t.Parallel()
	y := serve(t, 5)
	id := rows(t, y, access.Projects())[0].ID
	y.fail("projects/{id}", 500)
	set := y.set(t)
	for range 2 {
		if f, err := set.Projects.Get(t.Context(), id, wanting("Project", ccube.ProjectAddress)); f != nil || fault.KindOf(err) != fault.UpstreamError {
			t.Errorf("got %v, %v, want UPSTREAM_ERROR", f, err)
		}
	}
	y.spent(t, "a failure is not tried again", map[string]int{"projects/{id}": 1})
}

// There is no call for one party: it is looked for in the list.
func TestPartyIsFoundInTheList(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	parties := rows(t, y, access.Parties())
	set := y.set(t)
	p := wanting("Party", ccube.PartyName)
	set.Parties.Announce([]ccube.ID{parties[3].ID, parties[0].ID, 1}, p)
	for i, want := range []*ccube.Party{parties[3], parties[0]} {
		f, err := set.Parties.Get(t.Context(), want.ID, p)
		if err != nil || f == nil || f.Row.Name != want.Name {
			t.Errorf("party %d is %+v, %v, want %+v", i, f, err, want)
		}
	}
	if f, err := set.Parties.Get(t.Context(), 1, p); f != nil || err != nil {
		t.Errorf("a party that is none is %+v, %v", f, err)
	}
	y.spent(t, "one walk for all, to its end", map[string]int{"parties": 2})
}

// What the two roads promise and this tenant has on neither is null, after one read of each at most.
func TestKeysThatAreOnNeitherRoad(t *testing.T) {
	t.Parallel()
	set, s := scripted(t, map[string]string{
		"quotes":   `[{"id":1,"number":"Q-1"},{"id":2,"number":"Q-2"}]`,
		"quotes/1": `{"id":1,"number":"Q-1"}`,
		"quotes/2": `{"id":2,"number":"Q-2"}`,
	})
	page, err := set.Quotes.Page(t.Context(), Selection[*ccube.Quote]{}, access.Window{Count: 2}, false)
	if err != nil {
		t.Fatal(err)
	}
	s.spent()
	for range 3 {
		found := set.Quotes.Prepare(t.Context(), page.Rows, wanting("Quote", ccube.QuoteClient|ccube.QuoteNumber))
		for _, f := range found {
			if f.Err != nil || f.Row.Client != nil || f.Row.Keys.Has(ccube.QuoteClient) || !f.Row.Number.Valid {
				t.Errorf("quote %d: %+v, %v", f.Row.ID, f.Row, f.Err)
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"quotes/1": 1, "quotes/2": 1}, s.spent()); diff != "" {
		t.Errorf("the calls differ (-want +got):\n%s", diff)
	}
}

// A key that the reference has nowhere is read by no call until a tenant has shown it.
func TestKeysDocumentedNowhere(t *testing.T) {
	t.Parallel()
	set, s := scripted(t, map[string]string{
		"quotes":   `[{"id":1,"number":"Q-1"},{"id":2,"number":"Q-2"}]`,
		"quotes/1": `{"id":1,"number":"Q-1","title":"Roof"}`,
		"quotes/2": `{"id":2,"number":"Q-2","title":"Wiring"}`,
	})
	page, err := set.Quotes.Page(t.Context(), Selection[*ccube.Quote]{}, access.Window{Count: 2}, false)
	if err != nil {
		t.Fatal(err)
	}
	s.spent()
	title := wanting("Quote", ccube.QuoteTitle)
	for _, f := range set.Quotes.Prepare(t.Context(), page.Rows, title) {
		if f.Err != nil || f.Row.Title.Valid {
			t.Errorf("quote %d has the title %v, %v", f.Row.ID, f.Row.Title, f.Err)
		}
	}
	if diff := cmp.Diff(none, s.spent()); diff != "" {
		t.Errorf("nobody has seen a title, and yet (-want +got):\n%s", diff)
	}
	quotes := set.Quotes.noun
	if _, err := quotes.Took(t.Context(), set.reader, quotes.BeginDetail(t.Context(), set.reader, 1)); err != nil { // by some other query
		t.Fatal(err)
	}
	found := set.Quotes.Prepare(t.Context(), page.Rows, title)
	if found[0].Row.Title.V != "Roof" || found[1].Row.Title.V != "Wiring" {
		t.Errorf("the titles are %v and %v", found[0].Row.Title, found[1].Row.Title)
	}
	if diff := cmp.Diff(map[string]int{"quotes/1": 2, "quotes/2": 1}, s.spent()); diff != "" {
		t.Errorf("the calls differ (-want +got):\n%s", diff)
	}
}

// So many things by id, of a list so long: never more calls than the fewer of details and pages, once the length is known;
// and at first not more than twice that, and a round.
func TestFewerOfDetailsAndPages(t *testing.T) {
	t.Parallel()
	for _, projects := range []int{33, 250, 1150} {
		y := serve(t, projects)
		all := rows(t, y, access.Projects())
		for _, sought := range []int{1, 2, 4, 8, 20, 60} {
			if sought > projects {
				continue
			}
			ids := make([]ccube.ID, sought)
			for i := range ids {
				ids[i] = all[(i+1)*len(all)/sought-1].ID
			}
			pages := (len(all) + 99) / 100
			best := min(sought, pages)
			y.census = access.NewCensus()
			reading := func(reason string, most int) {
				t.Helper()
				set, p := y.set(t), wanting("Project", ccube.ProjectNumber)
				set.Projects.Announce(ids, p)
				for _, id := range ids {
					if f, err := set.Projects.Get(t.Context(), id, p); err != nil || f == nil || f.Row.ID != id || !f.Row.Number.Valid {
						t.Errorf("project %d: %+v, %v", id, f, err)
					}
				}
				if calls := int(y.TotalCalls()); calls > most {
					t.Errorf("%d of %d projects cost %d calls, want %d at most: %s", sought, projects, calls, most, reason)
				}
				y.ResetCalls()
			}
			reading("nothing is known", 2*best+2)
			walk := y.set(t)
			if _, err := walk.Projects.Page(t.Context(), Selection[*ccube.Project]{}, access.Window{Count: 1}, true); err != nil {
				t.Fatal(err)
			}
			y.ResetCalls()
			reading("the length is known", best)
		}
	}
}

// A list that is closed to the caller leaves the details.
func TestClosedListLeavesDetails(t *testing.T) {
	t.Parallel()
	y := serve(t, 30)
	all := rows(t, y, access.Projects())
	y.fail("projects", 403)
	set, p := y.set(t), wanting("Project", ccube.ProjectNumber)
	ids := identities(all[:5])
	set.Projects.Announce(ids, p)
	for _, id := range ids {
		if f, err := set.Projects.Get(t.Context(), id, p); err != nil || f == nil || f.Err != nil || !f.Row.Number.Valid {
			t.Errorf("project %d: %+v, %v", id, f, err)
		}
	}
	if calls := y.CallCounts(); calls["GET /api/v2/projects/{id}"] != 5 || calls["GET /api/v2/projects"] > 2 {
		t.Errorf("the calls are %v", calls)
	}
}

func TestPageWithTotal(t *testing.T) {
	t.Parallel()
	y := serve(t, 120)
	all := rows(t, y, access.Projects())
	set := y.set(t)
	page, err := set.Projects.Page(t.Context(), Selection[*ccube.Project]{}, access.Window{Offset: 95, Count: 10, Next: true}, true)
	if err != nil || page.TotalErr != nil || page.Total != 120 || !page.More {
		t.Errorf("total %d, more %t, %v, %v", page.Total, page.More, page.TotalErr, err)
	}
	if diff := cmp.Diff(identities(all[95:105]), identities(page.Rows)); diff != "" {
		t.Errorf("the page differs (-want +got):\n%s", diff)
	}
	y.spent(t, "the page is cut from the walk", map[string]int{"projects": 2})
}

// The page stands where the total cannot be told.
func TestPageWithoutItsTotal(t *testing.T) {
	t.Parallel()
	y := serve(t, 120)
	walks := func(r *http.Request) bool { return r.URL.Query().Get("per_page") == "100" }
	y.Set(func(s *sandbox.Switches) { s.Faults = []*sandbox.Fault{{When: walks, Status: 500}} })
	page, err := y.set(t).Projects.Page(t.Context(), Selection[*ccube.Project]{}, access.Window{Count: 10}, true)
	if err != nil || len(page.Rows) != 10 || fault.KindOf(page.TotalErr) != fault.UpstreamError {
		t.Errorf("%d rows, %v, %v, want a page and the total's own error", len(page.Rows), page.TotalErr, err)
	}
}

// A road that lacks what the reference promises of it, as an older tenant's may, leaves the other: once.
func TestTheOtherRoad(t *testing.T) {
	t.Parallel()
	set, s := scripted(t, map[string]string{
		"quotes":   `[{"id":1,"number":"Q-1","client":{"name":"Ada"}}]`,
		"quotes/1": `{"id":1,"number":"Q-1"}`,
	})
	for range 2 {
		f, err := set.Quotes.Get(t.Context(), 1, wanting("Quote", ccube.QuoteClient))
		if err != nil || f == nil || f.Err != nil || f.Row.Client == nil || f.Row.Client.Name.V != "Ada" {
			t.Errorf("the quote is %+v, %v, want the client that the list shows", f, err)
		}
	}
	if diff := cmp.Diff(map[string]int{"quotes": 2, "quotes/1": 1}, s.spent()); diff != "" {
		t.Errorf("the calls differ (-want +got):\n%s", diff)
	}
}
