package graph_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/schema"
)

// mistake is a user error as a client sees it.
type mistake struct {
	Field         []string
	Code, Message string
}

// String is the mistake without its sentence.
func (m mistake) String() string { return m.Code + " " + strings.Join(m.Field, ".") }

// mistakes are those of an answer with one mutation.
func mistakes(t *testing.T, a gatewaytest.Answer) []mistake {
	t.Helper()
	var data map[string]struct{ UserErrors []mistake }
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatalf("%v: %.2000s", err, a.Body)
	}
	for _, payload := range data {
		return payload.UserErrors
	}
	t.Fatalf("no payload: %s", a.Body)
	return nil
}

// told are the mistakes without their sentences, each of which has to be one.
func told(t *testing.T, list []mistake) []string {
	t.Helper()
	said := []string{}
	for _, m := range list {
		if len(m.Message) < 10 || len(m.Message) > 700 {
			t.Errorf("%s is told in %d bytes: %s", m, len(m.Message), m.Message)
		}
		said = append(said, m.String())
	}
	return said
}

func TestMistakesAreToldBeforeTheCall(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, field, variables string
		want                     []string
	}{
		"blank text": {
			"CCUBE requires them", "createProject",
			`{"input": {"name": "", "number": " \t\n", "clientId": 1, "managerId": 2}}`,
			[]string{"REQUIRED input.name", "REQUIRED input.number"},
		},
		"blank text of an update": {
			"they cannot become blank either", "updateWorkOrder", `{"id": 1, "input": {"number": "", "description": " "}}`,
			[]string{"REQUIRED input.number", "REQUIRED input.description"},
		},
		"an empty update": {
			"there is nothing to send", "updateProject", `{"id": 1, "input": {}}`, []string{"REQUIRED input"},
		},
		"an empty update of nothing": {
			"all that is wrong is told at once", "updateUser", `{"id": "x", "input": {}}`, []string{"INVALID id", "REQUIRED input"},
		},
		"an update with nothing but a mistake": {
			"it is not empty", "updateProject", `{"id": 1, "input": {"clientId": "x"}}`, []string{"INVALID input.clientId"},
		},
		"ids": {
			"they would change the path, or the meaning", "createQuote",
			`{"input": {"number": "1", "projectId": "1/../2", "departmentId": "", "quoteType": "standard"}}`,
			[]string{"INVALID input.projectId", "INVALID input.departmentId"},
		},
		"ids as numbers": {
			"a fraction is no id", "createQuote",
			`{"input": {"number": "1", "projectId": 1.5, "departmentId": -1, "quoteType": "standard"}}`,
			[]string{"INVALID input.projectId", "INVALID input.departmentId"},
		},
		"an id that is too long": {
			"it fits no integer", "createNote", `{"input": {"notableType": "QUOTE", "notableId": 99999999999999999999999, "body": "x"}}`,
			[]string{"INVALID input.notableId"},
		},
		"dates that are none": {
			"2024 has 29 days in February", "createInvoice",
			`{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-02-30", "dueDate": "soon"}}`,
			[]string{"INVALID input.issueDate", "INVALID input.dueDate"},
		},
		"dates of another form": {
			"neither numbers nor instants are days", "updateInvoice",
			`{"id": 1, "input": {"issueDate": 20240101, "dueDate": "2024-01-01T00:00:00Z"}}`,
			[]string{"INVALID input.issueDate", "INVALID input.dueDate"},
		},
		"a project that ends before it starts": {
			"dates have an order", "createProject",
			`{"input": {"name": "n", "number": "1", "clientId": 1, "managerId": 2, "workStart": "2024-02-01", "workEnd": "2024-01-31"}}`,
			[]string{"INVALID input.workEnd"},
		},
		"an order that ends before it starts": {
			"in an update too", "updateWorkOrder", `{"id": 1, "input": {"startDate": "2024-02-01", "endDate": "2023-02-01"}}`,
			[]string{"INVALID input.endDate"},
		},
		"decimals": {
			"CCUBE would read some of them as something else", "createInvoice",
			`{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-01-01", "lines": [
				{"quantity": "ten"}, {"unitPrice": "NaN"}, {"rate": 1e400}, {"quantity": "1,5", "unitPrice": true, "rate": ""},
				{"quantity": [1]}, {"quantity": {"a": 1}}, {"quantity": "0x10"}, {"unitPrice": "1e-99"}, {"unitPrice": "Infinity"}]}}`,
			[]string{
				"INVALID input.lines.0.quantity", "INVALID input.lines.1.unitPrice", "INVALID input.lines.2.rate",
				"INVALID input.lines.3.quantity", "INVALID input.lines.3.unitPrice", "INVALID input.lines.3.rate",
				"INVALID input.lines.4.quantity", "INVALID input.lines.5.quantity", "INVALID input.lines.6.quantity",
				"INVALID input.lines.7.unitPrice", "INVALID input.lines.8.unitPrice",
			},
		},
		"an integer out of range": {
			"an Int has 32 bits", "createInvoice",
			`{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-01-01",
				"lines": [{"position": 3000000000}]}}`,
			[]string{"INVALID input.lines.0.position"},
		},
		"empty rows": {
			"CCUBE would make blank ones", "createParty",
			`{"input": {"name": "x", "type": "COMPANY", "addresses": [{"city": "Laval"}, {}], "phones": [{"value": ""}], "emails": []}}`,
			[]string{"REQUIRED input.addresses.1", "REQUIRED input.phones.0.value"},
		},
		"an empty line": {
			"it bills nothing", "createInvoice",
			`{"input": {"number": "1", "subject": "s", "clientId": 1, "projectId": 1, "issueDate": "2024-01-01", "lines": [{"rate": null}]}}`,
			[]string{"REQUIRED input.lines.0"},
		},
		"a contact without its names": {
			"a person has two", "createParty", `{"input": {"name": "x", "type": "CONTACT", "lastName": " "}}`,
			[]string{"REQUIRED input.firstName", "REQUIRED input.lastName"},
		},
		"a short password": {
			"eight characters, not bytes", "createUser",
			`{"input": {"email": "a@b.c", "password": "éééééée", "userType": "FULL", "roleIds": [1]}}`,
			[]string{"INVALID input.password"},
		},
		"two passwords": {
			"one of them is a slip", "createUser",
			`{"input": {"email": "a@b.c", "password": "12345678", "passwordConfirmation": "12345679", "userType": "FULL", "roleIds": [1]}}`,
			[]string{"INVALID input.passwordConfirmation"},
		},
		"roles": {
			"CCUBE wants some, and each by its number", "createUser",
			`{"input": {"email": "a@b.c", "password": "12345678", "userType": "FULL", "roleIds": []}}`,
			[]string{"REQUIRED input.roleIds"},
		},
		"a role that is none": {
			"by the place in the list", "updateUser", `{"id": 1, "input": {"roleIds": ["1", "admin"]}}`,
			[]string{"INVALID input.roleIds.1"},
		},
		"an address in part": {
			"on its own it needs all but the country", "createAddress",
			`{"input": {"street": "", "city": "", "state": " ", "zip": "", "country": ""}}`,
			[]string{"REQUIRED input.street", "REQUIRED input.city", "REQUIRED input.state", "REQUIRED input.zip"},
		},
		"nothing to delete": {"no id, no call", "deleteParty", `{"id": "../users/1"}`, []string{"INVALID id"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
			answer := one(t, ccube.over(t), c.field, "", c.variables)
			if len(answer.Errors) > 0 {
				t.Fatalf("%s: %s", c.reason, answer.Body)
			}
			if diff := gocmp.Diff(c.want, told(t, mistakes(t, answer))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
			if calls := ccube.made(); len(calls) > 0 {
				t.Errorf("%s, and %q was sent", c.reason, calls)
			}
		})
	}
}

