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
		// mutations are the fields it adds to Mutation.
		mutations []string
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
				"CreateInvoiceInput", "Invoice", "InvoiceConnection", "InvoiceEdge",
				"InvoiceFilter", "InvoiceGroup", "InvoiceLine", "InvoiceLineInput",
				"InvoiceOrder", "InvoiceOrderField", "InvoicePayload", "InvoiceTotals",
				"UpdateInvoiceInput",
			},
			roots:     []string{"invoice", "invoiceTotals", "invoices"},
			mutations: []string{"createInvoice", "deleteInvoice", "updateInvoice"},
		},
		"node.graphqls": {
			reason: "The interface and the root that serves it belong together.",
			types:  []string{"Node"},
			roots:  []string{"node"},
		},
		"note.graphqls": {
			reason: "What a note can be about is defined by notes.",
			types: []string{
				"CreateNoteInput", "Notable", "NotableType", "Note",
				"NoteConnection", "NoteEdge", "NoteFilter", "NotePayload",
				"UpdateNoteInput",
			},
			roots:     []string{"note", "notes"},
			mutations: []string{"createNote", "deleteNote", "updateNote"},
		},
		"paging.graphqls": {
			reason: "All connections share it.",
			types:  []string{"OrderDirection", "PageInfo"},
		},
		"party.graphqls": {
			reason: "Contact information hangs on parties.",
			types: []string{
				"Address", "AddressInput", "AddressPayload", "CreatePartyInput",
				"Email", "EmailInput", "EmailPayload", "Party",
				"PartyAddressInput", "PartyConnection", "PartyEdge", "PartyFilter",
				"PartyPayload", "PartyRole", "PartySubtype", "PartyType",
				"Phone", "PhoneInput", "PhonePayload", "UpdatePartyInput",
			},
			roots:     []string{"parties", "party"},
			mutations: []string{"createAddress", "createEmail", "createParty", "createPhone", "deleteParty", "updateParty"},
		},
		"project.graphqls": {
			reason: "A property type has no list and is seen only in projects; the sums are a project's.",
			types: []string{
				"CreateProjectInput", "Project", "ProjectConnection", "ProjectCount",
				"ProjectEdge", "ProjectFilter", "ProjectFinancials", "ProjectGroup",
				"ProjectOrder", "ProjectOrderField", "ProjectPayload", "PropertyType",
				"UpdateProjectInput",
			},
			roots:     []string{"project", "projectCounts", "projects"},
			mutations: []string{"createProject", "deleteProject", "updateProject"},
		},
		"purchaseorder.graphqls": {
			reason: "Purchase orders are a chapter of their own.",
			types: []string{
				"CreatePurchaseOrderInput", "PurchaseOrder", "PurchaseOrderConnection", "PurchaseOrderEdge",
				"PurchaseOrderFilter", "PurchaseOrderOrder", "PurchaseOrderOrderField", "PurchaseOrderPayload",
				"UpdatePurchaseOrderInput",
			},
			roots:     []string{"purchaseOrder", "purchaseOrders"},
			mutations: []string{"createPurchaseOrder", "deletePurchaseOrder", "updatePurchaseOrder"},
		},
		"mutation.graphqls": {
			reason: "The base is empty: each noun extends it beside its types. What deleting answers is the same for all.",
			types:  []string{"DeletePayload", "Mutation"},
		},
		"query.graphqls": {
			reason: "The base is empty: each noun extends it beside its types.",
			types:  []string{"Query"},
		},
		"quote.graphqls": {
			reason: "Quotes are a chapter of their own.",
			types: []string{
				"CreateQuoteInput", "Quote", "QuoteConnection", "QuoteEdge",
				"QuoteFilter", "QuoteGroup", "QuoteOrder", "QuoteOrderField",
				"QuotePayload", "QuoteTotals", "UpdateQuoteInput",
			},
			roots:     []string{"quote", "quoteTotals", "quotes"},
			mutations: []string{"createQuote", "deleteQuote", "updateQuote"},
		},
		"range.graphqls": {
			reason: "Every filter uses them.",
			types:  []string{"DateRange", "DateTimeRange", "DecimalRange"},
		},
		"scalars.graphqls": {
			reason: "Every noun uses them.",
			types:  []string{"Date", "DateTime", "Decimal"},
		},
		"signin.graphqls": {
			reason:    "Signing in needs no credential, and concerns no row.",
			types:     []string{"SignInPayload"},
			mutations: []string{"signIn"},
		},
		"stage.graphqls": {
			reason: "A lookup list is a noun with a chapter of its own.",
			types:  []string{"Stage"},
			roots:  []string{"stage", "stages"},
		},
		"user.graphqls": {
			reason: "Users are a chapter of their own.",
			types: []string{
				"CreateUserInput", "UpdateUserInput", "User", "UserConnection",
				"UserEdge", "UserPayload", "UserType",
			},
			roots:     []string{"user", "users"},
			mutations: []string{"createUser", "deleteUser", "updateUser"},
		},
		"usererror.graphqls": {
			reason: "All mutations answer with it.",
			types:  []string{"UserError", "UserErrorCode"},
		},
		"viewer.graphqls": {
			reason: "The caller is read from the credential, not from the users.",
			types:  []string{"Viewer"},
			roots:  []string{"viewer"},
		},
		"workorder.graphqls": {
			reason: "Work orders are a chapter of their own.",
			types: []string{
				"CreateWorkOrderInput", "UpdateWorkOrderInput", "WorkOrder", "WorkOrderConnection",
				"WorkOrderEdge", "WorkOrderFilter", "WorkOrderOrder", "WorkOrderOrderField",
				"WorkOrderPayload",
			},
			roots:     []string{"workOrder", "workOrders"},
			mutations: []string{"createWorkOrder", "deleteWorkOrder", "updateWorkOrder"},
		},
		"worktype.graphqls": {
			reason: "A lookup list is a noun with a chapter of its own.",
			types:  []string{"WorkType"},
			roots:  []string{"workType", "workTypes"},
		},
	}
	s := mustLoad(t)
	types := map[string][]string{}
	for _, d := range own(s) {
		types[d.Position.Src.Name] = append(types[d.Position.Src.Name], d.Name)
	}
	roots, mutations := added(s.Query), added(s.Mutation)
	for _, src := range Sources() {
		tc, ok := cases[src.Name]
		if !ok {
			t.Errorf("%s is not in this table: add it with the reason why it is a file of its own", src.Name)
			continue
		}
		if got := types[src.Name]; !slices.Equal(got, tc.types) {
			t.Errorf("%s\n%s defines %v, want %v", tc.reason, src.Name, got, tc.types)
		}
		if got := roots[src.Name]; !slices.Equal(got, tc.roots) {
			t.Errorf("%s\n%s adds %v to Query, want %v", tc.reason, src.Name, got, tc.roots)
		}
		if got := mutations[src.Name]; !slices.Equal(got, tc.mutations) {
			t.Errorf("%s\n%s adds %v to Mutation, want %v", tc.reason, src.Name, got, tc.mutations)
		}
		delete(cases, src.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Errorf("%s is in this table and there is no such file", name)
	}
}

// added are the fields that each file adds to a root, in the order of their names.
func added(root *ast.Definition) map[string][]string {
	names := map[string][]string{}
	for _, f := range fields(root) {
		names[f.Position.Src.Name] = append(names[f.Position.Src.Name], f.Name)
	}
	for _, list := range names {
		slices.Sort(list)
	}
	return names
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
