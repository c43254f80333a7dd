package graph

// This file finds out what lies below a root field: which keys are wanted of the objects of each type, and by which ways
// these are reached. It looks at each selection set once for each type, so fragments that spread one another cost no more
// than they are long.

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// wanted is what lies below a root field. It depends on the document and its conditions alone, and is kept with them.
type wanted struct {
	// want are the keys that are wanted of the objects of a type.
	want map[string]ccube.Keys
	// came are the roads that rows of a type have come by when they are met: none for those that are referred to.
	came map[string]map[access.Roads]bool
	// walks are the lists that have to be walked.
	walks map[string]bool
	// clients are the types whose objects' clients are asked for.
	clients map[string]bool
}

// looker finds out what is wanted.
type looker struct {
	*weight
	*wanted
	seen map[visit]bool
}

// visit is a selection set that is looked at for a type.
type visit struct {
	typ   string
	first *ast.Selection
}

// below is what root fields select that ask for the same: of one, as a query nearly always has, it is looked for once.
func (w *weight) below(same []graphql.CollectedField) *wanted {
	if len(same) > 1 {
		return w.look(same)
	}
	return w.compiled.wanted(same[0].Alias, func() *wanted { return w.look(same) })
}

// look looks through what root fields select.
func (w *weight) look(same []graphql.CollectedField) *wanted {
	r := looker{w, &wanted{
		want: make(map[string]ccube.Keys), came: make(map[string]map[access.Roads]bool),
		walks: make(map[string]bool), clients: make(map[string]bool),
	}, make(map[visit]bool)}
	for _, f := range same {
		for _, typ := range w.types(f.Definition) {
			if _, ok := weighed[typ.Name]; ok {
				r.meet(typ.Name, access.ByDetail) // a root field that is one object asks for it by its id
			}
			r.selections(typ, f.Selections)
		}
	}
	for typ := range r.clients {
		r.want[typ] |= clientKeys[typ].id
		if r.want["Client"]&^ccube.EmbeddedID != 0 {
			r.want[typ] |= clientKeys[typ].rest
		}
	}
	for typ, own := range lookups {
		if r.want[typ]&^own != 0 {
			r.wanted.walks[typ] = true
		}
	}
	return r.wanted
}

// types are those that a field's objects can be of; none for scalars.
func (w *weight) types(f *ast.FieldDefinition) []*ast.Definition {
	typ := w.schema.Types[f.Type.Name()]
	if typ == nil || !typ.IsCompositeType() {
		return nil
	}
	return w.schema.GetPossibleTypes(typ)
}

// meet notes a way by which objects of a type are reached.
func (r *wanted) meet(typ string, came access.Roads) {
	if r.came[typ] == nil {
		r.came[typ] = make(map[access.Roads]bool, 1)
	}
	r.came[typ][came] = true
}

// selections looks through a selection set for objects of one type.
func (r *looker) selections(typ *ast.Definition, set ast.SelectionSet) {
	if len(set) == 0 {
		return
	}
	here := visit{typ.Name, &set[0]}
	if r.seen[here] {
		return
	}
	r.seen[here] = true
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if r.included(s.Directives) && s.Definition != nil {
				r.field(typ, s)
			}
		case *ast.InlineFragment:
			if r.included(s.Directives) && r.applies(s.TypeCondition, typ) {
				r.selections(typ, s.SelectionSet)
			}
		case *ast.FragmentSpread:
			if r.included(s.Directives) && s.Definition != nil && r.applies(s.Definition.TypeCondition, typ) {
				r.selections(typ, s.Definition.SelectionSet)
			}
		}
	}
}

// field notes a field, and looks through what lies below it.
func (r *looker) field(owner *ast.Definition, f *ast.Field) {
	r.want[owner.Name] |= fields[owner.Name][f.Name]
	if f.Name == "client" {
		r.clients[owner.Name] = true
	}
	if f.Name == "financials" {
		r.wanted.walks["Quote"], r.wanted.walks["Invoice"] = true, true
	}
	if f.Name == "label" && summed[owner.Name] != "" {
		r.wanted.walks["labels"] = true
	}
	paged := strings.HasSuffix(owner.Name, "Connection") || strings.HasSuffix(owner.Name, "Edge")
	for _, typ := range r.types(f.Definition) {
		_, costs := weighed[typ.Name]
		_, looked := lookups[typ.Name]
		switch {
		case looked && f.Definition.Type.Elem != nil:
			r.wanted.walks[typ.Name] = true
		case !costs:
		case paged:
			r.meet(typ.Name, access.ByList)
		case f.Definition.Type.Elem != nil:
			r.wanted.walks[typ.Name] = true
			r.meet(typ.Name, access.ByList)
		default:
			r.meet(typ.Name, 0)
		}
		r.selections(typ, f.SelectionSet)
	}
}

// included reports whether @skip and @include leave a selection in.
func (r *looker) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		if yes, ok := d.ArgumentMap(r.operation.Variables)["if"].(bool); ok && yes == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// applies reports whether a type condition holds for objects of a type.
func (r *looker) applies(condition string, typ *ast.Definition) bool {
	if condition == "" || condition == typ.Name {
		return true
	}
	for _, abstract := range r.schema.GetImplements(typ) {
		if abstract.Name == condition {
			return true
		}
	}
	return false
}
