package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// Where nothing may be written, nobody finds out how it would be.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, ReadOnly: true})
	schema := gatewaytest.Decode[struct {
		Schema struct {
			MutationType struct{ Fields []struct{ Name string } }
			Types        []struct{ Name string }
		} `json:"__schema"`
	}](t, g.Ask(t, `{ __schema { mutationType { fields { name } } types { name } } }`))
	if fields := schema.Schema.MutationType.Fields; len(fields) != 1 || fields[0].Name != "signIn" {
		t.Errorf("the mutations are %v", fields)
	}
	names := make([]string, len(schema.Schema.Types))
	for i, typ := range schema.Schema.Types {
		names[i] = typ.Name
		if strings.HasSuffix(typ.Name, "Payload") && typ.Name != "SignInPayload" || strings.HasPrefix(typ.Name, "Create") {
			t.Errorf("the type %s is served", typ.Name)
		}
	}
	for _, name := range []string{"Project", "Invoice", "SignInPayload", "UserErrorCode", "__Schema", "Boolean", "Node"} {
		if !slices.Contains(names, name) {
			t.Errorf("the type %s is not served", name)
		}
	}
	refused := g.Ask(t, `mutation { deleteProject(id: 1001) { deletedId } }`)
	if refused.Data != nil || len(refused.Errors) != 1 || len(g.Calls()) > 0 {
		t.Errorf("a mutation is answered with %s", refused.Body)
	}
	for _, query := range []string{
		`{ projects(first: 1) { nodes { id client { name } notes { body notable { ... on Project { id } } } } } node(nodeId: "UHJvamVjdDoxMDAx") { nodeId } }`,
		`mutation { signIn(email: "a@b.c", password: "wrong-password") { userErrors { code } } }`,
	} {
		if a := g.Ask(t, query); len(a.Errors) > 0 || a.Data == nil {
			t.Errorf("%s is answered with %s", query, a.Body)
		}
	}
}
