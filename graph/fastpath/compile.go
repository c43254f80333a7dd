package fastpath

// This file compiles a selection. gqlgen's own CollectFields decides on fragments, type conditions, @skip and @include.

import (
	"strconv"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// What the fields count for, against a bound on the values of one answer.
const (
	valueCost = 1
	// ObjectCost is as how many values a field counts that has objects below it.
	ObjectCost = 10
)

// Plan is one root field of a query, compiled for certain values of the variables in @skip and @include. What is
// compiled is immutable.
type Plan struct {
	root field
	// contexts is how many fields need a context of their own.
	contexts int
	// Fields is how many fields were compiled, fragments expanded.
	Fields int
	// length is how long what it wrote last was, for who has to make room anew.
	length atomic.Int64
}

// field is a selected field.
type field struct {
	// number is which field of its type it is; 0 is __typename.
	number int
	// key is what goes before its value: a comma unless it is the first, and its name in the answer.
	key     string
	nonNull bool
	// elemNonNull tells the same of a list's elements.
	elemNonNull bool
	// slot is the number of its context, -1 where it has none.
	slot int
	// parent is the field that its object belongs to; nil for the root field.
	parent    *field
	collected graphql.CollectedField
	// below are the selections of the objects below it, by their type; several where its type is abstract.
	below []*selection
}

// selection is what is selected of objects of one type.
type selection struct {
	typ    string
	fields []field
	// cost is what the fields of one object count for.
	cost int64
}

// of returns the selection for objects of a type.
func (f *field) of(typ string) *selection {
	for _, s := range f.below {
		if s.typ == typ {
			return s
		}
	}
	return nil
}

// compiler compiles one root field.
type compiler struct {
	operation *graphql.OperationContext
	schema    *ast.Schema
	most      int
	plan      *Plan
}

// Compile compiles a root field of a query. It returns nil where something is selected that only gqlgen's executor can write,
// or more than most fields, fragments expanded.
func Compile(operation *graphql.OperationContext, schema *ast.Schema, root graphql.CollectedField, most int) *Plan {
	c := compiler{operation: operation, schema: schema, most: most, plan: new(Plan)}
	number, ok := numbers["Query"][root.Name]
	if !ok || root.Definition == nil || !c.field(&c.plan.root, nil, root, number) {
		return nil
	}
	return c.plan
}

// field compiles a field into f. It reports whether all of it can be written.
func (c *compiler) field(f, parent *field, collected graphql.CollectedField, number int) bool {
	*f = field{number: number, collected: collected, parent: parent, slot: -1}
	if c.plan.Fields++; c.plan.Fields > c.most {
		return false
	}
	if collected.Definition == nil || number == typename {
		return true
	}
	f.nonNull = collected.Definition.Type.NonNull
	if elem := collected.Definition.Type.Elem; elem != nil {
		f.elemNonNull = elem.NonNull
	}
	f.slot = c.plan.contexts
	c.plan.contexts++
	if len(collected.Selections) == 0 {
		return true
	}
	for _, typ := range c.schema.GetPossibleTypes(c.schema.Types[collected.Definition.Type.Name()]) {
		s := c.selection(f, typ)
		if s == nil {
			return false
		}
		f.below = append(f.below, s)
	}
	return true
}

// selection compiles what a field selects of objects of one type.
func (c *compiler) selection(of *field, typ *ast.Definition) *selection {
	known, ok := numbers[typ.Name]
	if !ok {
		return nil
	}
	satisfies := []string{typ.Name}
	for _, abstract := range c.schema.GetImplements(typ) {
		satisfies = append(satisfies, abstract.Name)
	}
	all := graphql.CollectFields(c.operation, of.collected.Selections, satisfies)
	s := &selection{typ: typ.Name, fields: make([]field, 0, len(all))}
	written := make(map[string]bool, len(all))
	for _, collected := range all {
		number, ok := known[collected.Name]
		if !ok || collected.IsDeferred() {
			return nil
		}
		if written[collected.Alias] {
			if number != typename {
				return nil // gqlgen resolves it twice, and writes it once
			}
			continue
		}
		written[collected.Alias] = true
		s.fields = append(s.fields, field{})
		f := &s.fields[len(s.fields)-1] // fields has room for all, so that it does not move
		if !c.field(f, of, collected, number) {
			return nil
		}
		f.key = strconv.Quote(collected.Alias) + ":"
		if len(s.fields) > 1 {
			f.key = "," + f.key
		}
		switch {
		case number == typename:
		case len(collected.Selections) > 0:
			s.cost += ObjectCost
		default:
			s.cost += valueCost
		}
	}
	return s
}

// typename is the number of __typename in every type.
const typename = 0
