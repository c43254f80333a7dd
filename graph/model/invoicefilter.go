package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// InvoiceFilter says which invoices are wanted: those that have all of what is given.
type InvoiceFilter struct {
	IDs       []ccube.ID
	ProjectID []ccube.ID
	ClientID  []ccube.ID
	Status    []string
	Search    *string
	IssueDate *sift.Days
	DueDate   *sift.Days
	Total     *DecimalRange
	Balance   *DecimalRange
	Overdue   *bool
}

// Tests returns the filter as tests of rows; none for no filter. Today decides on what is overdue. The error is of category fault.BadUserInput.
func (f *InvoiceFilter) Tests(today ccube.Date) ([]sift.Test[*ccube.Invoice], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.Invoice]{err: checkIDs(f.IDs)}
	oneOf(&t, "projectId", f.ProjectID, ccube.InvoiceProjectID, func(i *ccube.Invoice) ccube.Null[ccube.ID] { return i.ProjectID })
	oneOf(&t, "clientId", f.ClientID, ccube.InvoiceClientID, func(i *ccube.Invoice) ccube.Null[ccube.ID] { return reference(i.ClientRef()) })
	oneOf(&t, "status", f.Status, ccube.InvoiceStatus, func(i *ccube.Invoice) ccube.Null[string] { return i.Status })
	t.search(f.Search, ccube.InvoiceNumber, func(i *ccube.Invoice) []ccube.Null[string] { return []ccube.Null[string]{i.Number} })
	t.days("issueDate", f.IssueDate, ccube.InvoiceIssueDate, func(i *ccube.Invoice) ccube.Null[ccube.Date] { return i.IssueDate })
	t.days("dueDate", f.DueDate, ccube.InvoiceDueDate, func(i *ccube.Invoice) ccube.Null[ccube.Date] { return i.DueDate })
	t.amounts("total", f.Total, ccube.InvoiceTotal, func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Total })
	t.amounts("balance", f.Balance, ccube.InvoiceBalance, func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Balance })
	if f.Overdue != nil {
		t.all = append(t.all, sift.Test[*ccube.Invoice]{Keys: ccube.InvoiceDueDate | ccube.InvoiceBalance, Pass: func(i *ccube.Invoice) bool {
			return Overdue(i, today) == *f.Overdue
		}})
	}
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *InvoiceFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}

// InvoiceOrder says by what invoices are ordered, and which way.
type InvoiceOrder struct {
	Field     InvoiceOrderField
	Direction OrderDirection
}

// invoiceOrders are the orders of invoices.
var invoiceOrders = map[InvoiceOrderField]sift.Order[*ccube.Invoice]{
	"ID":         sift.ByID[*ccube.Invoice](),
	"NUMBER":     sift.By(ccube.InvoiceNumber, func(i *ccube.Invoice) ccube.Null[string] { return i.Number }),
	"ISSUE_DATE": sift.By(ccube.InvoiceIssueDate, func(i *ccube.Invoice) ccube.Null[ccube.Date] { return i.IssueDate }),
	"DUE_DATE":   sift.By(ccube.InvoiceDueDate, func(i *ccube.Invoice) ccube.Null[ccube.Date] { return i.DueDate }),
	"TOTAL":      sift.ByAmount(ccube.InvoiceTotal, func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Total }),
	"BALANCE":    sift.ByAmount(ccube.InvoiceBalance, func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Balance }),
}

// Rows returns the order of rows and whether it descends; nil for CCUBE's own order.
func (o *InvoiceOrder) Rows() (*sift.Order[*ccube.Invoice], bool) {
	if o == nil {
		return nil, false
	}
	order := invoiceOrders[o.Field]
	return &order, o.Direction == OrderDirectionDesc
}
