package tabular

// This file finds the list and its columns. gqlgen's own CollectFields decides on fragments, type conditions, @skip and
// @include, so a column stands for exactly what an answer can have.

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// maxFields is how many fields a table may be planned from, fragments expanded: fragments that spread one another would
// make that exponential in the query's length.
const maxFields = 2_000

// Plan says how answers to a query become rows.
type Plan struct {
	// Root is the root field, with the selections of all places that select it.
	Root graphql.CollectedField
	// Columns are the columns' names.
	Columns []string
	// path are the response keys that lead to the list; to one object, where single.
	path   []string
	single bool
	row    node
}

// node is a field of a row, or the row itself.
type node struct {
	key string
	// column is the number of a leaf's column.
	column int
	// leaf has no fields; list holds any number of what the node says.
	leaf, list bool
	fields     []node
	// chain is the number of the field that holds a list, at whatever depth; -1 for none.
	chain int
}

// NewPlan plans the rows of a query. The error is of category fault.BadUserInput.
func NewPlan(operation *graphql.OperationContext, schema *ast.Schema) (*Plan, error) {
	if operation.Operation.Operation != ast.Query {
		return nil, fault.New(fault.BadUserInput, "only a query can be answered as a table: ask for application/json")
	}
	roots := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"})
	if len(roots) != 1 || len(roots[0].Selections) == 0 {
		return nil, fault.New(fault.BadUserInput, "a table is made from one list: select one root field that has rows, and send a request for each table")
	}
	p := &Plan{Root: roots[0]}
	b := builder{operation: operation, schema: schema, plan: p}
	list := b.find(p.Root)
	if list == nil {
		if p.Paged() {
			return nil, fault.New(fault.BadUserInput, "a table is made from one list: below `%s` select `nodes` or `edges`, and nothing beside it", p.Root.Alias)
		}
		list, p.path, p.single = &p.Root, []string{p.Root.Alias}, true
	}
	var err error
	if p.row, err = b.node(*list, ""); err != nil {
		return nil, err
	}
	return p, b.distinct()
}

// Paged reports whether the root field is a list that comes page by page.
func (p *Plan) Paged() bool { return p.Root.Definition.Arguments.ForName("after") != nil }

// builder plans one table.
type builder struct {
	operation *graphql.OperationContext
	schema    *ast.Schema
	plan      *Plan
	fields    int
}

// find follows objects that select one thing alone until that is a list, and notes the way; nil where there is none.
func (b *builder) find(f graphql.CollectedField) *graphql.CollectedField {
	var path []string
	for {
		path = append(path, f.Alias)
		if f.Definition.Type.Elem != nil {
			b.plan.path = path
			return &f
		}
		below := b.collect(f)
		if len(below) != 1 || len(below[0].Selections) == 0 {
			return nil
		}
		f = below[0]
	}
}

// collect returns the fields that objects at the field can have, whatever type they turn out to be of.
func (b *builder) collect(f graphql.CollectedField) []graphql.CollectedField {
	var names []string
	for _, typ := range b.schema.GetPossibleTypes(b.schema.Types[f.Definition.Type.Name()]) {
		names = append(names, typ.Name)
		for _, abstract := range b.schema.GetImplements(typ) {
			names = append(names, abstract.Name)
		}
	}
	return graphql.CollectFields(b.operation, f.Selections, names)
}

// node plans what lies at a field, whose columns' names begin with the prefix.
func (b *builder) node(f graphql.CollectedField, prefix string) (n node, err error) {
	if b.fields++; b.fields > maxFields {
		return n, fault.New(fault.BadUserInput, "the table would be made from more than %d fields, fragments expanded: select fewer", maxFields)
	}
	n = node{key: f.Alias, chain: -1}
	if typ := f.Definition.Type; typ.Elem != nil {
		n.list = true
		if typ.Elem.Elem != nil {
			return n, fault.New(fault.BadUserInput, "`%s` is a list of lists, for which a table has no place", f.Alias)
		}
	}
	if len(f.Selections) == 0 {
		n.leaf, n.column = true, len(b.plan.Columns)
		b.plan.Columns = append(b.plan.Columns, strings.TrimSuffix(prefix, "."))
		return n, nil
	}
	for _, below := range b.collect(f) {
		child, err := b.node(below, b.prefix(f, below, prefix))
		if err != nil {
			return n, err
		}
		if child.list || child.chain >= 0 {
			if n.chain >= 0 {
				return n, fault.New(fault.BadUserInput,
					"`%s` and `%s` hold lists beside each other, whose rows would multiply: send a request for each", n.fields[n.chain].key, child.key)
			}
			n.chain = len(n.fields)
		}
		n.fields = append(n.fields, child)
	}
	return n, nil
}

// prefix begins the names of the columns of a field below another. The object of a connection's edge is the row itself, so
// that edges { node { number } } has the columns of nodes { number }.
func (b *builder) prefix(f, below graphql.CollectedField, prefix string) string {
	if strings.HasSuffix(f.Definition.Type.Name(), "Edge") && below.Name == "node" {
		return prefix
	}
	return prefix + below.Alias + "."
}

// distinct refuses two columns of one name: most readers would keep either of them.
func (b *builder) distinct() error {
	seen := make(map[string]bool, len(b.plan.Columns))
	for _, name := range b.plan.Columns {
		if seen[name] {
			return fault.New(fault.BadUserInput, "two columns would be called `%s`: give one of the fields another alias", name)
		}
		seen[name] = true
	}
	return nil
}
