package schema

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Rule: whatever CCUBE pages is a connection, of one shape and with the same arguments.

// wholeLists are the root fields that return a plain list, each with the reason why it may.
var wholeLists = map[string]string{
	"stages":                "A tenant has a handful of stages, CCUBE does not page them, and they come from the cache.",
	"workTypes":             "A tenant has a handful of work types, CCUBE does not page them, and they come from the cache.",
	"communicationStatuses": "A tenant has a handful of statuses, CCUBE does not page them, and they come from the cache.",
	"invoiceTotals":         "Totals are reports: few flat rows, of which half would be of no use.",
	"quoteTotals":           "Totals are reports: few flat rows, of which half would be of no use.",
	"projectCounts":         "Totals are reports: few flat rows, of which half would be of no use.",
}

// isConnection tells whether a type is a page of a list, by its name.
func isConnection(name string) bool { return strings.HasSuffix(name, "Connection") }

func TestRootListsAreConnections(t *testing.T) {
	t.Parallel()
	var plain []string
	for _, f := range fields(mustLoad(t).Query) {
		if f.Type.Elem != nil {
			plain = append(plain, f.Name)
			if _, ok := wholeLists[f.Name]; !ok {
				t.Errorf("Query.%s is %s: a list that CCUBE pages has to be a connection", f.Name, f.Type)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wholeLists)) {
		if !slices.Contains(plain, name) {
			t.Errorf("Query.%s is no plain list (any more): strike it from wholeLists", name)
		}
	}
}

// TestEveryNounIsListed finds a root list that was forgotten, or that returns something else than its name says.
func TestEveryNounIsListed(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, one, typ string }{
		"projects":              {"CCUBE's chapter on projects has a list and a detail.", "project", "ProjectConnection"},
		"quotes":                {"CCUBE's chapter on quotes has a list and a detail.", "quote", "QuoteConnection"},
		"invoices":              {"CCUBE's chapter on invoices has a list and a detail.", "invoice", "InvoiceConnection"},
		"workOrders":            {"CCUBE's chapter on work orders has a list and a detail.", "workOrder", "WorkOrderConnection"},
		"purchaseOrders":        {"CCUBE's chapter on purchase orders has both.", "purchaseOrder", "PurchaseOrderConnection"},
		"notes":                 {"CCUBE's chapter on notes has a list and a detail.", "note", "NoteConnection"},
		"parties":               {"CCUBE lists parties; one of them is found in the list.", "party", "PartyConnection"},
		"users":                 {"CCUBE's chapter on users has a list and a detail.", "user", "UserConnection"},
		"stages":                {wholeLists["stages"], "stage", "[Stage!]"},
		"workTypes":             {wholeLists["workTypes"], "workType", "[WorkType!]"},
		"communicationStatuses": {wholeLists["communicationStatuses"], "communicationStatus", "[CommunicationStatus!]"},
	}
	query := mustLoad(t).Query
	for name, tc := range cases {
		many, one := query.Fields.ForName(name), query.Fields.ForName(tc.one)
		if many == nil || many.Type.String() != tc.typ {
			t.Errorf("%s\nQuery.%s: want %s, got %+v", tc.reason, name, tc.typ, many)
		}
		if one == nil || len(one.Arguments) != 1 || one.Arguments[0].Name != "id" || one.Arguments[0].Type.String() != "ID!" {
			t.Errorf("%s\nQuery.%s: want a field with the one argument id: ID!, got %+v", tc.reason, tc.one, one)
		}
	}
	for _, f := range fields(query) {
		many := isConnection(f.Type.Name()) || f.Type.Elem != nil
		isReport := f.Arguments.ForName("groupBy") != nil
		if _, ok := cases[f.Name]; many && !ok && !isReport {
			t.Errorf("Query.%s returns many rows and is not in this table", f.Name)
		}
	}
}

func TestConnectionArguments(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, typ, value string }{
		"first":  {"A query without arguments has to be cheap.", "Int", "20"},
		"after":  {"A page starts at the list's start unless told otherwise.", "String", ""},
		"offset": {"No default, or every `after` would meet an offset that nobody gave.", "Int", ""},
	}
	for _, f := range fields(mustLoad(t).Query) {
		if !isConnection(f.Type.Name()) {
			continue
		}
		for name, tc := range cases {
			a := f.Arguments.ForName(name)
			if a == nil {
				t.Errorf("%s\nQuery.%s has no argument %s", tc.reason, f.Name, name)
				continue
			}
			value := ""
			if a.DefaultValue != nil {
				value = a.DefaultValue.String()
			}
			if a.Type.String() != tc.typ || value != tc.value {
				t.Errorf("%s\nQuery.%s(%s:) is %s = %q, want %s = %q", tc.reason, f.Name, name, a.Type, value, tc.typ, tc.value)
			}
		}
	}
}

func TestConnectionShape(t *testing.T) {
	t.Parallel()
	s := mustLoad(t)
	for _, d := range own(s) {
		if !isConnection(d.Name) {
			continue
		}
		noun := strings.TrimSuffix(d.Name, "Connection")
		wantFields(t, d, map[string]string{
			"edges":      "[" + noun + "Edge!]!",
			"nodes":      "[" + noun + "!]!",
			"pageInfo":   "PageInfo!",
			"totalCount": "Int", // null when the walk that counts fails, and the page stands
		})
		if edge := s.Types[noun+"Edge"]; edge == nil {
			t.Errorf("%s has no %sEdge", d.Name, noun)
		} else {
			wantFields(t, edge, map[string]string{"cursor": "String!", "node": noun + "!"})
		}
	}
	wantFields(t, s.Types["PageInfo"], map[string]string{
		"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String",
	})
}

// wantFields fails unless d has exactly the fields of want, by name and type.
func wantFields(t *testing.T, d *ast.Definition, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, f := range d.Fields {
		got[f.Name] = f.Type.String()
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s has the fields %v, want %v", d.Name, got, want)
	}
}
