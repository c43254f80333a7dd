package graph

// This file pages a query through its list: it asks for another page than the client did, and for where the next begins.

import (
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/valyala/fastjson"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/tabular"
)

// pages are those of one table. A list that is not paged, or whose page the query has chosen, has one.
type pages struct {
	root  graphql.CollectedField
	whole bool
	// info and total are the response keys of what is asked beside the rows.
	info, total string
	added       ast.SelectionSet
	// cursor is where the page begins, empty for the first; length is how long the list was said to be.
	cursor string
	length int
}

// newPages finds out whether the query wants its list whole.
func newPages(plan *tabular.Plan, operation *graphql.OperationContext, schema *ast.Schema) *pages {
	p := &pages{root: plan.Root, length: -1}
	first := plan.Root.Arguments.ForName("first")
	if !plan.Paged() || first != nil && !isNullValue(first.Value, operation.Variables) {
		return p
	}
	p.whole = true
	p.info, p.total = "pageInfo", "totalCount"
	for _, f := range graphql.CollectFields(operation, plan.Root.Selections, nil) {
		if f.Alias == p.info || f.Alias == p.total { // a list under a name like these
			p.info, p.total = "_"+p.info, "_"+p.total
		}
	}
	connection := schema.Types[plan.Root.Definition.Type.Name()]
	info := schema.Types["PageInfo"]
	p.added = ast.SelectionSet{
		fieldOf(connection, "pageInfo", p.info, fieldOf(info, "hasNextPage", "hasNextPage"), fieldOf(info, "endCursor", "endCursor")),
		fieldOf(connection, "totalCount", p.total),
	}
	return p
}

// isNullValue reports whether an argument's value is null, or a variable that has none.
func isNullValue(v *ast.Value, variables map[string]any) bool {
	value, err := v.Value(variables)
	return err == nil && value == nil
}

// fieldOf is a field as validation leaves it.
func fieldOf(typ *ast.Definition, name, alias string, below ...ast.Selection) *ast.Field {
	return &ast.Field{
		Name: name, Alias: alias, SelectionSet: below, Definition: typ.Fields.ForName(name), ObjectDefinition: typ,
		Position: &ast.Position{},
	}
}

// rewrite has the operation, which is the client's, ask for the page. The document stays as it is: others share it.
//
// The total is asked for since it has the list read whole, at once and in one state.
func (p *pages) rewrite(operation *graphql.OperationContext) {
	if !p.whole {
		return
	}
	field := *p.root.Field
	field.SelectionSet = append(append(ast.SelectionSet{}, p.root.Selections...), p.added...)
	field.Arguments = ast.ArgumentList{argument("first", ast.IntValue, strconv.Itoa(maxFirst))}
	for _, given := range p.root.Arguments {
		if starts := given.Name == "after" || given.Name == "offset"; given.Name != "first" && (!starts || p.cursor == "") {
			field.Arguments = append(field.Arguments, given)
		}
	}
	if p.cursor != "" {
		field.Arguments = append(field.Arguments, argument("after", ast.StringValue, p.cursor))
	}
	rewritten := *operation.Operation
	rewritten.SelectionSet = ast.SelectionSet{&field}
	operation.Operation = &rewritten
	operation.RawQuery = "page " + p.cursor + " of " + operation.RawQuery
}

func argument(name string, kind ast.ValueKind, raw string) *ast.Argument {
	return &ast.Argument{Name: name, Value: &ast.Value{Kind: kind, Raw: raw, Position: &ast.Position{}}, Position: &ast.Position{}}
}

// follow reads from a page whether another follows.
func (p *pages) follow(data *fastjson.Value) (more bool, err error) {
	if !p.whole {
		return false, nil
	}
	connection := data.Get(p.root.Alias)
	length := connection.GetInt(p.total)
	if p.length >= 0 && p.length != length {
		return false, fault.New(fault.UpstreamError, "the list has changed while it was read: ask again")
	}
	p.length = length
	cursor := string(connection.GetStringBytes(p.info, "endCursor"))
	more = connection.GetBool(p.info, "hasNextPage")
	if more && (cursor == "" || cursor == p.cursor) {
		return false, fault.New(fault.Internal, "the list does not go on where it says it does")
	}
	p.cursor = cursor
	return more, nil
}
