package ccube

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Decimal is an exact decimal, in the digits that CCUBE sent: money, a rate or a quantity. It always holds a valid
// JSON number.
type Decimal string

// MarshalGQL writes the digits as a JSON number, untouched.
func (d Decimal) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, string(d)) }

// AppendGQL appends what MarshalGQL writes.
func (d Decimal) AppendGQL(b []byte) []byte { return append(b, d...) }

// MarshalJSON encodes the digits as a JSON number, untouched.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d), nil }

// UnmarshalGQL takes a decimal as an argument. A variable keeps its digits; a literal comes as the number it names.
func (d *Decimal) UnmarshalGQL(v any) error {
	s := fmt.Sprint(v)
	if f, ok := v.(float64); ok {
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if !IsDecimal(s) {
		return fault.New(fault.BadUserInput, "%q is not a decimal number", brief(s))
	}
	if !isSensible(s) {
		return fault.New(fault.BadUserInput, "%q is longer than an amount can be: at most %d characters are taken, and exponents from -%d to %d",
			brief(s), maxDecimal, maxExponent, maxExponent)
	}
	*d = Decimal(s)
	return nil
}

// The bounds of a decimal that is sent. CCUBE would read 1e400 as infinity, or fill its memory with zeros.
const (
	maxDecimal  = 40
	maxExponent = 30
)

// isSensible reports whether a JSON number is one that somebody can mean.
func isSensible(s string) bool {
	_, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	n, err := strconv.Atoi(cmp.Or(exponent, "0"))
	return err == nil && len(s) <= maxDecimal && n >= -maxExponent && n <= maxExponent
}

// IsDecimal reports whether s is a JSON number, as RFC 8259 has it.
func IsDecimal(s string) bool {
	s = trimSign(s)
	whole, rest := digits(s)
	if whole == "" || (len(whole) > 1 && whole[0] == '0') {
		return false
	}
	if rest != "" && rest[0] == '.' {
		var fraction string
		if fraction, rest = digits(rest[1:]); fraction == "" {
			return false
		}
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		rest = rest[1:]
		if rest != "" && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		var exponent string
		if exponent, rest = digits(rest); exponent == "" {
			return false
		}
	}
	return rest == ""
}

func trimSign(s string) string {
	if s != "" && s[0] == '-' {
		return s[1:]
	}
	return s
}

// digits splits off the digits that s begins with.
func digits(s string) (head, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// Date is a calendar day, YYYY-MM-DD.
type Date string

// MarshalGQL writes the day as a JSON string.
func (d Date) MarshalGQL(w io.Writer) { _, _ = w.Write(d.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (d Date) AppendGQL(b []byte) []byte { return appendQuoted(b, string(d)) }

// UnmarshalGQL takes a day as an argument.
func (d *Date) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	if !isDay(s) {
		return fault.New(fault.BadUserInput, "%q is not a day of the form YYYY-MM-DD", brief(fmt.Sprint(v)))
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fault.New(fault.BadUserInput, "%q is a day that no calendar has", s)
	}
	*d = Date(s)
	return nil
}

// Instant is a point in time as CCUBE sent it, RFC 3339 with its offset.
type Instant string

// MarshalGQL writes the instant as a JSON string.
func (t Instant) MarshalGQL(w io.Writer) { _, _ = w.Write(t.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (t Instant) AppendGQL(b []byte) []byte { return appendQuoted(b, string(t)) }

// UnmarshalGQL takes an instant as an argument.
func (t *Instant) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	if !isInstant(s) {
		return fault.New(fault.BadUserInput, "%q is not an instant as 2024-08-28T19:27:32-04:00 is", brief(fmt.Sprint(v)))
	}
	*t = Instant(s)
	return nil
}

// appendQuoted appends text that holds nothing to escape.
func appendQuoted(b []byte, s string) []byte { return append(append(append(b, '"'), s...), '"') }

// isDay reports whether s has the form YYYY-MM-DD and names a day that a calendar can have.
func isDay(s string) bool {
	const form = "dddd-dd-dd"
	return matches(s, form) && s[5:7] >= "01" && s[5:7] <= "12" && s[8:10] >= "01" && s[8:10] <= "31"
}

// isInstant reports whether s has the form of RFC 3339: a day, T, a time, perhaps a fraction, and Z or an offset.
func isInstant(s string) bool {
	const form = "dddd-dd-ddTdd:dd:dd"
	if len(s) <= len(form) || !matches(s[:len(form)], form) || !isDay(s[:10]) {
		return false
	}
	rest := s[len(form):]
	if rest[0] == '.' {
		var fraction string
		if fraction, rest = digits(rest[1:]); fraction == "" {
			return false
		}
	}
	return rest == "Z" || matches(rest, "+dd:dd") || matches(rest, "-dd:dd")
}

// matches reports whether s is form, where d in the form stands for any digit.
func matches(s, form string) bool {
	if len(s) != len(form) {
		return false
	}
	for i := range len(form) {
		if form[i] == 'd' {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		} else if s[i] != form[i] {
			return false
		}
	}
	return true
}

// IsPositive reports whether the number is above zero.
func (d Decimal) IsPositive() bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(string(d)), "e")
	return !strings.HasPrefix(mantissa, "-") && strings.ContainsAny(mantissa, "123456789")
}
