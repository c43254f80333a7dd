package ccube

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/jsonread"
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
func IsDecimal(s string) bool { return jsonread.IsNumber(s) }

// Date is a calendar day, YYYY-MM-DD.
type Date string

// MarshalGQL writes the day as a JSON string.
func (d Date) MarshalGQL(w io.Writer) { _, _ = w.Write(d.AppendGQL(nil)) }

// AppendGQL appends what MarshalGQL writes.
func (d Date) AppendGQL(b []byte) []byte { return appendQuoted(b, string(d)) }

// UnmarshalGQL takes a day as an argument.
func (d *Date) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	if !isDay([]byte(s)) {
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
	if !isInstant([]byte(s)) {
		return fault.New(fault.BadUserInput, "%q is not an instant as 2024-08-28T19:27:32-04:00 is", brief(fmt.Sprint(v)))
	}
	*t = Instant(s)
	return nil
}

// appendQuoted appends text that holds nothing to escape.
func appendQuoted(b []byte, s string) []byte { return append(append(append(b, '"'), s...), '"') }

// isDay reports whether s has the form YYYY-MM-DD and names a day that a calendar can have.
func isDay(s []byte) bool { return len(s) == len(time.DateOnly) && beginsWithDay(s) }

// isInstant reports whether s has the form of RFC 3339: a day, T, a time, perhaps a fraction, and Z or an offset.
func isInstant(s []byte) bool {
	const whole = "dddd-dd-ddTdd:dd:dd"
	if len(s) <= len(whole) || !beginsWithDay(s) || !formTime.matches(s[8:]) || !formSeconds.matches(s[11:]) {
		return false
	}
	rest := s[len(whole):]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		if n == 1 {
			return false
		}
		rest = rest[n:]
	}
	return string(rest) == "Z" || isOffset(rest)
}

// beginsWithDay is for ten bytes at least.
func beginsWithDay(s []byte) bool {
	if !formMonth.matches(s) || s[8]-'0' > 9 || s[9]-'0' > 9 {
		return false
	}
	month, day := 10*(s[5]-'0')+s[6]-'0', 10*(s[8]-'0')+s[9]-'0'
	return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// isOffset reports whether s is an offset from UTC, as -04:00 is.
func isOffset(s []byte) bool {
	return len(s) == len("+dd:dd") && (s[0] == '+' || s[0] == '-') && s[1]-'0' <= 9 && s[2]-'0' <= 9 && s[3] == ':' &&
		s[4]-'0' <= 9 && s[5]-'0' <= 9
}

// form is what eight bytes have to be, all looked at in one step: a page has hundreds of dates.
type form struct{ same, slack uint64 }

// The forms of parts of an instant.
var (
	formMonth   = formOf("dddd-dd-")
	formTime    = formOf("ddTdd:dd")
	formSeconds = formOf("dd:dd:dd")
)

// formOf returns a form, where d stands for any digit.
func formOf(s string) (f form) {
	for i := len(s) - 1; i >= 0; i-- {
		same, slack := uint64(s[i]), uint64(0x7f) // nothing but 0 stays below 0x80 with that
		if s[i] == 'd' {
			same, slack = '0', 0x7f-9
		}
		f.same, f.slack = f.same<<8|same, f.slack<<8|slack
	}
	return f
}

// matches reports whether s begins with what has the form.
func (f form) matches(s []byte) bool {
	const highs = 0x8080808080808080
	differs := binary.LittleEndian.Uint64(s) ^ f.same
	return (differs|(differs+f.slack))&highs == 0
}

// IsPositive reports whether the number is above zero.
func (d Decimal) IsPositive() bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(string(d)), "e")
	return !strings.HasPrefix(mantissa, "-") && strings.ContainsAny(mantissa, "123456789")
}