// Every mutation without one of its required fields is refused as a document, and nothing is sent.
func TestNothingRequiredIsMissing(t *testing.T) {
	t.Parallel()
	loaded, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	for field, s := range samples {
		for _, path := range requiredOf(loaded, field) {
			t.Run(field+" without "+strings.Join(path, "."), func(t *testing.T) {
				t.Parallel()
				ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
				g := ccube.over(t)
				for kind, change := range map[string]func(map[string]any, string){
					"absent": func(o map[string]any, key string) { delete(o, key) },
					"null":   func(o map[string]any, key string) { o[key] = nil },
				} {
					answer := one(t, g, field, "", changed(t, s.variables, path, change))
					if len(answer.Errors) == 0 || answer.Data != nil || len(ccube.made()) > 0 {
						t.Errorf("%s: %s; calls %q", kind, answer.Body, ccube.made())
					}
				}
			})
		}
	}
}

// requiredOf are the paths of what a mutation's arguments cannot go without, lists left out.
func requiredOf(s *ast.Schema, field string) (paths [][]string) {
	for _, a := range s.Mutation.Fields.ForName(field).Arguments {
		paths = append(paths, []string{a.Name})
		if input := s.Types[a.Type.Name()]; input.Kind == ast.InputObject {
			for _, f := range input.Fields {
				if f.Type.NonNull {
					paths = append(paths, []string{a.Name, f.Name})
				}
			}
		}
	}
	return paths
}

