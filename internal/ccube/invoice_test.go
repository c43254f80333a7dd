package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

const invoiceDetail = `{"id": 1, "number": "INV-1000", "full_number": "2024-INV-1000", "issue_date": "2024-01-01",
	"due_date": "2024-01-31", "project_id": 1, "client_id": 1, "status": "Approved", "external_id": null,
	"subtotal": 1000.0, "tax1_rate": 0.0, "tax2_rate": 0.0, "tax1_amount": 0.0, "tax2_amount": 0.0, "total": 1000.0,
	"paid_total": 1000.0, "balance": 0.0, "subject": "Invoice subject", "description": "Invoice description",
	"terms": null, "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-01T00:00:00Z",
	"paid_on": "2024-01-15", "estimator_id": null, "is_credit": false,
	"client": { "name": "Client Co", "email": "client@example.com", "phone": "+11234567890" },
	"lines": [
		{"id": 11, "material": "Shingles - 3-tab", "description": "Roof replacement - materials", "quantity": 20,
			"unit_price": 25.0, "rate": null, "total": 500.0, "position": 1},
		{"id": 12, "material": null, "description": "Labor", "quantity": 10, "unit_price": 50.0, "rate": null,
			"total": 500.0, "position": 2}]}`

const invoiceLineKeys = ccube.EmbeddedID | ccube.InvoiceLineMaterial | ccube.InvoiceLineDescription |
	ccube.InvoiceLineQuantity | ccube.InvoiceLineUnitPrice | ccube.InvoiceLineRate | ccube.InvoiceLineTotal |
	ccube.InvoiceLinePosition

// wantInvoice is how the reference's detail reads.
func wantInvoice() *ccube.Invoice {
	return &ccube.Invoice{
		Row: row(1, ccube.InvoiceDetailKeys), Number: val("INV-1000"), Status: val("Approved"),
		IssueDate: val[ccube.Date]("2024-01-01"), DueDate: val[ccube.Date]("2024-01-31"),
		ProjectID: val[ccube.ID](1), ClientID: val[ccube.ID](1),
		Subtotal: val[ccube.Decimal]("1000.0"), Total: val[ccube.Decimal]("1000.0"),
		PaidTotal: val[ccube.Decimal]("1000.0"), Balance: val[ccube.Decimal]("0.0"),
		Detail: wantInvoiceDetail(),
	}
}

func wantInvoiceDetail() *ccube.InvoiceDetail {
	return &ccube.InvoiceDetail{
		FullNumber: val("2024-INV-1000"), Subject: val("Invoice subject"), Description: val("Invoice description"),
		PaidOn: val[ccube.Date]("2024-01-15"), Client: clientCo(0), IsCredit: val(false),
		Tax1Rate: val[ccube.Decimal]("0.0"), Tax2Rate: val[ccube.Decimal]("0.0"),
		Tax1Amount: val[ccube.Decimal]("0.0"), Tax2Amount: val[ccube.Decimal]("0.0"),
		CreatedAt: val[ccube.Instant]("2024-01-01T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-01T00:00:00Z"),
		Lines: []*ccube.InvoiceLine{
			{
				Row: row(11, invoiceLineKeys), Material: val("Shingles - 3-tab"),
				Description: val("Roof replacement - materials"), Quantity: val[ccube.Decimal]("20"),
				UnitPrice: val[ccube.Decimal]("25.0"), Total: val[ccube.Decimal]("500.0"), Position: val(1),
			},
			{
				Row: row(12, invoiceLineKeys), Description: val("Labor"), Quantity: val[ccube.Decimal]("10"),
				UnitPrice: val[ccube.Decimal]("50.0"), Total: val[ccube.Decimal]("500.0"), Position: val(2),
			},
		},
	}
}

