package ccube

import (
	"context"

	"github.com/valyala/fastjson"
)

// Keys of an [Invoice].
const (
	InvoiceNumber Keys = 1 << iota
	InvoiceFullNumber
	InvoiceSubject
	InvoiceDescription
	InvoiceTerms
	InvoiceStatus
	InvoiceIssueDate
	InvoiceDueDate
	InvoicePaidOn
	InvoiceExternalID
	InvoiceProjectID
	InvoiceClientID
	InvoiceClient
	InvoiceEstimatorID
	InvoiceIsCredit
	InvoiceSubtotal
	InvoiceTax1Rate
	InvoiceTax2Rate
	InvoiceTax1Amount
	InvoiceTax2Amount
	InvoiceTotal
	InvoicePaidTotal
	InvoiceBalance
	InvoiceLines
	InvoiceCreatedAt
	InvoiceUpdatedAt
)

// What the reference promises of an invoice's list row and of its detail (chapter Invoices).
const (
	InvoiceListKeys = InvoiceNumber | InvoiceIssueDate | InvoiceDueDate | InvoiceProjectID | InvoiceClientID |
		InvoiceSubtotal | InvoiceTotal | InvoicePaidTotal | InvoiceBalance
	InvoiceDetailKeys = InvoiceNumber | InvoiceFullNumber | InvoiceSubject | InvoiceDescription | InvoiceTerms |
		InvoiceStatus | InvoiceIssueDate | InvoiceDueDate | InvoicePaidOn | InvoiceExternalID |
		InvoiceProjectID | InvoiceClientID | InvoiceClient | InvoiceEstimatorID |
		InvoiceIsCredit | InvoiceSubtotal | InvoiceTax1Rate | InvoiceTax2Rate |
		InvoiceTax1Amount | InvoiceTax2Amount | InvoiceTotal | InvoicePaidTotal |
		InvoiceBalance | InvoiceLines | InvoiceCreatedAt | InvoiceUpdatedAt
)

// ListInvoices reads one page of the invoices.
func (a *API) ListInvoices(ctx context.Context, p Page) ([]*Invoice, error) {
	return list[Invoice](ctx, a, "invoices", p.query())
}

// GetInvoice reads an invoice's detail.
func (a *API) GetInvoice(ctx context.Context, id ID) (*Invoice, error) {
	return get[Invoice](ctx, a, "invoices", id)
}

// Invoice is an invoice as any of CCUBE's answers shows it (chapter Invoices). Amounts are in the tenant's currency;
// rates are decimal: 0.099 is 9.9 %.
type Invoice struct {
	Row
	Number, FullNumber, Subject, Description, Terms      Null[string]
	Status                                               Null[string]
	IssueDate, DueDate, PaidOn                           Null[Date]
	ExternalID                                           Null[string]
	ProjectID, ClientID                                  Null[ID]
	Client                                               *EmbeddedClient
	EstimatorID                                          Null[ID]
	IsCredit                                             Null[bool]
	Subtotal, Tax1Rate, Tax2Rate, Tax1Amount, Tax2Amount Null[Decimal]
	Total, PaidTotal, Balance                            Null[Decimal]
	Lines                                                []*InvoiceLine
	CreatedAt, UpdatedAt                                 Null[Instant]
}

func (i *Invoice) set(key string, v *fastjson.Value) {
	switch key {
	case "id":
		i.identify(v)
	case "number":
		i.text(InvoiceNumber, &i.Number, v)
	case "name":
		i.unless(InvoiceNumber, func() { i.text(InvoiceNumber, &i.Number, v) })
	case "full_number":
		i.text(InvoiceFullNumber, &i.FullNumber, v)
	case "subject":
		i.text(InvoiceSubject, &i.Subject, v)
	case "description":
		i.text(InvoiceDescription, &i.Description, v)
	case "terms":
		i.text(InvoiceTerms, &i.Terms, v)
	case "status":
		i.text(InvoiceStatus, &i.Status, v)
	case "issue_date":
		i.day(InvoiceIssueDate, &i.IssueDate, v)
	case "due_date":
		i.day(InvoiceDueDate, &i.DueDate, v)
	case "paid_on":
		i.day(InvoicePaidOn, &i.PaidOn, v)
	case "external_id":
		i.text(InvoiceExternalID, &i.ExternalID, v)
	case "project_id":
		i.reference(InvoiceProjectID, &i.ProjectID, v)
	case "client_id":
		i.reference(InvoiceClientID, &i.ClientID, v)
	case "client":
		embed(&i.Row, InvoiceClient, &i.Client, v)
	case "estimator_id":
		i.reference(InvoiceEstimatorID, &i.EstimatorID, v)
	case "is_credit":
		i.flag(InvoiceIsCredit, &i.IsCredit, v)
	case "lines":
		embedMany(&i.Row, InvoiceLines, &i.Lines, v)
	case "created_at":
		i.instant(InvoiceCreatedAt, &i.CreatedAt, v)
	case "create_at":
		i.unless(InvoiceCreatedAt, func() { i.instant(InvoiceCreatedAt, &i.CreatedAt, v) })
	case "updated_at":
		i.instant(InvoiceUpdatedAt, &i.UpdatedAt, v)
	case "update_at":
		i.unless(InvoiceUpdatedAt, func() { i.instant(InvoiceUpdatedAt, &i.UpdatedAt, v) })
	default:
		i.setAmount(key, v)
	}
}

