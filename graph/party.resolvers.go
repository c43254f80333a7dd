package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *queryResolver) Party(ctx context.Context, id string) (*model.Party, error) {
	return byID(ctx, r.Resolver, id, "Party", partyObjects, model.NewParty)
}

func (r *queryResolver) Parties(ctx context.Context, first *int, after *string, offset *int, filter *model.PartyFilter) (*model.PartyConnection, error) {
	page, err := parties.page(ctx, r.Resolver, pageArgs{first, after, offset})
	return &model.PartyConnection{Connection: page}, err
}
