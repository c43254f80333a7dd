package graph

// This file weighs an operation before it runs: how many calls to CCUBE it asks for.
//
// The worst case is taken over the data, as far as the operation itself says how much it wants: every page is full, every
// row is another, and nothing is cached. What the operation does not say counts as little as it can be: a list of unknown
// length is one call and one row for each of its owners, and so is whatever a walk can answer in place of details. So a
// weight over the budget means that the operation would not get through if the lists were as long as it asks for; one
// below it means nothing yet, since lists may be longer than anybody could know. The budget holds while it runs.
//
// Below one root field no place has more rows than the root's page, by this rule, and an object that is reached by
// several ways is read once. So what counts is which keys are wanted of each type anywhere below the root, and each
// selection set has to be looked at once for a type, however many fragments spread it.

import (
	"encoding/json"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// roadsTo tells which roads objects of a type need for keys, from where they came.
type roadsTo func(r *access.Reader, want ccube.Keys, came access.Roads) (need, either access.Roads)

// weighed are the types that cost calls, and the roads to them.
var weighed = map[string]roadsTo{
	"Project": roads(access.Projects()), "Quote": roads(access.Quotes()), "Invoice": roads(access.Invoices()),
	"WorkOrder": roads(access.WorkOrders()), "PurchaseOrder": roads(access.PurchaseOrders()),
	"Note": roads(access.Notes()), "Party": roads(access.Parties()), "User": roads(access.Users()),
}

func roads[T access.Row[T]](n *access.Noun[T]) roadsTo {
	return func(r *access.Reader, want ccube.Keys, came access.Roads) (need, either access.Roads) {
		if came.Has(access.ByList) {
			want &^= n.Listed(r)
		}
		if came.Has(access.ByDetail) {
			want &^= n.DetailKeys
		}
		return n.Lacking(r, want, came)
	}
}

// lookups are the types whose lists are short, and the keys that whatever refers to them has of its own.
var lookups = map[string]ccube.Keys{
	"Stage": ccube.StageName, "WorkType": ccube.WorkTypeName, "CommunicationStatus": ccube.CommunicationStatusName,
}

// summed are the root fields that go through a whole list to sum it up, by what they answer.
var summed = map[string]string{"InvoiceTotals": "Invoice", "QuoteTotals": "Quote", "ProjectCount": "Project"}

// weight is what an operation asks for.
type weight struct {
	operation *graphql.OperationContext
	// compiled is what has been compiled of the operation.
	compiled *compilation
	schema   *ast.Schema
	reader   *access.Reader
	// pageSize is how many rows one call can list.
	pageSize int
	// whole tells that a table pages its list through: the rows of a page are not the client's wish.
	whole bool
	// calls are what cannot be shared by root fields; walks the pages of each list that they share.
	calls int
	walks map[string]int
}

// of weighs the operation's root fields.
func (w *weight) of(fields []graphql.CollectedField) int {
	w.walks = make(map[string]int)
	if w.operation.Operation.Operation == ast.Mutation {
		for _, f := range fields {
			if f.Definition != nil && !strings.HasPrefix(f.Name, "__") {
				w.mutation(f)
			}
		}
		return w.total()
	}
	for _, same := range w.alike(fields) {
		w.query(same)
	}
	return w.total()
}

// asked is what root fields ask for that are read once, whatever each selects.
type asked struct {
	arguments map[string]any
	fields    []graphql.CollectedField
}

// alike are the root fields of a query, those together that ask for the same.
func (w *weight) alike(fields []graphql.CollectedField) []asked {
	var all []asked
	places := make(map[string]int)
	for i, f := range fields {
		if f.Definition == nil || strings.HasPrefix(f.Name, "__") {
			continue
		}
		arguments := f.ArgumentMap(w.operation.Variables)
		if len(fields) > 1 {
			text, _ := json.Marshal(arguments) // of a document or of JSON, so they can be encoded
			if place, ok := places[f.Name+string(text)]; ok {
				all[place].fields = append(all[place].fields, f)
				continue
			}
			places[f.Name+string(text)] = len(all)
		}
		all = append(all, asked{arguments, fields[i : i+1 : i+1]})
	}
	return all
}

func (w *weight) total() int {
	total := w.calls
	for _, pages := range w.walks {
		total += pages
	}
	return total
}

// walk counts a walk over a list of at least so many pages.
func (w *weight) walk(list string, pages int) { w.walks[list] = max(w.walks[list], pages, 1) }

// query counts a root field of a query, under all the names that it has.
func (w *weight) query(same asked) {
	f, arguments, below := same.fields[0], same.arguments, w.below(same.fields)
	rows := w.rows(f, arguments)
	typ := f.Definition.Type.Name()
	_, isLookup := lookups[typ]
	switch connection, paged := strings.CutSuffix(typ, "Connection"); {
	case paged:
		pages := (rows + w.pageSize - 1) / w.pageSize
		if below.want[typ]&wantTotal != 0 || arguments["orderBy"] != nil || arguments["filter"] != nil {
			w.walk(connection, pages)
		} else {
			w.calls += max(1, pages)
		}
	case summed[typ] != "":
		w.walk(summed[typ], 1)
	case isLookup:
		w.walk(typ, 1)
	case typ != "Viewer":
		w.calls++
	}
	w.add(below, rows)
}

// mutation counts a write, and what is read after it: nothing is remembered from one write to the next.
func (w *weight) mutation(f graphql.CollectedField) {
	read := weight{operation: w.operation, compiled: w.compiled, schema: w.schema, reader: w.reader, walks: make(map[string]int)}
	read.add(read.below([]graphql.CollectedField{f}), 1)
	w.calls += 1 + read.total()
}

// rows is how many rows a root field asks for at most.
func (w *weight) rows(f graphql.CollectedField, arguments map[string]any) int {
	if w.whole || !strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
		return 1
	}
	rows := defaultFirst
	if n, ok := integer(arguments["first"]); ok {
		rows = n
	}
	if rows < 1 || rows > maxFirst {
		return 1 // the resolver refuses it
	}
	if filter, ok := arguments["filter"].(map[string]any); ok {
		if ids, ok := filter["ids"].([]any); ok {
			rows = min(rows, len(ids))
		}
	}
	return rows
}

// integer reads an argument that is a whole number.
func integer(v any) (int, bool) {
	switch n := v.(type) {
	case int64:
		return int(n), true
	case int:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	}
	return 0, false
}

// add counts what the objects below a root field with so many rows cost.
func (w *weight) add(below *wanted, rows int) {
	for list := range below.walks {
		w.walk(list, 1)
	}
	for typ, ways := range below.came {
		var details bool
		for came := range ways {
			need, either := weighed[typ](w.reader, below.want[typ], came)
			details = details || need.Has(access.ByDetail)
			if need.Has(access.ByList) || either != 0 {
				w.walk(typ, 1)
			}
		}
		if details { // once: whatever way leads to an object, it is the same
			w.calls += rows
		}
	}
}

// overBudget is why an operation is not begun; nil where its weight is within the budget.
func overBudget(requested, budget int) error {
	if budget <= 0 || requested <= budget {
		return nil
	}
	return fault.New(fault.CostExceeded,
		"the operation asks for %d calls to CCUBE, and one may cost %d (MAX_CALLS_PER_OPERATION): ask for fewer rows, or for less of each",
		requested, budget)
}
