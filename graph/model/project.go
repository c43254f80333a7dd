package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Project is a project as the graph shows it: a row, and what the query selects of it.
type Project loaders.Found[*ccube.Project]

// NewProject wraps a project that has been read; nil stays nil.
func NewProject(f *loaders.Found[*ccube.Project]) *Project { return (*Project)(f) }

// IsNode marks the type as one of interface Node.
func (*Project) IsNode() {}

// IsNotable marks the type as one of union Notable.
func (*Project) IsNotable() {}

// NodeID resolves Project.nodeId.
func (p *Project) NodeID() string { return NodeID{"Project", p.Row.ID}.String() }

// ID resolves Project.id.
func (p *Project) ID() ccube.ID { return p.Row.ID }

// Name resolves Project.name.
func (p *Project) Name() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectName, &p.Row.Name, p.Err)
}

// Number resolves Project.number.
func (p *Project) Number() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectNumber, &p.Row.Number, p.Err)
}

// Reference resolves Project.reference.
func (p *Project) Reference() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectReference, &p.Row.Reference, p.Err)
}

// Status resolves Project.status.
func (p *Project) Status() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectStatus, &p.Row.Status, p.Err)
}

// WorkStart resolves Project.workStart.
func (p *Project) WorkStart() (*ccube.Date, error) {
	return read(&p.Row.Row, ccube.ProjectWorkStart, &p.Row.WorkStart, p.Err)
}

// WorkEnd resolves Project.workEnd.
func (p *Project) WorkEnd() (*ccube.Date, error) {
	return read(&p.Row.Row, ccube.ProjectWorkEnd, &p.Row.WorkEnd, p.Err)
}

// CallNotes resolves Project.callNotes.
func (p *Project) CallNotes() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectCallNotes, &p.Row.CallNotes, p.Err)
}

// ExternalID resolves Project.externalId.
func (p *Project) ExternalID() (*string, error) {
	return read(&p.Row.Row, ccube.ProjectExternalID, &p.Row.ExternalID, p.Err)
}

// WorkflowID resolves Project.workflowId.
func (p *Project) WorkflowID() (*ccube.ID, error) {
	return read(&p.Row.Row, ccube.ProjectWorkflowID, &p.Row.WorkflowID, p.Err)
}

// BuildingID resolves Project.buildingId.
func (p *Project) BuildingID() (*ccube.ID, error) {
	return read(&p.Row.Row, ccube.ProjectBuildingID, &p.Row.BuildingID, p.Err)
}

// CreatedAt resolves Project.createdAt.
func (p *Project) CreatedAt() (*ccube.Instant, error) {
	return read(&p.Row.Row, ccube.ProjectCreatedAt, &p.Row.CreatedAt, p.Err)
}

// UpdatedAt resolves Project.updatedAt.
func (p *Project) UpdatedAt() (*ccube.Instant, error) {
	return read(&p.Row.Row, ccube.ProjectUpdatedAt, &p.Row.UpdatedAt, p.Err)
}

// Client returns what the row embeds of Project.client.
func (p *Project) Client() (*Client, error) {
	unread := readable(&p.Row.Row, ccube.ProjectClient, p.Err)
	return newClient(p.Plan, p.Row.ClientID.Ptr(), p.Row.Client, unread)
}

// PropertyType resolves Project.propertyType.
func (p *Project) PropertyType() (*PropertyType, error) {
	if err := readable(&p.Row.Row, ccube.ProjectPropertyType, p.Err); err != nil || p.Row.PropertyType == nil {
		return nil, err
	}
	return &PropertyType{*p.Row.PropertyType}, nil
}

// Address resolves Project.address.
func (p *Project) Address() (*Address, error) {
	if err := readable(&p.Row.Row, ccube.ProjectAddress, p.Err); err != nil {
		return nil, err
	}
	return newAddress(p.Row.Address), nil
}

// Embedded returns what the row embeds of a lookup: nil where it names none.
func (p *Project) Embedded(key ccube.Keys, named *ccube.Named) (*ccube.Named, error) {
	return named, readable(&p.Row.Row, key, p.Err)
}

// ProjectConnection is one page of projects.
type ProjectConnection struct{ Connection[Project] }

// ProjectEdge is a row in a page of projects.
type ProjectEdge struct{ Edge[Project] }

// Edges resolves ProjectConnection.edges.
func (c *ProjectConnection) Edges(ctx context.Context) []*ProjectEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[Project]) *ProjectEdge { return &ProjectEdge{e} })
}
