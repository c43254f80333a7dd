package graph

import (
	"context"
	"fmt"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
)

func (r *mutationResolver) CreateParty(ctx context.Context, input model.CreatePartyInput) (*model.PartyPayload, error) {
	panic(fmt.Errorf("not implemented: CreateParty - createParty"))
}

func (r *mutationResolver) UpdateParty(ctx context.Context, id string, input model.UpdatePartyInput) (*model.PartyPayload, error) {
	panic(fmt.Errorf("not implemented: UpdateParty - updateParty"))
}

func (r *mutationResolver) DeleteParty(ctx context.Context, id string) (*model.DeletePayload, error) {
	panic(fmt.Errorf("not implemented: DeleteParty - deleteParty"))
}

func (r *mutationResolver) CreatePhone(ctx context.Context, input model.PhoneInput) (*model.PhonePayload, error) {
	panic(fmt.Errorf("not implemented: CreatePhone - createPhone"))
}

func (r *mutationResolver) CreateEmail(ctx context.Context, input model.EmailInput) (*model.EmailPayload, error) {
	panic(fmt.Errorf("not implemented: CreateEmail - createEmail"))
}

func (r *mutationResolver) CreateAddress(ctx context.Context, input model.AddressInput) (*model.AddressPayload, error) {
	panic(fmt.Errorf("not implemented: CreateAddress - createAddress"))
}

func (r *partyPayloadResolver) Party(ctx context.Context, obj *model.PartyPayload) (*model.Party, error) {
	panic(fmt.Errorf("not implemented: Party - party"))
}

func (r *queryResolver) Party(ctx context.Context, id string) (*model.Party, error) {
	return byID(ctx, r.Resolver, id, "Party", partyObjects, model.NewParty)
}

func (r *queryResolver) Parties(ctx context.Context, first *int, after *string, offset *int) (*model.PartyConnection, error) {
	page, err := parties.page(ctx, r.Resolver, pageArgs{first, after, offset})
	return &model.PartyConnection{Connection: page}, err
}

func (r *Resolver) PartyPayload() generated.PartyPayloadResolver { return &partyPayloadResolver{r} }

type partyPayloadResolver struct{ *Resolver }
