package schema

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Rules on mutations: one form of what they take, and one of what they answer.

// isPayload tells whether a type is what a mutation answers, or a part of it, by its name.
func isPayload(name string) bool { return strings.HasSuffix(name, "Payload") }

func TestMutationsAnswerWithUserErrors(t *testing.T) {
	t.Parallel()
	s := mustLoad(t)
	for _, f := range fields(s.Mutation) {
		payload := s.Types[f.Type.Name()]
		if !isPayload(payload.Name) || f.Type.String() != payload.Name+"!" {
			t.Errorf("Mutation.%s is %s, want …Payload!", f.Name, f.Type)
			continue
		}
		for _, field := range fields(payload) {
			switch errors := field.Name == "userErrors"; {
			case errors && field.Type.String() != "[UserError!]!":
				t.Errorf("%s.userErrors is %s, want [UserError!]!", payload.Name, field.Type)
			case !errors && field.Type.NonNull:
				t.Errorf("%s.%s is %s: there is none where a mutation has failed", payload.Name, field.Name, field.Type)
			}
		}
		if payload.Fields.ForName("userErrors") == nil {
			t.Errorf("%s has no userErrors", payload.Name)
		}
	}
}

func TestEveryMutationIsThere(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, arguments, payload string }{
		"signIn":        {"The one call without a credential.", "email: String!, password: String!", "SignInPayload"},
		"createPhone":   {"CCUBE makes phones on their own, and does nothing else with them.", "input: PhoneInput!", "PhonePayload"},
		"createEmail":   {"CCUBE makes email addresses on their own, and does nothing else with them.", "input: EmailInput!", "EmailPayload"},
		"createAddress": {"CCUBE makes addresses on their own, and does nothing else with them.", "input: AddressInput!", "AddressPayload"},
	}
	const all = "CCUBE creates, updates and deletes them."
	for _, noun := range []string{"Project", "Quote", "Invoice", "PurchaseOrder", "WorkOrder", "Note", "Party", "User"} {
		cases["create"+noun] = struct{ reason, arguments, payload string }{all, "input: Create" + noun + "Input!", noun + "Payload"}
		cases["update"+noun] = struct{ reason, arguments, payload string }{all, "id: ID!, input: Update" + noun + "Input!", noun + "Payload"}
		cases["delete"+noun] = struct{ reason, arguments, payload string }{all, "id: ID!", "DeletePayload"}
	}
	got := map[string]string{}
	for _, f := range fields(mustLoad(t).Mutation) {
		got[f.Name] = arguments(f) + " " + f.Type.Name()
		if _, ok := cases[f.Name]; !ok {
			t.Errorf("Mutation.%s is not in this table", f.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		if tc := cases[name]; got[name] != tc.arguments+" "+tc.payload {
			t.Errorf("%s\nMutation.%s is (%s), want (%s %s)", tc.reason, name, got[name], tc.arguments, tc.payload)
		}
	}
}

// arguments prints a field's arguments as the SDL has them.
func arguments(f *ast.FieldDefinition) string {
	list := make([]string, len(f.Arguments))
	for i, a := range f.Arguments {
		list[i] = a.Name + ": " + a.Type.String()
	}
	return strings.Join(list, ", ")
}

// An update says nothing of a field that it leaves out, so it can require none; a note has but one that can change.
func TestUpdatesRequireNothing(t *testing.T) {
	t.Parallel()
	for _, d := range own(mustLoad(t)) {
		if d.Kind != ast.InputObject || !strings.HasPrefix(d.Name, "Update") {
			continue
		}
		for _, f := range fields(d) {
			if f.Type.NonNull != (d.Name == "UpdateNoteInput") || f.DefaultValue != nil {
				t.Errorf("%s.%s is %s, with the default %v", d.Name, f.Name, f.Type, f.DefaultValue)
			}
		}
	}
}

// What can be made and never seen again says so where it is made.
func TestWhatCannotBeReadBackSaysSo(t *testing.T) {
	t.Parallel()
	mutations := mustLoad(t).Mutation.Fields
	for _, name := range []string{"createPhone", "createEmail", "createAddress"} {
		said := strings.Join(words(mutations.ForName(name).Description), " ")
		if !strings.Contains(said, "no call reads it back") {
			t.Errorf("Mutation.%s does not say that nothing reads it back: %q", name, mutations.ForName(name).Description)
		}
	}
}
