package schema

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Rules on names: one file a noun, and one case a kind of name.

func TestFilesAreNamedAfterTheirNoun(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		types  []string // all that the file defines
		roots  []string // the fields it adds to Query
	}{
		"client.graphqls": {
			reason: "Projects, quotes and invoices all embed it, so it belongs to none of them.",
			types:  []string{"Client"},
		},
		"communicationstatus.graphqls": {
			reason: "A lookup list is a noun with a chapter of its own.",
			types:  []string{"CommunicationStatus"},
			roots:  []string{"communicationStatus", "communicationStatuses"},
		},
		"invoice.graphqls": {
			reason: "Lines exist only on an invoice.",
			types: []string{
				"Invoice", "InvoiceConnection", "InvoiceEdge", "InvoiceFilter", "InvoiceGroup", "InvoiceLine",
				"InvoiceOrder", "InvoiceOrderField", "InvoiceTotals",
			},
			roots: []string{"invoice", "invoiceTotals", "invoices"},
		},
		"node.graphqls": {
			reason: "The interface and the root that serves it belong together.",
			types:  []string{"Node"},
			roots:  []string{"node"},
		},
		"note.graphqls": {
			reason: "What a note can be about is defined by notes.",
			types:  []string{"Notable", "NotableType", "Note", "NoteConnection", "NoteEdge", "NoteFilter"},
			roots:  []string{"note", "notes"},
		},
		"paging.graphqls": {
			reason: "All connections share it.",
			types:  []string{"OrderDirection", "PageInfo"},
		},
		"party.graphqls": {
			reason: "Contact information hangs on parties.",
			types: []string{
				"Address", "Email", "Party", "PartyConnection", "PartyEdge", "PartyFilter", "PartyRole", "PartySubtype",
				"PartyType", "Phone",
			},
			roots: []string{"parties", "party"},
		},
		"project.graphqls": {
			reason: "A property type has no list and is seen only in projects; the sums are a project's.",
			types: []string{
				"Project", "ProjectConnection", "ProjectCount", "ProjectEdge", "ProjectFilter", "ProjectFinancials",
				"ProjectGroup", "ProjectOrder", "ProjectOrderField", "PropertyType",
			},
			roots: []string{"project", "projectCounts", "projects"},
		},
		"purchaseorder.graphqls": {
			reason: "Purchase orders are a chapter of their own.",
			types: []string{
				"PurchaseOrder", "PurchaseOrderConnection", "PurchaseOrderEdge", "PurchaseOrderFilter",
				"PurchaseOrderOrder", "PurchaseOrderOrderField",
			},
			roots: []string{"purchaseOrder", "purchaseOrders"},
		},
		"query.graphqls": {
			reason: "The base is empty: each noun extends it beside its types.",
			types:  []string{"Query"},
		},
		"quote.graphqls": {
			reason: "Quotes are a chapter of their own.",
			types: []string{
				"Quote", "QuoteConnection", "QuoteEdge", "QuoteFilter", "QuoteGroup", "QuoteOrder", "QuoteOrderField",
				"QuoteTotals",
			},
			roots: []string{"quote", "quoteTotals", "quotes"},
		},
		"range.graphqls": {
			reason: "Every filter uses them.",
			types:  []string{"DateRange", "DateTimeRange", "DecimalRange"},
		},
		"scalars.graphqls": {
			reason: "Every noun uses them.",
			types:  []string{"Date", "DateTime", "Decimal"},
		},
		"stage.graphqls": {
			reason: "A lookup list is a noun with a chapter of its own.",
			types:  []string{"Stage"},
			roots:  []string{"stage", "stages"},
		},
		"user.graphqls": {
			reason: "Users are a chapter of their own.",
			types:  []string{"User", "UserConnection", "UserEdge"},
			roots:  []string{"user", "users"},
		},
		"viewer.graphqls": {
			reason: "The caller is read from the credential, not from the users.",
			types:  []string{"Viewer"},
			roots:  []string{"viewer"},
		},
		"workorder.graphqls": {
			reason: "Work orders are a chapter of their own.",
			types: []string{
				"WorkOrder", "WorkOrderConnection", "WorkOrderEdge", "WorkOrderFilter", "WorkOrderOrder",
				"WorkOrderOrderField",
			},
			roots: []string{"workOrder", "workOrders"},
		},
		"worktype.graphqls": {
			reason: "A lookup list is a noun with a chapter of its own.",
			types:  []string{"WorkType"},
			roots:  []string{"workType", "workTypes"},
		},
	}
	s := mustLoad(t)
	types, roots := map[string][]string{}, map[string][]string{}
	for _, d := range own(s) {
		types[d.Position.Src.Name] = append(types[d.Position.Src.Name], d.Name)
	}
	for _, f := range fields(s.Query) {
		roots[f.Position.Src.Name] = append(roots[f.Position.Src.Name], f.Name)
	}
	for _, src := range Sources() {
		tc, ok := cases[src.Name]
		if !ok {
			t.Errorf("%s is not in this table: add it with the reason why it is a file of its own", src.Name)
			continue
		}
		if got := types[src.Name]; !slices.Equal(got, tc.types) {
			t.Errorf("%s\n%s defines %v, want %v", tc.reason, src.Name, got, tc.types)
		}
		got := roots[src.Name]
		slices.Sort(got)
		if !slices.Equal(got, tc.roots) {
			t.Errorf("%s\n%s adds %v to Query, want %v", tc.reason, src.Name, got, tc.roots)
		}
		delete(cases, src.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Errorf("%s is in this table and there is no such file", name)
	}
}

var (
	pascal     = regexp.MustCompile(`^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)*$`)
	camel      = regexp.MustCompile(`^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$`)
	upperSnake = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
)

func TestNamesAreCased(t *testing.T) {
	t.Parallel()
	want := func(where, name string, form *regexp.Regexp) {
		if !form.MatchString(name) {
			t.Errorf("%s: the name %q does not match %s", where, name, form)
		}
	}
	for _, d := range own(mustLoad(t)) {
		want(string(d.Kind), d.Name, pascal)
		if d.Kind == ast.Enum {
			for _, v := range d.EnumValues {
				want(d.Name, v.Name, upperSnake)
			}
		}
		for _, f := range fields(d) {
			want(d.Name, f.Name, camel)
			for _, a := range f.Arguments {
				want(d.Name+"."+f.Name, a.Name, camel)
			}
		}
	}
}
