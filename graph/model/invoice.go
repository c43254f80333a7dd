package model

import (
	"context"

	"cmp"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Invoice is an invoice as the graph shows it: a row, and what the query selects of it.
type Invoice loaders.Found[*ccube.Invoice]

// NewInvoice wraps an invoice that has been read; nil stays nil.
func NewInvoice(f *loaders.Found[*ccube.Invoice]) *Invoice { return (*Invoice)(f) }

// IsNode marks the type as one of interface Node.
func (*Invoice) IsNode() {}

// IsNotable marks the type as one of union Notable.
func (*Invoice) IsNotable() {}

// NodeID resolves Invoice.nodeId.
func (i *Invoice) NodeID() string { return NodeID{"Invoice", i.Row.ID}.String() }

// ID resolves Invoice.id.
func (i *Invoice) ID() ccube.ID { return i.Row.ID }

// Number resolves Invoice.number.
func (i *Invoice) Number() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceNumber, &i.Row.Number, i.Err)
}

// FullNumber resolves Invoice.fullNumber.
func (i *Invoice) FullNumber() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceFullNumber, &i.Row.Rest().FullNumber, i.Err)
}

// Subject resolves Invoice.subject.
func (i *Invoice) Subject() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceSubject, &i.Row.Rest().Subject, i.Err)
}

// Description resolves Invoice.description.
func (i *Invoice) Description() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceDescription, &i.Row.Rest().Description, i.Err)
}

// Terms resolves Invoice.terms.
func (i *Invoice) Terms() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceTerms, &i.Row.Rest().Terms, i.Err)
}

// Status resolves Invoice.status.
func (i *Invoice) Status() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceStatus, &i.Row.Status, i.Err)
}

// IssueDate resolves Invoice.issueDate.
func (i *Invoice) IssueDate() (*ccube.Date, error) {
	return read(&i.Row.Row, ccube.InvoiceIssueDate, &i.Row.IssueDate, i.Err)
}

// DueDate resolves Invoice.dueDate.
func (i *Invoice) DueDate() (*ccube.Date, error) {
	return read(&i.Row.Row, ccube.InvoiceDueDate, &i.Row.DueDate, i.Err)
}

// PaidOn resolves Invoice.paidOn.
func (i *Invoice) PaidOn() (*ccube.Date, error) {
	return read(&i.Row.Row, ccube.InvoicePaidOn, &i.Row.Rest().PaidOn, i.Err)
}

// ExternalID resolves Invoice.externalId.
func (i *Invoice) ExternalID() (*string, error) {
	return read(&i.Row.Row, ccube.InvoiceExternalID, &i.Row.Rest().ExternalID, i.Err)
}

// ProjectID resolves Invoice.projectId.
func (i *Invoice) ProjectID() (*ccube.ID, error) {
	return read(&i.Row.Row, ccube.InvoiceProjectID, &i.Row.ProjectID, i.Err)
}

// ClientID resolves Invoice.clientId.
func (i *Invoice) ClientID() (*ccube.ID, error) {
	return read(&i.Row.Row, ccube.InvoiceClientID, &i.Row.ClientID, i.Err)
}

// EstimatorID resolves Invoice.estimatorId.
func (i *Invoice) EstimatorID() (*ccube.ID, error) {
	return read(&i.Row.Row, ccube.InvoiceEstimatorID, &i.Row.Rest().EstimatorID, i.Err)
}

// IsCredit resolves Invoice.isCredit.
func (i *Invoice) IsCredit() (*bool, error) {
	return read(&i.Row.Row, ccube.InvoiceIsCredit, &i.Row.Rest().IsCredit, i.Err)
}

// Subtotal resolves Invoice.subtotal.
func (i *Invoice) Subtotal() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceSubtotal, &i.Row.Subtotal, i.Err)
}