// changed is JSON with a change to what stands at a path.
func changed(t *testing.T, text string, path []string, change func(map[string]any, string)) string {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	object := root
	for _, key := range path[:len(path)-1] {
		object = object[key].(map[string]any)
	}
	change(object, path[len(path)-1])
	encoded, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// Every text of every mutation: what CCUBE could misread is refused by its place, anything else arrives as it was sent.
func TestEveryTextIsSentAsItIsOrNotAtAll(t *testing.T) {
	t.Parallel()
	loaded, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	const megabyte = 1 << 20
	texts := map[string]struct {
		reason, text string
		refused      string
	}{
		"NUL":            {"no database's text can hold it", "a\x00b", "INVALID"},
		"emoji":          {"text is text", "👩‍👩‍👧‍👦 🏗️", ""},
		"a megabyte":     {"the reference knows no bound", strings.Repeat("x", megabyte), ""},
		"JSON":           {"it is no part of the body's", `"},"admin":{"a":"`, ""},
		"right to left":  {"text is text", "\u202e\u200fabc", ""},
		"a lone newline": {"nothing to be seen", "\n", "?"},
	}
	for field, s := range samples {
		for i, path := range textPaths(loaded, field, s.variables, t) {
			t.Run(field+" "+strings.Join(path, "."), func(t *testing.T) {
				t.Parallel()
				ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
				g := gatewaytest.Start(t, gatewaytest.Options{Projects: 1, MaxBody: 4 << 20, Front: func(http.Handler) http.Handler { return ccube }})
				for name, c := range texts {
					if len(c.text) == megabyte && i > 0 {
						continue // once a mutation is slow enough
					}
					before := len(ccube.made())
					variables := changed(t, s.variables, path, func(o map[string]any, key string) { o[key] = c.text })
					if strings.HasSuffix(field, "User") && path[len(path)-1] == "password" {
						variables = changed(t, variables, []string{"input", "passwordConfirmation"}, func(o map[string]any, key string) { delete(o, key) })
					}
					answer := one(t, g, field, "", variables)
					said, calls := told(t, mistakes(t, answer)), ccube.made()[before:]
					switch {
					case len(answer.Errors) > 0:
						t.Errorf("%s: %.500s", name, answer.Body)
					case c.refused == "?" || len(said) > 0 && strings.HasPrefix(path[len(path)-1], "password"):
						if (len(said) > 0) == (len(calls) > 0) {
							t.Errorf("%s: %v, and %d calls", name, said, len(calls))
						}
					case c.refused != "":
						if want := []string{c.refused + " " + strings.Join(path, ".")}; !slices.Equal(said, want) || len(calls) > 0 {
							t.Errorf("%s: %v, and %d calls, want %v: %s", name, said, len(calls), want, c.reason)
						}
					default:
						encoded, _ := json.Marshal(c.text)
						if len(said) > 0 || len(calls) != 1 || !strings.Contains(calls[0], string(encoded)) {
							t.Errorf("%s: %v, and %d calls: %s", name, said, len(calls), c.reason)
						}
					}
				}
			})
		}
	}
}

// textPaths are the paths of the texts in a sample's variables, those in lists left out.
func textPaths(s *ast.Schema, field, variables string, t *testing.T) (paths [][]string) {
	t.Helper()
	argument := s.Mutation.Fields.ForName(field).Arguments.ForName("input")
	if argument == nil {
		return nil
	}
	var sample struct{ Input map[string]any }
	if err := json.Unmarshal([]byte(variables), &sample); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Types[argument.Type.Name()].Fields {
		if _, ok := sample.Input[f.Name]; ok && f.Type.NamedType == "String" {
			paths = append(paths, []string{"input", f.Name})
		}
	}
	return paths
}

// Every id of every mutation, hostile: no call, and an error at its place.
func TestHostileIDsAreNeverSent(t *testing.T) {
	t.Parallel()
	loaded, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	hostile := []string{"", " 1", "-1", "1.0", "1e3", "١", "1\x00", "1; DROP TABLE", "../users/1", "%31", strings.Repeat("9", 19), strings.Repeat("x", 1<<12)}
	for field, s := range samples {
		for _, path := range idPaths(loaded, field, s.variables, t) {
			t.Run(field+" "+strings.Join(path, "."), func(t *testing.T) {
				t.Parallel()
				ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
				g := ccube.over(t)
				for _, id := range hostile {
					answer := one(t, g, field, "", changed(t, s.variables, path, func(o map[string]any, key string) { o[key] = id }))
					want := []string{"INVALID " + strings.Join(path, ".")}
					if path[len(path)-1] == "roleIds" {
						want[0] += ".0"
					}
					if said := told(t, mistakes(t, answer)); !slices.Equal(said, want) || len(ccube.made()) > 0 {
						t.Errorf("%.40q: %v, want %v; calls %q", id, said, want, ccube.made())
					}
				}
			})
		}
	}
}

func idPaths(s *ast.Schema, field, variables string, t *testing.T) (paths [][]string) {
	t.Helper()
	for _, a := range s.Mutation.Fields.ForName(field).Arguments {
		if a.Type.Name() == "ID" {
			paths = append(paths, []string{a.Name})
			continue
		}
		var sample struct{ Input map[string]any }
		if err := json.Unmarshal([]byte(variables), &sample); err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Types[a.Type.Name()].Fields {
			if _, ok := sample.Input[f.Name]; ok && f.Type.Name() == "ID" {
				paths = append(paths, []string{"input", f.Name})
			}
		}
	}
	return paths
}

// A mistake of one mutation leaves the others their answers, or is found before any of them is made.
func TestAMistakeIsItsMutationsOwn(t *testing.T) {
	t.Parallel()
	const query = `mutation($type: NotableType! = PROJECT, $id: ID! = 5, $price: Decimal, $place: Int, $day: Date,
			$input: CreateNoteInput! = {notableType: QUOTE, notableId: 6, body: "y"}) {
		first: deleteNote(id: 1) { deletedId }
		note: createNote(input: {notableType: $type, notableId: $id, body: "x"}) { userErrors { code } }
		invoice: createInvoice(input: {number: "1", subject: "s", clientId: 1, projectId: 1, issueDate: "2024-01-01", dueDate: $day,
			lines: [{unitPrice: $price, position: $place}]}) { userErrors { code } }
		within: createNote(input: $input) { userErrors { code } }
		last: deleteNote(id: 3) { deletedId } }`
	cases := map[string]struct {
		reason, variables string
		calls             int
	}{
		"an enum in lower case":       {"it is none of the enum's", `{"type": "project"}`, 0},
		"an enum within":              {"it is none of the enum's", `{"input": {"notableType": "Quote", "notableId": 1, "body": "x"}}`, 0},
		"an enum as a number":         {"it is none of the enum's", `{"type": 1}`, 0},
		"an id":                       {"the note's own mistake", `{"id": "x", "place": 1}`, 4},
		"an id as a flag":             {"no id in GraphQL", `{"id": true}`, 0},
		"a decimal, a day":            {"the invoice's own mistakes", `{"price": {"a": [1]}, "day": false}`, 4},
		"an integer of half":          {"no Int in GraphQL", `{"place": 1.5}`, 0},
		"an integer of sixty bits":    {"the invoice's own mistake", `{"place": 1152921504606846976}`, 4},
		"an integer of seventy bits":  {"no Int in GraphQL", `{"place": 1180591620717411303424}`, 0},
		"nothing wrong":               {"all are made", `{"place": 1}`, 5},
		"a decimal beyond all bounds": {"the invoice's own mistake", `{"price": 1e400}`, 4},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ccube := &scripted{status: http.StatusOK, body: `{"id": 1}`}
			g := ccube.over(t)
			r := gatewaytest.Request{Query: query, Authorization: g.Sandbox.Admin().Authorization}
			decoder := json.NewDecoder(strings.NewReader(c.variables))
			decoder.UseNumber()
			if err := decoder.Decode(&r.Variables); err != nil {
				t.Fatal(err)
			}
			answer := g.Send(t, t.Context(), r)
			if calls := ccube.made(); len(calls) != c.calls || (answer.Data == nil) != (c.calls == 0) {
				t.Errorf("%s: %d calls, want %d: %s", c.reason, len(calls), c.calls, answer.Body)
			}
		})
	}
}
