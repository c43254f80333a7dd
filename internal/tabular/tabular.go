// Package tabular turns the answer to a GraphQL query into rows, for tools that take in tables.
//
// [NewPlan] finds the one list that a query selects and the columns of its rows: the paths of response keys below the list,
// dotted, in the order of the selection. [Plan.Rows] flattens an answer: an object's fields become columns of the row that
// it stands in, and a list below a row has the row repeated for each of its elements. A row whose list is empty or null
// stands once, with those cells empty, so that no parent is lost. [CSV] and [NDJSON] write rows.
//
// A table is refused, with an error of category fault.BadUserInput, where it would not say what the query says: for more
// than one root field, for two lists beside each other, whose rows would multiply, and for two columns of one name.
package tabular

import (
	"github.com/valyala/fastjson"
)

// Writer writes a table in some form.
type Writer interface {
	// Type is the Content-Type, Extension what file names end with.
	Type() string
	Extension() string
	// Header writes what comes before the rows.
	Header(columns []string) error
	// Row writes a row: a cell a column, nil for null.
	Row(cells []*fastjson.Value) error
	// Break writes a last line that no reader of the form can take for a row.
	Break(message string) error
}

// isNull reports whether a cell has no value.
func isNull(cell *fastjson.Value) bool { return cell == nil || cell.Type() == fastjson.TypeNull }
