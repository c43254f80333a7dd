package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateParty(ctx context.Context, input model.CreatePartyInput) (*model.PartyPayload, error) {
	return &model.PartyPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateParty)}, nil
}

func (r *mutationResolver) UpdateParty(ctx context.Context, id string, input model.UpdatePartyInput) (*model.PartyPayload, error) {
	return &model.PartyPayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateParty)}, nil
}

func (r *mutationResolver) DeleteParty(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteParty), nil
}

func (r *mutationResolver) CreatePhone(ctx context.Context, input model.PhoneInput) (*model.PhonePayload, error) {
	return &model.PhonePayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreatePhone)}, nil
}

func (r *mutationResolver) CreateEmail(ctx context.Context, input model.EmailInput) (*model.EmailPayload, error) {
	return &model.EmailPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateEmail)}, nil
}

func (r *mutationResolver) CreateAddress(ctx context.Context, input model.AddressInput) (*model.AddressPayload, error) {
	return &model.AddressPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateAddress)}, nil
}

func (r *partyPayloadResolver) Party(ctx context.Context, obj *model.PartyPayload) (*model.Party, error) {
	return written(ctx, &obj.Payload, "Party", partyObjects, model.NewParty)
}

func (r *queryResolver) Party(ctx context.Context, id string) (*model.Party, error) {
	return byID(ctx, r.Resolver, id, "Party", partyObjects, model.NewParty)
}

func (r *queryResolver) Parties(ctx context.Context, first *int, after *string, offset *int, filter *model.PartyFilter) (*model.PartyConnection, error) {
	tests, err := filter.Tests()
	page, err := parties.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter}}, loaders.Selection[*ccube.Party]{
		List: filter.List(), Among: filter.Among(), Tests: tests,
	}, err)
	return &model.PartyConnection{Connection: page}, err
}

func (r *Resolver) PartyPayload() generated.PartyPayloadResolver { return &partyPayloadResolver{r} }

type partyPayloadResolver struct{ *Resolver }
