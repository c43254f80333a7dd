package graph_test

// This file holds every limit on a document at exactly what it allows and at one more: written plainly, by fragments, by
// fragments that are spread twice, and under names that are exempt where they are names of fields. What is over a limit
// costs no call, and its refusal names the setting.

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// chain is a query of n levels, each but the first in a fragment of its own.
func chain(n int) string {
	types, relations := []string{"Quote", "Project"}, []string{"project", "quotes"}
	var b strings.Builder
	b.WriteString("{ quote(id: 200001) { ...F2 } }")
	for i := 2; i < n; i++ {
		fmt.Fprintf(&b, " fragment F%d on %s { %s { ...F%d } }", i, types[i%2], relations[i%2], i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on %s { id }", n, types[n%2])
	return b.String()
}

// nested is a query of n levels.
func nested(n int) string {
	relations := []string{"project { ", "quotes { "}
	var b strings.Builder
	b.WriteString("{ quote(id: 200001) { ")
	for i := range n - 2 {
		b.WriteString(relations[i%2])
	}
	return b.String() + "id" + strings.Repeat(" }", n)
}

// inFragment is a selection of a project in a fragment that is called as an exempt field is.
func inFragment(selection string) string {
	return "{ project(id: 1001) { ...__schema } } fragment __schema on Project { " + selection + " }"
}

// spreadTwice is a selection of a project that is selected at two places, and one more beside the second.
func spreadTwice(selection, more string) string {
	return "{ project(id: 1001) { ...F quotes { project { ...F " + more + " } } } } fragment F on Project { " + selection + " }"
}

// numbers is a list of n numbers.
func numbers(n int) string { return "[" + strings.Repeat("1001 ", n) + "]" }

// names is n fields that are one under as many names.
func names(n int, prefix string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " %s%d: number", prefix, i)
	}
	return b.String()
}

// limited are the limits, each with queries that have exactly so many of what it counts. None but its own limits them.
var limited = map[string]struct {
	setting, code string
	set           func(*graph.Limits) *int
	queries       map[string]func(n int) string
}{
	"tokens": {"MAX_TOKENS", "TOO_MANY_TOKENS", func(l *graph.Limits) *int { return &l.Tokens }, map[string]func(int) string{
		"plainly": func(n int) string { return "{ viewer {" + strings.Repeat(" email", n-5) + " } }" },
	}},
	"depth": {"MAX_DEPTH", "TOO_DEEP", func(l *graph.Limits) *int { return &l.Depth }, map[string]func(int) string{
		"plainly":      nested,
		"by fragments": chain,
		"inline": func(n int) string {
			return strings.ReplaceAll(nested(n), "project {", "... { project {") + strings.Repeat("}", (n-1)/2)
		},
		"as __schema": func(n int) string { return strings.Replace(nested(n), "quote(", "__schema: quote(", 1) },
	}},
	"fields": {"MAX_FIELDS", "TOO_MANY_FIELDS", func(l *graph.Limits) *int { return &l.Fields }, map[string]func(int) string{
		"plainly":      func(n int) string { return "{ project(id: 1001) {" + names(n-1, "a") + " } }" },
		"repeated":     func(n int) string { return "{ project(id: 1001) {" + names(n-1, "a") + names(n-1, "a") + " } }" },
		"by fragments": func(n int) string { return inFragment(names(n-1, "a")) },
		"spread twice": func(n int) string { return spreadTwice(names((n-3)/2, "a"), names((n-3)%2, "b")) },
	}},
	"root fields": {"MAX_ROOT_FIELDS", "TOO_MANY_ROOT_FIELDS", func(l *graph.Limits) *int { return &l.RootFields }, map[string]func(int) string{
		"plainly": func(n int) string { return aliases(n, "viewer { email }") },
		"by fragments": func(n int) string {
			return "{ viewer { email } ...__schema } fragment __schema on Query " + aliases(n-1, "viewer { email }")
		},
	}},
	"aliases": {"MAX_ALIASES", "TOO_MANY_ALIASES", func(l *graph.Limits) *int { return &l.Aliases }, map[string]func(int) string{
		"plainly":      func(n int) string { return "{ project(id: 1001) { number" + names(n, "a") + " } }" },
		"by fragments": func(n int) string { return inFragment(names(n, "a")) },
		"spread twice": func(n int) string { return spreadTwice("number "+names(n/2, "a"), names(n%2, "b")) },
		"as __schema":  func(n int) string { return "{ __schema: project(id: 1001) {" + names(n, "a") + " } }" },
		"of fields that are renamed": func(n int) string {
			return "{ project(id: 1001) { a: number b: status c: id d: nodeId" + names(n-1, "x") + " } }"
		},
	}},
	"directives": {"MAX_DIRECTIVES", "TOO_MANY_DIRECTIVES", func(l *graph.Limits) *int { return &l.Directives }, map[string]func(int) string{
		"plainly": func(n int) string {
			return "{ project(id: 1001) { id" + strings.Repeat(" ... @skip(if: true) { id }", n) + " } }"
		},
		"by fragments": func(n int) string { return inFragment("id" + strings.Repeat(" id @skip(if: false)", n)) },
		"spread twice": func(n int) string {
			return spreadTwice("id"+strings.Repeat(" id @skip(if: false)", n/2), strings.Repeat(" id @skip(if: false)", n%2))
		},
	}},
	"a list": {"MAX_LIST", "LIST_TOO_LONG", func(l *graph.Limits) *int { return &l.List }, map[string]func(int) string{
		"plainly": func(n int) string { return "{ projects(filter: {ids: " + numbers(n) + "}) { nodes { id } } }" },
		"by fragments": func(n int) string {
			return "{ ...F } fragment F on Query { projects(filter: {ids: " + numbers(n) + "}) { nodes { id } } }"
		},
		"as a default": func(n int) string {
			return "query($i: [ID!] = " + numbers(n) + ") { projects(filter: {ids: $i}) { nodes { id } } }"
		},
	}},
	"a name": {"MAX_NAME", "NAME_TOO_LONG", func(l *graph.Limits) *int { return &l.Name }, map[string]func(int) string{
		"plainly":    func(n int) string { return "query " + strings.Repeat("q", n) + " { viewer { email } }" },
		"of a field": func(n int) string { return "{ viewer { " + strings.Repeat("q", n) + ": email } }" },
	}},
}

