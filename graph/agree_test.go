package graph_test

// This file holds the graph against the sandbox's own rows, read past the gateway, under every habit of paging.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// habits are the ways in which a tenant may treat page and per_page.
var habits = map[string]sandbox.Paging{
	"as documented": {},
	"any size":      {Mode: sandbox.PagingHonoured},
	"capped":        {Mode: sandbox.PagingHonoured, Max: 30},
	"capped odd":    {Mode: sandbox.PagingHonoured, Max: 7},
	"ignored":       {Mode: sandbox.PagingIgnored},
	"page only":     {Mode: sandbox.PagingPageOnly, Max: 25},
}

// underEachHabit runs a test with a gateway over a tenant of each habit.
func underEachHabit(t *testing.T, test func(*testing.T, *gatewaytest.Gateway)) {
	t.Helper()
	for name, habit := range habits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, gatewaytest.Start(t, gatewaytest.Options{Projects: 60, Switches: sandbox.Switches{Paging: habit}}))
		})
	}
}

// whole reads a list past the gateway, as documented, whatever the habit is.
func whole(t *testing.T, g *gatewaytest.Gateway, noun string) []map[string]any {
	t.Helper()
	var was sandbox.Paging
	g.Sandbox.Set(func(s *sandbox.Switches) { was, s.Paging = s.Paging, sandbox.Paging{} })
	defer g.Sandbox.Set(func(s *sandbox.Switches) { s.Paging = was })
	return rows(t, g.Sandbox, g.Sandbox.Admin(), noun)
}

// id is a row's number as the graph shows it.
func id(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%.0f", v)
}

func ids(rows []map[string]any) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = id(row["id"])
	}
	return all
}

type thing struct{ ID string }

func idsOf(things []thing) []string {
	all := make([]string, len(things))
	for i, one := range things {
		all[i] = one.ID
	}
	return all
}

// lists are the root fields that list, with their nouns.
var lists = map[string]string{
	"projects": "projects", "quotes": "quotes", "invoices": "invoices", "workOrders": "work_orders",
	"purchaseOrders": "purchase_orders", "notes": "notes", "parties": "parties", "users": "users",
}

type page struct {
	Nodes    []thing
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
	TotalCount int
}

func TestReadingOnGivesTheWholeList(t *testing.T) {
	t.Parallel()
	underEachHabit(t, func(t *testing.T, g *gatewaytest.Gateway) {
		for field, noun := range lists {
			want := ids(whole(t, g, noun))
			for _, first := range []int{23, 250} {
				if got := readOn(t, g, field, first); !slices.Equal(got, want) {
					t.Errorf("%s by %d: got %d rows, want %d", field, first, len(got), len(want))
				}
			}
		}
	})
}

// readOn pages through a list as clients do.
func readOn(t *testing.T, g *gatewaytest.Gateway, field string, first int) (all []string) {
	t.Helper()
	after := ""
	for range 1000 {
		query := fmt.Sprintf(`{ it: %s(first: %d%s) { nodes { id } pageInfo { hasNextPage endCursor } } }`, field, first, after)
		p := gatewaytest.Decode[struct{ It page }](t, g.Ask(t, query)).It
		if len(p.Nodes) > first {
			t.Fatalf("%s(first: %d) gave %d rows", field, first, len(p.Nodes))
		}
		all = append(all, idsOf(p.Nodes)...)
		if !p.PageInfo.HasNextPage {
			return all
		}
		after = fmt.Sprintf(", after: %q", *p.PageInfo.EndCursor)
	}
	t.Fatalf("%s does not end", field)
	return nil
}

func TestWindowsAgreeWithTheList(t *testing.T) {
	t.Parallel()
	underEachHabit(t, func(t *testing.T, g *gatewaytest.Gateway) {
		all := ids(whole(t, g, "quotes"))
		for _, w := range []struct{ offset, first int }{{0, 1}, {1, 1}, {19, 3}, {30, 30}, {99, 2}, {100, 20}, {119, 1}, {110, 30}, {120, 5}, {121, 5}, {5, 1000}} {
			query := fmt.Sprintf(`{ it: quotes(first: %d, offset: %d) { nodes { id } pageInfo { hasNextPage } totalCount } }`, w.first, w.offset)
			for _, query := range []string{strings.Replace(query, "totalCount", "", 1), query} {
				p := gatewaytest.Decode[struct{ It page }](t, g.Ask(t, query)).It
				from := min(w.offset, len(all))
				to := min(w.offset+w.first, len(all))
				if diff := gocmp.Diff(append([]string{}, all[from:to]...), idsOf(p.Nodes)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", query, diff)
				}
				if p.PageInfo.HasNextPage != (to < len(all)) {
					t.Errorf("%s: hasNextPage = %t", query, p.PageInfo.HasNextPage)
				}
				if strings.Contains(query, "totalCount") && p.TotalCount != len(all) {
					t.Errorf("%s: totalCount = %d, want %d", query, p.TotalCount, len(all))
				}
			}
		}
	})
}

