package main

// This file reads gqlgen's bindings: how each field is resolved, and how its value is written. What it does not know how to
// write it leaves out, and with it the root fields that select it are left to gqlgen.

import (
	"cmp"
	_ "embed"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// fastPath is a gqlgen plugin.
type fastPath struct{}

// Name is part of plugin.Plugin.
func (fastPath) Name() string { return "fastpath" }

//go:embed fields.gotpl
var template string

// GenerateCode is part of plugin.CodeGenerator.
func (fastPath) GenerateCode(data *codegen.Data) error {
	s := schema{data: data, objects: map[string]*codegen.Object{}, seen: map[string]bool{}, Package: data.Config.Exec.ImportPath()}
	for _, o := range data.Objects {
		s.objects[o.Name] = o
	}
	s.reach(data.QueryRoot.Definition)
	slices.SortFunc(s.Objects, func(a, b *object) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(s.Abstracts, func(a, b *codegen.Interface) int { return cmp.Compare(a.Name, b.Name) })
	return templates.Render(templates.Options{
		PackageName:     "fastpath",
		Filename:        filepath.Join(filepath.Dir(data.Config.Exec.DirName), "fastpath", "fields_gen.go"),
		Template:        template,
		Data:            &s,
		GeneratedHeader: true,
		Packages:        data.Config.Packages,
	})
}

// schema is what a query can reach, as the template sees it.
type schema struct {
	data    *codegen.Data
	objects map[string]*codegen.Object
	seen    map[string]bool
	// Objects and Abstracts are the types in the order of their names.
	Objects   []*object
	Abstracts []*codegen.Interface
	// Package is what gqlgen generates.
	Package string
}

// object is a type of objects.
type object struct {
	*codegen.Object
	Fields []field
	// Resolved tells that it has fields with resolvers.
	Resolved bool
}

// field is a field that can be written.
type field struct {
	*codegen.Field
	Number int
}

// reach collects a type and all that lies below it.
func (s *schema) reach(typ *ast.Definition) {
	if s.seen[typ.Name] || strings.HasPrefix(typ.Name, "__") {
		return
	}
	s.seen[typ.Name] = true
	if typ.IsAbstractType() {
		for _, possible := range s.data.Schema.GetPossibleTypes(typ) {
			s.reach(possible)
		}
		s.Abstracts = append(s.Abstracts, s.data.Interfaces[typ.Name])
		return
	}
	o := s.objects[typ.Name]
	if o == nil || o.IsMap() {
		return
	}
	for _, f := range o.Fields {
		if !f.IsReserved() {
			s.reach(f.TypeReference.Definition)
		}
	}
	s.Objects = append(s.Objects, s.object(o))
}

// object collects the fields of a type that can be written. Number 0 is __typename's.
func (s *schema) object(o *codegen.Object) *object {
	written := &object{Object: o}
	for _, f := range o.Fields {
		if f.IsReserved() || !s.resolvable(f) || !s.writable(f.TypeReference) {
			continue
		}
		written.Fields = append(written.Fields, field{Field: f, Number: len(written.Fields) + 1})
		written.Resolved = written.Resolved || f.IsResolver && !o.Root
	}
	return written
}

// resolvable reports whether the writer can ask for a field's value. Root fields are asked for by gqlgen.
func (s *schema) resolvable(f *codegen.Field) bool {
	return f.Object.Root || len(f.Args) == 0 && !f.IsBatch() && !f.IsMap() && !f.Stream && !f.HasDirectives() && !f.VOkFunc
}

// writable reports whether the writer can write values of a type.
func (s *schema) writable(t *config.TypeReference) bool {
	switch kind := t.Definition.Kind; {
	case t.IsPtrToPtr(), t.IsPtrToSlice(), t.IsPtrToIntf(), t.IsOmittable:
		return false
	case kind == ast.Object && t.IsSlice():
		return t.GQL.Elem.Elem == nil && t.Elem().IsPtr()
	case kind == ast.Object:
		return t.IsPtr() || t.IsStruct()
	case t.IsSlice():
		return false
	case kind == ast.Interface, kind == ast.Union:
		return types.IsInterface(t.GO)
	}
	return !t.IsContext && !t.HasEnumValues() && !t.IsTargetNilable() && (t.IsMarshaler || t.Marshaler != nil)
}

// Call is what gives a field's value.
func (f field) Call() string {
	switch {
	case f.Object.Root:
		return "value.(" + templates.CurrentImports.LookupType(f.TypeReference.GO) + ")"
	case f.IsResolver:
		return "w.resolvers." + templates.ToGoPrivate(f.Object.Name) + "." + f.GoFieldName + "(w.context(f), o)"
	case f.IsVariable():
		return "o." + f.GoFieldName
	case f.MethodHasContext:
		return "o." + f.GoFieldName + "(w.context(f))"
	}
	return "o." + f.GoFieldName + "()"
}

// Fails tells that a field's value comes with an error.
func (f field) Fails() bool { return !f.Object.Root && (f.IsResolver || f.IsMethod() && !f.NoErr) }

// Empty tells that there may be no value. A list that must not be null is an empty one instead.
func (f field) Empty() bool {
	t := f.TypeReference
	return t.IsNilable() && !(t.IsSlice() && t.GQL.NonNull)
}

// Write is what writes the value v.
func (f field) Write() string {
	t := f.TypeReference
	writer := templates.ToGoPrivate(t.Definition.Name)
	switch {
	case t.Definition.IsAbstractType():
		return writer + "Below(w, f, v)"
	case t.Definition.Kind != ast.Object:
		return f.writeLeaf()
	case t.IsSlice():
		return "list(w, f, v, f.below[0], " + writer + "Field)"
	case t.IsPtr():
		return "below(w, f, v, f.below[0], " + writer + "Field)"
	}
	return "below(w, f, &v, f.below[0], " + writer + "Field)"
}

// writeLeaf is what writes a scalar or an enum.
func (f field) writeLeaf() string {
	t := f.TypeReference
	if t.IsMarshaler {
		if appends, _, _ := types.LookupFieldOrMethod(t.GO, true, nil, "AppendGQL"); appends != nil {
			return "w.buf = v.AppendGQL(w.buf)"
		}
		return "v.MarshalGQL(w)"
	}
	value := "v"
	if t.IsPtr() {
		value = "*v"
	}
	switch t.Marshaler.FullName() {
	case "github.com/99designs/gqlgen/graphql.MarshalString", "github.com/99designs/gqlgen/graphql.MarshalID":
		return "w.text(string(" + value + "))"
	case "github.com/99designs/gqlgen/graphql.MarshalBoolean":
		return "w.buf = " + templates.CurrentImports.Lookup("strconv") + ".AppendBool(w.buf, bool(" + value + "))"
	}
	if t.CastType != nil {
		value = templates.CurrentImports.LookupType(t.CastType) + "(" + value + ")"
	}
	return "w.marshal(f, " + templates.Call(t.Marshaler) + "(" + value + "))"
}
