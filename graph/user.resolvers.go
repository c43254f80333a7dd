package graph

import (
	"context"
	"fmt"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *mutationResolver) CreateUser(ctx context.Context, input model.CreateUserInput) (*model.UserPayload, error) {
	panic(fmt.Errorf("not implemented: CreateUser - createUser"))
}

func (r *mutationResolver) UpdateUser(ctx context.Context, id string, input model.UpdateUserInput) (*model.UserPayload, error) {
	panic(fmt.Errorf("not implemented: UpdateUser - updateUser"))
}

func (r *mutationResolver) DeleteUser(ctx context.Context, id string) (*model.DeletePayload, error) {
	panic(fmt.Errorf("not implemented: DeleteUser - deleteUser"))
}

func (r *queryResolver) User(ctx context.Context, id string) (*model.User, error) {
	return byID(ctx, r.Resolver, id, "User", userObjects, model.NewUser)
}

func (r *queryResolver) Users(ctx context.Context, first *int, after *string, offset *int) (*model.UserConnection, error) {
	page, err := users.page(ctx, r.Resolver, pageArgs{first, after, offset})
	return &model.UserConnection{Connection: page}, err
}

func (r *userPayloadResolver) User(ctx context.Context, obj *model.UserPayload) (*model.User, error) {
	panic(fmt.Errorf("not implemented: User - user"))
}

func (r *createUserInputResolver) Password(ctx context.Context, obj *model.CreateUserInput, data string) error {
	panic(fmt.Errorf("not implemented: Password - password"))
}

func (r *createUserInputResolver) PasswordConfirmation(ctx context.Context, obj *model.CreateUserInput, data *string) error {
	panic(fmt.Errorf("not implemented: PasswordConfirmation - passwordConfirmation"))
}

func (r *Resolver) UserPayload() generated.UserPayloadResolver { return &userPayloadResolver{r} }

func (r *Resolver) CreateUserInput() generated.CreateUserInputResolver {
	return &createUserInputResolver{r}
}

type (
	userPayloadResolver     struct{ *Resolver }
	createUserInputResolver struct{ *Resolver }
)
