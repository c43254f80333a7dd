package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateQuote(ctx context.Context, input model.CreateQuoteInput) (*model.QuotePayload, error) {
	return &model.QuotePayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateQuote)}, nil
}

func (r *mutationResolver) UpdateQuote(ctx context.Context, id string, input model.UpdateQuoteInput) (*model.QuotePayload, error) {
	return &model.QuotePayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateQuote)}, nil
}

func (r *mutationResolver) DeleteQuote(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteQuote), nil
}

func (r *queryResolver) Quote(ctx context.Context, id string) (*model.Quote, error) {
	return byID(ctx, r.Resolver, id, "Quote", quoteObjects, model.NewQuote)
}

func (r *queryResolver) Quotes(ctx context.Context, first *int, after *string, offset *int, filter *model.QuoteFilter, orderBy *model.QuoteOrder) (*model.QuoteConnection, error) {
	tests, err := filter.Tests()
	order, descending := orderBy.Rows()
	page, err := quotes.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter, orderBy}}, loaders.Selection[*ccube.Quote]{
		Among: filter.Among(), Tests: tests, Order: order, Descending: descending,
	}, err)
	return &model.QuoteConnection{Connection: page}, err
}

func (r *queryResolver) QuoteTotals(ctx context.Context, filter *model.QuoteFilter, groupBy model.QuoteGroup) ([]*model.QuoteTotals, error) {
	return r.quoteTotals(ctx, filter, groupBy)
}

func (r *quoteResolver) Project(ctx context.Context, obj *model.Quote) (*model.Project, error) {
	set, p, err := below(ctx, obj.Plan, "Project")
	if err != nil {
		return nil, err
	}
	id, err := obj.ProjectID()
	return referred(ctx, set.Projects, p, id, err, model.NewProject)
}

func (r *quoteResolver) Notes(ctx context.Context, obj *model.Quote) ([]*model.Note, error) {
	return notesAbout(ctx, obj.Plan, ccube.NotableQuote, obj.ID())
}

func (r *quotePayloadResolver) Quote(ctx context.Context, obj *model.QuotePayload) (*model.Quote, error) {
	return written(ctx, &obj.Payload, "Quote", quoteObjects, model.NewQuote)
}

func (r *Resolver) Quote() generated.QuoteResolver { return &quoteResolver{r} }

func (r *Resolver) QuotePayload() generated.QuotePayloadResolver { return &quotePayloadResolver{r} }

type (
	quoteResolver        struct{ *Resolver }
	quotePayloadResolver struct{ *Resolver }
)
