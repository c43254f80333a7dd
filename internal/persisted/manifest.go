package persisted

// This file reads trusted documents, in the forms that clients' builds write them.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Document is a trusted document.
type Document struct {
	// ID is what requests call it.
	ID string
	// Text is the document itself.
	Text string
	// Origin is where it stands, for messages: the file, and the operation's name where the manifest has one.
	Origin string
}

// apolloFormat is how an Apollo manifest says what it is.
const apolloFormat = "apollo-persisted-query-manifest"

// Load reads documents from a manifest, a .graphql file, or a folder of such files. A manifest is one of Apollo's
// (generate-persisted-query-manifest), or an object of id to document, as Relay and graphql-codegen's client preset write it. A
// file's id is its path in the folder without the ending; its hash does as well.
func Load(name string) (documents []Document, err error) {
	defer fault.Wrap(&err, "cannot read the trusted documents in %s", name)
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		documents, err = folder(os.DirFS(name))
	} else {
		documents, err = file(os.DirFS(filepath.Dir(name)), filepath.Base(name))
	}
	if err == nil && len(documents) == 0 {
		err = errors.New("there is none")
	}
	return documents, err
}

// folder reads the .graphql and .gql files in a folder and below.
func folder(in fs.FS) (documents []Document, err error) {
	err = fs.WalkDir(in, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isGraphQL(name) {
			return err
		}
		found, err := file(in, name)
		documents = append(documents, found...)
		return err
	})
	return documents, err
}

func isGraphQL(name string) bool { return path.Ext(name) == ".graphql" || path.Ext(name) == ".gql" }

// file reads a manifest, or a document.
func file(in fs.FS, name string) (_ []Document, err error) {
	defer fault.Wrap(&err, "%s", name)
	text, err := fs.ReadFile(in, name)
	if err != nil {
		return nil, err
	}
	if isGraphQL(name) {
		return []Document{{ID: strings.TrimSuffix(name, path.Ext(name)), Text: string(text), Origin: name}}, nil
	}
	var apollo struct {
		Format     string
		Version    int
		Operations []struct{ ID, Name, Body string }
	}
	if json.Unmarshal(text, &apollo) == nil && apollo.Format != "" {
		if apollo.Format != apolloFormat || apollo.Version != 1 {
			return nil, fmt.Errorf("the format %q of version %d is none that is known", apollo.Format, apollo.Version)
		}
		documents := make([]Document, len(apollo.Operations))
		for i, o := range apollo.Operations {
			documents[i] = Document{ID: o.ID, Text: o.Body, Origin: name + ", operation " + o.Name}
		}
		return documents, nil
	}
	var byID map[string]string
	if err := json.Unmarshal(text, &byID); err != nil {
		return nil, errors.New("it is neither an Apollo manifest nor a JSON object of id to document")
	}
	documents := make([]Document, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		documents = append(documents, Document{ID: id, Text: byID[id], Origin: name})
	}
	return documents, nil
}

// mistakesShown is how many documents an error names.
const mistakesShown = 10

// Check holds documents to the schema: each is valid, and an id names one of them. Its error names the file, the operation
// and what is wrong.
func Check(schema *ast.Schema, documents []Document) error {
	var mistakes []error
	texts := make(map[string]string, len(documents))
	for _, d := range documents {
		if other, ok := texts[d.ID]; ok && other != d.Text || d.ID == "" {
			mistakes = append(mistakes, fmt.Errorf("%s: the id %q is that of several documents, or of none", d.Origin, d.ID))
		}
		texts[d.ID] = d.Text
		if _, errs := gqlparser.LoadQueryWithRules(schema, d.Text, nil); len(errs) > 0 {
			where := ""
			if len(errs[0].Locations) > 0 {
				where = fmt.Sprintf(" (line %d)", errs[0].Locations[0].Line)
			}
			mistakes = append(mistakes, fmt.Errorf("%s%s (id %s): %s%s", d.Origin, operationsIn(d), d.ID, errs[0].Message, where))
		}
	}
	if more := len(mistakes) - mistakesShown; more > 0 {
		mistakes = append(mistakes[:mistakesShown], fmt.Errorf("and %d more", more))
	}
	if err := errors.Join(mistakes...); err != nil {
		return fmt.Errorf("cannot trust documents that do not fit the schema: %w", err)
	}
	return nil
}
