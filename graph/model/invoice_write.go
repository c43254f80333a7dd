package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreateInvoiceInput is what a new invoice starts with.
type CreateInvoiceInput struct {
	Number      string
	Subject     string
	ClientID    string
	ProjectID   string
	IssueDate   Given
	DueDate     *Given
	Description *string
	Lines       []*InvoiceLineInput
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateInvoiceInput) Write(c *Check) ccube.InvoiceWrite {
	w := ccube.InvoiceWrite{
		Number:      c.filled("number", given(&in.Number)),
		Subject:     c.filled("subject", given(&in.Subject)),
		ClientID:    c.id("clientId", given(&in.ClientID)),
		ProjectID:   c.id("projectId", given(&in.ProjectID)),
		IssueDate:   c.day("issueDate", given(&in.IssueDate)),
		DueDate:     c.day("dueDate", given(in.DueDate)),
		Description: c.text("description", given(in.Description)),
		Lines:       each(c, "lines", in.Lines, (*InvoiceLineInput).write),
	}
	return w
}

// UpdateInvoiceInput is what to change in an invoice.
type UpdateInvoiceInput struct {
	Number      graphql.Omittable[*string]
	Subject     graphql.Omittable[*string]
	ClientID    graphql.Omittable[*string]
	ProjectID   graphql.Omittable[*string]
	IssueDate   graphql.Omittable[*Given]
	DueDate     graphql.Omittable[*Given]
	Description graphql.Omittable[*string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateInvoiceInput) Write(c *Check) ccube.InvoiceWrite {
	w := ccube.InvoiceWrite{
		Number:      c.filled("number", in.Number),
		Subject:     c.filled("subject", in.Subject),
		ClientID:    c.id("clientId", in.ClientID),
		ProjectID:   c.id("projectId", in.ProjectID),
		IssueDate:   c.day("issueDate", in.IssueDate),
		DueDate:     c.day("dueDate", in.DueDate),
		Description: c.text("description", in.Description),
	}
	return changes(c, w)
}

// InvoiceLineInput is a line of a new invoice.
type InvoiceLineInput struct {
	Material    *string
	Description *string
	Quantity    *Given
	UnitPrice   *Given
	Rate        *Given
	Position    *int
}

// write returns what is to be sent of a line.
func (in *InvoiceLineInput) write(c *Check) ccube.InvoiceLineWrite {
	w := ccube.InvoiceLineWrite{
		Material:    c.text("material", given(in.Material)),
		Description: c.text("description", given(in.Description)),
		Quantity:    c.decimal("quantity", given(in.Quantity)),
		UnitPrice:   c.decimal("unitPrice", given(in.UnitPrice)),
		Rate:        c.decimal("rate", given(in.Rate)),
		Position:    c.integer("position", given(in.Position)),
	}
	return w
}
