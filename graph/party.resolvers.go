package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *queryResolver) Party(ctx context.Context, id string) (*model.Party, error) {
	return byID(ctx, r.Resolver, id, "Party", partyObjects, model.NewParty)
}

func (r *queryResolver) Parties(ctx context.Context, first *int, after *string, offset *int, filter *model.PartyFilter) (*model.PartyConnection, error) {
	tests, err := filter.Tests()
	page, err := parties.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter}}, loaders.Selection[*ccube.Party]{
		List: filter.List(), Among: filter.Among(), Tests: tests,
	}, err)
	return &model.PartyConnection{Connection: page}, err
}
