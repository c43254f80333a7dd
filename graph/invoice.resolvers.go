package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func (r *invoiceResolver) Project(ctx context.Context, obj *model.Invoice) (*model.Project, error) {
	set, p, err := below(ctx, obj.Plan, "Project")
	if err != nil {
		return nil, err
	}
	id, err := obj.ProjectID()
	return referred(ctx, set.Projects, p, id, err, model.NewProject)
}

func (r *invoiceResolver) Estimator(ctx context.Context, obj *model.Invoice) (*model.User, error) {
	set, p, err := below(ctx, obj.Plan, "User")
	if err != nil {
		return nil, err
	}
	id, err := obj.EstimatorID()
	return referred(ctx, set.Users, p, id, err, model.NewUser)
}

func (r *invoiceResolver) IsOverdue(ctx context.Context, obj *model.Invoice) (*bool, error) {
	return obj.IsOverdue(r.today())
}

func (r *invoiceResolver) Notes(ctx context.Context, obj *model.Invoice) ([]*model.Note, error) {
	return notesAbout(ctx, obj.Plan, ccube.NotableInvoice, obj.ID())
}

func (r *invoicePayloadResolver) Invoice(ctx context.Context, obj *model.InvoicePayload) (*model.Invoice, error) {
	return written(ctx, &obj.Payload, "Invoice", invoiceObjects, model.NewInvoice)
}

func (r *mutationResolver) CreateInvoice(ctx context.Context, input model.CreateInvoiceInput) (*model.InvoicePayload, error) {
	return &model.InvoicePayload{Payload: create(ctx, r.Resolver, &input, (*ccube.API).CreateInvoice)}, nil
}

func (r *mutationResolver) UpdateInvoice(ctx context.Context, id string, input model.UpdateInvoiceInput) (*model.InvoicePayload, error) {
	return &model.InvoicePayload{Payload: update(ctx, r.Resolver, id, &input, (*ccube.API).UpdateInvoice)}, nil
}

func (r *mutationResolver) DeleteInvoice(ctx context.Context, id string) (*model.DeletePayload, error) {
	return remove(ctx, r.Resolver, id, (*ccube.API).DeleteInvoice), nil
}

func (r *queryResolver) Invoice(ctx context.Context, id string) (*model.Invoice, error) {
	return byID(ctx, r.Resolver, id, "Invoice", invoiceObjects, model.NewInvoice)
}

func (r *queryResolver) Invoices(ctx context.Context, first *int, after *string, offset *int, filter *model.InvoiceFilter, orderBy *model.InvoiceOrder) (*model.InvoiceConnection, error) {
	tests, err := filter.Tests(r.today())
	order, descending := orderBy.Rows()
	page, err := invoices.page(ctx, r.Resolver, pageArgs{first, after, offset, []any{filter, orderBy}}, loaders.Selection[*ccube.Invoice]{
		Among: filter.Among(), Tests: tests, Order: order, Descending: descending,
	}, err)
	return &model.InvoiceConnection{Connection: page}, err
}

func (r *queryResolver) InvoiceTotals(ctx context.Context, filter *model.InvoiceFilter, groupBy model.InvoiceGroup) ([]*model.InvoiceTotals, error) {
	return r.invoiceTotals(ctx, filter, groupBy)
}

func (r *Resolver) Invoice() generated.InvoiceResolver { return &invoiceResolver{r} }

func (r *Resolver) InvoicePayload() generated.InvoicePayloadResolver {
	return &invoicePayloadResolver{r}
}

type (
	invoiceResolver        struct{ *Resolver }
	invoicePayloadResolver struct{ *Resolver }
)
