package graph

// This file measures documents against the limits, from their text alone: before validation nobody knows whether a field
// exists, or a fragment ends.
//
// Fragments are spread out as the answer would have them: what has one name at one place is one field. That could go on
// for ever, so it ends at the first limit that is passed; a fragment that spreads itself comes round to depth, or is
// left to validation.

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	// writtenFields is how many times as many fields a document may write as an operation of it may select.
	writtenFields = 2
	// maxSteps is how many selections are looked at in measuring a document.
	maxSteps = 100_000
)

// ruler measures one document.
type ruler struct {
	Limits
	doc *ast.QueryDocument
	// steps are the selections that have been looked at, written the fields of the text.
	steps, written int
	// fields, roots, aliases and directives are those of the operation that is being measured.
	fields, roots, aliases, directives int
}

// measure returns the first limit that a document is over; nil for none.
func measure(doc *ast.QueryDocument, limits Limits) *fault.Error {
	r := &ruler{Limits: limits, doc: doc}
	if err := r.text(); err != nil {
		return err
	}
	for _, operation := range doc.Operations {
		r.fields, r.roots, r.aliases, r.directives = 0, 0, 0, len(operation.Directives)
		for _, v := range operation.VariableDefinitions {
			r.directives += len(v.Directives)
		}
		if err := r.level([]ast.SelectionSet{operation.SelectionSet}, 1); err != nil {
			return err
		}
	}
	return nil
}

// text measures what is written, fragments where they stand.
func (r *ruler) text() *fault.Error {
	for _, operation := range r.doc.Operations {
		for _, v := range operation.VariableDefinitions {
			if r.longValue(v.DefaultValue) {
				return r.longList()
			}
		}
		if err := r.selections(operation.SelectionSet); err != nil {
			return err
		}
	}
	for _, fragment := range r.doc.Fragments {
		r.directives += len(fragment.Directives)
		if err := r.selections(fragment.SelectionSet); err != nil {
			return err
		}
	}
	return nil
}

// selections measures a selection set as it is written.
func (r *ruler) selections(set ast.SelectionSet) *fault.Error {
	for _, selection := range set {
		var below ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			if r.written++; r.written > writtenFields*r.Fields {
				return r.manyFields()
			}
			for _, argument := range s.Arguments {
				if r.longValue(argument.Value) {
					return r.longList()
				}
			}
			below = s.SelectionSet
		case *ast.InlineFragment:
			below = s.SelectionSet
		}
		if r.directives += len(directivesOf(selection)); r.directives > r.Directives {
			return r.manyDirectives()
		}
		if err := r.selections(below); err != nil {
			return err
		}
	}
	return nil
}

// longValue reports whether a list in a value is too long.
func (r *ruler) longValue(v *ast.Value) bool {
	if v == nil {
		return false
	}
	if v.Kind == ast.ListValue && len(v.Children) > r.List {
		return true
	}
	for _, child := range v.Children {
		if r.longValue(child.Value) {
			return true
		}
	}
	return false
}

// answered is a field as the answer has it: all that is selected under one name at one place.
type answered struct {
	name  string
	alias bool
	below []ast.SelectionSet
}

// level measures what is selected at one place, and all below it.
func (r *ruler) level(sets []ast.SelectionSet, depth int) *fault.Error {
	at := &collection{ruler: r, fields: make(map[string]*answered), spread: make(map[string]bool)}
	for _, set := range sets {
		at.collect(set)
	}
	if r.directives > r.Directives {
		return r.manyDirectives()
	}
	if err := r.count(at, depth); err != nil {
		return err
	}
	for _, key := range at.order {
		f := at.fields[key]
		if len(f.below) == 0 || isIntrospection(f.name) {
			continue // validation bounds the lists of introspection, and the answer's size the rest
		}
		if depth >= r.Depth {
			return fault.New(fault.TooDeep, "the operation has more than %d fields below one another (MAX_DEPTH): ask for it in several steps", r.Depth)
		}
		if err := r.level(f.below, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// count adds the fields of one place.
func (r *ruler) count(at *collection, depth int) *fault.Error {
	names := make(map[string]int, len(at.order))
	for _, f := range at.fields {
		names[f.name]++
	}
	for _, f := range at.fields {
		if f.alias && names[f.name] > 1 && f.name != "__typename" {
			r.aliases++
		}
	}
	r.fields += len(at.order)
	if depth == 1 {
		r.roots = len(at.order)
	}
	switch {
	case r.roots > r.RootFields:
		return fault.New(fault.TooManyRootFields,
			"the operation begins with more than %d fields (MAX_ROOT_FIELDS): send it in parts; a list's `filter` takes many `ids` at once", r.RootFields)
	case r.aliases > r.Aliases:
		return fault.New(fault.TooManyAliases,
			"the operation gives more than %d names to fields that it repeats (MAX_ALIASES): ask for each once, or in several requests", r.Aliases)
	case r.fields > r.Fields, r.steps > maxSteps:
		return r.manyFields()
	}
	return nil
}

// collection collects what is selected at one place.
type collection struct {
	*ruler
	fields map[string]*answered
	order  []string
	spread map[string]bool
}

func (c *collection) collect(set ast.SelectionSet) {
	for _, selection := range set {
		if c.steps++; c.steps > maxSteps {
			return
		}
		c.directives += len(directivesOf(selection))
		switch s := selection.(type) {
		case *ast.Field:
			f := c.fields[s.Alias]
			if f == nil {
				f = &answered{name: s.Name, alias: s.Alias != s.Name}
				c.fields[s.Alias] = f
				c.order = append(c.order, s.Alias)
			}
			if len(s.SelectionSet) > 0 {
				f.below = append(f.below, s.SelectionSet)
			}
		case *ast.InlineFragment:
			c.collect(s.SelectionSet)
		case *ast.FragmentSpread:
			if fragment := c.doc.Fragments.ForName(s.Name); fragment != nil && !c.spread[s.Name] {
				c.spread[s.Name] = true
				c.collect(fragment.SelectionSet)
			}
		}
	}
}

func directivesOf(selection ast.Selection) ast.DirectiveList {
	switch s := selection.(type) {
	case *ast.Field:
		return s.Directives
	case *ast.InlineFragment:
		return s.Directives
	case *ast.FragmentSpread:
		return s.Directives
	}
	return nil
}

// isIntrospection reports whether a field asks for the schema. Its name says so, not its alias.
func isIntrospection(name string) bool { return name == "__schema" || name == "__type" }

func (r *ruler) manyFields() *fault.Error {
	return fault.New(fault.TooManyFields, "the operation has more than %d fields, fragments spread out (MAX_FIELDS): ask for fewer at once", r.Fields)
}

func (r *ruler) manyDirectives() *fault.Error {
	return fault.New(fault.TooManyDirectives, "the operation has more than %d directives, fragments spread out (MAX_DIRECTIVES): use fewer", r.Directives)
}
