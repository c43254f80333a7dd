package graph_test

// These tests are about operations that are weighed before they run: what they ask for is refused before a call where it
// is more than they may cost, and what their text does not say is left to the budget while they run.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// askedFor reads from the refusal how many calls an operation asks for.
var askedFor = regexp.MustCompile(`asks for (\d+) calls`)

// requested returns how many calls an operation asks for, by a gateway that lets none.
func requested(t *testing.T, query string, variables map[string]any) int {
	t.Helper()
	g := gatewaytest.Start(t, gatewaytest.Options{MaxCalls: 1, Projects: 4})
	a := g.Send(t, t.Context(), gatewaytest.Request{Query: query, Variables: variables, Authorization: g.Sandbox.Admin().Authorization})
	if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "COST_EXCEEDED" {
		return 1
	}
	if calls := g.Calls(); len(calls) != 0 || a.Data != nil {
		t.Errorf("it was refused after %d calls: %.300s", len(calls), a.Body)
	}
	n, err := strconv.Atoi(askedFor.FindStringSubmatch(a.Errors[0].Message)[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatOperationsAskFor(t *testing.T) {
	t.Parallel()
	many := map[string]any{"first": 1000, "ids": []string{"1001", "1002", "1003"}}
	for _, c := range []struct {
		reason, query string
		calls         int
	}{
		{"one thing, by its detail", `{ project(id: 1) { number } }`, 1},
		{"as many things", `{ a: project(id: 1) { number } b: project(id: 2) { number } }`, 2},
		{"one thing under two names", `{ a: project(id: 1) { number } b: project(id: 1) { status } }`, 1},
		{"a key that only the list has", `{ project(id: 1) { createdAt } }`, 2},
		{"a page of a hundred rows", `{ projects(first: 100) { nodes { number } } }`, 1},
		{"ten pages", `{ projects(first: 1000) { nodes { number } } }`, 10},
		{"the page's length in a variable", `query($first: Int) { projects(first: $first) { nodes { number } } }`, 10},
		{"a page and its details", `{ invoices(first: 50) { nodes { lines { total } } } }`, 51},
		{"twenty rows where nothing is said", `{ invoices { nodes { lines { total } } } }`, 21},
		{"edges are rows too", `{ invoices { edges { node { lines { total } } } } }`, 21},
		{"a detail has it all", `{ invoices { nodes { subject terms lines { total } } a: nodes { description } } }`, 21},
		{"two pages of the same rows", `{ a: invoices { nodes { subject } } b: invoices { nodes { terms } } }`, 21},
		{"two pages of others", `{ a: invoices { nodes { subject } } b: invoices(offset: 20) { nodes { terms } } }`, 42},
		{"no more rows than are named", `query($ids: [ID!], $first: Int) { invoices(first: $first, filter: {ids: $ids}) { nodes { subject } } }`, 4},
		{"a row's list is a walk, of unknown length", `{ projects(first: 100) { nodes { quotes { id } } } }`, 2},
		{"and as good as one row for each", `{ projects(first: 100) { nodes { invoices { subject } } } }`, 102},
		{"walks are shared", `{ projects { nodes { quotes { id } a: quotes { number } financials { balance } } } }`, 3},
		{"notes are a walk, or as many calls", `{ projects(first: 100) { nodes { notes { body } } } }`, 2},
		{"what is referred to is a walk, or as many", `{ invoices(first: 100) { nodes { project { number } } } }`, 2},
		{"but not if only details have it", `{ quotes(first: 100) { nodes { project { address { city } } } } }`, 101},
		{"an id alone is known", `{ invoices(first: 100) { nodes { project { id } } } }`, 1},
		{"there and back again", `{ projects(first: 100) { nodes { address { city } quotes { project { address { city } } } } } }`, 102},
		{"in a fragment", `{ invoices { nodes { ...F } } } fragment F on Invoice { ... on Node { nodeId } ... @include(if: true) { subject } }`, 21},
		{"left out", `{ invoices { nodes { number subject @skip(if: true) ... @include(if: false) { terms } } } }`, 1},
		{"a total is a walk", `{ invoices { totalCount } }`, 1},
		{"a lookup list", `{ stages { name nextSteps { name } } workTypes { name } }`, 2},
		{"a lookup that is embedded", `{ projects { nodes { stage { name } } } }`, 1},
		{"a lookup of which more is wanted", `{ projects { nodes { stage { nextSteps { name } } } } }`, 2},
		{"a node", `{ node(nodeId: "UHJvamVjdDoxMDAx") { ... on Project { number } ... on Invoice { subject } } }`, 1},
		{"who asks", `{ viewer { email } invoices(first: 1) { nodes { number } } }`, 1},
		{"sums", `{ invoiceTotals(groupBy: CLIENT) { label total } }`, 2},
		{"a write", `mutation { deleteNote(id: 1) { deletedId } }`, 1},
		{"writes, and what is read after", `mutation { a: updateNote(id: 1, input: {body: "x"}) { note { body } } b: updateNote(id: 1, input: {body: "x"}) { note { id } } }`, 3},
	} {
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			variables := many
			if !strings.Contains(c.query, "$") {
				variables = nil
			}
			if got := requested(t, c.query, variables); got != c.calls {
				t.Errorf("%s asks for %d calls, want %d", c.query, got, c.calls)
			}
		})
	}
}

// An operation that asks for as many calls as it may cost runs; one that asks for one more does not begin.
func TestTooMuchIsRefusedBeforeItBegins(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{MaxCalls: 11})
	const query = `{ invoices(first: %d) { nodes { ...Lines } } } fragment Lines on Invoice { lines { total } }`
	gatewaytest.Decode[any](t, g.Ask(t, fmt.Sprintf(query, 10)))
	if calls := g.Calls(); len(calls) != 11 {
		t.Errorf("%d calls, want 11", len(calls))
	}
	refusedWith(t, g, "one more", g.Ask(t, fmt.Sprintf(query, 11)), "COST_EXCEEDED")
}

// Writes are weighed together: none is sent where not all of them may be.
func TestTooManyWritesAreNotBegun(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{MaxCalls: 2})
	const writes = `mutation { a: deleteNote(id: 700001) { deletedId } b: deleteNote(id: 700002) { deletedId } c: deleteNote(id: 700003) { deletedId } }`
	refusedWith(t, g, "three writes", g.Ask(t, writes), "COST_EXCEEDED")
}

// Fragments that spread one another twice each are weighed in no time, nested below relations and through every type.
func TestWeighingIsNotExponential(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("{ notes(first: 1) { nodes { ...F0 } } }")
	const levels = 28
	for i := range levels {
		fmt.Fprintf(&b, " fragment F%d on Note { notable { ... on Project { notes { ...F%d } } ... on Quote { notes { ...F%[2]d } } } }", i, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Note { body }", levels)
	for _, query := range []string{b.String(), spreads(levels, "quotes"), spreads(levels, "")} {
		if got := requested(t, query, nil); got > 20 {
			t.Errorf("%.60s… asks for %d calls", query, got)
		}
	}
}
