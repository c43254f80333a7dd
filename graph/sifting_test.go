package graph_test

// This file holds every filter and every order of every list to a reference: the list's own rows, read page by page
// without either, and then filtered and sorted here by the plainest means. The schema says which filters and orders there
// are: one that is not in the table below fails the test.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/schema"
)

// sandboxDay is the sandbox's today, so that the gateway agrees with it on what is overdue.
func sandboxDay() time.Time { return time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC) }

// sifted is a list with filters and orders.
type sifted struct {
	// list is the root field, typ the type of its nodes.
	list, typ string
	// selection is what the filters and the orders look at.
	selection string
	// filters are where in a node each filter field looks; upstream are those that CCUBE itself filters by.
	filters  map[string][]string
	upstream []string
	// orders are where in a node each order looks.
	orders map[string]string
}

var siftedLists = []sifted{
	{
		list: "projects", typ: "Project",
		selection: `id number name status callNotes workStart workEnd createdAt updatedAt client { name }
			stage { id } workType { id } propertyType { id } communicationStatus { id }`,
		filters: map[string][]string{
			"ids": {"id"}, "status": {"status"}, "stageId": {"stage.id"}, "workTypeId": {"workType.id"},
			"propertyTypeId": {"propertyType.id"}, "communicationStatusId": {"communicationStatus.id"},
			"search": {"number", "name", "callNotes", "client.name"}, "workStart": {"workStart"}, "workEnd": {"workEnd"},
			"createdAt": {"createdAt"}, "updatedAt": {"updatedAt"},
		},
		orders: map[string]string{
			"ID": "id", "NUMBER": "number", "STATUS": "status", "WORK_START": "workStart", "WORK_END": "workEnd",
			"CREATED_AT": "createdAt", "UPDATED_AT": "updatedAt",
		},
	},
	{
		list: "quotes", typ: "Quote",
		selection: "id number title description status projectId clientId quotedTotal createdAt updatedAt client { name }",
		filters: map[string][]string{
			"ids": {"id"}, "projectId": {"projectId"}, "clientId": {"clientId"}, "status": {"status"},
			"search": {"number", "title", "description", "client.name"}, "quotedTotal": {"quotedTotal"},
			"createdAt": {"createdAt"}, "updatedAt": {"updatedAt"},
		},
		orders: map[string]string{
			"ID": "id", "NUMBER": "number", "STATUS": "status", "QUOTED_TOTAL": "quotedTotal", "CREATED_AT": "createdAt",
			"UPDATED_AT": "updatedAt",
		},
	},
	{
		list: "invoices", typ: "Invoice",
		selection: "id number status projectId clientId issueDate dueDate total balance isOverdue",
		filters: map[string][]string{
			"ids": {"id"}, "projectId": {"projectId"}, "clientId": {"clientId"}, "status": {"status"}, "search": {"number"},
			"issueDate": {"issueDate"}, "dueDate": {"dueDate"}, "total": {"total"}, "balance": {"balance"},
			"overdue": {"isOverdue"},
		},
		orders: map[string]string{
			"ID": "id", "NUMBER": "number", "ISSUE_DATE": "issueDate", "DUE_DATE": "dueDate", "TOTAL": "total", "BALANCE": "balance",
		},
	},
	{
		list: "workOrders", typ: "WorkOrder", selection: "id number projectId createdAt updatedAt",
		filters: map[string][]string{
			"ids": {"id"}, "projectId": {"projectId"}, "search": {"number"}, "createdAt": {"createdAt"}, "updatedAt": {"updatedAt"},
		},
		orders: map[string]string{"ID": "id", "NUMBER": "number", "CREATED_AT": "createdAt", "UPDATED_AT": "updatedAt"},
	},
	{
		list: "purchaseOrders", typ: "PurchaseOrder", selection: "id number description projectId expectedStart createdAt updatedAt",
		filters: map[string][]string{
			"ids": {"id"}, "projectId": {"projectId"}, "search": {"number", "description"}, "expectedStart": {"expectedStart"},
			"createdAt": {"createdAt"}, "updatedAt": {"updatedAt"},
		},
		orders: map[string]string{
			"ID": "id", "NUMBER": "number", "EXPECTED_START": "expectedStart", "CREATED_AT": "createdAt", "UPDATED_AT": "updatedAt",
		},
	},
	{
		list: "parties", typ: "Party", selection: "id name",
		filters:  map[string][]string{"ids": {"id"}, "search": {"name"}},
		upstream: []string{"type", "subtype", "role"},
	},
	{
		list: "notes", typ: "Note", selection: "id createdAt",
		filters:  map[string][]string{"createdAt": {"createdAt"}},
		upstream: []string{"notableType", "notableId"},
	},
}

