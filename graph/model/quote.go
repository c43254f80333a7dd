package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Quote is a quote as the graph shows it: a row, and what the query selects of it.
type Quote loaders.Found[*ccube.Quote]

// NewQuote wraps a quote that has been read; nil stays nil.
func NewQuote(f *loaders.Found[*ccube.Quote]) *Quote { return (*Quote)(f) }

// IsNode marks the type as one of interface Node.
func (*Quote) IsNode() {}

// IsNotable marks the type as one of union Notable.
func (*Quote) IsNotable() {}

// NodeID resolves Quote.nodeId.
func (q *Quote) NodeID() string { return NodeID{"Quote", q.Row.ID}.String() }

// ID resolves Quote.id.
func (q *Quote) ID() ccube.ID { return q.Row.ID }

// Number resolves Quote.number.
func (q *Quote) Number() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteNumber, &q.Row.Number, q.Err)
}

// Title resolves Quote.title.
func (q *Quote) Title() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteTitle, &q.Row.Title, q.Err)
}

// Description resolves Quote.description.
func (q *Quote) Description() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteDescription, &q.Row.Description, q.Err)
}

// Terms resolves Quote.terms.
func (q *Quote) Terms() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteTerms, &q.Row.Terms, q.Err)
}

// Status resolves Quote.status.
func (q *Quote) Status() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteStatus, &q.Row.Status, q.Err)
}

// Subtotal resolves Quote.subtotal.
func (q *Quote) Subtotal() (*ccube.Decimal, error) {
	return read(&q.Row.Row, ccube.QuoteSubtotal, &q.Row.Subtotal, q.Err)
}

// QuotedTotal resolves Quote.quotedTotal.
func (q *Quote) QuotedTotal() (*ccube.Decimal, error) {
	return read(&q.Row.Row, ccube.QuoteQuotedTotal, &q.Row.QuotedTotal, q.Err)
}

// ExternalID resolves Quote.externalId.
func (q *Quote) ExternalID() (*string, error) {
	return read(&q.Row.Row, ccube.QuoteExternalID, &q.Row.ExternalID, q.Err)
}

// ProjectID resolves Quote.projectId.
func (q *Quote) ProjectID() (*ccube.ID, error) {
	return read(&q.Row.Row, ccube.QuoteProjectID, &q.Row.ProjectID, q.Err)
}

// ClientID resolves Quote.clientId.
func (q *Quote) ClientID() (*ccube.ID, error) {
	return read(&q.Row.Row, ccube.QuoteClientID, &q.Row.ClientID, q.Err)
}

// CreatedAt resolves Quote.createdAt.
func (q *Quote) CreatedAt() (*ccube.Instant, error) {
	return read(&q.Row.Row, ccube.QuoteCreatedAt, &q.Row.CreatedAt, q.Err)
}

// UpdatedAt resolves Quote.updatedAt.
func (q *Quote) UpdatedAt() (*ccube.Instant, error) {
	return read(&q.Row.Row, ccube.QuoteUpdatedAt, &q.Row.UpdatedAt, q.Err)
}

// Client returns what the row tells of Quote.client.
func (q *Quote) Client() (*Client, error) {
	unread := readable(&q.Row.Row, ccube.QuoteClient, q.Err)
	return newClient(q.Plan, q.Row.ClientRef(), q.Row.Client, unread)
}

// QuoteConnection is one page of quotes.
type QuoteConnection struct{ Connection[Quote] }

// QuoteEdge is a row in a page of quotes.
type QuoteEdge struct{ Edge[Quote] }

// Edges resolves QuoteConnection.edges.
func (c *QuoteConnection) Edges(ctx context.Context) []*QuoteEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[Quote]) *QuoteEdge { return &QuoteEdge{e} })
}
