package graph

import (
	"context"
	"fmt"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func (r *mutationResolver) CreateQuote(ctx context.Context, input model.CreateQuoteInput) (*model.QuotePayload, error) {
	panic(fmt.Errorf("not implemented: CreateQuote - createQuote"))
}

func (r *mutationResolver) UpdateQuote(ctx context.Context, id string, input model.UpdateQuoteInput) (*model.QuotePayload, error) {
	panic(fmt.Errorf("not implemented: UpdateQuote - updateQuote"))
}

func (r *mutationResolver) DeleteQuote(ctx context.Context, id string) (*model.DeletePayload, error) {
	panic(fmt.Errorf("not implemented: DeleteQuote - deleteQuote"))
}

func (r *queryResolver) Quote(ctx context.Context, id string) (*model.Quote, error) {
	return byID(ctx, r.Resolver, id, "Quote", quoteObjects, model.NewQuote)
}

func (r *queryResolver) Quotes(ctx context.Context, first *int, after *string, offset *int) (*model.QuoteConnection, error) {
	page, err := quotes.page(ctx, r.Resolver, pageArgs{first, after, offset})
	return &model.QuoteConnection{Connection: page}, err
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
	panic(fmt.Errorf("not implemented: Quote - quote"))
}

func (r *Resolver) Quote() generated.QuoteResolver { return &quoteResolver{r} }

func (r *Resolver) QuotePayload() generated.QuotePayloadResolver { return &quotePayloadResolver{r} }

type (
	quoteResolver        struct{ *Resolver }
	quotePayloadResolver struct{ *Resolver }
)
