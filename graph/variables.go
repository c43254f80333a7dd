package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// exactEnums refuses variables whose enum values are not spelled as the schema has them. gqlgen lets them through in any
// case, and then finds them wrong in the midst of the operation, when other mutations of it have been made.
func (o *operations) exactEnums(operation *graphql.OperationContext) *gqlerror.Error {
	for _, v := range operation.Operation.VariableDefinitions {
		if !exact(o.schema, v.Type, operation.Variables[v.Variable]) {
			return badRequest("the variable $" + v.Variable + " has a value that its enum does not have: enums are in upper case")
		}
	}
	return nil
}

// exact reports whether all enum values in a variable's value are spelled as the schema has them.
func exact(schema *ast.Schema, typ *ast.Type, value any) bool {
	if list, ok := value.([]any); ok && typ.Elem != nil {
		for _, v := range list {
			if !exact(schema, typ.Elem, v) {
				return false
			}
		}
		return true
	}
	d := schema.Types[typ.Name()]
	switch v := value.(type) {
	case string:
		return d.Kind != ast.Enum || d.EnumValues.ForName(v) != nil
	case map[string]any:
		for _, f := range d.Fields {
			if !exact(schema, f.Type, v[f.Name]) {
				return false
			}
		}
	}
	return true
}