func TestLimitsOfDocuments(t *testing.T) {
	t.Parallel()
	const most = 12
	for name, l := range limited {
		limits := gatewaytest.Generous
		*l.set(&limits) = most
		g := gatewaytest.Start(t, gatewaytest.Options{Limits: limits})
		for how, query := range l.queries {
			t.Run(name+", "+how, func(t *testing.T) {
				gatewaytest.Decode[any](t, g.Ask(t, query(most)))
				g.Calls()
				a := g.Ask(t, query(most+1))
				refusedWith(t, g, query(most+1), a, l.code)
				if a.Status != http.StatusBadRequest || !strings.Contains(a.Body, l.setting) {
					t.Errorf("status %d, want 400 and the name of %s: %.300s", a.Status, l.setting, a.Body)
				}
			})
		}
	}
}

func TestLimitsOfVariables(t *testing.T) {
	t.Parallel()
	limits := gatewaytest.Generous
	limits.List, limits.Name = 12, 14
	g := gatewaytest.Start(t, gatewaytest.Options{Limits: limits})
	ask := func(n int) gatewaytest.Answer {
		return g.Send(t, t.Context(), gatewaytest.Request{
			Query: "query($f: ProjectFilter) { projects(filter: $f) { nodes { id } } }", Authorization: g.Sandbox.Admin().Authorization,
			Variables: map[string]any{"f": map[string]any{"ids": strings.Fields(strings.Repeat("1001 ", n))}},
		})
	}
	gatewaytest.Decode[any](t, ask(12))
	g.Calls()
	refusedWith(t, g, "a list of 13", ask(13), "LIST_TOO_LONG")
	a := send(t, g, "POST", "/graphql", "application/json", `{"query":"{ viewer { email } }","operationName":"fifteenBytesYes"}`)
	refusedWith(t, g, "a name of 15", a, "NAME_TOO_LONG")
}

// Fragments that spread themselves, at once or by others, beside fields or below them: an error, and no hang.
func TestRecursiveFragments(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{})
	for query, code := range map[string]string{
		"{ project(id: 1) { ...F } } fragment F on Project { id ...F }":                                                       "GRAPHQL_VALIDATION_FAILED",
		"{ project(id: 1) { ...F } } fragment F on Project { ...G } fragment G on Project { ...F }":                           "GRAPHQL_VALIDATION_FAILED",
		"{ project(id: 1) { ...F } } fragment F on Project { quotes { project { ...F } } }":                                   "TOO_DEEP",
		"{ project(id: 1) { ...F } } fragment F on Project { quotes { ...G } } fragment G on Quote { project { ...F ...F } }": "TOO_DEEP",
		"{ ...__schema } fragment __schema on Query { __schema { types { ...T } } } fragment T on __Type { ofType { ...T } }": "GRAPHQL_VALIDATION_FAILED",
		"{ ...__schema } fragment __schema on Query { ...__schema }":                                                          "GRAPHQL_VALIDATION_FAILED",
		spreads(28, "quotes"): "TOO_DEEP",
	} {
		refusedWith(t, g, query, g.Ask(t, query), code)
	}
}
