package graph_test

import (
	"fmt"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"net/http"
	"testing"
)

func TestZ(t *testing.T) {
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 10})
	for range 2 {
		a := g.Send(t, t.Context(), gatewaytest.Request{Query: "{ projects { nodes { number quotes { id } } } }", Authorization: g.Sandbox.Admin().Authorization, Header: http.Header{"X-Ccube-Explain": {"1"}}})
		fmt.Println(a.Body)
	}
}
