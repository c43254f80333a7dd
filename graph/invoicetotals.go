package graph

import (
	"context"
	"strconv"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// invoiceShare returns what invoices are summed up by. Projects and clients get their labels afterwards, since list rows
// have but their ids.
func invoiceShare(by model.InvoiceGroup, today ccube.Date) func(*ccube.Invoice) share {
	switch by {
	case model.InvoiceGroupProject:
		return func(i *ccube.Invoice) share { return sharedID(i.ProjectID.Ptr(), ccube.Null[string]{}) }
	case model.InvoiceGroupClient:
		return func(i *ccube.Invoice) share { return sharedID(i.ClientRef(), ccube.Null[string]{}) }
	case model.InvoiceGroupMonthIssued:
		return func(i *ccube.Invoice) share { return sharedMonth(i.IssueDate) }
	case model.InvoiceGroupMonthDue:
		return func(i *ccube.Invoice) share { return sharedMonth(i.DueDate) }
	}
	return func(i *ccube.Invoice) share {
		if model.Overdue(i, today) {
			return share{strconv.FormatBool(true), "overdue"}
		}
		return share{strconv.FormatBool(false), "not overdue"}
	}
}

// invoiceTotals sums up the invoices that pass the filter.
func (r *Resolver) invoiceTotals(ctx context.Context, f *model.InvoiceFilter, by model.InvoiceGroup) ([]*model.InvoiceTotals, error) {
	tests, err := f.Tests(r.today())
	set, rows, err := selected(ctx, invoiceObjects, loaders.Selection[*ccube.Invoice]{Among: f.Among(), Tests: tests}, err)
	if err != nil {
		return nil, err
	}
	gs := grouped(rows, invoiceShare(by, r.today()))
	switch by {
	case model.InvoiceGroupProject:
		err = labelProjects(ctx, set, gs)
	case model.InvoiceGroupClient:
		err = labelClients(ctx, set, gs)
	}
	if err != nil {
		return nil, err
	}
	return each(gs, func(key string, label *string, rows []*ccube.Invoice) (*model.InvoiceTotals, error) {
		add := sums[*ccube.Invoice]{rows: rows}
		return &model.InvoiceTotals{
			Key: key, Label: label, Count: len(rows),
			Subtotal:  add.of(func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Subtotal }),
			Total:     add.of(func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Total }),
			PaidTotal: add.of(func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.PaidTotal }),
			Balance:   add.of(func(i *ccube.Invoice) ccube.Null[ccube.Decimal] { return i.Balance }),
		}, add.err
	})
}
