package graph

import (
	"context"
	"fmt"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *mutationResolver) SignIn(ctx context.Context, email string, password string) (*model.SignInPayload, error) {
	panic(fmt.Errorf("not implemented: SignIn - signIn"))
}
