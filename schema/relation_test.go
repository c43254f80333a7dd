package schema

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Rules on objects: a node can be fetched again, and a field that costs a call cannot break its parent.

func TestNodesCanBeFetchedAgain(t *testing.T) {
	t.Parallel()
	s := mustLoad(t)
	for _, d := range own(s) {
		if !slices.Contains(d.Interfaces, "Node") {
			continue
		}
		for _, name := range []string{"nodeId", "id"} {
			if f := d.Fields.ForName(name); f == nil || f.Type.String() != "ID!" {
				t.Errorf("%s implements Node and needs %s: ID!, got %+v", d.Name, name, f)
			}
		}
		root := strings.ToLower(d.Name[:1]) + d.Name[1:]
		if f := s.Query.Fields.ForName(root); f == nil || f.Type.String() != d.Name {
			t.Errorf("%s implements Node and needs a root field %s: %s, got %+v", d.Name, root, d.Name, f)
		}
	}
}

// isRelation tells whether f of d leads to an object or a list of them, pages and their rows apart, and what mutations
// take and answer.
func isRelation(s *ast.Schema, d *ast.Definition, f *ast.FieldDefinition) bool {
	if d == s.Query || d == s.Mutation || d.Kind == ast.InputObject || isPayload(d.Name) ||
		isConnection(d.Name) || strings.HasSuffix(d.Name, "Edge") {
		return false
	}
	return s.Types[f.Type.Name()].IsCompositeType()
}

func TestRelationsAreNullable(t *testing.T) {
	t.Parallel()
	const (
		walk     = "A walk over another list can fail, and the row it was asked for stands."
		detail   = "The detail that holds it is a call of its own, which can fail."
		lookup   = "The cached list may have to be read first, and may not have the stage."
		embedded = "CCUBE embeds it in some answers only, and it may be null there."
	)
	cases := map[string]struct{ reason string }{
		"Viewer.user":                 {walk},
		"Project.stage":               {embedded},
		"Project.workType":            {embedded},
		"Project.propertyType":        {embedded},
		"Project.communicationStatus": {embedded},
		"Project.building":            {walk},
		"Project.client":              {embedded},
		"Project.address":             {detail},
		"Project.quotes":              {walk},
		"Project.invoices":            {walk},
		"Project.workOrders":          {walk},
		"Project.purchaseOrders":      {walk},
		"Project.notes":               {walk},
		"Project.financials":          {walk},
		"Stage.previousSteps":         {lookup},
		"Stage.nextSteps":             {lookup},
		"Client.party":                {walk},
		"Quote.project":               {detail},
		"Quote.client":                {embedded},
		"Quote.notes":                 {walk},
		"Invoice.project":             {detail},
		"Invoice.client":              {detail},
		"Invoice.estimator":           {detail},
		"Invoice.lines":               {detail},
		"Invoice.notes":               {walk},
		"WorkOrder.project":           {detail},
		"WorkOrder.notes":             {walk},
		"PurchaseOrder.project":       {detail},
		"PurchaseOrder.notes":         {walk},
		"Note.notable":                {detail},
		"Note.createdBy":              {detail},
		"Party.addresses":             {embedded},
		"Party.phones":                {embedded},
		"Party.emails":                {embedded},
	}
	s := mustLoad(t)
	seen := map[string]bool{}
	for _, d := range own(s) {
		for _, f := range fields(d) {
			name := d.Name + "." + f.Name
			if !isRelation(s, d, f) {
				continue
			}
			seen[name] = true
			tc, ok := cases[name]
			if !ok {
				t.Errorf("%s is not in this table: add it with the reason why it is nullable", name)
			}
			if f.Type.NonNull {
				t.Errorf("%s\n%s is %s, want it nullable", tc.reason, name, f.Type)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		if !seen[name] {
			t.Errorf("%s is in this table and not in the schema", name)
		}
	}
}

func TestRootFieldsAreNullable(t *testing.T) {
	t.Parallel()
	for _, f := range fields(mustLoad(t).Query) {
		if f.Type.NonNull {
			t.Errorf("Query.%s is %s: one failed root would null the whole answer", f.Name, f.Type)
		}
	}
}
