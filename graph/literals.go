package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// exactDocuments keeps parsed documents, whose numbers it leaves as they are written. Else a decimal in a document would
// pass through a binary float before anybody could see its digits, and one that fits no float would end the operation in
// its midst. A document is changed once, before anybody has it.
type exactDocuments struct {
	graphql.Cache[*ast.QueryDocument]
}

// longestKept is how long a document may be to be kept, in bytes: the cache is bounded by their number, and anybody can
// send them.
const longestKept = 32 << 10

// Add keeps a document, if it is one to be kept: of one with a write, who knows what secret stands in it.
func (c exactDocuments) Add(ctx context.Context, key string, doc *ast.QueryDocument) {
	for _, operation := range doc.Operations {
		for _, variable := range operation.VariableDefinitions {
			keepDigits(variable.DefaultValue)
		}
		keepDigitsIn(operation.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		keepDigitsIn(fragment.SelectionSet)
	}
	writes := slices.ContainsFunc(doc.Operations, func(o *ast.OperationDefinition) bool { return o.Operation != ast.Query })
	if len(key) <= longestKept && !writes {
		c.Cache.Add(ctx, key, doc)
	}
}

func keepDigitsIn(selections ast.SelectionSet) {
	for _, selection := range selections {
		switch s := selection.(type) {
		case *ast.Field:
			for _, argument := range s.Arguments {
				keepDigits(argument.Value)
			}
			keepDigitsIn(s.SelectionSet)
		case *ast.InlineFragment:
			keepDigitsIn(s.SelectionSet)
		}
	}
}

// keepDigits makes numbers their own text where the schema has an id or a scalar of ours.
func keepDigits(v *ast.Value) {
	if v == nil {
		return
	}
	for _, child := range v.Children {
		keepDigits(child.Value)
	}
	number := v.Kind == ast.IntValue || v.Kind == ast.FloatValue
	if number && v.Definition != nil && v.Definition.Kind == ast.Scalar && v.Definition.Name != "Int" && v.Definition.Name != "Float" {
		v.Kind = ast.StringValue
	}
}
