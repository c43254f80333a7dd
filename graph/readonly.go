package graph

import (
	"maps"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// readOnly returns the schema without its mutations, but for signing in, and without the types that only they use: who
// asks for a mutation is told that there is none. The original stays as it is.
func readOnly(full *ast.Schema) *ast.Schema {
	mutation := *full.Mutation
	mutation.Fields = ast.FieldList{full.Mutation.Fields.ForName(signInField)}
	schema := *full
	schema.Mutation = &mutation
	schema.Types = maps.Clone(full.Types)
	schema.Types[mutation.Name] = &mutation

	reached := make(map[string]bool, len(schema.Types))
	reach(&schema, schema.Query.Name, reached)
	reach(&schema, mutation.Name, reached)
	maps.DeleteFunc(schema.Types, func(name string, d *ast.Definition) bool {
		return !reached[name] && !d.BuiltIn && !strings.HasPrefix(name, "__")
	})
	return &schema
}

// reach notes the types that a query can come to from the named one.
func reach(schema *ast.Schema, name string, reached map[string]bool) {
	d := schema.Types[name]
	if d == nil || reached[name] {
		return
	}
	reached[name] = true
	for _, f := range d.Fields {
		reach(schema, f.Type.Name(), reached)
		for _, argument := range f.Arguments {
			reach(schema, argument.Type.Name(), reached)
		}
	}
	for _, possible := range schema.GetPossibleTypes(d) {
		reach(schema, possible.Name, reached)
	}
}
