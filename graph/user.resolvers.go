package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *queryResolver) User(ctx context.Context, id string) (*model.User, error) {
	return byID(ctx, r.Resolver, id, "User", userObjects, model.NewUser)
}

func (r *queryResolver) Users(ctx context.Context, first *int, after *string, offset *int) (*model.UserConnection, error) {
	page, err := users.page(ctx, r.Resolver, pageArgs{first, after, offset})
	return &model.UserConnection{Connection: page}, err
}
