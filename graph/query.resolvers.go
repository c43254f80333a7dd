package graph

import (
	"github.com/ccube-graphql/ccube-graphql/graph/generated"
)

func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