func (i *Invoice) setAmount(key string, v *fastjson.Value) {
	switch key {
	case "subtotal":
		i.decimal(InvoiceSubtotal, &i.Subtotal, v)
	case "tax1_rate":
		i.decimal(InvoiceTax1Rate, &i.Tax1Rate, v)
	case "tax2_rate":
		i.decimal(InvoiceTax2Rate, &i.Tax2Rate, v)
	case "tax1_amount":
		i.decimal(InvoiceTax1Amount, &i.Tax1Amount, v)
	case "tax2_amount":
		i.decimal(InvoiceTax2Amount, &i.Tax2Amount, v)
	case "total":
		i.decimal(InvoiceTotal, &i.Total, v)
	case "paid_total":
		i.decimal(InvoicePaidTotal, &i.PaidTotal, v)
	case "balance":
		i.decimal(InvoiceBalance, &i.Balance, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same invoice; see [Project.Fill].
func (i *Invoice) Fill(from *Invoice) *Invoice {
	f := *i
	lacks := from.Keys &^ i.Keys
	fill(lacks, InvoiceNumber, &f.Number, from.Number)
	fill(lacks, InvoiceFullNumber, &f.FullNumber, from.FullNumber)
	fill(lacks, InvoiceSubject, &f.Subject, from.Subject)
	fill(lacks, InvoiceDescription, &f.Description, from.Description)
	fill(lacks, InvoiceTerms, &f.Terms, from.Terms)
	fill(lacks, InvoiceStatus, &f.Status, from.Status)
	fill(lacks, InvoiceIssueDate, &f.IssueDate, from.IssueDate)
	fill(lacks, InvoiceDueDate, &f.DueDate, from.DueDate)
	fill(lacks, InvoicePaidOn, &f.PaidOn, from.PaidOn)
	fill(lacks, InvoiceExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, InvoiceProjectID, &f.ProjectID, from.ProjectID)
	fill(lacks, InvoiceClientID, &f.ClientID, from.ClientID)
	fill(lacks, InvoiceClient, &f.Client, from.Client)
	fill(lacks, InvoiceEstimatorID, &f.EstimatorID, from.EstimatorID)
	fill(lacks, InvoiceIsCredit, &f.IsCredit, from.IsCredit)
	fill(lacks, InvoiceSubtotal, &f.Subtotal, from.Subtotal)
	fill(lacks, InvoiceTax1Rate, &f.Tax1Rate, from.Tax1Rate)
	fill(lacks, InvoiceTax2Rate, &f.Tax2Rate, from.Tax2Rate)
	fill(lacks, InvoiceTax1Amount, &f.Tax1Amount, from.Tax1Amount)
	fill(lacks, InvoiceTax2Amount, &f.Tax2Amount, from.Tax2Amount)
	fill(lacks, InvoiceTotal, &f.Total, from.Total)
	fill(lacks, InvoicePaidTotal, &f.PaidTotal, from.PaidTotal)
	fill(lacks, InvoiceBalance, &f.Balance, from.Balance)
	fill(lacks, InvoiceLines, &f.Lines, from.Lines)
	fill(lacks, InvoiceCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, InvoiceUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// InvoiceWrite is what a write says of an invoice (chapter Invoices). To create one CCUBE wants number, subject,
// client, project and issue date.
type InvoiceWrite struct {
	Number      Field[string]             `json:"number,omitzero"`
	Subject     Field[string]             `json:"subject,omitzero"`
	Description Field[string]             `json:"description,omitzero"`
	ClientID    Field[ID]                 `json:"client_id,omitzero"`
	ProjectID   Field[ID]                 `json:"project_id,omitzero"`
	IssueDate   Field[Date]               `json:"issue_date,omitzero"`
	DueDate     Field[Date]               `json:"due_date,omitzero"`
	Lines       Field[[]InvoiceLineWrite] `json:"lines_attributes,omitzero"`
}

// CreateInvoice makes an invoice.
func (a *API) CreateInvoice(ctx context.Context, w InvoiceWrite) (*Invoice, error) {
	return create[Invoice](ctx, a, "invoices", "invoice", w)
}

// UpdateInvoice changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateInvoice(ctx context.Context, id ID, w InvoiceWrite) (*Invoice, error) {
	return update[Invoice](ctx, a, "invoices", id, "invoice", w)
}

// DeleteInvoice deletes an invoice.
func (a *API) DeleteInvoice(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "invoices", id)
}

// ClientRef returns the client's id, be it the invoice's own key or the embedded client's; nil where neither is there.
func (i *Invoice) ClientRef() *ID { return clientRef(&i.ClientID, i.Client) }
