package ccube

import "context"

// Keys of a [Project].
const (
	ProjectName Keys = 1 << iota
	ProjectNumber
	ProjectReference
	ProjectStatus
	ProjectStage
	ProjectWorkType
	ProjectPropertyType
	ProjectCommunicationStatus
	ProjectWorkStart
	ProjectWorkEnd
	ProjectCallNotes
	ProjectExternalID
	ProjectWorkflowID
	ProjectBuildingID
	ProjectClientID
	ProjectClient
	ProjectAddress
	ProjectCreatedAt
	ProjectUpdatedAt
)

// What the reference promises of a project's list row and of its detail (chapter Projects).
const (
	ProjectDetailKeys = ProjectNumber | ProjectStatus | ProjectStage | ProjectWorkType | ProjectPropertyType |
		ProjectCommunicationStatus | ProjectWorkStart | ProjectWorkEnd | ProjectCallNotes | ProjectExternalID |
		ProjectBuildingID | ProjectClient | ProjectAddress
	ProjectListKeys = ProjectDetailKeys&^ProjectAddress | ProjectWorkflowID | ProjectCreatedAt | ProjectUpdatedAt
)

// ListProjects reads one page of the projects.
func (a *API) ListProjects(ctx context.Context, p Page) ([]*Project, error) {
	return list[Project](ctx, a, "projects", p.query())
}

// GetProject reads a project's detail.
func (a *API) GetProject(ctx context.Context, id ID) (*Project, error) {
	return get[Project](ctx, a, "projects", id)
}

// Project is a project as any of CCUBE's answers shows it (chapter Projects).
type Project struct {
	Row
	Name, Number, Reference, Status Null[string]
	Stage, WorkType, PropertyType   *Named
	CommunicationStatus             *Named
	WorkStart, WorkEnd              Null[Date]
	CallNotes, ExternalID           Null[string]
	WorkflowID, BuildingID          Null[ID]
	// ClientID is not in the reference: the client's id, the day that CCUBE adds it.
	ClientID             Null[ID]
	Client               *EmbeddedClient
	Address              *Address
	CreatedAt, UpdatedAt Null[Instant]
}

func (p *Project) set(key []byte, v value) {
	switch string(key) {
	case "id":
		p.identify(v)
	case "name":
		p.text(ProjectName, &p.Name, v)
	case "number":
		p.text(ProjectNumber, &p.Number, v)
	case "reference":
		p.text(ProjectReference, &p.Reference, v)
		p.unless(ProjectNumber, func() { p.text(ProjectNumber, &p.Number, v) })
	case "status":
		p.text(ProjectStatus, &p.Status, v)
	case "stage":
		p.lookup(ProjectStage, &p.Stage, v)
	case "work_type":
		p.lookup(ProjectWorkType, &p.WorkType, v)
	case "property_type":
		p.lookup(ProjectPropertyType, &p.PropertyType, v)
	case "communication_status":
		p.lookup(ProjectCommunicationStatus, &p.CommunicationStatus, v)
	case "work_start":
		p.day(ProjectWorkStart, &p.WorkStart, v)
	case "work_end":
		p.day(ProjectWorkEnd, &p.WorkEnd, v)
	case "call_notes":
		p.text(ProjectCallNotes, &p.CallNotes, v)
	case "external_id":
		p.text(ProjectExternalID, &p.ExternalID, v)
	case "workflow_id":
		p.reference(ProjectWorkflowID, &p.WorkflowID, v)
	case "building_id":
		p.reference(ProjectBuildingID, &p.BuildingID, v)
	case "client_id":
		p.reference(ProjectClientID, &p.ClientID, v)
	case "client":
		embed(&p.Row, ProjectClient, &p.Client, v)
	case "address":
		embed(&p.Row, ProjectAddress, &p.Address, v)
	case "created_at":
		p.instant(ProjectCreatedAt, &p.CreatedAt, v)
	case "create_at":
		p.unless(ProjectCreatedAt, func() { p.instant(ProjectCreatedAt, &p.CreatedAt, v) })
	case "updated_at":
		p.instant(ProjectUpdatedAt, &p.UpdatedAt, v)
	case "update_at":
		p.unless(ProjectUpdatedAt, func() { p.instant(ProjectUpdatedAt, &p.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same project. Keys that both carry
// stay as they are, so that one response shows one of two readings, consistently.
func (p *Project) Fill(from *Project) *Project {
	f := *p
	lacks := from.Keys &^ p.Keys
	fill(lacks, ProjectName, &f.Name, from.Name)
	fill(lacks, ProjectNumber, &f.Number, from.Number)
	fill(lacks, ProjectReference, &f.Reference, from.Reference)
	fill(lacks, ProjectStatus, &f.Status, from.Status)
	fill(lacks, ProjectStage, &f.Stage, from.Stage)
	fill(lacks, ProjectWorkType, &f.WorkType, from.WorkType)
	fill(lacks, ProjectPropertyType, &f.PropertyType, from.PropertyType)
	fill(lacks, ProjectCommunicationStatus, &f.CommunicationStatus, from.CommunicationStatus)
	fill(lacks, ProjectWorkStart, &f.WorkStart, from.WorkStart)
	fill(lacks, ProjectWorkEnd, &f.WorkEnd, from.WorkEnd)
	fill(lacks, ProjectCallNotes, &f.CallNotes, from.CallNotes)
	fill(lacks, ProjectExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, ProjectWorkflowID, &f.WorkflowID, from.WorkflowID)
	fill(lacks, ProjectBuildingID, &f.BuildingID, from.BuildingID)
	fill(lacks, ProjectClientID, &f.ClientID, from.ClientID)
	fill(lacks, ProjectClient, &f.Client, from.Client)
	fill(lacks, ProjectAddress, &f.Address, from.Address)
	fill(lacks, ProjectCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, ProjectUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// ProjectWrite is what a write says of a project (chapter Projects). To create one CCUBE wants name, number, client and
// manager.
type ProjectWrite struct {
	Name                  Field[string] `json:"name,omitzero"`
	Number                Field[string] `json:"number,omitzero"`
	ClientID              Field[ID]     `json:"client_id,omitzero"`
	ManagerID             Field[ID]     `json:"manager_id,omitzero"`
	WorkStart             Field[Date]   `json:"work_start,omitzero"`
	WorkEnd               Field[Date]   `json:"work_end,omitzero"`
	StageID               Field[ID]     `json:"stage_id,omitzero"`
	WorkTypeID            Field[ID]     `json:"work_type_id,omitzero"`
	PropertyTypeID        Field[ID]     `json:"property_type_id,omitzero"`
	CommunicationStatusID Field[ID]     `json:"communication_status_id,omitzero"`
	CallNotes             Field[string] `json:"call_notes,omitzero"`
}

// CreateProject makes a project.
func (a *API) CreateProject(ctx context.Context, w ProjectWrite) (*Project, error) {
	return create[Project](ctx, a, "projects", "project", w)
}

// UpdateProject changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateProject(ctx context.Context, id ID, w ProjectWrite) (*Project, error) {
	return update[Project](ctx, a, "projects", id, "project", w)
}

// DeleteProject deletes a project.
func (a *API) DeleteProject(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "projects", id)
}