func TestJoinsAgreeWithTheRows(t *testing.T) {
	t.Parallel()
	children := map[string]string{"quotes": "quotes", "invoices": "invoices", "workOrders": "work_orders", "purchaseOrders": "purchase_orders"}
	underEachHabit(t, func(t *testing.T, g *gatewaytest.Gateway) {
		type project struct {
			ID                                                  string
			Quotes, Invoices, WorkOrders, PurchaseOrders, Notes []thing
		}
		const query = `{ projects(first: 60) { nodes { id quotes { id } invoices { id } workOrders { id } purchaseOrders { id } notes { id } } } }`
		got := gatewaytest.Decode[struct{ Projects struct{ Nodes []project } }](t, g.Ask(t, query)).Projects.Nodes
		wantOf := func(noun string, belongs func(row map[string]any, project string) bool) map[string][]string {
			want := make(map[string][]string)
			all := whole(t, g, noun)
			for _, p := range got {
				want[p.ID] = []string{}
				for _, row := range all {
					if belongs(row, p.ID) {
						want[p.ID] = append(want[p.ID], id(row["id"]))
					}
				}
			}
			return want
		}
		compare := func(field string, want map[string][]string, of func(project) []thing) {
			have := make(map[string][]string)
			for _, p := range got {
				have[p.ID] = idsOf(of(p))
			}
			if diff := gocmp.Diff(want, have); diff != "" {
				t.Errorf("%s (-want +got):\n%s", field, diff)
			}
		}
		byProject := func(row map[string]any, project string) bool { return id(row["project_id"]) == project }
		compare("quotes", wantOf(children["quotes"], byProject), func(p project) []thing { return p.Quotes })
		compare("invoices", wantOf(children["invoices"], byProject), func(p project) []thing { return p.Invoices })
		compare("workOrders", wantOf(children["workOrders"], byProject), func(p project) []thing { return p.WorkOrders })
		compare("purchaseOrders", wantOf(children["purchaseOrders"], byProject), func(p project) []thing { return p.PurchaseOrders })
		compare("notes", wantOf("notes", func(row map[string]any, project string) bool {
			return row["notable_type"] == "Project" && id(row["notable_id"]) == project
		}), func(p project) []thing { return p.Notes })
	})
}

// questions are asked of tenants of every habit, and of one that sends amounts as text: the answers are the same.
var questions = []string{
	`{ projects(first: 5, offset: 37) { nodes { number createdAt address { city } building { name } stage { name nextSteps { name } } financials { balance } } pageInfo { hasNextPage endCursor } } }`,
	`{ invoices(first: 3, offset: 120) { nodes { number total balance issueDate lines { quantity unitPrice total } client { name party { name } } project { number } notes { body createdBy { name } } } totalCount } }`,
	`{ workOrder(id: "400005") { number projectId project { number } notes { id } } }`,
	`{ parties(first: 4, offset: 60) { nodes { name type addresses { zip } } } party(id: "100001") { name } }`,
	`{ notes(first: 9, offset: 50) { nodes { notable { ... on Project { number } ... on Invoice { number } ... on Quote { number } ... on WorkOrder { number } } } } }`,
	`{ quote(id: "200010") { number quotedTotal project { number } client { name } } viewer { user { name } } }`,
}

func TestHabitsDoNotShow(t *testing.T) {
	t.Parallel()
	plain := gatewaytest.Start(t, gatewaytest.Options{Projects: 60})
	want := make([]string, len(questions))
	for i, question := range questions {
		a := plain.Ask(t, question)
		gatewaytest.Decode[any](t, a)
		want[i] = a.Body
	}
	switches := map[string]sandbox.Switches{"text for money": {StringMoney: true}}
	for name, habit := range habits {
		switches[name] = sandbox.Switches{Paging: habit}
	}
	for name, s := range switches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 60, Switches: s})
			for i, question := range questions {
				for _, when := range []string{"cold", "known"} {
					if diff := gocmp.Diff(want[i], g.Ask(t, question).Body); diff != "" {
						t.Errorf("%s, %s (-want +got):\n%s", question, when, diff)
					}
				}
			}
		})
	}
}
