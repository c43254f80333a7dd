package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// ProjectCount is how many projects share something.
type ProjectCount struct {
	Key   string
	Label *string
	Count int
}

// QuoteTotals are sums over the quotes that share something.
type QuoteTotals struct {
	Key                   string
	Label                 *string
	Count                 int
	Subtotal, QuotedTotal ccube.Decimal
}

// InvoiceTotals are sums over the invoices that share something.
type InvoiceTotals struct {
	Key                                 string
	Label                               *string
	Count                               int
	Subtotal, Total, PaidTotal, Balance ccube.Decimal
}
