package graph

import (
	"bytes"
	"io"
	"maps"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// WriteSchema writes the schema that a [Handler] serves, as SDL: with its descriptions, types in the order of their names,
// so that equal schemas are equal texts. A schema that is read only has signing in as its one mutation.
func WriteSchema(w io.Writer, readOnly bool) (err error) {
	defer fault.Wrap(&err, "cannot write the schema")
	var text bytes.Buffer // the formatter knows no errors
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(Schema(readOnly))
	_, err = text.WriteTo(w)
	return err
}

// Schema returns the schema that a [Handler] serves.
func Schema(readOnly bool) *ast.Schema {
	return served(generated.NewExecutableSchema(generated.Config{}).Schema(), readOnly)
}

// served returns what of the whole schema clients get to see.
func served(whole *ast.Schema, withoutMutations bool) *ast.Schema {
	if withoutMutations {
		return readOnly(undeferred(whole))
	}
	return undeferred(whole)
}

// undeferred returns the schema without @defer: over plain HTTP what is deferred would never come, and look like null.
func undeferred(whole *ast.Schema) *ast.Schema {
	schema := *whole
	schema.Directives = maps.Clone(whole.Directives)
	delete(schema.Directives, "defer")
	return &schema
}