// Tax1Rate resolves Invoice.tax1Rate.
func (i *Invoice) Tax1Rate() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceTax1Rate, &i.Row.Rest().Tax1Rate, i.Err)
}

// Tax2Rate resolves Invoice.tax2Rate.
func (i *Invoice) Tax2Rate() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceTax2Rate, &i.Row.Rest().Tax2Rate, i.Err)
}

// Tax1Amount resolves Invoice.tax1Amount.
func (i *Invoice) Tax1Amount() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceTax1Amount, &i.Row.Rest().Tax1Amount, i.Err)
}

// Tax2Amount resolves Invoice.tax2Amount.
func (i *Invoice) Tax2Amount() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceTax2Amount, &i.Row.Rest().Tax2Amount, i.Err)
}

// Total resolves Invoice.total.
func (i *Invoice) Total() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceTotal, &i.Row.Total, i.Err)
}

// PaidTotal resolves Invoice.paidTotal.
func (i *Invoice) PaidTotal() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoicePaidTotal, &i.Row.PaidTotal, i.Err)
}

// Balance resolves Invoice.balance.
func (i *Invoice) Balance() (*ccube.Decimal, error) {
	return read(&i.Row.Row, ccube.InvoiceBalance, &i.Row.Balance, i.Err)
}

// CreatedAt resolves Invoice.createdAt.
func (i *Invoice) CreatedAt() (*ccube.Instant, error) {
	return read(&i.Row.Row, ccube.InvoiceCreatedAt, &i.Row.Rest().CreatedAt, i.Err)
}

// UpdatedAt resolves Invoice.updatedAt.
func (i *Invoice) UpdatedAt() (*ccube.Instant, error) {
	return read(&i.Row.Row, ccube.InvoiceUpdatedAt, &i.Row.Rest().UpdatedAt, i.Err)
}

// Client returns what the row tells of Invoice.client.
func (i *Invoice) Client() (*Client, error) {
	unread := readable(&i.Row.Row, ccube.InvoiceClient, i.Err)
	return newClient(i.Plan, i.Row.ClientRef(), i.Row.Rest().Client, unread)
}

// Lines resolves Invoice.lines: in order of position, those without one last.
func (i *Invoice) Lines() ([]*InvoiceLine, error) {
	if err := readable(&i.Row.Row, ccube.InvoiceLines, i.Err); err != nil || i.Row.Rest().Lines == nil {
		return nil, err
	}
	lines := make([]*InvoiceLine, len(i.Row.Rest().Lines))
	for n, line := range i.Row.Rest().Lines {
		lines[n] = &InvoiceLine{*line}
	}
	slices.SortStableFunc(lines, func(a, b *InvoiceLine) int { return cmp.Compare(a.place(), b.place()) })
	return lines, nil
}

// IsOverdue reports whether the invoice is past its due date on the day, with a balance above zero; nil where CCUBE does
// not tell one of the two.
func (i *Invoice) IsOverdue(today ccube.Date) (*bool, error) {
	due, err := i.DueDate()
	if err != nil || due == nil {
		return nil, err
	}
	balance, err := i.Balance()
	if err != nil || balance == nil {
		return nil, err
	}
	return new(Overdue(i.Row, today)), nil
}

// Overdue reports whether a row shows an invoice that is past its due date on the day, with a balance above zero.
func Overdue(i *ccube.Invoice, today ccube.Date) bool {
	return i.DueDate.Valid && i.DueDate.V < today && i.Balance.Valid && i.Balance.V.IsPositive()
}

// InvoiceConnection is one page of invoices.
type InvoiceConnection struct{ Connection[Invoice] }

// InvoiceEdge is a row in a page of invoices.
type InvoiceEdge struct{ Edge[Invoice] }

// Edges resolves InvoiceConnection.edges.
func (c *InvoiceConnection) Edges(ctx context.Context) []*InvoiceEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[Invoice]) *InvoiceEdge { return &InvoiceEdge{e} })
}
