package persisted

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// operationsIn names a document's operations, where its origin does not.
func operationsIn(d Document) string {
	if strings.Contains(d.Origin, ", operation ") {
		return ""
	}
	document, err := parser.ParseQuery(&ast.Source{Input: d.Text})
	if err != nil {
		return ""
	}
	var names []string
	for _, o := range document.Operations {
		if o.Name != "" {
			names = append(names, o.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return ", operation " + strings.Join(names, ", ")
}
