package ccube

import "context"

// Keys of a [WorkOrder].
const (
	WorkOrderNumber Keys = 1 << iota
	WorkOrderSubject
	WorkOrderDescription
	WorkOrderIssueDate
	WorkOrderStartDate
	WorkOrderEndDate
	WorkOrderExternalID
	WorkOrderProjectID
	WorkOrderCreatedAt
	WorkOrderUpdatedAt
)

// What the reference promises of a work order's list row and of its detail (chapter Work Orders).
const (
	WorkOrderListKeys = WorkOrderProjectID | WorkOrderNumber | WorkOrderCreatedAt | WorkOrderUpdatedAt |
		WorkOrderExternalID
	WorkOrderDetailKeys = WorkOrderNumber | WorkOrderExternalID
)

// ListWorkOrders reads one page of the work orders.
func (a *API) ListWorkOrders(ctx context.Context, p Page) ([]*WorkOrder, error) {
	return list[WorkOrder](ctx, a, "work_orders", p.query())
}

// GetWorkOrder reads a work order's detail.
func (a *API) GetWorkOrder(ctx context.Context, id ID) (*WorkOrder, error) {
	return get[WorkOrder](ctx, a, "work_orders", id)
}

// WorkOrder is a work order as any of CCUBE's answers shows it (chapter Work Orders).
type WorkOrder struct {
	Row
	Number, Subject, Description  Null[string]
	IssueDate, StartDate, EndDate Null[Date]
	ExternalID                    Null[string]
	ProjectID                     Null[ID]
	CreatedAt, UpdatedAt          Null[Instant]
}

func (w *WorkOrder) set(key []byte, v value) {
	switch string(key) {
	case "id":
		w.identify(v)
	case "number":
		w.text(WorkOrderNumber, &w.Number, v)
	case "name":
		w.unless(WorkOrderNumber, func() { w.text(WorkOrderNumber, &w.Number, v) })
	case "subject":
		w.text(WorkOrderSubject, &w.Subject, v)
	case "description":
		w.text(WorkOrderDescription, &w.Description, v)
	case "issue_date":
		w.day(WorkOrderIssueDate, &w.IssueDate, v)
	case "start_date":
		w.day(WorkOrderStartDate, &w.StartDate, v)
	case "end_date":
		w.day(WorkOrderEndDate, &w.EndDate, v)
	case "external_id":
		w.text(WorkOrderExternalID, &w.ExternalID, v)
	case "project_id":
		w.reference(WorkOrderProjectID, &w.ProjectID, v)
	case "created_at":
		w.instant(WorkOrderCreatedAt, &w.CreatedAt, v)
	case "create_at":
		w.unless(WorkOrderCreatedAt, func() { w.instant(WorkOrderCreatedAt, &w.CreatedAt, v) })
	case "updated_at":
		w.instant(WorkOrderUpdatedAt, &w.UpdatedAt, v)
	case "update_at":
		w.unless(WorkOrderUpdatedAt, func() { w.instant(WorkOrderUpdatedAt, &w.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same work order; see [Project.Fill].
func (w *WorkOrder) Fill(from *WorkOrder) *WorkOrder {
	f := *w
	lacks := from.Keys &^ w.Keys
	fill(lacks, WorkOrderNumber, &f.Number, from.Number)
	fill(lacks, WorkOrderSubject, &f.Subject, from.Subject)
	fill(lacks, WorkOrderDescription, &f.Description, from.Description)
	fill(lacks, WorkOrderIssueDate, &f.IssueDate, from.IssueDate)
	fill(lacks, WorkOrderStartDate, &f.StartDate, from.StartDate)
	fill(lacks, WorkOrderEndDate, &f.EndDate, from.EndDate)
	fill(lacks, WorkOrderExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, WorkOrderProjectID, &f.ProjectID, from.ProjectID)
	fill(lacks, WorkOrderCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, WorkOrderUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// WorkOrderWrite is what a write says of a work order (chapter Work Orders). To create one CCUBE wants number,
// description and department.
type WorkOrderWrite struct {
	Number       Field[string] `json:"number,omitzero"`
	Description  Field[string] `json:"description,omitzero"`
	DepartmentID Field[ID]     `json:"department_id,omitzero"`
	StartDate    Field[Date]   `json:"start_date,omitzero"`
	EndDate      Field[Date]   `json:"end_date,omitzero"`
}

// CreateWorkOrder makes a work order.
func (a *API) CreateWorkOrder(ctx context.Context, w WorkOrderWrite) (*WorkOrder, error) {
	return create[WorkOrder](ctx, a, "work_orders", "work_order", w)
}

// UpdateWorkOrder changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateWorkOrder(ctx context.Context, id ID, w WorkOrderWrite) (*WorkOrder, error) {
	return update[WorkOrder](ctx, a, "work_orders", id, "work_order", w)
}

// DeleteWorkOrder deletes a work order.
func (a *API) DeleteWorkOrder(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "work_orders", id)
}
