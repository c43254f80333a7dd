package graph

// This file keeps documents, and with each what has been compiled of it: look-ahead plans, what the fast path writes by, and
// what it is weighed by. All of it depends on the document, the operation and the variables in @skip and @include, and on
// nothing else of a request: arguments stand at root fields alone, and are read from the request each time.

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Bounds on what is kept, since anybody can send documents.
const (
	parsedDocuments = 1_000
	// longestKept is how long a document may be to be kept, in bytes.
	longestKept = 32 << 10
	// compilationsKept is for how many values of its conditions a document is kept compiled.
	compilationsKept = 8
	// compiledKept is how many fields of one compilation are kept, fragments expanded.
	compiledKept = 1_000
)

// parsed are the documents that are kept. They are gqlgen's cache of queries.
type parsed struct{ kept graphql.Cache[*document] }

// document is a parsed document.
type document struct {
	doc *ast.QueryDocument
	// conditions are the variables in @skip and @include.
	conditions []string

	mu       sync.Mutex
	compiled map[compilationKey]*compilation
}

// compilationKey tells apart what is compiled of one document.
type compilationKey struct {
	operation *ast.OperationDefinition
	// conditions are the values of the variables in @skip and @include, a letter each.
	conditions string
}

// compilation is what has been compiled of an operation, by root field. It is safe for concurrent use.
type compilation struct {
	operation *ast.OperationDefinition
	mu        sync.Mutex
	fields    int
	plans     map[planKey]*loaders.Plan
	writers   map[string]*fastpath.Plan
	below     map[string]*wanted
}

// planKey names a root field by its alias, and the type of its objects.
type planKey struct{ alias, typ string }

// Get returns a document that is kept. It is part of graphql.Cache.
func (p parsed) Get(ctx context.Context, query string) (*ast.QueryDocument, bool) {
	if kept, ok := p.kept.Get(ctx, query); ok {
		return kept.doc, true
	}
	return nil, false
}

// Add keeps a document, if it is one to be kept: of one with a write, who knows what secret stands in it. It is part of
// graphql.Cache.
func (p parsed) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	keepAllDigits(doc)
	writes := slices.ContainsFunc(doc.Operations, func(o *ast.OperationDefinition) bool { return o.Operation != ast.Query })
	if len(query) <= longestKept && !writes {
		p.kept.Add(ctx, query, &document{
			doc: doc, conditions: conditionsOf(doc), compiled: make(map[compilationKey]*compilation, 1),
		})
	}
}

// compilationName names the compilation among what gqlgen keeps for an operation.
const compilationName = "compilation"

// prepare finds what has been compiled of an operation.
func (p parsed) prepare(ctx context.Context, operation *graphql.OperationContext) {
	var c *compilation
	if kept, ok := p.kept.Get(ctx, operation.RawQuery); ok && kept.doc == operation.Doc {
		c = kept.compilation(operation)
	} else {
		c = newCompilation(operation.Operation)
	}
	operation.Stats.SetExtension(compilationName, c)
}

// compilationOf is what has been compiled of an operation. One that has been rewritten since is compiled anew.
func compilationOf(operation *graphql.OperationContext) *compilation {
	if c, ok := operation.Stats.GetExtension(compilationName).(*compilation); ok && c.operation == operation.Operation {
		return c
	}
	return newCompilation(operation.Operation)
}

func newCompilation(operation *ast.OperationDefinition) *compilation {
	return &compilation{
		operation: operation, plans: make(map[planKey]*loaders.Plan, 1), writers: make(map[string]*fastpath.Plan, 1),
		below: make(map[string]*wanted, 1),
	}
}

// compilation returns what has been compiled of an operation.
func (d *document) compilation(operation *graphql.OperationContext) *compilation {
	values := make([]byte, len(d.conditions))
	for i, name := range d.conditions {
		values[i] = 'n'
		if value, ok := operation.Variables[name].(bool); ok && value {
			values[i] = 't'
		} else if ok {
			values[i] = 'f'
		}
	}
	key := compilationKey{operation.Operation, string(values)}
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.compiled[key]; ok {
		return known
	}
	fresh := newCompilation(operation.Operation)
	if len(d.compiled) < compilationsKept {
		d.compiled[key] = fresh
	}
	return fresh
}

// plan returns the look-ahead plan of a root field for objects of a type, which compile makes with the number of its places.
func (c *compilation) plan(key planKey, compile func() (*loaders.Plan, int, error)) (*loaders.Plan, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.plans[key]; ok {
		return p, nil
	}
	p, places, err := compile()
	if err == nil && c.keep(places) {
		c.plans[key] = p
	}
	return p, err
}

// writer returns what the fast path writes a root field by; nil where it cannot. compile makes it.
func (c *compilation) writer(alias string, compile func() *fastpath.Plan) *fastpath.Plan {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.writers[alias]; ok {
		return p
	}
	p := compile()
	if p == nil || c.keep(p.Fields) {
		c.writers[alias] = p
	}
	return p
}

// wanted returns what lies below a root field, which look finds out.
func (c *compilation) wanted(alias string, look func() *wanted) *wanted {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.below[alias]; ok {
		return b
	}
	b := look()
	if c.keep(len(b.want)) {
		c.below[alias] = b
	}
	return b
}

// keep reports whether so many fields more are to be kept.
func (c *compilation) keep(fields int) bool {
	c.fields += fields
	return c.fields <= compiledKept
}

// conditionsOf are the variables that a document names in @skip and @include, each once.
func conditionsOf(doc *ast.QueryDocument) (names []string) {
	for _, operation := range doc.Operations {
		names = append(names, conditionsIn(operation.SelectionSet)...)
	}
	for _, fragment := range doc.Fragments {
		names = append(names, conditionsIn(fragment.SelectionSet)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func conditionsIn(selections ast.SelectionSet) (names []string) {
	for _, selection := range selections {
		var directives ast.DirectiveList
		var below ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			directives, below = s.Directives, s.SelectionSet
		case *ast.InlineFragment:
			directives, below = s.Directives, s.SelectionSet
		case *ast.FragmentSpread:
			directives = s.Directives
		}
		for _, directive := range directives {
			for _, argument := range directive.Arguments {
				if argument.Value.Kind == ast.Variable {
					names = append(names, argument.Value.Raw)
				}
			}
		}
		names = append(names, conditionsIn(below)...)
	}
	return names
}
