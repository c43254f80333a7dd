package schema

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// mustLoad returns the parsed schema or ends the test.
func mustLoad(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatalf("Load(): %v", err)
	}
	return s
}

// own returns the definitions of our files in the order of their names, without the built-in ones.
func own(s *ast.Schema) []*ast.Definition {
	var defs []*ast.Definition
	for _, d := range s.Types {
		if !d.BuiltIn {
			defs = append(defs, d)
		}
	}
	slices.SortFunc(defs, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return defs
}

// fields returns the fields of d that our files declare: not `__schema` and `__type`.
func fields(d *ast.Definition) ast.FieldList {
	var list ast.FieldList
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			list = append(list, f)
		}
	}
	return list
}

func TestSourcesAreNamedAndOrdered(t *testing.T) {
	t.Parallel()
	var names []string
	for _, src := range Sources() {
		names = append(names, src.Name)
		if path.Ext(src.Name) != ".graphqls" {
			t.Errorf("source %q: want a .graphqls file", src.Name)
		}
		if strings.TrimSpace(src.Input) == "" {
			t.Errorf("source %q is empty", src.Name)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("sources are not in the order of their names: %v", names)
	}
}

func TestSourcesAreTheCallersToKeep(t *testing.T) {
	t.Parallel()
	first := Sources()
	first[0].Input = "changed"
	if Sources()[0].Input == "changed" {
		t.Error("a caller's change to a source is seen by the next caller")
	}
}

func TestLoadParsesOnce(t *testing.T) {
	t.Parallel()
	if mustLoad(t) != mustLoad(t) {
		t.Error("two calls of Load gave two schemas: want the one that was parsed first")
	}
}
