package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// notesAbout answers the notes of an object whose plan is p.
func notesAbout(ctx context.Context, p *loaders.Plan, typ ccube.NotableType, id ccube.ID) ([]*model.Note, error) {
	set, p, err := below(ctx, p, "Note")
	if err != nil {
		return nil, err
	}
	found, err := set.NotesOf.Of(ctx, loaders.Notable{Type: typ, ID: id}, p)
	return many(found, err, model.NewNote)
}

// notable answers what a note whose plan is p is about.
func notable(ctx context.Context, p *loaders.Plan, typ ccube.NotableType, id *ccube.ID) (model.Notable, error) {
	switch typ {
	case ccube.NotableProject:
		return notableOf(ctx, p, "Project", id, projectObjects, model.NewProject)
	case ccube.NotableQuote:
		return notableOf(ctx, p, "Quote", id, quoteObjects, model.NewQuote)
	case ccube.NotableInvoice:
		return notableOf(ctx, p, "Invoice", id, invoiceObjects, model.NewInvoice)
	case ccube.NotableWorkOrder:
		return notableOf(ctx, p, "WorkOrder", id, workOrderObjects, model.NewWorkOrder)
	case ccube.NotablePurchaseOrder:
		return notableOf(ctx, p, "PurchaseOrder", id, purchaseOrderObjects, model.NewPurchaseOrder)
	}
	return nil, nil
}

// notablePointer is a model that is a Notable.
type notablePointer[M any] interface {
	*M
	model.Notable
}

// notableOf reads a notable object of one type. A missing one is an interface that is nil.
func notableOf[T access.Row[T], M any, P notablePointer[M]](
	ctx context.Context, p *loaders.Plan, typ string, id *ccube.ID,
	of func(*loaders.Set) *loaders.Objects[T], wrap func(*loaders.Found[T]) *M,
) (model.Notable, error) {
	set, p, err := below(ctx, p, typ)
	if err != nil {
		return nil, err
	}
	m, err := referred(ctx, of(set), p, id, nil, wrap)
	if m == nil || err != nil {
		return nil, err
	}
	return P(m), nil
}
