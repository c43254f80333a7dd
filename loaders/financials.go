package loaders

import (
	"cmp"
	"context"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// Financials are the sums over a project's quotes and invoices, exact to the last digit.
type Financials struct {
	QuoteCount, InvoiceCount                       int
	QuotedTotal, InvoicedTotal, PaidTotal, Balance ccube.Decimal
}

// announceFinancials starts the two walks that the sums need.
func (s *Set) announceFinancials() {
	s.QuotesOf.start()
	s.InvoicesOf.start()
}

// FinancialsOf sums a project's quotes and invoices. An amount that CCUBE does not tell counts as nothing. The two walks
// are made once for all projects.
func (s *Set) FinancialsOf(ctx context.Context, project ccube.ID) (*Financials, error) {
	var quotes map[ccube.ID][]*ccube.Quote
	var invoices map[ccube.ID][]*ccube.Invoice
	var errs [2]error // the same of two is told each time
	var wait sync.WaitGroup
	wait.Go(func() {
		defer fault.Recover(&errs[0])
		quotes, errs[0] = s.QuotesOf.join(ctx, project)
	})
	wait.Go(func() {
		defer fault.Recover(&errs[1])
		invoices, errs[1] = s.InvoicesOf.join(ctx, project)
	})
	wait.Wait()
	if err := cmp.Or(errs[:]...); err != nil {
		return nil, err
	}
	return sumUp(quotes[project], invoices[project])
}

// sumUp adds the amounts of a project's rows.
func sumUp(quotes []*ccube.Quote, invoices []*ccube.Invoice) (*Financials, error) {
	var quoted, invoiced, paid, balance sift.Sum
	for _, q := range quotes {
		quoted.Add(q.QuotedTotal)
	}
	for _, i := range invoices {
		invoiced.Add(i.Total)
		paid.Add(i.PaidTotal)
		balance.Add(i.Balance)
	}
	f := &Financials{QuoteCount: len(quotes), InvoiceCount: len(invoices)}
	var errs [4]error
	f.QuotedTotal, errs[0] = quoted.Decimal()
	f.InvoicedTotal, errs[1] = invoiced.Decimal()
	f.PaidTotal, errs[2] = paid.Decimal()
	f.Balance, errs[3] = balance.Decimal()
	return f, cmp.Or(errs[:]...)
}
