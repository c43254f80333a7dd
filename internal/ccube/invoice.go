package ccube

import "context"

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

// Invoice is an invoice as any of CCUBE's answers shows it (chapter Invoices). Amounts are in the tenant's currency.
//
// Its own fields are what list rows show. A tenant has them by the hundred thousand, so what the detail alone shows
// stands apart, and takes no room in rows that lack it.
type Invoice struct {
	Row
	Number, Status                      Null[string]
	IssueDate, DueDate                  Null[Date]
	ProjectID, ClientID                 Null[ID]
	Subtotal, Total, PaidTotal, Balance Null[Decimal]
	// Detail is nil where the row has shown nothing of it: read it by [Invoice.Rest].
	Detail *InvoiceDetail
}

func (i *Invoice) set(key []byte, v value) {
	switch string(key) {
	case "id":
		i.identify(v)
	case "number":
		i.text(InvoiceNumber, &i.Number, v)
	case "name":
		i.unless(InvoiceNumber, func() { i.text(InvoiceNumber, &i.Number, v) })
	case "status":
		i.text(InvoiceStatus, &i.Status, v)
	case "issue_date":
		i.day(InvoiceIssueDate, &i.IssueDate, v)
	case "due_date":
		i.day(InvoiceDueDate, &i.DueDate, v)
	case "project_id":
		i.reference(InvoiceProjectID, &i.ProjectID, v)
	case "client_id":
		i.reference(InvoiceClientID, &i.ClientID, v)
	case "subtotal":
		i.decimal(InvoiceSubtotal, &i.Subtotal, v)
	case "total":
		i.decimal(InvoiceTotal, &i.Total, v)
	case "paid_total":
		i.decimal(InvoicePaidTotal, &i.PaidTotal, v)
	case "balance":
		i.decimal(InvoiceBalance, &i.Balance, v)
	default:
		i.setDetail(key, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same invoice; see [Project.Fill].
func (i *Invoice) Fill(from *Invoice) *Invoice {
	f := *i
	lacks := from.Keys &^ i.Keys
	fill(lacks, InvoiceNumber, &f.Number, from.Number)
	fill(lacks, InvoiceStatus, &f.Status, from.Status)
	fill(lacks, InvoiceIssueDate, &f.IssueDate, from.IssueDate)
	fill(lacks, InvoiceDueDate, &f.DueDate, from.DueDate)
	fill(lacks, InvoiceProjectID, &f.ProjectID, from.ProjectID)
	fill(lacks, InvoiceClientID, &f.ClientID, from.ClientID)
	fill(lacks, InvoiceSubtotal, &f.Subtotal, from.Subtotal)
	fill(lacks, InvoiceTotal, &f.Total, from.Total)
	fill(lacks, InvoicePaidTotal, &f.PaidTotal, from.PaidTotal)
	fill(lacks, InvoiceBalance, &f.Balance, from.Balance)
	f.Detail = i.Detail.fill(lacks, from.Detail)
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
func (i *Invoice) ClientRef() *ID { return clientRef(&i.ClientID, i.Rest().Client) }
