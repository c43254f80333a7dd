package graph

import (
	"github.com/ccube-graphql/ccube-graphql/graph/generated"
)

func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

type mutationResolver struct{ *Resolver }
