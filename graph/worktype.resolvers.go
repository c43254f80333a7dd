package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func (r *queryResolver) WorkTypes(ctx context.Context) ([]*model.WorkType, error) {
	rows, p, err := listed(ctx, r.Resolver, "WorkType", workTypes)
	models := make([]*model.WorkType, len(rows))
	for i, row := range rows {
		models[i] = &model.WorkType{Row: row, Plan: p}
	}
	return models, err
}

func (r *queryResolver) WorkType(ctx context.Context, id string) (*model.WorkType, error) {
	number, err := ccube.ParseID(id)
	if err != nil {
		return nil, err
	}
	return workTypeByID(ctx, r.Resolver, number)
}
