package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateUser(ctx context.Context, input model.CreateUserInput) (*model.UserPayload, error) {
	return &model.UserPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateUser)}, nil
}

func (r *mutationResolver) UpdateUser(ctx context.Context, id string, input model.UpdateUserInput) (*model.UserPayload, error) {
	return &model.UserPayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateUser)}, nil
}

func (r *mutationResolver) DeleteUser(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteUser), nil
}

func (r *queryResolver) User(ctx context.Context, id string) (*model.User, error) {
	return byID(ctx, r.Resolver, id, "User", userObjects, model.NewUser)
}

func (r *queryResolver) Users(ctx context.Context, first *int, after *string, offset *int) (*model.UserConnection, error) {
	page, err := users.page(ctx, r.Resolver, pageArgs{First: first, After: after, Offset: offset}, loaders.Selection[*ccube.User]{}, nil)
	return &model.UserConnection{Connection: page}, err
}

func (r *userPayloadResolver) User(ctx context.Context, obj *model.UserPayload) (*model.User, error) {
	return written(ctx, &obj.Payload, "User", userObjects, model.NewUser)
}

func (r *Resolver) UserPayload() generated.UserPayloadResolver { return &userPayloadResolver{r} }

type userPayloadResolver struct{ *Resolver }
