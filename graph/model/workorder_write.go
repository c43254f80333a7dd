package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreateWorkOrderInput is what a new work order starts with.
type CreateWorkOrderInput struct {
	Number       string
	Description  string
	DepartmentID string
	StartDate    *Given
	EndDate      *Given
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateWorkOrderInput) Write(c *Check) ccube.WorkOrderWrite {
	w := ccube.WorkOrderWrite{
		Number:       c.filled("number", given(&in.Number)),
		Description:  c.filled("description", given(&in.Description)),
		DepartmentID: c.id("departmentId", given(&in.DepartmentID)),
		StartDate:    c.day("startDate", given(in.StartDate)),
		EndDate:      c.day("endDate", given(in.EndDate)),
	}
	c.order("startDate", w.StartDate, "endDate", w.EndDate)
	return w
}

// UpdateWorkOrderInput is what to change in a work order.
type UpdateWorkOrderInput struct {
	Number       graphql.Omittable[*string]
	Description  graphql.Omittable[*string]
	DepartmentID graphql.Omittable[*string]
	StartDate    graphql.Omittable[*Given]
	EndDate      graphql.Omittable[*Given]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateWorkOrderInput) Write(c *Check) ccube.WorkOrderWrite {
	w := ccube.WorkOrderWrite{
		Number:       c.filled("number", in.Number),
		Description:  c.filled("description", in.Description),
		DepartmentID: c.id("departmentId", in.DepartmentID),
		StartDate:    c.day("startDate", in.StartDate),
		EndDate:      c.day("endDate", in.EndDate),
	}
	c.order("startDate", w.StartDate, "endDate", w.EndDate)
	return changes(c, w)
}
