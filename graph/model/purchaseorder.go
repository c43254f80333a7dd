package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// PurchaseOrder is a purchase order as the graph shows it: a row, and what the query selects of it.
type PurchaseOrder loaders.Found[*ccube.PurchaseOrder]

// NewPurchaseOrder wraps a purchase order that has been read; nil stays nil.
func NewPurchaseOrder(f *loaders.Found[*ccube.PurchaseOrder]) *PurchaseOrder {
	return (*PurchaseOrder)(f)
}

// IsNode marks the type as one of interface Node.
func (*PurchaseOrder) IsNode() {}

// IsNotable marks the type as one of union Notable.
func (*PurchaseOrder) IsNotable() {}

// NodeID resolves PurchaseOrder.nodeId.
func (o *PurchaseOrder) NodeID() string { return NodeID{"PurchaseOrder", o.Row.ID}.String() }

// ID resolves PurchaseOrder.id.
func (o *PurchaseOrder) ID() ccube.ID { return o.Row.ID }

// Number resolves PurchaseOrder.number.
func (o *PurchaseOrder) Number() (*string, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderNumber, &o.Row.Number, o.Err)
}

// Description resolves PurchaseOrder.description.
func (o *PurchaseOrder) Description() (*string, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderDescription, &o.Row.Description, o.Err)
}

// ExpectedStart resolves PurchaseOrder.expectedStart.
func (o *PurchaseOrder) ExpectedStart() (*ccube.Date, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderExpectedStart, &o.Row.ExpectedStart, o.Err)
}

// ExternalID resolves PurchaseOrder.externalId.
func (o *PurchaseOrder) ExternalID() (*string, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderExternalID, &o.Row.ExternalID, o.Err)
}

// ProjectID resolves PurchaseOrder.projectId.
func (o *PurchaseOrder) ProjectID() (*ccube.ID, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderProjectID, &o.Row.ProjectID, o.Err)
}

// CreatedAt resolves PurchaseOrder.createdAt.
func (o *PurchaseOrder) CreatedAt() (*ccube.Instant, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderCreatedAt, &o.Row.CreatedAt, o.Err)
}

// UpdatedAt resolves PurchaseOrder.updatedAt.
func (o *PurchaseOrder) UpdatedAt() (*ccube.Instant, error) {
	return read(&o.Row.Row, ccube.PurchaseOrderUpdatedAt, &o.Row.UpdatedAt, o.Err)
}

// PurchaseOrderConnection is one page of purchase orders.
type PurchaseOrderConnection struct{ Connection[PurchaseOrder] }

// PurchaseOrderEdge is a row in a page of purchase orders.
type PurchaseOrderEdge struct{ Edge[PurchaseOrder] }

// Edges resolves PurchaseOrderConnection.edges.
func (c *PurchaseOrderConnection) Edges(ctx context.Context) []*PurchaseOrderEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[PurchaseOrder]) *PurchaseOrderEdge { return &PurchaseOrderEdge{e} })
}
