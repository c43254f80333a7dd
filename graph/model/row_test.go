package model_test

// This file tests what models make of rows: a value, null where CCUBE has none, an error where it could not be read.

import (
	"errors"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

var errUnread = errors.New("the detail could not be read")

func set[T any](v T) ccube.Null[T] { return ccube.Null[T]{V: v, Valid: true} }

// invoice is one that has been read as far as its keys say.
func invoice(row ccube.Invoice, missing error) *model.Invoice {
	return model.NewInvoice(&loaders.Found[*ccube.Invoice]{Row: &row, Err: missing})
}

func TestValuesNullsAndErrors(t *testing.T) {
	t.Parallel()
	has := func(keys ccube.Keys) ccube.Row { return ccube.Row{ID: 7, Keys: keys} }
	cases := map[string]struct {
		reason  string
		row     ccube.Invoice
		missing error
		want    *string
		err     error
	}{
		"a value":            {"it is shown", ccube.Invoice{Row: has(ccube.InvoiceSubject), Detail: &ccube.InvoiceDetail{Subject: set("Roof")}}, nil, new("Roof"), nil},
		"a value and a fail": {"what failed concerns other keys", ccube.Invoice{Row: has(ccube.InvoiceSubject), Detail: &ccube.InvoiceDetail{Subject: set("Roof")}}, errUnread, new("Roof"), nil},
		"a null":             {"CCUBE says that there is none", ccube.Invoice{Row: has(ccube.InvoiceSubject)}, errUnread, nil, nil},
		"absent":             {"CCUBE has none on any road", ccube.Invoice{Row: has(0)}, nil, nil, nil},
		"unread":             {"nobody knows", ccube.Invoice{Row: has(0)}, errUnread, nil, errUnread},
		"broken": {
			"what cannot be shown is not null", ccube.Invoice{Row: ccube.Row{ID: 7, Keys: ccube.InvoiceSubject, Broken: ccube.InvoiceSubject}},
			nil, nil, fault.UpstreamError,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := invoice(c.row, c.missing).Subject()
			if diff := gocmp.Diff(c.want, got); diff != "" || !errors.Is(err, c.err) {
				t.Errorf("%s: %v, diff (-want +got):\n%s", c.reason, err, diff)
			}
		})
	}
}

func TestNothingReadIsNil(t *testing.T) {
	t.Parallel()
	if model.NewProject(nil) != nil || model.NewInvoice(nil) != nil || model.NewUser(nil) != nil || model.NewNote(nil) != nil ||
		model.NewParty(nil) != nil || model.NewQuote(nil) != nil || model.NewWorkOrder(nil) != nil || model.NewPurchaseOrder(nil) != nil {
		t.Error("a model of nothing is not nil")
	}
}

func TestOverdue(t *testing.T) {
	t.Parallel()
	const today = ccube.Date("2026-11-02")
	both := ccube.Row{Keys: ccube.InvoiceDueDate | ccube.InvoiceBalance}
	cases := map[string]struct {
		row  ccube.Invoice
		want *bool
	}{
		"yesterday":         {ccube.Invoice{Row: both, DueDate: set[ccube.Date]("2026-11-01"), Balance: set[ccube.Decimal]("0.01")}, new(true)},
		"today":             {ccube.Invoice{Row: both, DueDate: set(today), Balance: set[ccube.Decimal]("10")}, new(false)},
		"paid":              {ccube.Invoice{Row: both, DueDate: set[ccube.Date]("2020-01-01"), Balance: set[ccube.Decimal]("0.00")}, new(false)},
		"a credit":          {ccube.Invoice{Row: both, DueDate: set[ccube.Date]("2020-01-01"), Balance: set[ccube.Decimal]("-5.00")}, new(false)},
		"minus nothing":     {ccube.Invoice{Row: both, DueDate: set[ccube.Date]("2020-01-01"), Balance: set[ccube.Decimal]("-0.00")}, new(false)},
		"never due":         {ccube.Invoice{Row: both, Balance: set[ccube.Decimal]("10")}, nil},
		"of unknown amount": {ccube.Invoice{Row: both, DueDate: set[ccube.Date]("2020-01-01")}, nil},
	}
	for name, c := range cases {
		got, err := invoice(c.row, nil).IsOverdue(today)
		if diff := gocmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v, diff (-want +got):\n%s", name, err, diff)
		}
	}
	if _, err := invoice(ccube.Invoice{}, errUnread).IsOverdue(today); !errors.Is(err, errUnread) {
		t.Errorf("unread: %v", err)
	}
}

