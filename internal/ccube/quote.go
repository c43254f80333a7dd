package ccube

import "context"

// Keys of a [Quote].
const (
	QuoteNumber Keys = 1 << iota
	QuoteTitle
	QuoteDescription
	QuoteTerms
	QuoteStatus
	QuoteSubtotal
	QuoteQuotedTotal
	QuoteExternalID
	QuoteProjectID
	QuoteClientID
	QuoteClient
	QuoteCreatedAt
	QuoteUpdatedAt
)

// What the reference promises of a quote's list row and of its detail (chapter Quotes).
const (
	QuoteListKeys = QuoteProjectID | QuoteClientID | QuoteNumber | QuoteQuotedTotal | QuoteCreatedAt |
		QuoteUpdatedAt | QuoteStatus | QuoteSubtotal | QuoteExternalID | QuoteClient
	QuoteDetailKeys = QuoteNumber | QuoteStatus | QuoteExternalID | QuoteClient
)

// ListQuotes reads one page of the quotes.
func (a *API) ListQuotes(ctx context.Context, p Page) ([]*Quote, error) {
	return list[Quote](ctx, a, "quotes", p.query())
}

// GetQuote reads a quote's detail.
func (a *API) GetQuote(ctx context.Context, id ID) (*Quote, error) {
	return get[Quote](ctx, a, "quotes", id)
}

// Quote is a quote as any of CCUBE's answers shows it (chapter Quotes).
type Quote struct {
	Row
	Number, Title, Description, Terms, Status Null[string]
	Subtotal, QuotedTotal                     Null[Decimal]
	ExternalID                                Null[string]
	ProjectID, ClientID                       Null[ID]
	Client                                    *EmbeddedClient
	CreatedAt, UpdatedAt                      Null[Instant]
}

func (q *Quote) set(key []byte, v value) {
	switch string(key) {
	case "id":
		q.identify(v)
	case "number":
		q.text(QuoteNumber, &q.Number, v)
	case "name":
		q.unless(QuoteNumber, func() { q.text(QuoteNumber, &q.Number, v) })
	case "title":
		q.text(QuoteTitle, &q.Title, v)
	case "description":
		q.text(QuoteDescription, &q.Description, v)
	case "terms":
		q.text(QuoteTerms, &q.Terms, v)
	case "status":
		q.text(QuoteStatus, &q.Status, v)
	case "subtotal":
		q.decimal(QuoteSubtotal, &q.Subtotal, v)
	case "quoted_total":
		q.decimal(QuoteQuotedTotal, &q.QuotedTotal, v)
	case "external_id":
		q.text(QuoteExternalID, &q.ExternalID, v)
	case "project_id":
		q.reference(QuoteProjectID, &q.ProjectID, v)
	case "client_id":
		q.reference(QuoteClientID, &q.ClientID, v)
	case "client":
		embed(&q.Row, QuoteClient, &q.Client, v)
	case "created_at":
		q.instant(QuoteCreatedAt, &q.CreatedAt, v)
	case "create_at":
		q.unless(QuoteCreatedAt, func() { q.instant(QuoteCreatedAt, &q.CreatedAt, v) })
	case "updated_at":
		q.instant(QuoteUpdatedAt, &q.UpdatedAt, v)
	case "update_at":
		q.unless(QuoteUpdatedAt, func() { q.instant(QuoteUpdatedAt, &q.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same quote; see [Project.Fill].
func (q *Quote) Fill(from *Quote) *Quote {
	f := *q
	lacks := from.Keys &^ q.Keys
	fill(lacks, QuoteNumber, &f.Number, from.Number)
	fill(lacks, QuoteTitle, &f.Title, from.Title)
	fill(lacks, QuoteDescription, &f.Description, from.Description)
	fill(lacks, QuoteTerms, &f.Terms, from.Terms)
	fill(lacks, QuoteStatus, &f.Status, from.Status)
	fill(lacks, QuoteSubtotal, &f.Subtotal, from.Subtotal)
	fill(lacks, QuoteQuotedTotal, &f.QuotedTotal, from.QuotedTotal)
	fill(lacks, QuoteExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, QuoteProjectID, &f.ProjectID, from.ProjectID)
	fill(lacks, QuoteClientID, &f.ClientID, from.ClientID)
	fill(lacks, QuoteClient, &f.Client, from.Client)
	fill(lacks, QuoteCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, QuoteUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// QuoteWrite is what a write says of a quote (chapter Quotes). To create one CCUBE wants number, project, department
// and type.
type QuoteWrite struct {
	Number       Field[string] `json:"number,omitzero"`
	Description  Field[string] `json:"description,omitzero"`
	ProjectID    Field[ID]     `json:"project_id,omitzero"`
	DepartmentID Field[ID]     `json:"department_id,omitzero"`
	QuoteType    Field[string] `json:"quote_type,omitzero"`
	Terms        Field[string] `json:"terms,omitzero"`
	Title        Field[string] `json:"title,omitzero"`
}

// CreateQuote makes a quote. Of an answer that shows several the one with the number sent is taken.
func (a *API) CreateQuote(ctx context.Context, w QuoteWrite) (*Quote, error) {
	number, _ := w.Number.Get()
	isIt := func(q *Quote) bool { return q.Number.Valid && q.Number.V == number }
	return createBy(ctx, a, posting("quotes"), "quote", w, isIt)
}

// UpdateQuote changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateQuote(ctx context.Context, id ID, w QuoteWrite) (*Quote, error) {
	return update[Quote](ctx, a, "quotes", id, "quote", w)
}

// DeleteQuote deletes a quote.
func (a *API) DeleteQuote(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "quotes", id)
}

// ClientRef returns the client's id, be it the quote's own key or the embedded client's; nil where neither is there.
func (q *Quote) ClientRef() *ID { return clientRef(&q.ClientID, q.Client) }
