package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *mutationResolver) CreateProject(ctx context.Context, input model.CreateProjectInput) (*model.ProjectPayload, error) {
	return &model.ProjectPayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateProject)}, nil
}

func (r *mutationResolver) UpdateProject(ctx context.Context, id string, input model.UpdateProjectInput) (*model.ProjectPayload, error) {
	return &model.ProjectPayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateProject)}, nil
}

func (r *mutationResolver) DeleteProject(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteProject), nil
}

func (r *projectResolver) Stage(ctx context.Context, obj *model.Project) (*model.Stage, error) {
	set, p, err := below(ctx, obj.Plan, "Stage")
	if err != nil {
		return nil, err
	}
	named, err := obj.Embedded(ccube.ProjectStage, obj.Row.Stage)
	l, err := embedded(ctx, set.Stages, named, err, p, ccube.StageName)
	if l == nil {
		return nil, err
	}
	return (*model.Stage)(l), nil
}

func (r *projectResolver) WorkType(ctx context.Context, obj *model.Project) (*model.WorkType, error) {
	set, p, err := below(ctx, obj.Plan, "WorkType")
	if err != nil {
		return nil, err
	}
	named, err := obj.Embedded(ccube.ProjectWorkType, obj.Row.WorkType)
	l, err := embedded(ctx, set.WorkTypes, named, err, p, ccube.WorkTypeName)
	if l == nil {
		return nil, err
	}
	return (*model.WorkType)(l), nil
}

func (r *projectResolver) CommunicationStatus(ctx context.Context, obj *model.Project) (*model.CommunicationStatus, error) {
	set, p, err := below(ctx, obj.Plan, "CommunicationStatus")
	if err != nil {
		return nil, err
	}
	named, err := obj.Embedded(ccube.ProjectCommunicationStatus, obj.Row.CommunicationStatus)
	l, err := embedded(ctx, set.CommunicationStatuses, named, err, p, ccube.CommunicationStatusName)
	if l == nil {
		return nil, err
	}
	return (*model.CommunicationStatus)(l), nil
}

func (r *projectResolver) Building(ctx context.Context, obj *model.Project) (*model.Party, error) {
	set, p, err := below(ctx, obj.Plan, "Party")
	if err != nil {
		return nil, err
	}
	id, err := obj.BuildingID()
	return referred(ctx, set.Buildings, p, id, err, model.NewParty)
}

func (r *projectResolver) Quotes(ctx context.Context, obj *model.Project) ([]*model.Quote, error) {
	set, p, err := below(ctx, obj.Plan, "Quote")
	if err != nil {
		return nil, err
	}
	found, err := set.QuotesOf.Of(ctx, obj.ID(), p)
	return many(found, err, model.NewQuote)
}

func (r *projectResolver) Invoices(ctx context.Context, obj *model.Project) ([]*model.Invoice, error) {
	set, p, err := below(ctx, obj.Plan, "Invoice")
	if err != nil {
		return nil, err
	}
	found, err := set.InvoicesOf.Of(ctx, obj.ID(), p)
	return many(found, err, model.NewInvoice)
}

func (r *projectResolver) WorkOrders(ctx context.Context, obj *model.Project) ([]*model.WorkOrder, error) {
	set, p, err := below(ctx, obj.Plan, "WorkOrder")
	if err != nil {
		return nil, err
	}
	found, err := set.WorkOrdersOf.Of(ctx, obj.ID(), p)
	return many(found, err, model.NewWorkOrder)
}

func (r *projectResolver) PurchaseOrders(ctx context.Context, obj *model.Project) ([]*model.PurchaseOrder, error) {
	set, p, err := below(ctx, obj.Plan, "PurchaseOrder")
	if err != nil {
		return nil, err
	}
	found, err := set.PurchaseOrdersOf.Of(ctx, obj.ID(), p)
	return many(found, err, model.NewPurchaseOrder)
}

func (r *projectResolver) Notes(ctx context.Context, obj *model.Project) ([]*model.Note, error) {
	return notesAbout(ctx, obj.Plan, ccube.NotableProject, obj.ID())
}

func (r *projectResolver) Financials(ctx context.Context, obj *model.Project) (*model.ProjectFinancials, error) {
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, err
	}
	sums, err := set.FinancialsOf(ctx, obj.ID())
	return model.NewProjectFinancials(sums), err
}

func (r *projectPayloadResolver) Project(ctx context.Context, obj *model.ProjectPayload) (*model.Project, error) {
	return written(ctx, &obj.Payload, "Project", projectObjects, model.NewProject)
}

func (r *queryResolver) Project(ctx context.Context, id string) (*model.Project, error) {
	return byID(ctx, r.Resolver, id, "Project", projectObjects, model.NewProject)
}

func (r *queryResolver) Projects(ctx context.Context, first *int, after *string, offset *int, filter *model.ProjectFilter, orderBy *model.ProjectOrder) (*model.ProjectConnection, error) {
	tests, err := filter.Tests()
	order, descending := orderBy.Rows()
	page, err := projects.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter, orderBy}}, loaders.Selection[*ccube.Project]{
		Among: filter.Among(), Tests: tests, Order: order, Descending: descending,
	}, err)
	return &model.ProjectConnection{Connection: page}, err
}

func (r *queryResolver) ProjectCounts(ctx context.Context, filter *model.ProjectFilter, groupBy model.ProjectGroup) ([]*model.ProjectCount, error) {
	return r.projectCounts(ctx, filter, groupBy)
}

func (r *Resolver) Project() generated.ProjectResolver { return &projectResolver{r} }

func (r *Resolver) ProjectPayload() generated.ProjectPayloadResolver {
	return &projectPayloadResolver{r}
}

type (
	projectResolver        struct{ *Resolver }
	projectPayloadResolver struct{ *Resolver }
)