func TestInvoices(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "the list row has the amounts, and neither status nor lines",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListInvoices(ctx, ccube.Page{Number: 1, Size: 100})
			},
			method: "GET", path: "/api/v2/invoices?page=1&per_page=100",
			answer: `[{"id": 1, "number": "INV-1000", "issue_date": "2024-01-01", "due_date": "2024-01-31",
				"project_id": 1, "client_id": 1, "subtotal": 1000.0, "total": 1000.0, "paid_total": 800.0,
				"balance": 200.0}]`,
			want: []*ccube.Invoice{{
				Row: row(1, ccube.InvoiceListKeys), Number: val("INV-1000"),
				IssueDate: val[ccube.Date]("2024-01-01"), DueDate: val[ccube.Date]("2024-01-31"),
				ProjectID: val[ccube.ID](1), ClientID: val[ccube.ID](1), Subtotal: val[ccube.Decimal]("1000.0"),
				Total: val[ccube.Decimal]("1000.0"), PaidTotal: val[ccube.Decimal]("800.0"),
				Balance: val[ccube.Decimal]("200.0"),
			}},
		},
		"detail": {
			reason: "the detail has everything",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetInvoice(ctx, 1) },
			method: "GET", path: "/api/v2/invoices/1", answer: invoiceDetail, want: wantInvoice(),
		},
		"create": {
			reason: "numbers go out digit for digit, and a line says only what it was given",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateInvoice(ctx, ccube.InvoiceWrite{
					Number: ccube.Set("INV-001"), Subject: ccube.Set("Invoice subject"),
					Description: ccube.Set("Details"), ClientID: ccube.Set[ccube.ID](1),
					ProjectID: ccube.Set[ccube.ID](1), IssueDate: ccube.Set[ccube.Date]("2024-01-01"),
					DueDate: ccube.Set[ccube.Date]("2024-01-31"),
					Lines: ccube.Set([]ccube.InvoiceLineWrite{
						{
							Material: ccube.Set("Shingles - 3-tab"), Description: ccube.Set("Materials"),
							Quantity: ccube.Set[ccube.Decimal]("20"), UnitPrice: ccube.Set[ccube.Decimal]("25.0"),
							Position: ccube.Set(1),
						},
						{
							Description: ccube.Set("Labor"), Quantity: ccube.Set[ccube.Decimal]("10"),
							UnitPrice: ccube.Set[ccube.Decimal]("50.0"), Position: ccube.Set(2),
						},
					}),
				})
			},
			method: "POST", path: "/api/v2/invoices", status: 201,
			body: `{"invoice": {"number": "INV-001", "subject": "Invoice subject", "description": "Details",
				"client_id": 1, "project_id": 1, "issue_date": "2024-01-01", "due_date": "2024-01-31",
				"lines_attributes": [
					{"material": "Shingles - 3-tab", "description": "Materials", "quantity": 20, "unit_price": 25.0,
						"position": 1},
					{"description": "Labor", "quantity": 10, "unit_price": 50.0, "position": 2}]}}`,
			answer: invoiceDetail, want: wantInvoice(),
		},
		"update": {
			reason: "the answer shows three keys",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateInvoice(ctx, 6, ccube.InvoiceWrite{
					Number: ccube.Set("INV-001"), Subject: ccube.Set("Updated subject"),
					ClientID: ccube.Set[ccube.ID](1), ProjectID: ccube.Set[ccube.ID](1),
				})
			},
			method: "PUT", path: "/api/v2/invoices/6",
			body:   `{"invoice": {"number": "INV-001", "subject": "Updated subject", "client_id": 1, "project_id": 1}}`,
			answer: `{"id": 6, "number": "1", "subject": "1"}`,
			want: &ccube.Invoice{
				Row: row(6, ccube.InvoiceNumber|ccube.InvoiceSubject), Number: val("1"),
				Detail: &ccube.InvoiceDetail{Subject: val("1")},
			},
		},
		"delete": {
			reason: "the answer is a message",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteInvoice(ctx, 67) },
			method: "DELETE", path: "/api/v2/invoices/67",
			answer: `{"message": "Invoice deleted"}`, want: ccube.Deletion{ID: 67, Message: "Invoice deleted"},
		},
	})
}
