package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// WorkOrderFilter says which work orders are wanted: those that have all of what is given.
type WorkOrderFilter struct {
	IDs       []ccube.ID
	ProjectID []ccube.ID
	Search    *string
	CreatedAt *DateTimeRange
	UpdatedAt *DateTimeRange
}

// Tests returns the filter as tests of rows; none for no filter. The error is of category fault.BadUserInput.
func (f *WorkOrderFilter) Tests() ([]sift.Test[*ccube.WorkOrder], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.WorkOrder]{err: checkIDs(f.IDs)}
	oneOf(&t, "projectId", f.ProjectID, ccube.WorkOrderProjectID, func(w *ccube.WorkOrder) ccube.Null[ccube.ID] { return w.ProjectID })
	t.search(f.Search, ccube.WorkOrderNumber, func(w *ccube.WorkOrder) []ccube.Null[string] { return []ccube.Null[string]{w.Number} })
	t.instants("createdAt", f.CreatedAt, ccube.WorkOrderCreatedAt, workOrderCreatedAt)
	t.instants("updatedAt", f.UpdatedAt, ccube.WorkOrderUpdatedAt, workOrderUpdatedAt)
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *WorkOrderFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}

// WorkOrderOrder says by what work orders are ordered, and which way.
type WorkOrderOrder struct {
	Field     WorkOrderOrderField
	Direction OrderDirection
}

// workOrderOrders are the orders of work orders.
var workOrderOrders = map[WorkOrderOrderField]sift.Order[*ccube.WorkOrder]{
	"ID":         sift.ByID[*ccube.WorkOrder](),
	"NUMBER":     sift.By(ccube.WorkOrderNumber, func(w *ccube.WorkOrder) ccube.Null[string] { return w.Number }),
	"CREATED_AT": sift.ByInstant(ccube.WorkOrderCreatedAt, workOrderCreatedAt),
	"UPDATED_AT": sift.ByInstant(ccube.WorkOrderUpdatedAt, workOrderUpdatedAt),
}

// Rows returns the order of rows and whether it descends; nil for CCUBE's own order.
func (o *WorkOrderOrder) Rows() (*sift.Order[*ccube.WorkOrder], bool) {
	if o == nil {
		return nil, false
	}
	order := workOrderOrders[o.Field]
	return &order, o.Direction == OrderDirectionDesc
}

func workOrderCreatedAt(w *ccube.WorkOrder) ccube.Null[ccube.Instant] { return w.CreatedAt }

func workOrderUpdatedAt(w *ccube.WorkOrder) ccube.Null[ccube.Instant] { return w.UpdatedAt }
