package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestPurchaseOrders(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "an expected start may be null",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListPurchaseOrders(ctx, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/purchase_orders?page=1&per_page=20",
			answer: `[{"id": 2, "project_id": 23, "number": "PO-1002", "description": "Bathroom remodeling.",
				"expected_start": null, "created_at": "2024-01-11T00:00:00Z", "updated_at": "2024-01-13T00:00:00Z",
				"external_id": null}]`,
			want: []*ccube.PurchaseOrder{{
				Row: row(2, ccube.PurchaseOrderListKeys), ProjectID: val[ccube.ID](23), Number: val("PO-1002"),
				Description: val("Bathroom remodeling."),
				CreatedAt:   val[ccube.Instant]("2024-01-11T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-13T00:00:00Z"),
			}},
		},
		"detail": {
			reason: "the detail has less than the list",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetPurchaseOrder(ctx, 1) },
			method: "GET", path: "/api/v2/purchase_orders/1",
			answer: `{"id": 1, "number": "PO-1011", "external_id": null}`,
			want:   &ccube.PurchaseOrder{Row: row(1, ccube.PurchaseOrderDetailKeys), Number: val("PO-1011")},
		},
		"create": {
			reason: "the reference's own body",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreatePurchaseOrder(ctx, ccube.PurchaseOrderWrite{
					Number: ccube.Set("PO-001"), Description: ccube.Set("Purchase order description"),
					DepartmentID: ccube.Set[ccube.ID](1),
				})
			},
			method: "POST", path: "/api/v2/purchase_orders",
			body: `{"purchase_order": {"number": "PO-001", "description": "Purchase order description",
				"department_id": 1}}`,
			answer: `{"id": 1, "number": "PO-1011", "description": "Purchase order description", "external_id": null}`,
			want: &ccube.PurchaseOrder{
				Row:    row(1, ccube.PurchaseOrderNumber|ccube.PurchaseOrderDescription|ccube.PurchaseOrderExternalID),
				Number: val("PO-1011"), Description: val("Purchase order description"),
			},
		},
		"update": {
			reason: "the reference shows no answer: an empty one leaves the id",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdatePurchaseOrder(ctx, 1, ccube.PurchaseOrderWrite{
					Number: ccube.Set("PO-001"), Description: ccube.Set("Updated description"),
					DepartmentID: ccube.Set[ccube.ID](1),
				})
			},
			method: "PUT", path: "/api/v2/purchase_orders/1", status: 204,
			body: `{"purchase_order": {"number": "PO-001", "description": "Updated description", "department_id": 1}}`,
			want: &ccube.PurchaseOrder{Row: row(1, 0)},
		},
		"delete": {
			reason: "the answer is what was deleted, without a message",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeletePurchaseOrder(ctx, 1) },
			method: "DELETE", path: "/api/v2/purchase_orders/1",
			answer: `{"id": 1, "number": "1011"}`, want: ccube.Deletion{ID: 1},
		},
	})
}

func TestWorkOrders(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "the row says little: no subject, no dates",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListWorkOrders(ctx, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/work_orders?page=1&per_page=20",
			answer: `[{"id": 1, "project_id": 50, "number": "WO-1001", "created_at": "2024-01-10T00:00:00Z",
				"updated_at": "2024-01-12T00:00:00Z", "external_id": null}]`,
			want: []*ccube.WorkOrder{{
				Row: row(1, ccube.WorkOrderListKeys), ProjectID: val[ccube.ID](50), Number: val("WO-1001"),
				CreatedAt: val[ccube.Instant]("2024-01-10T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-12T00:00:00Z"),
			}},
		},
		"list of an older tenant": {
			reason: "older rows have subject and issue date, as an instant",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListWorkOrders(ctx, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/work_orders?page=1&per_page=20",
			answer: `[{"id": 1, "subject": "Floor installation", "description": "Installation of wooden flooring.",
				"issue_date": "2023-10-01T00:00:00Z"}]`,
			want: []*ccube.WorkOrder{{
				Row:     row(1, ccube.WorkOrderSubject|ccube.WorkOrderDescription|ccube.WorkOrderIssueDate),
				Subject: val("Floor installation"), Description: val("Installation of wooden flooring."),
				IssueDate: val[ccube.Date]("2023-10-01"),
			}},
		},
		"detail": {
			reason: "the detail calls the number a name",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetWorkOrder(ctx, 1) },
			method: "GET", path: "/api/v2/work_orders/1",
			answer: `{"id": 1, "name": "WO-1001", "external_id": null}`,
			want:   &ccube.WorkOrder{Row: row(1, ccube.WorkOrderDetailKeys), Number: val("WO-1001")},
		},
		"create": {
			reason: "the reference's own body",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateWorkOrder(ctx, ccube.WorkOrderWrite{
					Number: ccube.Set("WO-001"), Description: ccube.Set("Description"),
					DepartmentID: ccube.Set[ccube.ID](1),
					StartDate:    ccube.Set[ccube.Date]("2024-01-01"), EndDate: ccube.Set[ccube.Date]("2024-01-31"),
				})
			},
			method: "POST", path: "/api/v2/work_orders",
			body: `{"work_order": {"number": "WO-001", "description": "Description", "department_id": 1,
				"start_date": "2024-01-01", "end_date": "2024-01-31"}}`,
			answer: `{"id": 1, "number": "WO-001", "description": "Work order description"}`,
			want: &ccube.WorkOrder{
				Row:    row(1, ccube.WorkOrderNumber|ccube.WorkOrderDescription),
				Number: val("WO-001"), Description: val("Work order description"),
			},
		},
		"update": {
			reason: "a message is no row: it leaves the id",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateWorkOrder(ctx, 1, ccube.WorkOrderWrite{
					Number: ccube.Set("WO-001"), Description: ccube.Set("Updated description"),
					DepartmentID: ccube.Set[ccube.ID](1),
				})
			},
			method: "PUT", path: "/api/v2/work_orders/1",
			body:   `{"work_order": {"number": "WO-001", "description": "Updated description", "department_id": 1}}`,
			answer: `{"message": "Updated", "description": "of something"}`, want: &ccube.WorkOrder{Row: row(1, 0)},
		},
		"update, answered about another": {
			reason: "what an answer says of another thing is not said of this one",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateWorkOrder(ctx, 7, ccube.WorkOrderWrite{Number: ccube.Set("WO-007")})
			},
			method: "PUT", path: "/api/v2/work_orders/7", body: `{"work_order": {"number": "WO-007"}}`,
			answer: `{"id": 8, "number": "WO-008"}`, want: &ccube.WorkOrder{Row: row(7, 0)},
		},
		"delete": {
			reason: "no answer is an answer",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteWorkOrder(ctx, 1) },
			method: "DELETE", path: "/api/v2/work_orders/1", status: 204, want: ccube.Deletion{ID: 1},
		},
	})
}
