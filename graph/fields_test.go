package graph

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
)

// comesWhole are the types of which all fields come with whatever shows them: what a row embeds, what is worked out, and
// what is known without a call.
var comesWhole = []string{
	"Address", "Phone", "Email", "PropertyType", "InvoiceLine", "ProjectFinancials", "ProjectCount", "QuoteTotals", "InvoiceTotals",
	"Viewer", "PageInfo", "UserError",
}

// structural are fields of pages that lead to rows.
var structural = []string{"nodes", "edges", "pageInfo"}

// resolvers are the types' fields that have a resolver, in lower case.
func resolvers() map[string]map[string]bool {
	found := make(map[string]map[string]bool)
	root := reflect.TypeFor[generated.ResolverRoot]()
	for i := range root.NumMethod() {
		of := root.Method(i)
		found[of.Name] = make(map[string]bool)
		fields := of.Type.Out(0)
		for j := range fields.NumMethod() {
			found[of.Name][strings.ToLower(fields.Method(j).Name)] = true
		}
	}
	return found
}

// rowTypes are the object types that the table is about: no roots, and nothing that comes whole.
func rowTypes() []*ast.Definition {
	var types []*ast.Definition
	for _, typ := range servedSchema().Types {
		switch {
		case typ.Kind != ast.Object, typ.BuiltIn, typ.Name == "Query", typ.Name == "Mutation":
		case strings.HasSuffix(typ.Name, "Edge"), strings.HasSuffix(typ.Name, "Payload"), slices.Contains(comesWhole, typ.Name):
		default:
			types = append(types, typ)
		}
	}
	return types
}

// TestEveryFieldIsReadFromSomewhere has every field of every type be in the table, or made from the id, or have a resolver:
// one that is none of these would always be null where a row comes from the wrong road.
func TestEveryFieldIsReadFromSomewhere(t *testing.T) {
	t.Parallel()
	resolved := resolvers()
	for _, typ := range rowTypes() {
		for _, field := range typ.Fields {
			_, listed := fields[typ.Name][field.Name]
			ofID := field.Name == "id" || field.Name == "nodeId"
			ofClient := field.Name == "client" // from two keys, or one: clientKeys
			page := strings.HasSuffix(typ.Name, "Connection") && slices.Contains(structural, field.Name)
			hidden := strings.HasPrefix(field.Name, "__")
			if !listed && !ofID && !ofClient && !page && !hidden && !resolved[typ.Name][strings.ToLower(field.Name)] {
				t.Errorf("%s.%s is not in the table of fields, not made from the id, and has no resolver", typ.Name, field.Name)
			}
		}
	}
}

// TestTheTableHasNoStrangers: every type and field of the table is in the schema.
func TestTheTableHasNoStrangers(t *testing.T) {
	t.Parallel()
	schema := servedSchema()
	for typ, of := range fields {
		for field := range of {
			if d := schema.Types[typ]; d == nil || d.Fields.ForName(field) == nil {
				t.Errorf("the schema has no %s.%s", typ, field)
			}
		}
	}
	for typ := range clientKeys {
		if d := schema.Types[typ]; d == nil || d.Fields.ForName("client") == nil {
			t.Errorf("the schema has no %s.client", typ)
		}
	}
}

// TestEveryNodeCanBeFound: the types that have a nodeId are those that node(nodeId:) finds.
func TestEveryNodeCanBeFound(t *testing.T) {
	t.Parallel()
	schema := servedSchema()
	var want []string
	for _, typ := range schema.GetPossibleTypes(schema.Types["Node"]) {
		want = append(want, typ.Name)
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(nodes)); !slices.Equal(got, want) {
		t.Errorf("node finds %s, want %s", got, want)
	}
}
