package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreateProjectInput is what a new project starts with.
type CreateProjectInput struct {
	Name                  string
	Number                string
	ClientID              string
	ManagerID             string
	WorkStart             *Given
	WorkEnd               *Given
	StageID               *string
	WorkTypeID            *string
	PropertyTypeID        *string
	CommunicationStatusID *string
	CallNotes             *string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateProjectInput) Write(c *Check) ccube.ProjectWrite {
	w := ccube.ProjectWrite{
		Name:                  c.filled("name", given(&in.Name)),
		Number:                c.filled("number", given(&in.Number)),
		ClientID:              c.id("clientId", given(&in.ClientID)),
		ManagerID:             c.id("managerId", given(&in.ManagerID)),
		WorkStart:             c.day("workStart", given(in.WorkStart)),
		WorkEnd:               c.day("workEnd", given(in.WorkEnd)),
		StageID:               c.id("stageId", given(in.StageID)),
		WorkTypeID:            c.id("workTypeId", given(in.WorkTypeID)),
		PropertyTypeID:        c.id("propertyTypeId", given(in.PropertyTypeID)),
		CommunicationStatusID: c.id("communicationStatusId", given(in.CommunicationStatusID)),
		CallNotes:             c.text("callNotes", given(in.CallNotes)),
	}
	c.order("workStart", w.WorkStart, "workEnd", w.WorkEnd)
	return w
}

// UpdateProjectInput is what to change in a project.
type UpdateProjectInput struct {
	Name                  graphql.Omittable[*string]
	Number                graphql.Omittable[*string]
	ClientID              graphql.Omittable[*string]
	ManagerID             graphql.Omittable[*string]
	WorkStart             graphql.Omittable[*Given]
	WorkEnd               graphql.Omittable[*Given]
	StageID               graphql.Omittable[*string]
	WorkTypeID            graphql.Omittable[*string]
	PropertyTypeID        graphql.Omittable[*string]
	CommunicationStatusID graphql.Omittable[*string]
	CallNotes             graphql.Omittable[*string]
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateProjectInput) Write(c *Check) ccube.ProjectWrite {
	w := ccube.ProjectWrite{
		Name:                  c.filled("name", in.Name),
		Number:                c.filled("number", in.Number),
		ClientID:              c.id("clientId", in.ClientID),
		ManagerID:             c.id("managerId", in.ManagerID),
		WorkStart:             c.day("workStart", in.WorkStart),
		WorkEnd:               c.day("workEnd", in.WorkEnd),
		StageID:               c.id("stageId", in.StageID),
		WorkTypeID:            c.id("workTypeId", in.WorkTypeID),
		PropertyTypeID:        c.id("propertyTypeId", in.PropertyTypeID),
		CommunicationStatusID: c.id("communicationStatusId", in.CommunicationStatusID),
		CallNotes:             c.text("callNotes", in.CallNotes),
	}
	c.order("workStart", w.WorkStart, "workEnd", w.WorkEnd)
	return changes(c, w)
}
