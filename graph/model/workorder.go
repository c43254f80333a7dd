package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// WorkOrder is a work order as the graph shows it: a row, and what the query selects of it.
type WorkOrder loaders.Found[*ccube.WorkOrder]

// NewWorkOrder wraps a work order that has been read; nil stays nil.
func NewWorkOrder(f *loaders.Found[*ccube.WorkOrder]) *WorkOrder { return (*WorkOrder)(f) }

// IsNode marks the type as one of interface Node.
func (*WorkOrder) IsNode() {}

// IsNotable marks the type as one of union Notable.
func (*WorkOrder) IsNotable() {}

// NodeID resolves WorkOrder.nodeId.
func (w *WorkOrder) NodeID() string { return NodeID{"WorkOrder", w.Row.ID}.String() }

// ID resolves WorkOrder.id.
func (w *WorkOrder) ID() ccube.ID { return w.Row.ID }

// Number resolves WorkOrder.number.
func (w *WorkOrder) Number() (*string, error) {
	return read(&w.Row.Row, ccube.WorkOrderNumber, &w.Row.Number, w.Err)
}

// Subject resolves WorkOrder.subject.
func (w *WorkOrder) Subject() (*string, error) {
	return read(&w.Row.Row, ccube.WorkOrderSubject, &w.Row.Subject, w.Err)
}

// Description resolves WorkOrder.description.
func (w *WorkOrder) Description() (*string, error) {
	return read(&w.Row.Row, ccube.WorkOrderDescription, &w.Row.Description, w.Err)
}

// IssueDate resolves WorkOrder.issueDate.
func (w *WorkOrder) IssueDate() (*ccube.Date, error) {
	return read(&w.Row.Row, ccube.WorkOrderIssueDate, &w.Row.IssueDate, w.Err)
}

// StartDate resolves WorkOrder.startDate.
func (w *WorkOrder) StartDate() (*ccube.Date, error) {
	return read(&w.Row.Row, ccube.WorkOrderStartDate, &w.Row.StartDate, w.Err)
}

// EndDate resolves WorkOrder.endDate.
func (w *WorkOrder) EndDate() (*ccube.Date, error) {
	return read(&w.Row.Row, ccube.WorkOrderEndDate, &w.Row.EndDate, w.Err)
}

// ExternalID resolves WorkOrder.externalId.
func (w *WorkOrder) ExternalID() (*string, error) {
	return read(&w.Row.Row, ccube.WorkOrderExternalID, &w.Row.ExternalID, w.Err)
}

// ProjectID resolves WorkOrder.projectId.
func (w *WorkOrder) ProjectID() (*ccube.ID, error) {
	return read(&w.Row.Row, ccube.WorkOrderProjectID, &w.Row.ProjectID, w.Err)
}

// CreatedAt resolves WorkOrder.createdAt.
func (w *WorkOrder) CreatedAt() (*ccube.Instant, error) {
	return read(&w.Row.Row, ccube.WorkOrderCreatedAt, &w.Row.CreatedAt, w.Err)
}

// UpdatedAt resolves WorkOrder.updatedAt.
func (w *WorkOrder) UpdatedAt() (*ccube.Instant, error) {
	return read(&w.Row.Row, ccube.WorkOrderUpdatedAt, &w.Row.UpdatedAt, w.Err)
}

// WorkOrderConnection is one page of work orders.
type WorkOrderConnection struct{ Connection[WorkOrder] }

// WorkOrderEdge is a row in a page of work orders.
type WorkOrderEdge struct{ Edge[WorkOrder] }

// Edges resolves WorkOrderConnection.edges.
func (c *WorkOrderConnection) Edges(ctx context.Context) []*WorkOrderEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[WorkOrder]) *WorkOrderEdge { return &WorkOrderEdge{e} })
}
