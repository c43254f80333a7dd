// Package schema is the GraphQL SDL of the gateway, as text and as a parsed schema.
//
// There is one file a noun: it holds the noun's types and, by `extend type Query`, the root fields
// that return them, so that a reader finds everything about quotes in quote.graphqls. Each name has
// a description that says what it costs, where it is read from and what null means: the SDL is
// the reference that clients read, and the tests of this package are the rules it has to keep.
//
// The files are embedded, so the binary serves exactly the schema it was built with. Nothing here
// executes a query, and nothing is read from disk.
package schema

import (
	"embed"
	"fmt"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed *.graphqls
var files embed.FS

// load parses the embedded files on its first call and keeps the result.
var load = sync.OnceValues(func() (*ast.Schema, error) {
	s, err := gqlparser.LoadSchema(Sources()...)
	if err != nil {
		return nil, fmt.Errorf("cannot load the schema: %w", err)
	}
	return s, nil
})

// Sources returns the SDL files in the order of their names, each named after its file, so that an
// error in one reads `quote.graphqls:12`. The sources are new on every call and the caller's to keep.
func Sources() []*ast.Source {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("schema: the embedded directory cannot be read: " + err.Error()) // excluded by the build
	}
	sources := make([]*ast.Source, 0, len(entries))
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			panic("schema: an embedded file cannot be read: " + err.Error()) // excluded by the build
		}
		sources = append(sources, &ast.Source{Name: e.Name(), Input: string(text)})
	}
	return sources
}

// Load returns the schema that all files make together, validated. It is parsed once: every caller
// gets the same value and must not change it.
func Load() (*ast.Schema, error) { return load() }
