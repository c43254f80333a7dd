package ccube

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fills are Fill of every type of row, by reflection.
var fills = map[string]any{
	"Project": (*Project).Fill, "Stage": (*Stage).Fill, "WorkType": (*WorkType).Fill,
	"CommunicationStatus": (*CommunicationStatus).Fill, "Quote": (*Quote).Fill, "Invoice": (*Invoice).Fill,
	"PurchaseOrder": (*PurchaseOrder).Fill, "WorkOrder": (*WorkOrder).Fill, "Note": (*Note).Fill,
	"Party": (*Party).Fill, "User": (*User).Fill,
}

// Each key stands for one field and each field for one key: a row that has one key gives one field away, another for
// another key, and none is left over.
func TestFillCoversEveryField(t *testing.T) {
	t.Parallel()
	for name, fill := range fills {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := reflect.ValueOf(fill)
			of := f.Type().In(0).Elem()
			full := reflect.New(of)
			for i := 1; i < of.NumField(); i++ { // the first is Row
				setNonZero(full.Elem().Field(i))
			}
			taken := map[string]bool{}
			for key := range of.NumField() - 1 {
				full.Interface().(interface{ row() *Row }).row().Keys = 1 << key
				filled := f.Call([]reflect.Value{reflect.New(of), full})[0]
				fields := changed(filled.Elem())
				if len(fields) != 1 || taken[fields[0]] {
					t.Errorf("the key 1<<%d gives %v, want one field that no other key gives", key, fields)
				}
				for _, field := range fields {
					taken[field] = true
				}
			}
		})
	}
}

// setNonZero gives a field a value that shows.
func setNonZero(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	default:
		v.FieldByName("Valid").SetBool(true)
	}
}

// changed names the fields that are not zero, Row left out.
func changed(row reflect.Value) (fields []string) {
	for i := 1; i < row.NumField(); i++ {
		if !row.Field(i).IsZero() {
			fields = append(fields, row.Type().Field(i).Name)
		}
	}
	return fields
}

func TestFillKeepsWhatTheRowHas(t *testing.T) {
	t.Parallel()
	list := &Invoice{
		Row:     Row{ID: 7, Keys: InvoiceBalance | InvoiceTotal | InvoicePaidOn, Broken: InvoiceTotal},
		Balance: Null[Decimal]{"200.0", true},
	}
	detail := &Invoice{
		Row: Row{
			ID: 7, Keys: InvoiceBalance | InvoiceTotal | InvoicePaidOn | InvoiceStatus | InvoiceLines,
			Broken: InvoiceLines | InvoiceBalance,
		},
		Total: Null[Decimal]{"1000.0", true}, PaidOn: Null[Date]{"2024-01-15", true}, Status: text("Approved"),
	}
	want := &Invoice{
		Row:     Row{ID: 7, Keys: detail.Keys, Broken: InvoiceTotal | InvoiceLines},
		Balance: Null[Decimal]{"200.0", true}, Status: text("Approved"),
	}
	before := *list
	if diff := cmp.Diff(want, list.Fill(detail)); diff != "" {
		t.Errorf("a row filled from a later reading shows both (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&before, list); diff != "" {
		t.Errorf("Fill changed the row, which others hold:\n%s", diff)
	}
}

// Every constant of type Keys is what some set method takes, and what Fill hands on where the type has one.
func TestEveryKeyIsUsed(t *testing.T) {
	t.Parallel()
	declared, used := map[string]bool{}, map[string]map[string]bool{}
	for _, file := range source(t) {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				declaredKeys(d, declared)
			case *ast.FuncDecl:
				used[d.Name.Name] = identifiers(d.Body, used[d.Name.Name])
			}
		}
	}
	if len(declared) < 80 {
		t.Fatalf("found only %d keys: the test looks in the wrong place", len(declared))
	}
	for key := range declared {
		taken := used["set"][key] || used["setAmount"][key] || used["embeddedID"][key]
		embedded := strings.HasPrefix(key, "Embedded") || strings.HasPrefix(key, "Client") ||
			strings.HasPrefix(key, "Address") || strings.HasPrefix(key, "Phone") || strings.HasPrefix(key, "Email") ||
			strings.HasPrefix(key, "InvoiceLine") && key != "InvoiceLines"
		if !taken || !embedded && !used["Fill"][key] {
			t.Errorf("%s is taken by a set method: %t, handed on by Fill: %t", key, taken, used["Fill"][key])
		}
	}
}

// source parses the package, tests left out.
func source(t *testing.T) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// declaredKeys notes the constants of a block that counts keys: its first line is `Name Keys = 1 << …`.
func declaredKeys(d *ast.GenDecl, keys map[string]bool) {
	if d.Tok != token.CONST {
		return
	}
	first := d.Specs[0].(*ast.ValueSpec)
	if kind, ok := first.Type.(*ast.Ident); !ok || kind.Name != "Keys" {
		return
	}
	for _, s := range d.Specs {
		keys[s.(*ast.ValueSpec).Names[0].Name] = true
	}
}

func identifiers(body ast.Node, into map[string]bool) map[string]bool {
	if into == nil {
		into = map[string]bool{}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			into[id.Name] = true
		}
		return true
	})
	return into
}
