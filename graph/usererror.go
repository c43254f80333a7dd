package graph

// This file turns CCUBE's refusals of writes into user errors. CCUBE names fields as its bodies do; the way back to the
// mutation's arguments is found in the schema, by the rule that the two have one name in two spellings: client_id is
// clientId, lines_attributes is lines. A mistake in a client is one in the clientId that names it.

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// refused returns what the caller can mend of a failed write. Any other failure becomes an error of the response.
func (r *Resolver) refused(ctx context.Context, err error) []*model.UserError {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !slices.Contains([]fault.Kind{fault.BadUserInput, fault.NotFound, fault.Conflict}, f.Kind) {
		graphql.AddError(ctx, err)
		return nil
	}
	field := graphql.GetFieldContext(ctx).Field
	m := mutation{
		schema: r.Schema, arguments: field.Definition.Arguments,
		values: field.ArgumentMap(graphql.GetOperationContext(ctx).Variables), refusal: f,
	}
	return m.userErrors()
}

// mutation is one that CCUBE has refused.
type mutation struct {
	schema    *ast.Schema
	arguments ast.ArgumentDefinitionList
	values    map[string]any
	refusal   *fault.Error
}

// userErrors returns what CCUBE says: a mistake each, or one for all where it names none.
func (m mutation) userErrors() []*model.UserError {
	details := ccube.ReadDetails(m.refusal.Details)
	if len(details) == 0 {
		return []*model.UserError{{Field: m.whole(), Message: m.refusal.Message, Code: m.code(nil, true)}}
	}
	mistakes := make([]*model.UserError, len(details))
	for i, d := range details {
		path, value := m.find(d.Path)
		message := d.Message
		if path == nil && len(d.Path) > 0 {
			message = strings.Join(d.Path, ".") + ": " + message
		}
		if path == nil {
			path = m.whole()
		}
		mistakes[i] = &model.UserError{Field: path, Message: message, Code: m.code(value, path == nil)}
	}
	return mistakes
}

// whole is the path of a refusal that names no field: the id, where that is of nothing that CCUBE has.
func (m mutation) whole() []string {
	if m.refusal.Kind == fault.NotFound && m.arguments.ForName("id") != nil {
		return []string{"id"}
	}
	return nil
}

// code is the kind of a mistake. One in a field that was left blank is that it is needed.
func (m mutation) code(value any, unnamed bool) model.UserErrorCode {
	switch m.refusal.Status {
	case http.StatusConflict:
		return model.Conflict
	case http.StatusNotFound, http.StatusGone:
		return model.NotFound
	}
	if !unnamed && isBlank(value) {
		return model.Required
	}
	return model.Invalid
}

func isBlank(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// find returns the path of what CCUBE names, as deep as the arguments go, and the value that was given there. The path is
// nil where there is no such argument.
func (m mutation) find(names []string) (path []string, value any) {
	input := m.arguments.ForName("input")
	if input == nil {
		return nil, nil
	}
	p := place{schema: m.schema, path: []string{"input"}, typ: input.Type, value: m.values["input"]}
	for i := range names { // what stands before the first name that is known is an envelope: project.number
		if p.enter(names[i]) {
			for _, name := range names[i+1:] {
				if !p.enter(name) {
					break
				}
			}
			return p.path, p.value
		}
	}
	return nil, nil
}

// place is a place in the arguments.
type place struct {
	schema *ast.Schema
	path   []string
	typ    *ast.Type
	value  any
}

// enter goes down to what CCUBE calls name, if that is there.
func (p *place) enter(name string) bool {
	if p.typ.Elem != nil {
		list, _ := p.value.([]any)
		if i, err := strconv.Atoi(name); err == nil {
			return i >= 0 && i < len(list) && p.step(name, p.typ.Elem, list[i])
		}
		if len(list) == 1 { // without an index it can be meant only here
			p.step("0", p.typ.Elem, list[0])
		} else {
			p.typ, p.value = p.typ.Elem, nil
		}
	}
	typ := p.schema.Types[p.typ.Name()]
	if typ.Kind != ast.InputObject {
		return false
	}
	given, _ := p.value.(map[string]any)
	for _, candidate := range spellings(name) {
		if f := typ.Fields.ForName(candidate); f != nil {
			return p.step(candidate, f.Type, given[candidate])
		}
	}
	return false
}

func (p *place) step(name string, typ *ast.Type, value any) bool {
	p.path, p.typ, p.value = append(slices.Clip(p.path), name), typ, value
	return true
}

// spellings are how GraphQL may call what CCUBE calls name.
func spellings(name string) []string {
	words := strings.Split(strings.TrimSuffix(name, "_attributes"), "_")
	for i, word := range words[1:] {
		if word != "" {
			words[i+1] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	own := strings.Join(words, "")
	return []string{own, own + "Id", strings.TrimSuffix(own, "s") + "Ids"}
}
