package persisted_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// write writes a file into a folder of the test's.
func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Manifests are taken as clients' builds write them.
func TestFormsOfManifests(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, folder, "queries/stages.graphql", "query Stages { stages { name } }")
	write(t, folder, "queries/of/users.gql", "query Users { users { totalCount } }")
	write(t, folder, "queries/README.md", "not a document")
	for name, c := range map[string]struct {
		path string
		want []persisted.Document
	}{
		"Relay (persistConfig.file), graphql-codegen (persisted-documents.json)": {
			write(t, folder, "persisted.json", `{"b7": "query B { stages { name } }", "a1": "query A { viewer { email } }"}`),
			[]persisted.Document{{ID: "a1", Text: "query A { viewer { email } }"}, {ID: "b7", Text: "query B { stages { name } }"}},
		},
		"Apollo (generate-persisted-query-manifest)": {
			write(t, folder, "apollo.json", `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
				{"id": "c3", "name": "C", "type": "query", "body": "query C {\n  stages {\n    name\n  }\n}"}]}`),
			[]persisted.Document{{ID: "c3", Text: "query C {\n  stages {\n    name\n  }\n}"}},
		},
		"a folder": {
			filepath.Join(folder, "queries"),
			[]persisted.Document{{ID: "of/users", Text: "query Users { users { totalCount } }"}, {ID: "stages", Text: "query Stages { stages { name } }"}},
		},
		"a file": {
			filepath.Join(folder, "queries", "stages.graphql"),
			[]persisted.Document{{ID: "stages", Text: "query Stages { stages { name } }"}},
		},
	} {
		got, err := persisted.Load(c.path)
		if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(persisted.Document{}, "Origin")); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestWhatIsNoManifest(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	empty := filepath.Join(folder, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(folder, "nothing.json"):        "no such file",
		empty:                                        "there is none",
		write(t, folder, "none.json", `{}`):          "there is none",
		write(t, folder, "broken.json", `{`):         "broken.json: it is neither",
		write(t, folder, "list.json", `[]`):          "list.json: it is neither",
		write(t, folder, "numbers.json", `{"a": 1}`): "numbers.json: it is neither",
		write(t, folder, "later.json", `{"format": "apollo-persisted-query-manifest", "version": 2}`): "of version 2",
		write(t, folder, "other.json", `{"format": "mine"}`):                                          `the format "mine"`,
	} {
		if got, err := persisted.Load(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want %q", filepath.Base(path), got, err, want)
		}
	}
}

// A document that does not fit is named by file, operation and line, before anything is served.
func TestDocumentsFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { stages: [Stage!]! } type Stage { name: String }`})
	for name, c := range map[string]struct {
		documents []persisted.Document
		want      []string
	}{
		"all fit":         {[]persisted.Document{{ID: "a", Text: "query A { stages { name } }"}, {ID: "a", Text: "query A { stages { name } }"}}, nil},
		"a field":         {[]persisted.Document{{ID: "a", Text: "query A {\n stages { colour } }", Origin: "p.json"}}, []string{"p.json, operation A (id a)", `"colour"`, "line 2"}},
		"an Apollo field": {[]persisted.Document{{ID: "a", Text: "query A { colour }", Origin: "p.json, operation A"}}, []string{"p.json, operation A (id a)", `"colour"`}},
		"no GraphQL":      {[]persisted.Document{{ID: "a", Text: "query A {", Origin: "p.json"}}, []string{"p.json (id a)"}},
		"one id twice":    {[]persisted.Document{{ID: "a", Text: "{ stages { name } }"}, {ID: "a", Text: "query B { stages { name } }", Origin: "p.json"}}, []string{"p.json", `"a"`}},
		"no id":           {[]persisted.Document{{Text: "{ stages { name } }", Origin: "p.json"}}, []string{"p.json", `""`}},
		"very many":       {make([]persisted.Document, 40), []string{"and 30 more"}},
	} {
		err := persisted.Check(schema, c.documents)
		if (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range c.want {
			if err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %s", name, err, want)
			}
		}
	}
}
