package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateWorkOrder(ctx context.Context, input model.CreateWorkOrderInput) (*model.WorkOrderPayload, error) {
	return &model.WorkOrderPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateWorkOrder)}, nil
}

func (r *mutationResolver) UpdateWorkOrder(ctx context.Context, id string, input model.UpdateWorkOrderInput) (*model.WorkOrderPayload, error) {
	return &model.WorkOrderPayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateWorkOrder)}, nil
}

func (r *mutationResolver) DeleteWorkOrder(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteWorkOrder), nil
}

func (r *queryResolver) WorkOrder(ctx context.Context, id string) (*model.WorkOrder, error) {
	return byID(ctx, r.Resolver, id, "WorkOrder", workOrderObjects, model.NewWorkOrder)
}

func (r *queryResolver) WorkOrders(ctx context.Context, first *int, after *string, offset *int, filter *model.WorkOrderFilter, orderBy *model.WorkOrderOrder) (*model.WorkOrderConnection, error) {
	tests, err := filter.Tests()
	order, descending := orderBy.Rows()
	page, err := workOrders.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter, orderBy}}, loaders.Selection[*ccube.WorkOrder]{
		Among: filter.Among(), Tests: tests, Order: order, Descending: descending,
	}, err)
	return &model.WorkOrderConnection{Connection: page}, err
}

func (r *workOrderResolver) Project(ctx context.Context, obj *model.WorkOrder) (*model.Project, error) {
	set, p, err := below(ctx, obj.Plan, "Project")
	if err != nil {
		return nil, err
	}
	id, err := obj.ProjectID()
	return referred(ctx, set.Projects, p, id, err, model.NewProject)
}

func (r *workOrderResolver) Notes(ctx context.Context, obj *model.WorkOrder) ([]*model.Note, error) {
	return notesAbout(ctx, obj.Plan, ccube.NotableWorkOrder, obj.ID())
}

func (r *workOrderPayloadResolver) WorkOrder(ctx context.Context, obj *model.WorkOrderPayload) (*model.WorkOrder, error) {
	return written(ctx, &obj.Payload, "WorkOrder", workOrderObjects, model.NewWorkOrder)
}

func (r *Resolver) WorkOrder() generated.WorkOrderResolver { return &workOrderResolver{r} }

func (r *Resolver) WorkOrderPayload() generated.WorkOrderPayloadResolver {
	return &workOrderPayloadResolver{r}
}

type (
	workOrderResolver        struct{ *Resolver }
	workOrderPayloadResolver struct{ *Resolver }
)
