package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *queryResolver) Node(ctx context.Context, nodeID string) (model.Node, error) {
	id, err := model.ParseNodeID(nodeID)
	if err != nil {
		return nil, err
	}
	return nodes[id.Type](ctx, r.Resolver, id.ID)
}
