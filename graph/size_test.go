package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

func TestX(t *testing.T) {
	for _, n := range []int{4, 8, 12} {
		g := gatewaytest.Start(t, gatewaytest.Options{MaxValues: 1000})
		a := g.Ask(t, "{projects(first:1){nodes{"+strings.Repeat("quotes{project{", n)+"id"+strings.Repeat("}}", n)+"}}}")
		fmt.Println(n, a.Status, len(a.Body), a.Errors)
	}
}
