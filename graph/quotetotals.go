package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// quoteShares are what quotes can be summed up by. Projects get their labels afterwards.
var quoteShares = map[model.QuoteGroup]func(*ccube.Quote) share{
	model.QuoteGroupProject: func(q *ccube.Quote) share { return sharedID(q.ProjectID.Ptr(), ccube.Null[string]{}) },
	model.QuoteGroupClient: func(q *ccube.Quote) share {
		if q.Client == nil {
			return sharedID(q.ClientRef(), ccube.Null[string]{})
		}
		return sharedID(q.ClientRef(), q.Client.Name)
	},
	model.QuoteGroupStatus:       func(q *ccube.Quote) share { return sharedText(q.Status) },
	model.QuoteGroupMonthCreated: func(q *ccube.Quote) share { return sharedMonth(q.CreatedAt) },
}

// quoteTotals sums up the quotes that pass the filter.
func (r *Resolver) quoteTotals(ctx context.Context, f *model.QuoteFilter, by model.QuoteGroup) ([]*model.QuoteTotals, error) {
	tests, err := f.Tests()
	set, rows, err := selected(ctx, quoteObjects, loaders.Selection[*ccube.Quote]{Among: f.Among(), Tests: tests}, err)
	if err != nil {
		return nil, err
	}
	gs := grouped(rows, quoteShares[by])
	switch by {
	case model.QuoteGroupProject:
		err = labelProjects(ctx, set, gs)
	case model.QuoteGroupClient:
		err = labelClients(ctx, set, gs)
	}
	if err != nil {
		return nil, err
	}
	return each(gs, func(key string, label *string, rows []*ccube.Quote) (*model.QuoteTotals, error) {
		add := sums[*ccube.Quote]{rows: rows}
		return &model.QuoteTotals{
			Key: key, Label: label, Count: len(rows),
			Subtotal:    add.of(func(q *ccube.Quote) ccube.Null[ccube.Decimal] { return q.Subtotal }),
			QuotedTotal: add.of(func(q *ccube.Quote) ccube.Null[ccube.Decimal] { return q.QuotedTotal }),
		}, add.err
	})
}