func TestLinesAreInOrder(t *testing.T) {
	t.Parallel()
	line := func(id ccube.ID, position ccube.Null[int]) *ccube.InvoiceLine {
		return &ccube.InvoiceLine{Row: ccube.Row{ID: id, Keys: ccube.InvoiceLinePosition}, Position: position}
	}
	row := ccube.Invoice{Row: ccube.Row{Keys: ccube.InvoiceLines}, Detail: &ccube.InvoiceDetail{
		Lines: []*ccube.InvoiceLine{line(1, ccube.Null[int]{}), line(2, set(3)), line(3, set(1)), line(4, ccube.Null[int]{}), line(5, set(3))},
	}}
	lines, err := invoice(row, nil).Lines()
	if err != nil {
		t.Fatal(err)
	}
	var got []ccube.ID
	for _, l := range lines {
		got = append(got, l.ID())
	}
	if diff := gocmp.Diff([]ccube.ID{3, 2, 5, 1, 4}, got); diff != "" {
		t.Errorf("by position, the others last (-want +got):\n%s", diff)
	}
	if row.Detail.Lines[0].ID != 1 {
		t.Error("the row's own lines were put in another order: others share them")
	}
}

func TestLookupsShowTheEmbeddedName(t *testing.T) {
	t.Parallel()
	listed := &ccube.Stage{
		Row: ccube.Row{ID: 2, Keys: ccube.StageName | ccube.StageWorkflowID}, Name: set("quote"), WorkflowID: set[ccube.ID](1),
	}
	shown := &ccube.Named{Row: ccube.Row{ID: 2, Keys: ccube.EmbeddedID | ccube.EmbeddedName}, Name: set("Active")}
	cases := map[string]struct {
		lookup     model.Lookup[ccube.Stage]
		name       string
		workflowID *ccube.ID
		err        error
	}{
		"of the list":           {model.Lookup[ccube.Stage]{Row: listed}, "quote", new(ccube.ID(1)), nil},
		"embedded and listed":   {model.Lookup[ccube.Stage]{Row: listed, Embedded: shown}, "Active", new(ccube.ID(1)), nil},
		"embedded, not listed":  {model.Lookup[ccube.Stage]{Embedded: shown}, "Active", nil, nil},
		"embedded, list unread": {model.Lookup[ccube.Stage]{Embedded: shown, Err: errUnread}, "Active", nil, errUnread},
	}
	for name, c := range cases {
		stage := model.Stage(c.lookup)
		workflowID, err := stage.WorkflowID()
		if diff := gocmp.Diff(c.workflowID, workflowID); diff != "" || !errors.Is(err, c.err) {
			t.Errorf("%s: workflowId: %v, diff (-want +got):\n%s", name, err, diff)
		}
		if stage.Name() != c.name || stage.ID() != 2 || stage.NodeID() != "U3RhZ2U6Mg" {
			t.Errorf("%s: %s, %s, %s", name, stage.Name(), stage.ID(), stage.NodeID())
		}
	}
}

func TestClients(t *testing.T) {
	t.Parallel()
	embedded := new(ccube.EmbeddedClient)
	embedded.Keys, embedded.Name = ccube.EmbeddedName, set("Ada")
	keys := ccube.InvoiceClient | ccube.InvoiceClientID
	cases := map[string]struct {
		row     ccube.Invoice
		missing error
		none    bool
		id      *ccube.ID
		name    *string
		err     error
	}{
		"embedded, with its id": {ccube.Invoice{Row: ccube.Row{Keys: keys}, ClientID: set[ccube.ID](9), Detail: &ccube.InvoiceDetail{Client: embedded}}, nil, false, new(ccube.ID(9)), new("Ada"), nil},
		"its id alone":          {ccube.Invoice{Row: ccube.Row{Keys: ccube.InvoiceClientID}, ClientID: set[ccube.ID](9)}, nil, false, new(ccube.ID(9)), nil, nil},
		"its id, the rest lost": {ccube.Invoice{Row: ccube.Row{Keys: ccube.InvoiceClientID}, ClientID: set[ccube.ID](9)}, errUnread, false, new(ccube.ID(9)), nil, errUnread},
		"embedded alone":        {ccube.Invoice{Row: ccube.Row{Keys: ccube.InvoiceClient}, Detail: &ccube.InvoiceDetail{Client: embedded}}, nil, false, nil, new("Ada"), nil},
		"none":                  {ccube.Invoice{Row: ccube.Row{Keys: keys}}, nil, true, nil, nil, nil},
		"lost":                  {ccube.Invoice{}, errUnread, true, nil, nil, errUnread},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := invoice(c.row, c.missing).Client()
			if c.none {
				if client != nil || !errors.Is(err, c.err) {
					t.Errorf("%+v, %v", client, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := client.Name()
			if diff := gocmp.Diff(c.name, got) + gocmp.Diff(c.id, client.ID()); diff != "" || !errors.Is(err, c.err) {
				t.Errorf("%v, diff (-want +got):\n%s", err, diff)
			}
		})
	}
}
