package graph_test

// This file makes up valid queries: any field of any type, under aliases, in fragments with and without names, on types,
// interfaces and unions, with @skip and @include by literals and by variables.

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

// queries makes up queries for a schema.
type queries struct {
	t      *rapid.T
	schema *ast.Schema
	// ids are ids to ask for, by root field.
	ids map[string][]string
	// budget is how many fields may still be selected.
	budget    int
	fragments []string
	roots     int
}

// madeUp is a query with its variables.
type madeUp struct {
	text      string
	variables map[string]any
}

// makeUp makes up a query.
func makeUp(t *rapid.T, schema *ast.Schema, ids map[string][]string) madeUp {
	q := &queries{t: t, schema: schema, ids: ids, budget: 60}
	body := q.selection(schema.Query, 0)
	variables := map[string]any{"yes": rapid.Bool().Draw(t, "yes")}
	if rapid.Bool().Draw(t, "no is given") {
		variables["no"] = rapid.Bool().Draw(t, "no")
	}
	text := "query Made($yes: Boolean!, $no: Boolean = false) " + body
	return madeUp{text + strings.Join(q.fragments, ""), variables}
}

// below draws a number from 0 to n-1, each as likely: rapid's own prefer small ones.
func below(t *rapid.T, n int) (drawn int) {
	for range bits.Len(uint(n)) + 3 {
		drawn *= 2
		if rapid.Bool().Draw(t, "bit") {
			drawn++
		}
	}
	return drawn % n
}

// pick picks one of several, each as likely.
func pick[T any](t *rapid.T, among []T) T { return among[below(t, len(among))] }

// chance is true in so many of a hundred cases.
func (q *queries) chance(percent int) bool { return below(q.t, 100) >= 100-percent }

// selection makes up what is selected of a type, in braces.
func (q *queries) selection(typ *ast.Definition, depth int) string {
	var parts []string
	for range 1 + below(q.t, 5) {
		parts = append(parts, q.part(typ, depth))
	}
	if q.budget < 0 || typ == q.schema.Query {
		parts = append(parts, "__typename")
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// part makes up a field or a fragment.
func (q *queries) part(typ *ast.Definition, depth int) string {
	kind := 99 - below(q.t, 100)
	on := typ
	if typ.IsAbstractType() && (kind < 70 || len(typ.Fields) == 0) {
		on = pick(q.t, q.schema.GetPossibleTypes(typ))
		kind = min(kind, 17)
	} else if kind < 18 && typ != q.schema.Query && q.chance(30) {
		if wider := q.schema.GetImplements(typ); len(wider) > 0 {
			on = pick(q.t, wider)
		}
	}
	switch {
	case kind < 8 && depth < 6 && q.budget > 0:
		name := fmt.Sprintf("F%d", len(q.fragments))
		q.fragments = append(q.fragments, "")
		at := len(q.fragments) - 1
		q.fragments[at] = " fragment " + name + " on " + on.Name + " " + q.selection(on, depth+1)
		return "..." + name + q.condition()
	case kind < 18 && depth < 6 && q.budget > 0:
		return "... on " + on.Name + q.condition() + " " + q.selection(on, depth+1)
	case on != typ:
		return "... on " + on.Name + " { " + q.field(on, depth+1) + " }"
	}
	return q.field(typ, depth)
}

// field makes up a field. Leaves are likelier the deeper it stands.
func (q *queries) field(typ *ast.Definition, depth int) string {
	q.budget--
	var able []*ast.FieldDefinition
	for _, f := range typ.Fields {
		leaf := q.schema.Types[f.Type.Name()].IsLeafType()
		if strings.HasPrefix(f.Name, "__") || !leaf && (depth > 7 || q.budget < 0) {
			continue
		}
		able = append(able, f)
		if leaf && depth > 3 {
			able = append(able, f)
		}
	}
	if len(able) == 0 || q.chance(5) {
		return "__typename" + q.condition()
	}
	f := pick(q.t, able)
	name := f.Name
	if typ == q.schema.Query {
		q.roots++
		name = fmt.Sprintf("r%d: %s%s", q.roots, f.Name, q.arguments(f))
	} else if q.chance(25) {
		name = fmt.Sprintf("%s_%s%d: %s", typ.Name, f.Name, 1+below(q.t, 2), f.Name)
	}
	name += q.condition()
	if below := q.schema.Types[f.Type.Name()]; !below.IsLeafType() {
		name += " " + q.selection(below, depth+1)
	}
	return name
}

// condition makes up a directive, or mostly none.
func (q *queries) condition() string {
	if !q.chance(12) {
		return ""
	}
	return pick(q.t, []string{
		" @skip(if: $yes)", " @include(if: $yes)", " @skip(if: $no)", " @include(if: $no)", " @skip(if: false)", " @include(if: true)",
		" @skip(if: true)", " @include(if: true) @skip(if: $no)",
	})
}

// arguments makes up a root field's arguments.
func (q *queries) arguments(f *ast.FieldDefinition) string {
	var given []string
	for _, a := range f.Arguments {
		switch {
		case a.Name == "id" || a.Name == "nodeId":
			given = append(given, a.Name+": "+fmt.Sprintf("%q", pick(q.t, q.ids[f.Name])))
		case a.Name == "first":
			given = append(given, fmt.Sprintf("first: %d", 1+below(q.t, 6)))
		case a.Name == "offset" && q.chance(20):
			given = append(given, fmt.Sprintf("offset: %d", below(q.t, 40)))
		case a.Type.NonNull && a.DefaultValue == nil:
			values := q.schema.Types[a.Type.Name()].EnumValues
			given = append(given, a.Name+": "+pick(q.t, values).Name)
		}
	}
	if given == nil {
		return ""
	}
	return "(" + strings.Join(given, ", ") + ")"
}
