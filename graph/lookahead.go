package graph

// This file compiles what a query selects below a root field into plans: which keys of the rows, and which relations
// below them. gqlgen's own CollectFields decides on fragments, type conditions, @skip and @include.

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// maxPlans is how many places a query may select objects at, fragments expanded. Fragments that spread one another would
// make that exponential in the query's length.
const maxPlans = 5_000

// compiler compiles the plans of one root field.
type compiler struct {
	operation *graphql.OperationContext
	schema    *ast.Schema
	plans     int
}

// lookAhead returns the plan of the resolver's own field, for objects of the type. Verify is set: what a root field asks for
// has to be read even if nothing is wanted of it.
func (r *Resolver) lookAhead(ctx context.Context, typ string) (*loaders.Plan, error) {
	operation, field := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field
	return compilationOf(operation).plan(planKey{field.Alias, typ}, func() (*loaders.Plan, int, error) {
		c := compiler{operation: operation, schema: r.Schema}
		p := c.plan(field.Selections, c.schema.Types[typ])
		if c.plans > maxPlans {
			return nil, 0, fault.New(fault.BadUserInput, "the query selects objects at more than %d places, fragments expanded: ask for less at once", maxPlans)
		}
		p.Verify = true
		return p, c.plans, nil
	})
}

// plan compiles a selection set for objects of one type.
func (c *compiler) plan(selections ast.SelectionSet, typ *ast.Definition) *loaders.Plan {
	p := &loaders.Plan{Type: typ.Name}
	if c.plans++; c.plans > maxPlans {
		return p
	}
	for _, field := range graphql.CollectFields(c.operation, selections, c.satisfies(typ)) {
		p.Want |= fields[typ.Name][field.Name]
		if len(field.Selections) > 0 && field.Definition != nil {
			p.Fields = append(p.Fields, c.field(field))
		}
	}
	c.wantClient(p)
	level(p)
	same(rowsOf(p))
	return p
}

// field compiles what lies below a field, for each type that its objects can be of.
func (c *compiler) field(field graphql.CollectedField) loaders.Field {
	f := loaders.Field{Alias: field.Alias, Name: field.Name, Plans: make(map[string]*loaders.Plan, 1)}
	for _, typ := range c.schema.GetPossibleTypes(c.schema.Types[field.Definition.Type.Name()]) {
		f.Plans[typ.Name] = c.plan(field.Selections, typ)
	}
	return f
}

// satisfies returns the names that type conditions can call an object of the type by.
func (c *compiler) satisfies(typ *ast.Definition) []string {
	names := []string{typ.Name}
	for _, abstract := range c.schema.GetImplements(typ) {
		names = append(names, abstract.Name)
	}
	return names
}

// wantClient adds the keys that a row's client is made from, as far as the query selects it: often its id is enough.
func (c *compiler) wantClient(p *loaders.Plan) {
	keys, ok := clientKeys[p.Type]
	if !ok {
		return
	}
	for _, f := range p.Fields {
		if client := f.Plans["Client"]; client != nil {
			p.Want |= keys.id
			if client.Want&^ccube.EmbeddedID != 0 {
				p.Want |= keys.rest
			}
		}
	}
}

// level has all selections of one field want the same keys, so that an object reached under two aliases is read by one
// road.
func level(p *loaders.Plan) {
	type place struct{ field, typ string }
	want := make(map[place]ccube.Keys, len(p.Fields))
	for _, f := range p.Fields {
		for typ, below := range f.Plans {
			want[place{f.Name, typ}] |= below.Want
		}
	}
	for _, f := range p.Fields {
		for typ, below := range f.Plans {
			below.Want = want[place{f.Name, typ}]
		}
	}
}
