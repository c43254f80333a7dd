package graph

import (
	"context"
	"errors"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) {
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, err
	}
	p, err := r.lookAhead(ctx, "Viewer")
	if err != nil {
		return nil, err
	}
	caller := set.API().Caller()
	return &model.Viewer{Email: caller.Email, Tenant: caller.Tenant.Name, Plan: p}, nil
}

func (r *viewerResolver) User(ctx context.Context, obj *model.Viewer) (*model.User, error) {
	set, p, err := below(ctx, obj.Plan, "User")
	if err != nil {
		return nil, err
	}
	user, err := set.UserByEmail(ctx, obj.Email, p)
	if errors.Is(err, fault.Forbidden) {
		return nil, nil
	}
	return one(user, err, model.NewUser)
}

func (r *Resolver) Viewer() generated.ViewerResolver { return &viewerResolver{r} }

type viewerResolver struct{ *Resolver }
