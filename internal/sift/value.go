package sift

import (
	"time"

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
type Amounts struct{ from, to *amount }

// NewAmounts reads a range, and refuses one that ends below where it begins.
func NewAmounts(field string, from, to *ccube.Decimal) (in Amounts, err error) {
	for _, end := range []struct {
		text *ccube.Decimal
		at   **amount
	}{{from, &in.from}, {to, &in.to}} {
		if end.text == nil {
			continue
		}
		a, ok := readAmount(ccube.Null[ccube.Decimal]{V: *end.text, Valid: true})
		if !ok {
			return in, fault.New(fault.BadUserInput, "`%s` has an amount that is too long to compare with", field)
		}
		*end.at = &a
	}
	if in.from != nil && in.to != nil && in.to.compare(*in.from) < 0 {
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
