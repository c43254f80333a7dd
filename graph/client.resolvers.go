package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *clientResolver) Party(ctx context.Context, obj *model.Client) (*model.Party, error) {
	field := graphql.GetFieldContext(ctx)
	client := obj.Owner.Below(field.Parent.Field.Alias, "Client")
	set, p, err := below(ctx, client, "Party")
	if err != nil {
		return nil, err
	}
	return referred(ctx, set.Parties, p, obj.Ref, nil, model.NewParty)
}

func (r *Resolver) Client() generated.ClientResolver { return &clientResolver{r} }

type clientResolver struct{ *Resolver }