// node is a row as the graph shows it.
type node map[string]any

// at returns the value at a dotted path; nil for null.
func (n node) at(path string) any {
	head, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return n[head]
	}
	below, _ := n[head].(map[string]any)
	return node(below).at(rest)
}

// idsIn are the ids of nodes.
func idsIn(nodes []node) []string {
	found := make([]string, len(nodes))
	for i, n := range nodes {
		found[i], _ = n["id"].(string)
	}
	return found
}

func TestFiltersAndOrders(t *testing.T) {
	t.Parallel()
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range siftedLists {
		t.Run(l.list, func(t *testing.T) {
			t.Parallel()
			// Snapshots only save time here: what is read is the same without.
			g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 30, SnapshotTTL: time.Hour, Now: sandboxDay})
			all := l.everything(t, g)
			if len(all) < 15 {
				t.Fatalf("%d rows tell nothing", len(all))
			}
			filter := s.Types[l.typ+"Filter"]
			l.mustCover(t, s, filter)
			l.eachAlone(t, g, filter, all)
			rapid.Check(t, func(rt *rapid.T) { l.combined(rt, t, g, filter, all) })
		})
	}
}

// everything reads the list by plain paging.
func (l sifted) everything(t *testing.T, g *gatewaytest.Gateway) (all []node) {
	t.Helper()
	for {
		p, err := l.ask(t, g, map[string]any{"n": 37, "s": len(all)})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Nodes...)
		if !p.PageInfo.HasNextPage {
			return all
		}
	}
}

// mustCover holds the table to the schema.
func (l sifted) mustCover(t *testing.T, s *ast.Schema, filter *ast.Definition) {
	t.Helper()
	for _, f := range filter.Fields {
		if l.filters[f.Name] == nil && !slices.Contains(l.upstream, f.Name) {
			t.Errorf("the table does not know the filter %s.%s", filter.Name, f.Name)
		}
	}
	if order := s.Types[l.typ+"OrderField"]; order != nil {
		for _, v := range order.EnumValues {
			if l.orders[v.Name] == "" {
				t.Errorf("the table does not know the order %s.%s", order.Name, v.Name)
			}
		}
	}
}

// listedRows are a page of a list.
type listedRows struct {
	Nodes      []node
	PageInfo   struct{ HasNextPage, HasPreviousPage bool }
	Edges      []struct{ Cursor string }
	TotalCount *int
}

// ask reads a page: n rows, s skipped, after the cursor a, of filter f in order o.
func (l sifted) ask(t testing.TB, g *gatewaytest.Gateway, variables map[string]any) (p listedRows, err error) {
	declared, arguments := "$n: Int, $s: Int, $a: String", "first: $n, offset: $s, after: $a"
	declared += fmt.Sprintf(", $f: %sFilter", l.typ)
	arguments += ", filter: $f"
	if l.orders != nil {
		declared += fmt.Sprintf(", $o: %sOrder", l.typ)
		arguments += ", orderBy: $o"
	}
	selection := fmt.Sprintf("nodes { %s } pageInfo { hasNextPage hasPreviousPage } edges { cursor }", l.selection)
	if variables["f"] != nil {
		selection = strings.Replace(selection, l.selection, "id", 1) + " totalCount"
	}
	answer := g.Send(t, t.Context(), gatewaytest.Request{
		Query:     fmt.Sprintf("query(%s) { %s(%s) { %s } }", declared, l.list, arguments, selection),
		Variables: variables, Authorization: g.Sandbox.Admin().Authorization,
	})
	if len(answer.Errors) > 0 || answer.Data == nil {
		return p, fmt.Errorf("%.1000s", answer.Body)
	}
	decoder := json.NewDecoder(bytes.NewReader(answer.Data))
	decoder.UseNumber()
	var data map[string]listedRows
	err = decoder.Decode(&data)
	return data[l.list], err
}

