package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *queryResolver) User(ctx context.Context, id string) (*model.User, error) {
	return byID(ctx, r.Resolver, id, "User", userObjects, model.NewUser)
}

func (r *queryResolver) Users(ctx context.Context, first *int, after *string, offset *int) (*model.UserConnection, error) {
	page, err := users.page(ctx, r.Resolver, pageArgs{First: first, After: after, Offset: offset}, loaders.Selection[*ccube.User]{}, nil)
	return &model.UserConnection{Connection: page}, err
}
