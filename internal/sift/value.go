package sift

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Days is a range of days, both ends included; nil is open.
type Days struct{ From, To *ccube.Date }

// Check refuses a range that ends before it begins.
func (d Days) Check(field string) error {
	if d.From != nil && d.To != nil && *d.To < *d.From {
		return reversed(field)
	}
	return nil
}

// Instants is a range of instants, both ends included; nil is open.
type Instants struct{ from, to *time.Time }

// NewInstants reads a range, and refuses one that ends before it begins.
func NewInstants(field string, from, to *ccube.Instant) (in Instants, err error) {
	for _, end := range []struct {
		text *ccube.Instant
		at   **time.Time
	}{{from, &in.from}, {to, &in.to}} {
		if end.text == nil {
			continue
		}
		at, ok := instant(ccube.Null[ccube.Instant]{V: *end.text, Valid: true})
		if !ok {
			return in, fault.New(fault.BadUserInput, "`%s` has %q, which is no instant: write it like 2024-08-28T19:27:32Z", field, *end.text)
		}
		*end.at = &at
	}
	if in.from != nil && in.to != nil && in.to.Before(*in.from) {
		return in, reversed(field)
	}
	return in, nil
}

// Amounts is a range of amounts, both ends included; nil is open.
type Amounts struct{ from, to *decimal.Decimal }

// NewAmounts reads a range, and refuses one that ends below where it begins.
func NewAmounts(field string, from, to *ccube.Decimal) (in Amounts, err error) {
	for _, end := range []struct {
		text *ccube.Decimal
		at   **decimal.Decimal
	}{{from, &in.from}, {to, &in.to}} {
		if end.text == nil {
			continue
		}
		a, ok := amount(ccube.Null[ccube.Decimal]{V: *end.text, Valid: true})
		if !ok {
			return in, fault.New(fault.BadUserInput, "`%s` has an amount that is too long to compare with", field)
		}
		*end.at = &a
	}
	if in.from != nil && in.to != nil && in.to.LessThan(*in.from) {
		return in, reversed(field)
	}
	return in, nil
}

func reversed(field string) error {
	return fault.New(fault.BadUserInput, "`%s` ends before it begins: swap `from` and `to`", field)
}

// instant reads a point in time.
func instant(text ccube.Null[ccube.Instant]) (time.Time, bool) {
	if !text.Valid {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339, string(text.V))
	return at, err == nil
}

// longestAmount is how many digits an amount may have, before or after the point, to be reckoned with. One of a billion
// digits, which a few bytes can name, would fill the memory.
const longestAmount = 100

// amount reads an exact decimal.
func amount(text ccube.Null[ccube.Decimal]) (decimal.Decimal, bool) {
	if !text.Valid || len(text.V) > longestAmount {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(string(text.V))
	return d, err == nil && d.Exponent() <= longestAmount && d.Exponent() >= -longestAmount
}

// Sum adds amounts exactly. The zero value is ready.
type Sum struct {
	total decimal.Decimal
	err   error
}

// Add adds an amount; one that CCUBE does not tell counts as nothing.
func (s *Sum) Add(text ccube.Null[ccube.Decimal]) {
	if !text.Valid {
		return
	}
	a, ok := amount(text)
	if !ok {
		s.err = fault.New(fault.UpstreamError, "CCUBE has an amount that is too long to be added up")
		return
	}
	s.total = s.total.Add(a)
}

// Decimal returns the sum, with as many decimal places as the most exact of what was added, two at least. The error tells
// of an amount that could not be added.
func (s *Sum) Decimal() (ccube.Decimal, error) {
	const cents = 2
	return ccube.Decimal(s.total.StringFixed(max(cents, -s.total.Exponent()))), s.err
}
