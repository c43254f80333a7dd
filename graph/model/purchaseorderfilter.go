package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// PurchaseOrderFilter says which purchase orders are wanted: those that have all of what is given.
type PurchaseOrderFilter struct {
	IDs           []ccube.ID
	ProjectID     []ccube.ID
	Search        *string
	ExpectedStart *sift.Days
	CreatedAt     *DateTimeRange
	UpdatedAt     *DateTimeRange
}

// Tests returns the filter as tests of rows; none for no filter. The error is of category fault.BadUserInput.
func (f *PurchaseOrderFilter) Tests() ([]sift.Test[*ccube.PurchaseOrder], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.PurchaseOrder]{err: checkIDs(f.IDs)}
	oneOf(&t, "projectId", f.ProjectID, ccube.PurchaseOrderProjectID, func(o *ccube.PurchaseOrder) ccube.Null[ccube.ID] { return o.ProjectID })
	t.search(f.Search, ccube.PurchaseOrderNumber|ccube.PurchaseOrderDescription, func(o *ccube.PurchaseOrder) []ccube.Null[string] {
		return []ccube.Null[string]{o.Number, o.Description}
	})
	t.days("expectedStart", f.ExpectedStart, ccube.PurchaseOrderExpectedStart, func(o *ccube.PurchaseOrder) ccube.Null[ccube.Date] { return o.ExpectedStart })
	t.instants("createdAt", f.CreatedAt, ccube.PurchaseOrderCreatedAt, purchaseOrderCreatedAt)
	t.instants("updatedAt", f.UpdatedAt, ccube.PurchaseOrderUpdatedAt, purchaseOrderUpdatedAt)
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *PurchaseOrderFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}

// PurchaseOrderOrder says by what purchase orders are ordered, and which way.
type PurchaseOrderOrder struct {
	Field     PurchaseOrderOrderField
	Direction OrderDirection
}

// purchaseOrderOrders are the orders of purchase orders.
var purchaseOrderOrders = map[PurchaseOrderOrderField]sift.Order[*ccube.PurchaseOrder]{
	"ID":             sift.ByID[*ccube.PurchaseOrder](),
	"NUMBER":         sift.By(ccube.PurchaseOrderNumber, func(o *ccube.PurchaseOrder) ccube.Null[string] { return o.Number }),
	"EXPECTED_START": sift.By(ccube.PurchaseOrderExpectedStart, func(o *ccube.PurchaseOrder) ccube.Null[ccube.Date] { return o.ExpectedStart }),
	"CREATED_AT":     sift.ByInstant(ccube.PurchaseOrderCreatedAt, purchaseOrderCreatedAt),
	"UPDATED_AT":     sift.ByInstant(ccube.PurchaseOrderUpdatedAt, purchaseOrderUpdatedAt),
}

// Rows returns the order of rows and whether it descends; nil for CCUBE's own order.
func (o *PurchaseOrderOrder) Rows() (*sift.Order[*ccube.PurchaseOrder], bool) {
	if o == nil {
		return nil, false
	}
	order := purchaseOrderOrders[o.Field]
	return &order, o.Direction == OrderDirectionDesc
}

func purchaseOrderCreatedAt(o *ccube.PurchaseOrder) ccube.Null[ccube.Instant] { return o.CreatedAt }

func purchaseOrderUpdatedAt(o *ccube.PurchaseOrder) ccube.Null[ccube.Instant] { return o.UpdatedAt }
