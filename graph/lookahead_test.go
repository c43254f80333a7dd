package graph

// This file tests the plans that selections are compiled to.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func servedSchema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// compile compiles what a query selects below its first root field, for objects of the type.
func compile(t *testing.T, query, typ string, variables map[string]any) (*compiler, *loaders.Plan) {
	t.Helper()
	schema := servedSchema()
	document, err := gqlparser.LoadQueryWithRules(schema, query, nil)
	if err != nil {
		t.Fatal(err)
	}
	operation := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: variables}
	c := &compiler{operation: operation, schema: schema}
	root := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"})[0]
	plan := c.plan(root.Selections, schema.Types[typ])
	return c, plan
}

// outline shows a plan: its keys, and its fields with what lies below them by type.
func outline(p *loaders.Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%x", p.Type, uint64(p.Want))
	for _, f := range p.Fields {
		fmt.Fprintf(&b, " %s=%s{", f.Alias, f.Name)
		for i, typ := range slices.Sorted(maps.Keys(f.Plans)) {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(outline(f.Plans[typ]))
		}
		b.WriteString("}")
	}
	return b.String()
}

func TestPlans(t *testing.T) {
	t.Parallel()
	project := func(want ccube.Keys, below string) string { return fmt.Sprintf("Project:%x%s", uint64(want), below) }
	cases := map[string]struct {
		reason, query, typ, want string
		variables                map[string]any
	}{
		"leaves": {
			"each field's keys are wanted", `{ project(id: 1) { id nodeId number status } }`, "Project",
			project(ccube.ProjectNumber|ccube.ProjectStatus, ""), nil,
		},
		"fragments": {
			"named and inline ones are looked through, whatever name they call the type by",
			`{ project(id: 1) { ...A ... on Node { ... on Project { status } } ... { workEnd } } } fragment A on Project { number }`, "Project",
			project(ccube.ProjectNumber|ccube.ProjectStatus|ccube.ProjectWorkEnd, ""), nil,
		},
		"directives": {
			"what is left out is not wanted",
			`query($no: Boolean!) { project(id: 1) { number @include(if: $no) status @skip(if: $no) workEnd ... @include(if: $no) { notes { id } } } }`, "Project",
			project(ccube.ProjectStatus|ccube.ProjectWorkEnd, ""), map[string]any{"no": false},
		},
		"relations": {
			"what lies below is a plan of its own", `{ project(id: 1) { quotes { number } } }`, "Project",
			project(0, fmt.Sprintf(" quotes=quotes{Quote:%x}", uint64(ccube.QuoteNumber))), nil,
		},
		"aliases": {
			"of one relation want the same keys, so that a row is read by one road",
			`{ project(id: 1) { a: quotes { number } b: quotes { status } } }`, "Project",
			project(0, fmt.Sprintf(" a=quotes{Quote:%x} b=quotes{Quote:%[1]x}", uint64(ccube.QuoteNumber|ccube.QuoteStatus))), nil,
		},
		"the same twice": {
			"selections of one name are merged", `{ project(id: 1) { quotes { number } quotes { status } } }`, "Project",
			project(0, fmt.Sprintf(" quotes=quotes{Quote:%x}", uint64(ccube.QuoteNumber|ccube.QuoteStatus))), nil,
		},
		"a union": {
			"each type wants what is selected for it", `{ note(id: 1) { notable { __typename ... on Quote { number } ... on Node { nodeId } ... on Invoice { total } } } }`, "Note",
			fmt.Sprintf("Note:%x notable=notable{Invoice:%x, Project:0, PurchaseOrder:0, Quote:%x, WorkOrder:0}",
				uint64(ccube.NoteNotableType|ccube.NoteNotableID), uint64(ccube.InvoiceTotal), uint64(ccube.QuoteNumber)), nil,
		},
		"a client by its id": {
			"costs no detail", `{ invoice(id: 1) { client { id } } }`, "Invoice",
			fmt.Sprintf("Invoice:%x client=client{Client:%x}", uint64(ccube.InvoiceClientID), uint64(ccube.EmbeddedID)), nil,
		},
		"a client by its name": {
			"needs what the row embeds", `{ invoice(id: 1) { client { name } } }`, "Invoice",
			fmt.Sprintf("Invoice:%x client=client{Client:%x}", uint64(ccube.InvoiceClientID|ccube.InvoiceClient), uint64(ccube.EmbeddedName)), nil,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, p := compile(t, c.query, c.typ, c.variables)
			if diff := gocmp.Diff(c.want, outline(p)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// TestPlansAreBounded has fragments that would be exponential to expand. It ends, and the compiler knows that it has not
// seen all.
func TestPlansAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("{ project(id: 1) { ...F0 } }")
	const depth = 40
	for i := range depth {
		fmt.Fprintf(&b, " fragment F%d on Project { a: quotes { project { ...F%d } } b: quotes { project { ...F%[2]d } } }", i, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Project { number }", depth)
	if c, _ := compile(t, b.String(), "Project", nil); c.plans <= maxPlans {
		t.Errorf("%d plans, want more than %d", c.plans, maxPlans)
	}
}

// TestPlansOfADeepQuery are as many as it has levels.
func TestPlansOfADeepQuery(t *testing.T) {
	t.Parallel()
	const depth = 100
	query := "{ project(id: 1) {" + strings.Repeat(" quotes { project {", depth) + " id" + strings.Repeat(" } }", depth) + " } }"
	if c, _ := compile(t, query, "Project", nil); c.plans != 2*depth+1 {
		t.Errorf("%d plans, want %d", c.plans, 2*depth+1)
	}
}
