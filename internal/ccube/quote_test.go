package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// newQuote is the quote that the reference makes.
func newQuote(ctx context.Context, a *ccube.API) (any, error) {
	return a.CreateQuote(ctx, ccube.QuoteWrite{
		Number: ccube.Set("Q-001"), Description: ccube.Set("Description"), ProjectID: ccube.Set[ccube.ID](1),
		DepartmentID: ccube.Set[ccube.ID](1), QuoteType: ccube.Set("standard"),
		Terms: ccube.Set("Payment terms"), Title: ccube.Set("Quote title"),
	})
}

const newQuoteBody = `{"quote": {"number": "Q-001", "description": "Description", "project_id": 1,
	"department_id": 1, "quote_type": "standard", "terms": "Payment terms", "title": "Quote title"}}`

func TestQuotes(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "amounts keep the digits that CCUBE sent, 3500.10 included",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListQuotes(ctx, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/quotes?page=1&per_page=20",
			answer: `[{"id": 1, "project_id": 12, "client_id": 34, "number": "Q-001", "quoted_total": 3500.10,
				"created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-02T00:00:00Z", "status": "Draft",
				"subtotal": 3200.0, "external_id": null,
				"client": { "id": 34, "name": "Client Co", "email": "client@example.com", "phone": "+11234567890" }}]`,
			want: []*ccube.Quote{{
				Row: row(1, ccube.QuoteListKeys), Number: val("Q-001"), Status: val("Draft"),
				Subtotal: val[ccube.Decimal]("3200.0"), QuotedTotal: val[ccube.Decimal]("3500.10"),
				ProjectID: val[ccube.ID](12), ClientID: val[ccube.ID](34), Client: clientCo(34),
				CreatedAt: val[ccube.Instant]("2024-01-01T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-02T00:00:00Z"),
			}},
		},
		"detail": {
			reason: "the detail lacks what the list has: project, client's id, amounts",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetQuote(ctx, 4) },
			method: "GET", path: "/api/v2/quotes/4",
			answer: `{"id": 4, "number": "Q-1002", "status": "Approved", "external_id": null,
				"client": { "name": "Client Co", "email": "client@example.com", "phone": "+11234567890" }}`,
			want: &ccube.Quote{
				Row: row(4, ccube.QuoteDetailKeys), Number: val("Q-1002"), Status: val("Approved"), Client: clientCo(0),
			},
		},
		"create": {
			reason: "CCUBE may give another number than was asked for",
			call:   newQuote, method: "POST", path: "/api/v2/quotes", body: newQuoteBody, status: 201,
			answer: `{"id": 36, "number": "Q-1033", "status": "Draft", "external_id": null}`,
			want: &ccube.Quote{
				Row:    row(36, ccube.QuoteNumber|ccube.QuoteStatus|ccube.QuoteExternalID),
				Number: val("Q-1033"), Status: val("Draft"),
			},
		},
		"create, answered by an array": {
			reason: "older tenants answer with several quotes: the newest with the number sent is the one",
			call:   newQuote, method: "POST", path: "/api/v2/quotes", body: newQuoteBody,
			answer: `[{"id": 36, "number": "1033"}, {"id": 14, "number": "Q-001"}, {"id": 41, "number": "Q-001"},
				{"id": 40, "number": "Q-001"}, {"number": "Q-001"}]`,
			want: &ccube.Quote{Row: row(41, ccube.QuoteNumber), Number: val("Q-001")},
		},
		"create, answered by an array of one": {
			reason: "one quote can only be the one that was made",
			call:   newQuote, method: "POST", path: "/api/v2/quotes", body: newQuoteBody,
			answer: `[{"id": 36, "number": "1033", "description": null, "terms": null, "title": null}]`,
			want: &ccube.Quote{
				Row:    row(36, ccube.QuoteNumber|ccube.QuoteDescription|ccube.QuoteTerms|ccube.QuoteTitle),
				Number: val("1033"),
			},
		},
		"update": {
			reason: "the answer calls the number by its older name",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateQuote(ctx, 164, ccube.QuoteWrite{
					Number: ccube.Set("Q-001"), Description: ccube.Set("Updated description"),
					ProjectID: ccube.Set[ccube.ID](1), DepartmentID: ccube.Set[ccube.ID](1),
					QuoteType: ccube.Set("standard"),
				})
			},
			method: "PUT", path: "/api/v2/quotes/164",
			body: `{"quote": {"number": "Q-001", "description": "Updated description", "project_id": 1,
				"department_id": 1, "quote_type": "standard"}}`,
			answer: `{"id": 164, "name": "1154-S1157", "description": "roof fix"}`,
			want: &ccube.Quote{
				Row:    row(164, ccube.QuoteNumber|ccube.QuoteDescription),
				Number: val("1154-S1157"), Description: val("roof fix"),
			},
		},
		"delete": {
			reason: "the answer is a message",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteQuote(ctx, 36) },
			method: "DELETE", path: "/api/v2/quotes/36",
			answer: `{"message": "Quote deleted successfully"}`,
			want:   ccube.Deletion{ID: 36, Message: "Quote deleted successfully"},
		},
	})
}
