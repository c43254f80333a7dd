package ccube

import "context"

// Keys of a [PurchaseOrder].
const (
	PurchaseOrderNumber Keys = 1 << iota
	PurchaseOrderDescription
	PurchaseOrderExpectedStart
	PurchaseOrderExternalID
	PurchaseOrderProjectID
	PurchaseOrderCreatedAt
	PurchaseOrderUpdatedAt
)

// What the reference promises of a purchase order's list row and of its detail (chapter Purchase Orders).
const (
	PurchaseOrderListKeys = PurchaseOrderProjectID | PurchaseOrderNumber | PurchaseOrderDescription |
		PurchaseOrderExpectedStart | PurchaseOrderCreatedAt | PurchaseOrderUpdatedAt |
		PurchaseOrderExternalID
	PurchaseOrderDetailKeys = PurchaseOrderNumber | PurchaseOrderExternalID
)

// ListPurchaseOrders reads one page of the purchase orders.
func (a *API) ListPurchaseOrders(ctx context.Context, p Page) ([]*PurchaseOrder, error) {
	return list[PurchaseOrder](ctx, a, "purchase_orders", p.query())
}

// GetPurchaseOrder reads a purchase order's detail.
func (a *API) GetPurchaseOrder(ctx context.Context, id ID) (*PurchaseOrder, error) {
	return get[PurchaseOrder](ctx, a, "purchase_orders", id)
}

// PurchaseOrder is a purchase order as any of CCUBE's answers shows it (chapter Purchase Orders).
type PurchaseOrder struct {
	Row
	Number, Description  Null[string]
	ExpectedStart        Null[Date]
	ExternalID           Null[string]
	ProjectID            Null[ID]
	CreatedAt, UpdatedAt Null[Instant]
}

func (p *PurchaseOrder) set(key []byte, v value) {
	switch string(key) {
	case "id":
		p.identify(v)
	case "number":
		p.text(PurchaseOrderNumber, &p.Number, v)
	case "description":
		p.text(PurchaseOrderDescription, &p.Description, v)
	case "expected_start":
		p.day(PurchaseOrderExpectedStart, &p.ExpectedStart, v)
	case "external_id":
		p.text(PurchaseOrderExternalID, &p.ExternalID, v)
	case "project_id":
		p.reference(PurchaseOrderProjectID, &p.ProjectID, v)
	case "created_at":
		p.instant(PurchaseOrderCreatedAt, &p.CreatedAt, v)
	case "create_at":
		p.unless(PurchaseOrderCreatedAt, func() { p.instant(PurchaseOrderCreatedAt, &p.CreatedAt, v) })
	case "updated_at":
		p.instant(PurchaseOrderUpdatedAt, &p.UpdatedAt, v)
	case "update_at":
		p.unless(PurchaseOrderUpdatedAt, func() { p.instant(PurchaseOrderUpdatedAt, &p.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same one; see [Project.Fill].
func (p *PurchaseOrder) Fill(from *PurchaseOrder) *PurchaseOrder {
	f := *p
	lacks := from.Keys &^ p.Keys
	fill(lacks, PurchaseOrderNumber, &f.Number, from.Number)
	fill(lacks, PurchaseOrderDescription, &f.Description, from.Description)
	fill(lacks, PurchaseOrderExpectedStart, &f.ExpectedStart, from.ExpectedStart)
	fill(lacks, PurchaseOrderExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, PurchaseOrderProjectID, &f.ProjectID, from.ProjectID)
	fill(lacks, PurchaseOrderCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, PurchaseOrderUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// PurchaseOrderWrite is what a write says of a purchase order (chapter Purchase Orders). To create one CCUBE wants
// number and department.
type PurchaseOrderWrite struct {
	Number       Field[string] `json:"number,omitzero"`
	Description  Field[string] `json:"description,omitzero"`
	DepartmentID Field[ID]     `json:"department_id,omitzero"`
}

// CreatePurchaseOrder makes a purchase order.
func (a *API) CreatePurchaseOrder(ctx context.Context, w PurchaseOrderWrite) (*PurchaseOrder, error) {
	return create[PurchaseOrder](ctx, a, "purchase_orders", "purchase_order", w)
}

// UpdatePurchaseOrder changes the fields that w says something of. The row has the keys that the answer shows, often
// none.
func (a *API) UpdatePurchaseOrder(ctx context.Context, id ID, w PurchaseOrderWrite) (*PurchaseOrder, error) {
	return update[PurchaseOrder](ctx, a, "purchase_orders", id, "purchase_order", w)
}

// DeletePurchaseOrder deletes a purchase order.
func (a *API) DeletePurchaseOrder(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "purchase_orders", id)
}
