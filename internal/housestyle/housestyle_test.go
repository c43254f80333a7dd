// Package housestyle holds hand-written Go to the project's style: how long files and functions may be, and what has to
// be told about packages and exported names. CONTRIBUTING.md says why. It has no code of its own, only these tests.
package housestyle

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The budget. It is a ceiling, not a goal.
const (
	maxFile        = 400
	maxTestFile    = 600
	maxFunction    = 60
	maxLine        = 160
	leastPackage   = 2 // lines of a package comment
	filesMedian    = 150
	filesNinetieth = 300
)

// root is the module's, seen from here.
const root = "../.."

// source is a hand-written Go file.
type source struct {
	// path is relative to the module's root, with slashes.
	path  string
	lines []string
	file  *ast.File
	set   *token.FileSet
}

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) folder() string { return filepath.ToSlash(filepath.Dir(s.path)) }

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	var lengths []int
	for _, s := range sources(t) {
		most := maxFile
		if s.isTest() {
			most = maxTestFile
		} else {
			lengths = append(lengths, len(s.lines))
		}
		if len(s.lines) > most {
			t.Errorf("%s has %d lines, more than %d: split it by idea", s.path, len(s.lines), most)
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > filesMedian {
		t.Errorf("the median file has %d lines, more than %d", median, filesMedian)
	}
	if ninetieth := lengths[len(lengths)*9/10]; ninetieth > filesNinetieth {
		t.Errorf("nine of ten files have up to %d lines, more than %d", ninetieth, filesNinetieth)
	}
}

func TestLinesAreShort(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.isTest() || strings.HasSuffix(s.path, ".resolvers.go") { // gqlgen writes the resolvers' signatures
			continue
		}
		for i, line := range s.lines {
			if n := len([]rune(line)); n > maxLine && !strings.Contains(line, "`") {
				t.Errorf("%s:%d has %d characters, more than %d", s.path, i+1, n, maxLine)
			}
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			f, ok := n.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				return true
			}
			if lines := s.line(f.Body.Rbrace) - s.line(f.Body.Lbrace) - 1; lines > maxFunction {
				t.Errorf("%s:%d: %s has %d lines, more than %d", s.path, s.line(f.Pos()), f.Name.Name, lines, maxFunction)
			}
			return true
		})
	}
}

func TestPackagesTellTheirStory(t *testing.T) {
	t.Parallel()
	told := map[string]int{}
	for _, s := range sources(t) {
		if s.isTest() && s.folder() != "internal/housestyle" {
			continue
		}
		told[s.folder()] += 0
		if s.file.Doc == nil {
			continue
		}
		if before := told[s.folder()]; before > 0 {
			t.Errorf("%s: a second comment on the package; put it below the package clause", s.path)
		}
		text := s.file.Doc.Text()
		told[s.folder()] = strings.Count(text, "\n")
		if name := s.file.Name.Name; name != "main" && !strings.HasPrefix(text, "Package "+name+" ") {
			t.Errorf("%s: the comment on the package does not begin with Package %s", s.path, name)
		}
	}
	for folder, lines := range told {
		if lines < leastPackage {
			t.Errorf("%s: the comment on the package has %d lines; tell what it is for, and what it promises and refuses", folder, lines)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		for _, d := range s.file.Decls {
			for _, missing := range undocumented(s, d) {
				t.Errorf("%s:%d: %s has no comment, or one that does not name it", s.path, s.line(missing.Pos()), missing.Name)
			}
		}
	}
}

// undocumented returns the exported names of a declaration that nothing is told about.
func undocumented(s source, d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && receiverIsExported(d) && !names(d.Doc, d.Name) && !writtenByGqlgen(s, d) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var missing []*ast.Ident
		for _, spec := range d.Specs {
			missing = append(missing, undocumentedSpec(d, spec)...)
		}
		return missing
	}
	return nil
}

func undocumentedSpec(d *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && !names(spec.Doc, spec.Name) && !names(d.Doc, spec.Name) {
			return []*ast.Ident{spec.Name}
		}
	case *ast.ValueSpec:
		// Constants of one kind may share what is told about them.
		if spec.Names[0].IsExported() && spec.Doc == nil && spec.Comment == nil && d.Doc == nil {
			return spec.Names[:1]
		}
	}
	return nil
}

// names reports whether a comment tells of the name: it has it among its first words.
func names(doc *ast.CommentGroup, name *ast.Ident) bool {
	words := strings.Fields(doc.Text())
	return slices.Contains(words[:min(3, len(words))], name.Name)
}

func receiverIsExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

// writtenByGqlgen reports whether the function is one of those that gqlgen writes into resolvers' files, without comments.
func writtenByGqlgen(s source, f *ast.FuncDecl) bool {
	return strings.HasSuffix(s.path, ".resolvers.go") && f.Recv != nil && len(f.Body.List) == 1
}

func (s source) line(p token.Pos) int { return s.set.Position(p).Line }

// sources returns the hand-written files. Folders with a go.mod of their own are others', but for the examples: those are for
// people to read.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && foreign(path, d.Name()):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		s, err := read(path)
		if err == nil && !ast.IsGenerated(s.file) {
			found = append(found, s)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 100 {
		t.Fatalf("there are only %d files in %s", len(found), root)
	}
	return found
}

func foreign(path, name string) bool {
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	examples := filepath.Base(filepath.Dir(path)) == "examples"
	return err == nil && !examples || name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".")
}

func read(path string) (source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return source{}, err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return source{}, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{
		path: filepath.ToSlash(relative), lines: strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), file: file, set: set,
	}, err
}
