package loaders

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// Plan is what a query selects of the objects at one place: keys of their rows, and what lies below them. It is compiled
// from the selection set once an operation, and immutable. Plans are compared by pointer: two places are two plans.
type Plan struct {
	// Type is the GraphQL type of the objects.
	Type string
	// Want are the row's keys that the selected fields are made from.
	Want ccube.Keys
	// Verify tells that the objects have to be read even if nothing is wanted of them: an id from outside may name nothing.
	Verify bool
	// Fields are the selected fields that have objects below them, in the query's order.
	Fields []Field
}

// Field is a selected field that has objects below it.
type Field struct {
	// Alias is the field's name in the answer, Name its name in the schema.
	Alias, Name string
	// Plans are those of the objects below, by their type; several where the field's type is an interface or a union.
	Plans map[string]*Plan
}

// Below returns the plan of the objects of a type below the field that has the alias; nil where the query selects none.
func (p *Plan) Below(alias, typ string) *Plan {
	if p == nil {
		return nil
	}
	for i := range p.Fields {
		if p.Fields[i].Alias == alias {
			return p.Fields[i].Plans[typ]
		}
	}
	return nil
}

// each calls do with the plan of each selection of a field: once for each alias.
func (p *Plan) each(name, typ string, do func(*Plan)) {
	if p == nil {
		return
	}
	for i := range p.Fields {
		if below := p.Fields[i].Plans[typ]; below != nil && p.Fields[i].Name == name {
			do(below)
		}
	}
}
