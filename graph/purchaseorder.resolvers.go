package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreatePurchaseOrder(ctx context.Context, input model.CreatePurchaseOrderInput) (*model.PurchaseOrderPayload, error) {
	return &model.PurchaseOrderPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreatePurchaseOrder)}, nil
}

func (r *mutationResolver) UpdatePurchaseOrder(ctx context.Context, id string, input model.UpdatePurchaseOrderInput) (*model.PurchaseOrderPayload, error) {
	return &model.PurchaseOrderPayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdatePurchaseOrder)}, nil
}

func (r *mutationResolver) DeletePurchaseOrder(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeletePurchaseOrder), nil
}

func (r *purchaseOrderResolver) Project(ctx context.Context, obj *model.PurchaseOrder) (*model.Project, error) {
	set, p, err := below(ctx, obj.Plan, "Project")
	if err != nil {
		return nil, err
	}
	id, err := obj.ProjectID()
	return referred(ctx, set.Projects, p, id, err, model.NewProject)
}

func (r *purchaseOrderResolver) Notes(ctx context.Context, obj *model.PurchaseOrder) ([]*model.Note, error) {
	return notesAbout(ctx, obj.Plan, ccube.NotablePurchaseOrder, obj.ID())
}

func (r *purchaseOrderPayloadResolver) PurchaseOrder(ctx context.Context, obj *model.PurchaseOrderPayload) (*model.PurchaseOrder, error) {
	return written(ctx, &obj.Payload, "PurchaseOrder", purchaseOrderObjects, model.NewPurchaseOrder)
}

func (r *queryResolver) PurchaseOrder(ctx context.Context, id string) (*model.PurchaseOrder, error) {
	return byID(ctx, r.Resolver, id, "PurchaseOrder", purchaseOrderObjects, model.NewPurchaseOrder)
}

func (r *queryResolver) PurchaseOrders(ctx context.Context, first *int, after *string, offset *int, filter *model.PurchaseOrderFilter, orderBy *model.PurchaseOrderOrder) (*model.PurchaseOrderConnection, error) {
	tests, err := filter.Tests()
	order, descending := orderBy.Rows()
	page, err := purchaseOrders.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter, orderBy}}, loaders.Selection[*ccube.PurchaseOrder]{
		Among: filter.Among(), Tests: tests, Order: order, Descending: descending,
	}, err)
	return &model.PurchaseOrderConnection{Connection: page}, err
}

func (r *Resolver) PurchaseOrder() generated.PurchaseOrderResolver { return &purchaseOrderResolver{r} }

func (r *Resolver) PurchaseOrderPayload() generated.PurchaseOrderPayloadResolver {
	return &purchaseOrderPayloadResolver{r}
}

type (
	purchaseOrderResolver        struct{ *Resolver }
	purchaseOrderPayloadResolver struct{ *Resolver }
)
