package graph

import "github.com/vektah/gqlparser/v2/ast"

// keepAllDigits leaves a document's numbers as they are written. Else a decimal in a document would pass through a binary float
// before anybody could see its digits, and one that fits no float would end the operation in its midst. A document is
// changed once, before anybody has it.
func keepAllDigits(doc *ast.QueryDocument) {
	for _, operation := range doc.Operations {
		for _, variable := range operation.VariableDefinitions {
			keepDigits(variable.DefaultValue)
		}
		keepDigitsIn(operation.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		keepDigitsIn(fragment.SelectionSet)
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
