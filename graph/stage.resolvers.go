package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func (r *queryResolver) Stages(ctx context.Context) ([]*model.Stage, error) {
	rows, p, err := listed(ctx, r.Resolver, "Stage", stages)
	models := make([]*model.Stage, len(rows))
	for i, row := range rows {
		models[i] = &model.Stage{Row: row, Plan: p}
	}
	return models, err
}

func (r *queryResolver) Stage(ctx context.Context, id string) (*model.Stage, error) {
	number, err := ccube.ParseID(id)
	if err != nil {
		return nil, err
	}
	return stageByID(ctx, r.Resolver, number)
}

func (r *stageResolver) PreviousSteps(ctx context.Context, obj *model.Stage) ([]*model.Stage, error) {
	if obj.Row == nil {
		return nil, obj.Err
	}
	return steps(ctx, obj, obj.Row.PreviousSteps)
}

func (r *stageResolver) NextSteps(ctx context.Context, obj *model.Stage) ([]*model.Stage, error) {
	if obj.Row == nil {
		return nil, obj.Err
	}
	return steps(ctx, obj, obj.Row.NextSteps)
}

func (r *Resolver) Stage() generated.StageResolver { return &stageResolver{r} }

type stageResolver struct{ *Resolver }
