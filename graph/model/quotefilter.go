package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// QuoteFilter says which quotes are wanted: those that have all of what is given.
type QuoteFilter struct {
	IDs         []ccube.ID
	ProjectID   []ccube.ID
	ClientID    []ccube.ID
	Status      []string
	Search      *string
	QuotedTotal *DecimalRange
	CreatedAt   *DateTimeRange
	UpdatedAt   *DateTimeRange
}

// Tests returns the filter as tests of rows; none for no filter. The error is of category fault.BadUserInput.
func (f *QuoteFilter) Tests() ([]sift.Test[*ccube.Quote], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.Quote]{err: checkIDs(f.IDs)}
	oneOf(&t, "projectId", f.ProjectID, ccube.QuoteProjectID, func(q *ccube.Quote) ccube.Null[ccube.ID] { return q.ProjectID })
	oneOf(&t, "clientId", f.ClientID, ccube.QuoteClientID, func(q *ccube.Quote) ccube.Null[ccube.ID] { return reference(q.ClientRef()) })
	oneOf(&t, "status", f.Status, ccube.QuoteStatus, func(q *ccube.Quote) ccube.Null[string] { return q.Status })
	t.search(f.Search, ccube.QuoteNumber|ccube.QuoteTitle|ccube.QuoteDescription|ccube.QuoteClient, func(q *ccube.Quote) []ccube.Null[string] {
		return []ccube.Null[string]{q.Number, q.Title, q.Description, clientName(q.Client)}
	})
	t.amounts("quotedTotal", f.QuotedTotal, ccube.QuoteQuotedTotal, func(q *ccube.Quote) ccube.Null[ccube.Decimal] { return q.QuotedTotal })
	t.instants("createdAt", f.CreatedAt, ccube.QuoteCreatedAt, quoteCreatedAt)
	t.instants("updatedAt", f.UpdatedAt, ccube.QuoteUpdatedAt, quoteUpdatedAt)
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *QuoteFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}

// QuoteOrder says by what quotes are ordered, and which way.
type QuoteOrder struct {
	Field     QuoteOrderField
	Direction OrderDirection
}

// quoteOrders are the orders of quotes.
var quoteOrders = map[QuoteOrderField]sift.Order[*ccube.Quote]{
	"ID":           sift.ByID[*ccube.Quote](),
	"NUMBER":       sift.By(ccube.QuoteNumber, func(q *ccube.Quote) ccube.Null[string] { return q.Number }),
	"STATUS":       sift.By(ccube.QuoteStatus, func(q *ccube.Quote) ccube.Null[string] { return q.Status }),
	"QUOTED_TOTAL": sift.ByAmount(ccube.QuoteQuotedTotal, func(q *ccube.Quote) ccube.Null[ccube.Decimal] { return q.QuotedTotal }),
	"CREATED_AT":   sift.ByInstant(ccube.QuoteCreatedAt, quoteCreatedAt),
	"UPDATED_AT":   sift.ByInstant(ccube.QuoteUpdatedAt, quoteUpdatedAt),
}

// Rows returns the order of rows and whether it descends; nil for CCUBE's own order.
func (o *QuoteOrder) Rows() (*sift.Order[*ccube.Quote], bool) {
	if o == nil {
		return nil, false
	}
	order := quoteOrders[o.Field]
	return &order, o.Direction == OrderDirectionDesc
}

func quoteCreatedAt(q *ccube.Quote) ccube.Null[ccube.Instant] { return q.CreatedAt }

func quoteUpdatedAt(q *ccube.Quote) ccube.Null[ccube.Instant] { return q.UpdatedAt }
