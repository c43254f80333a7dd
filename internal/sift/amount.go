package sift

// This file reckons with amounts: exactly, and fast where they are of a size that money has. Lists are long, and arbitrary
// precision costs an allocation a number.

import (
	"cmp"
	"math"

	"github.com/shopspring/decimal"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// longestAmount is how many digits an amount may have, before or after the point, to be reckoned with. One of a billion
// digits, which a few bytes can name, would fill the memory.
const longestAmount = 100

// The form of most amounts: a whole number of millionths of no more digits than surely fit.
const (
	finest     = 6
	mostDigits = 18
)

// amount is an exact decimal.
type amount struct {
	// millionths is the amount where big is nil.
	millionths int64
	big        *decimal.Decimal
	// places is how many digits were written behind the point.
	places int32
}

// readAmount reads an exact decimal; false for null, and for one that is too long.
func readAmount(text ccube.Null[ccube.Decimal]) (amount, bool) {
	if !text.Valid || len(text.V) > longestAmount {
		return amount{}, false
	}
	if a, ok := readMillionths(string(text.V)); ok {
		return a, true
	}
	d, err := decimal.NewFromString(string(text.V))
	if err != nil || d.Exponent() > longestAmount || d.Exponent() < -longestAmount {
		return amount{}, false
	}
	return amount{big: &d, places: max(0, -d.Exponent())}, true
}

// readMillionths reads a number as most are written: 3500.10.
func readMillionths(s string) (a amount, ok bool) {
	digits := s
	if digits != "" && digits[0] == '-' {
		digits = digits[1:]
	}
	behind, any := false, false
	for _, c := range []byte(digits) {
		switch {
		case c == '.' && !behind:
			behind = true
			continue
		case c < '0' || c > '9':
			return a, false
		}
		any = true
		a.millionths = a.millionths*10 + int64(c-'0')
		if behind {
			a.places++
		}
	}
	if !any || a.places > finest || len(digits)+finest-int(a.places) > mostDigits {
		return a, false
	}
	for range finest - a.places {
		a.millionths *= 10
	}
	if len(digits) != len(s) {
		a.millionths = -a.millionths
	}
	return a, true
}

// decimal returns the amount as a number of any size.
func (a amount) decimal() decimal.Decimal {
	if a.big != nil {
		return *a.big
	}
	return decimal.New(a.millionths, -finest)
}

// compare orders amounts.
func (a amount) compare(b amount) int {
	if a.big == nil && b.big == nil {
		return cmp.Compare(a.millionths, b.millionths)
	}
	return a.decimal().Cmp(b.decimal())
}

// Sum adds amounts exactly. The zero value is ready.
type Sum struct {
	// millionths and rest together are the sum.
	millionths int64
	rest       decimal.Decimal
	places     int32
	err        error
}

// Add adds an amount; one that CCUBE does not tell counts as nothing.
func (s *Sum) Add(text ccube.Null[ccube.Decimal]) {
	if !text.Valid {
		return
	}
	a, ok := readAmount(text)
	if !ok {
		s.err = fault.New(fault.UpstreamError, "CCUBE has an amount that is too long to be added up")
		return
	}
	s.places = max(s.places, a.places)
	const room = math.MaxInt64 / 4
	if a.big != nil {
		s.rest = s.rest.Add(*a.big)
		return
	}
	if s.millionths += a.millionths; s.millionths > room || s.millionths < -room {
		s.rest, s.millionths = s.rest.Add(decimal.New(s.millionths, -finest)), 0
	}
}

// Decimal returns the sum, with as many decimal places as the most exact of what was added, two at least. The error tells
// of an amount that could not be added.
func (s *Sum) Decimal() (ccube.Decimal, error) {
	const cents = 2
	return ccube.Decimal(s.rest.Add(decimal.New(s.millionths, -finest)).StringFixed(max(cents, s.places))), s.err
}