// eachAlone tries each filter with each kind of value.
func (l sifted) eachAlone(t *testing.T, g *gatewaytest.Gateway, filter *ast.Definition, all []node) {
	t.Helper()
	for _, f := range filter.Fields {
		paths := l.filters[f.Name]
		if paths == nil {
			continue
		}
		kept := 0
		for seed := range 12 {
			wish := wishes(f.Type.String(), paths, all).Example(seed)
			want := slices.DeleteFunc(slices.Clone(all), func(n node) bool { return !wish.keeps(n) })
			kept += len(want)
			p, err := l.ask(t, g, map[string]any{"n": 1000, "f": map[string]any{f.Name: wish.value}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(idsIn(want), idsIn(p.Nodes)); diff != "" || p.TotalCount == nil || *p.TotalCount != len(want) {
				t.Errorf("%s %v (-want +got):\n%s", f.Name, wish.value, diff)
			}
		}
		if kept == 0 {
			t.Errorf("no %s kept any row: the test shows nothing", f.Name)
		}
	}
}

// combined tries several filters with an order, and pages through.
func (l sifted) combined(rt *rapid.T, t *testing.T, g *gatewaytest.Gateway, filter *ast.Definition, all []node) {
	variables := map[string]any{"n": rapid.SampledFrom([]int{1, 3, 10, 100}).Draw(rt, "first")}
	want := slices.Clone(all)
	given := map[string]any{}
	for _, f := range filter.Fields {
		if paths := l.filters[f.Name]; paths != nil && rapid.IntRange(0, 3).Draw(rt, "use "+f.Name) == 0 {
			wish := wishes(f.Type.String(), paths, all).Draw(rt, f.Name)
			given[f.Name] = wish.value
			want = slices.DeleteFunc(want, func(n node) bool { return !wish.keeps(n) })
		}
	}
	variables["f"] = given
	if l.orders != nil && rapid.Bool().Draw(rt, "ordered") {
		by := rapid.SampledFrom(sortedKeys(l.orders)).Draw(rt, "order")
		direction := rapid.SampledFrom([]string{"ASC", "DESC"}).Draw(rt, "direction")
		variables["o"] = map[string]any{"field": by, "direction": direction}
		slices.SortStableFunc(want, func(a, b node) int { return compareNodes(by, l.orders[by], direction == "DESC", a, b) })
	}
	var got []node
	for pages := 0; ; pages++ {
		p, err := l.ask(t, g, variables)
		if err != nil {
			rt.Fatal(err)
		}
		got = append(got, p.Nodes...)
		if p.TotalCount == nil || *p.TotalCount != len(want) || p.PageInfo.HasPreviousPage != (pages > 0) || p.PageInfo.HasNextPage != (len(got) < len(want)) {
			rt.Fatalf("page %d of %v: %+v, of %d rows", pages, variables, p, len(want))
		}
		if !p.PageInfo.HasNextPage {
			break
		}
		variables["a"] = p.Edges[len(p.Edges)-1].Cursor
	}
	if diff := gocmp.Diff(idsIn(want), idsIn(got)); diff != "" {
		rt.Fatalf("%v (-want +got):\n%s", variables, diff)
	}
}

// compareNodes orders by the value at a path, null last, then by id.
func compareNodes(order, path string, descending bool, a, b node) int {
	x, y := a.at(path), b.at(path)
	byID := rational(a["id"]).Cmp(rational(b["id"]))
	switch {
	case order == "ID" && descending:
		return -byID
	case order == "ID" || x == nil && y == nil:
		return byID
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	c := compareValues(x, y)
	if descending {
		c = -c
	}
	return cmp.Or(c, byID)
}

// compareValues compares amounts by their size, instants by when they are, and other text as it is.
func compareValues(x, y any) int {
	if _, amount := x.(json.Number); amount {
		return rational(x).Cmp(rational(y))
	}
	a, b := fmt.Sprint(x), fmt.Sprint(y)
	at, errA := time.Parse(time.RFC3339, a)
	other, errB := time.Parse(time.RFC3339, b)
	if errA == nil && errB == nil {
		return at.Compare(other)
	}
	return strings.Compare(a, b)
}

func rational(v any) *big.Rat {
	r, _ := new(big.Rat).SetString(fmt.Sprint(v))
	return r
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
