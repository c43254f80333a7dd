package graph_test

import (
	"fmt"
<<<<<<< HEAD
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"net/http"
	"testing"
)

func TestZ(t *testing.T) {
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 10})
	for range 2 {
		a := g.Send(t, t.Context(), gatewaytest.Request{Query: "{ projects { nodes { number quotes { id } } } }", Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"X-Ccube-Explain": {"1"}}})
		fmt.Println(a.Body)
=======
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

func TestZ(t *testing.T) {
	for _, q := range []string{`{workOrder(id:"400001"){number}}`, `{workOrder(id:"400001"){number projectId}}`, `{invoice(id:"500014"){number}}`, `{invoice(id:"500014"){number total lines{id}}}`, `{quote(id:"200010"){number}}`,`{quote(id:"200010"){number projectId}}`,`{invoices(first:2){nodes{number total}}}`} {
		g := gatewaytest.Start(t, gatewaytest.Options{Projects: 10, Switches: sandbox.Switches{Older: true}})
		fmt.Println(q, g.Ask(t, q).Body, g.Calls())
>>>>>>> main
	}
}
