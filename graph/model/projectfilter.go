package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// ProjectFilter says which projects are wanted: those that have all of what is given.
type ProjectFilter struct {
	IDs                   []ccube.ID
	Status                []string
	StageID               []ccube.ID
	WorkTypeID            []ccube.ID
	PropertyTypeID        []ccube.ID
	CommunicationStatusID []ccube.ID
	Search                *string
	WorkStart             *sift.Days
	WorkEnd               *sift.Days
	CreatedAt             *DateTimeRange
	UpdatedAt             *DateTimeRange
}

// Tests returns the filter as tests of rows; none for no filter. The error is of category fault.BadUserInput.
func (f *ProjectFilter) Tests() ([]sift.Test[*ccube.Project], error) {
	if f == nil {
		return nil, nil
	}
	t := tests[*ccube.Project]{err: checkIDs(f.IDs)}
	oneOf(&t, "status", f.Status, ccube.ProjectStatus, func(p *ccube.Project) ccube.Null[string] { return p.Status })
	oneOf(&t, "stageId", f.StageID, ccube.ProjectStage, func(p *ccube.Project) ccube.Null[ccube.ID] { return named(p.Stage) })
	oneOf(&t, "workTypeId", f.WorkTypeID, ccube.ProjectWorkType, func(p *ccube.Project) ccube.Null[ccube.ID] { return named(p.WorkType) })
	oneOf(&t, "propertyTypeId", f.PropertyTypeID, ccube.ProjectPropertyType, func(p *ccube.Project) ccube.Null[ccube.ID] { return named(p.PropertyType) })
	oneOf(&t, "communicationStatusId", f.CommunicationStatusID, ccube.ProjectCommunicationStatus, func(p *ccube.Project) ccube.Null[ccube.ID] {
		return named(p.CommunicationStatus)
	})
	t.search(f.Search, ccube.ProjectNumber|ccube.ProjectName|ccube.ProjectCallNotes|ccube.ProjectClient, func(p *ccube.Project) []ccube.Null[string] {
		return []ccube.Null[string]{p.Number, p.Name, p.CallNotes, clientName(p.Client)}
	})
	t.days("workStart", f.WorkStart, ccube.ProjectWorkStart, func(p *ccube.Project) ccube.Null[ccube.Date] { return p.WorkStart })
	t.days("workEnd", f.WorkEnd, ccube.ProjectWorkEnd, func(p *ccube.Project) ccube.Null[ccube.Date] { return p.WorkEnd })
	t.instants("createdAt", f.CreatedAt, ccube.ProjectCreatedAt, projectCreatedAt)
	t.instants("updatedAt", f.UpdatedAt, ccube.ProjectUpdatedAt, projectUpdatedAt)
	return t.all, t.err
}

// Among returns the only ids that are wanted; nil for any.
func (f *ProjectFilter) Among() []ccube.ID {
	if f == nil {
		return nil
	}
	return f.IDs
}

// ProjectOrder says by what projects are ordered, and which way.
type ProjectOrder struct {
	Field     ProjectOrderField
	Direction OrderDirection
}

// projectOrders are the orders of projects.
var projectOrders = map[ProjectOrderField]sift.Order[*ccube.Project]{
	"ID":         sift.ByID[*ccube.Project](),
	"NUMBER":     sift.By(ccube.ProjectNumber, func(p *ccube.Project) ccube.Null[string] { return p.Number }),
	"STATUS":     sift.By(ccube.ProjectStatus, func(p *ccube.Project) ccube.Null[string] { return p.Status }),
	"WORK_START": sift.By(ccube.ProjectWorkStart, func(p *ccube.Project) ccube.Null[ccube.Date] { return p.WorkStart }),
	"WORK_END":   sift.By(ccube.ProjectWorkEnd, func(p *ccube.Project) ccube.Null[ccube.Date] { return p.WorkEnd }),
	"CREATED_AT": sift.ByInstant(ccube.ProjectCreatedAt, projectCreatedAt),
	"UPDATED_AT": sift.ByInstant(ccube.ProjectUpdatedAt, projectUpdatedAt),
}

// Rows returns the order of rows and whether it descends; nil for CCUBE's own order.
func (o *ProjectOrder) Rows() (*sift.Order[*ccube.Project], bool) {
	if o == nil {
		return nil, false
	}
	order := projectOrders[o.Field]
	return &order, o.Direction == OrderDirectionDesc
}

func projectCreatedAt(p *ccube.Project) ccube.Null[ccube.Instant] { return p.CreatedAt }

func projectUpdatedAt(p *ccube.Project) ccube.Null[ccube.Instant] { return p.UpdatedAt }
