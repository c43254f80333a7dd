package graph_test

// This file holds totals to sums made here, of the lists' own rows, in exact fractions.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// summed is a field of totals.
type summed struct {
	reason, field, by string
	// list is where in siftedLists the rows are, filter what both are asked with.
	list   int
	filter string
	key    func(node) string
	sums   []string
	label  func(node) string
}

func TestTotalsAreThoseOfTheRows(t *testing.T) {
	t.Parallel()
	at := func(path string) func(node) string { return func(n node) string { return plainText(n.at(path)) } }
	month := func(path string) func(node) string {
		return func(n node) string { return plainText(n.at(path))[:min(7, len(plainText(n.at(path))))] }
	}
	overdue := func(n node) string { return strconv.FormatBool(n["isOverdue"] == true) } // of no due date is not
	money := []string{"subtotal", "total", "paidTotal", "balance"}
	quoted := []string{"subtotal", "quotedTotal"}
	const invoices, quotes, projects = 2, 1, 0
	cases := []summed{
		{"by number", "invoiceTotals", "PROJECT", invoices, "", at("projectId"), money, at("project.number")},
		{"the name comes from the parties", "invoiceTotals", "CLIENT", invoices, "", at("clientId"), money, nil},
		{"days as CCUBE writes them", "invoiceTotals", "MONTH_ISSUED", invoices, "", month("issueDate"), money, month("issueDate")},
		{"some have no due date", "invoiceTotals", "MONTH_DUE", invoices, "", month("dueDate"), money, month("dueDate")},
		{"for people too", "invoiceTotals", "OVERDUE", invoices, "", overdue, money, func(n node) string {
			return map[string]string{"true": "overdue", "false": "not overdue"}[overdue(n)]
		}},
		{"of what passes a filter", "invoiceTotals", "PROJECT", invoices, "{balance: {from: 0.01}, search: \"1\"}", at("projectId"), money, at("project.number")},
		{"of none", "invoiceTotals", "PROJECT", invoices, "{ids: []}", at("projectId"), money, nil},
		{"", "quoteTotals", "PROJECT", quotes, "", at("projectId"), quoted, at("project.number")},
		{"the row has the name", "quoteTotals", "CLIENT", quotes, "", at("clientId"), quoted, at("client.name")},
		{"", "quoteTotals", "STATUS", quotes, "", at("status"), quoted, at("status")},
		{"", "quoteTotals", "MONTH_CREATED", quotes, `{status: ["Approved"]}`, month("createdAt"), quoted, month("createdAt")},
		{"", "projectCounts", "STAGE", projects, "", at("stage.id"), nil, at("stage.name")},
		{"", "projectCounts", "STATUS", projects, "", at("status"), nil, at("status")},
		{"", "projectCounts", "WORK_TYPE", projects, "", at("workType.id"), nil, at("workType.name")},
		{"some have none", "projectCounts", "PROPERTY_TYPE", projects, "", at("propertyType.id"), nil, at("propertyType.name")},
		{"", "projectCounts", "COMMUNICATION_STATUS", projects, "", at("communicationStatus.id"), nil, at("communicationStatus.name")},
		{"", "projectCounts", "MONTH_CREATED", projects, `{status: ["Active"]}`, month("createdAt"), nil, month("createdAt")},
	}
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 60, Now: sandboxDay})
	for _, c := range cases {
		t.Run(c.field+" "+c.by+" "+c.filter, func(t *testing.T) {
			t.Parallel()
			want := c.reference(t, g)
			got := c.ask(t, g)
			if c.label == nil {
				for _, row := range got {
					if name, _ := row["label"].(string); (name == "") != (row["key"] == "") {
						t.Errorf("%v has no label", row)
					}
					row["label"] = nil
				}
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// plainText is a value as a key; empty for null.
func plainText(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func (c summed) with() string {
	if c.filter == "" {
		return ""
	}
	return "filter: " + c.filter
}

// read sends a query and returns what its one field holds, numbers as they were sent.
func readField(t *testing.T, g *gatewaytest.Gateway, field, query string, into any) {
	t.Helper()
	answer := g.Ask(t, query)
	if len(answer.Errors) > 0 {
		t.Fatalf("%.500s", answer.Body)
	}
	var data map[string]json.RawMessage
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data[field]))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func (c summed) ask(t *testing.T, g *gatewaytest.Gateway) (rows []node) {
	t.Helper()
	readField(t, g, c.field, fmt.Sprintf("{ %s(%s groupBy: %s) { key label count %s } }", c.field, c.with(), c.by, strings.Join(c.sums, " ")), &rows)
	return rows
}

// reference sums up the list's rows.
func (c summed) reference(t *testing.T, g *gatewaytest.Gateway) []node {
	t.Helper()
	l := siftedLists[c.list]
	selection := l.selection + " " + strings.Join(c.sums, " ")
	if c.list > 0 {
		selection += " project { number }"
	} else {
		selection = strings.NewReplacer("{ id }", "{ id name }").Replace(selection)
	}
	var list struct{ Nodes []node }
	readField(t, g, l.list, fmt.Sprintf("{ %s(first: 1000 %s) { nodes { %s } } }", l.list, c.with(), selection), &list)
	type group struct {
		label string
		count int
		sums  map[string]*big.Rat
	}
	groups := map[string]*group{}
	for _, n := range list.Nodes {
		s := groups[c.key(n)]
		if s == nil {
			s = &group{sums: map[string]*big.Rat{}}
			groups[c.key(n)] = s
		}
		s.count++
		if c.label != nil {
			s.label = cmp.Or(s.label, c.label(n))
		}
		for _, sum := range c.sums {
			if s.sums[sum] == nil {
				s.sums[sum] = new(big.Rat)
			}
			s.sums[sum].Add(s.sums[sum], rational(n[sum]))
		}
	}
	want := []node{}
	for key, s := range groups {
		row := node{"key": key, "label": any(s.label), "count": json.Number(strconv.Itoa(s.count))}
		if s.label == "" {
			row["label"] = nil
		}
		for sum, v := range s.sums {
			row[sum] = json.Number(v.FloatString(2))
		}
		want = append(want, row)
	}
	slices.SortFunc(want, func(a, b node) int {
		x, y := a["key"].(string), b["key"].(string)
		if x == "" || y == "" {
			return cmp.Compare(y, x) // none comes last
		}
		if len(x) != len(y) && strings.Trim(x+y, "0123456789") == "" {
			return cmp.Compare(len(x), len(y))
		}
		return cmp.Compare(x, y)
	})
	return want
}

// Labels cost a walk where they are asked for, and nothing where they are not; financials of all projects cost two.
func TestTotalsCost(t *testing.T) {
	t.Parallel()
	for query, want := range map[string][]string{
		"{ invoiceTotals(groupBy: PROJECT) { key total } }":                            {"invoices"},
		"{ invoiceTotals(groupBy: PROJECT) { key label total } }":                      {"invoices", "projects"},
		"{ invoiceTotals(groupBy: CLIENT) { ... on InvoiceTotals { label } } }":        {"invoices", "parties"},
		"{ invoiceTotals(groupBy: MONTH_DUE) { key label total } }":                    {"invoices"},
		"{ quoteTotals(groupBy: CLIENT) { key label quotedTotal } }":                   {"quotes"},
		"{ projectCounts(groupBy: STAGE) { key label count } }":                        {"projects"},
		"{ a: invoiceTotals(groupBy: OVERDUE) { total } invoices { totalCount } }":     {"invoices"},
		"{ projects(first: 30) { nodes { financials { balance quotedTotal } } } }":     {"invoices", "projects", "quotes"},
		"{ quotes(first: 50) { nodes { project { financials { balance } } } } }":       {"invoices", "quotes"},
		"{ invoiceTotals(groupBy: PROJECT) { key label @include(if: false) total } } ": {"invoices"},
	} {
		g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true})
		if answer := g.Ask(t, query); len(answer.Errors) > 0 {
			t.Errorf("%s: %.300s", query, answer.Body)
		}
		walked := map[string]int{}
		for _, call := range g.Calls() {
			road, _, _ := strings.Cut(strings.TrimPrefix(call, "GET /api/v2/"), "?")
			walked[road]++
		}
		if got := sortedKeys(walked); !slices.Equal(got, want) {
			t.Errorf("%s reads %v, want %v", query, walked, want)
		}
		for road, calls := range walked {
			if calls > 3 {
				t.Errorf("%s reads %s in %d calls, want those of one walk", query, road, calls)
			}
		}
	}
}

// Credits count as CCUBE signs them, be its money text.
func TestCreditsCount(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Projects: 60, Switches: sandbox.Switches{StringMoney: true}})
	var list struct{ Nodes []node }
	readField(t, g, "invoices", "{ invoices(first: 1000, filter: {total: {to: -0.01}}) { nodes { total isCredit } } }", &list)
	if len(list.Nodes) == 0 {
		t.Fatal("the sandbox has no credit, so nothing is shown here")
	}
	want := new(big.Rat)
	for _, n := range list.Nodes {
		want.Add(want, rational(n["total"]))
	}
	var rows []node
	readField(t, g, "invoiceTotals", "{ invoiceTotals(groupBy: OVERDUE, filter: {total: {to: -0.01}}) { total } }", &rows)
	got := new(big.Rat)
	for _, row := range rows {
		got.Add(got, rational(row["total"]))
	}
	if got.Cmp(want) != 0 || got.Sign() >= 0 {
		t.Errorf("the credits sum up to %s, want %s", got.FloatString(2), want.FloatString(2))
	}
}
