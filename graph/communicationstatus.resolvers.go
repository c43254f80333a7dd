package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func (r *queryResolver) CommunicationStatuses(ctx context.Context) ([]*model.CommunicationStatus, error) {
	rows, p, err := listed(ctx, r.Resolver, "CommunicationStatus", communicationStatuses)
	models := make([]*model.CommunicationStatus, len(rows))
	for i, row := range rows {
		models[i] = &model.CommunicationStatus{Row: row, Plan: p}
	}
	return models, err
}

func (r *queryResolver) CommunicationStatus(ctx context.Context, id string) (*model.CommunicationStatus, error) {
	number, err := ccube.ParseID(id)
	if err != nil {
		return nil, err
	}
	return communicationStatusByID(ctx, r.Resolver, number)
}
