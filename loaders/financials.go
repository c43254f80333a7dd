package loaders

import (
	"context"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Financials are the sums over a project's quotes and invoices, exact to the last digit.
type Financials struct {
	QuoteCount, InvoiceCount                       int
	QuotedTotal, InvoicedTotal, PaidTotal, Balance ccube.Decimal
}

// announceFinancials starts the two walks that the sums need.
func (s *Set) announceFinancials() {
	go func() { _, _ = s.QuotesOf.join(s.ctx) }()
	go func() { _, _ = s.InvoicesOf.join(s.ctx) }()
}

// FinancialsOf sums a project's quotes and invoices. An amount that CCUBE does not tell counts as nothing. The two walks
// are made once for all projects.
func (s *Set) FinancialsOf(ctx context.Context, project ccube.ID) (*Financials, error) {
	var quotes map[ccube.ID][]*ccube.Quote
	var invoices map[ccube.ID][]*ccube.Invoice
	var group errgroup.Group
	group.Go(func() (err error) {
		defer fault.Recover(&err)
		quotes, err = s.QuotesOf.join(ctx)
		return err
	})
	group.Go(func() (err error) {
		defer fault.Recover(&err)
		invoices, err = s.InvoicesOf.join(ctx)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return sumUp(quotes[project], invoices[project])
}

// sumUp adds the amounts of a project's rows.
func sumUp(quotes []*ccube.Quote, invoices []*ccube.Invoice) (*Financials, error) {
	var quoted, invoiced, paid, balance sum
	for _, q := range quotes {
		quoted.add(q.QuotedTotal)
	}
	for _, i := range invoices {
		invoiced.add(i.Total)
		paid.add(i.PaidTotal)
		balance.add(i.Balance)
	}
	for _, s := range []*sum{&quoted, &invoiced, &paid, &balance} {
		if s.err != nil {
			return nil, s.err
		}
	}
	return &Financials{
		QuoteCount: len(quotes), QuotedTotal: quoted.decimal(),
		InvoiceCount: len(invoices), InvoicedTotal: invoiced.decimal(), PaidTotal: paid.decimal(), Balance: balance.decimal(),
	}, nil
}

// sum adds exact decimals.
type sum struct {
	total decimal.Decimal
	err   error
}

// add adds an amount. One so long that adding it would fill the memory is an error.
func (s *sum) add(amount ccube.Null[ccube.Decimal]) {
	if !amount.Valid || s.err != nil {
		return
	}
	const longest = 100
	d, err := decimal.NewFromString(string(amount.V))
	if err != nil || len(amount.V) > longest || d.Exponent() > longest || d.Exponent() < -longest {
		s.err = fault.New(fault.UpstreamError, "CCUBE has an amount that cannot be added up")
		return
	}
	s.total = s.total.Add(d)
}

// decimal returns the sum, with as many decimal places as the most exact of what was added, two at least.
func (s *sum) decimal() ccube.Decimal {
	const cents = 2
	return ccube.Decimal(s.total.StringFixed(max(cents, -s.total.Exponent())))
}
