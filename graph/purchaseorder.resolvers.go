package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

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

type purchaseOrderResolver struct{ *Resolver }
