package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreatePurchaseOrderInput is what a new purchase order starts with.
type CreatePurchaseOrderInput struct {
	Number       string
	DepartmentID string
	Description  *string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreatePurchaseOrderInput) Write(c *Check) ccube.PurchaseOrderWrite {
	w := ccube.PurchaseOrderWrite{
		Number:       c.filled("number", given(&in.Number)),
		DepartmentID: c.id("departmentId", given(&in.DepartmentID)),
		Description:  c.text("description", given(in.Description)),
	}
	return w
}

// UpdatePurchaseOrderInput is what to change in a purchase order.
type UpdatePurchaseOrderInput struct {
	Number       graphql.Omittable[*string]
	DepartmentID graphql.Omittable[*string]
	Description  graphql.Omittable[*string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdatePurchaseOrderInput) Write(c *Check) ccube.PurchaseOrderWrite {
	w := ccube.PurchaseOrderWrite{
		Number:       c.filled("number", in.Number),
		DepartmentID: c.id("departmentId", in.DepartmentID),
		Description:  c.text("description", in.Description),
	}
	return changes(c, w)
}
