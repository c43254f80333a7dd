package sandbox

import (
	"math"
	"math/bits"
	"strconv"
	"time"
)

// cents is an amount of money; sums and products stay whole.
type cents int64

// The fixed-point scales of the numbers that are not money.
const (
	quantityPlaces = 3
	ratePlaces     = 6
)

// day counts days since 1 January of year 1; zero is no date.
type day int32

// moment counts milliseconds since 1970; zero is never.
type moment int64

const unixEpoch = 719162 // days from 0001-01-01 to 1970-01-01

// quebec is the one offset the reference shows. A zone name would make answers depend on the host's time zone files.
var quebec = time.FixedZone("", -4*60*60)

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400 + unixEpoch)
}

func parseDay(text string) (day, bool) {
	t, err := time.Parse(time.DateOnly, text)
	return dayOf(t), err == nil
}

func (d day) time() time.Time { return time.Unix((int64(d)-unixEpoch)*86400, 0).UTC() }

// at is an instant of the day.
func (d day) at(since time.Duration) moment { return momentOf(d.time().Add(since)) }

func momentOf(t time.Time) moment { return moment(t.UnixMilli()) }

func (m moment) time() time.Time { return time.UnixMilli(int64(m)).UTC() }

func appendCents(buf []byte, v cents) []byte {
	if v < 0 {
		buf = append(buf, '-')
		v = -v
	}
	buf = strconv.AppendInt(buf, int64(v/100), 10)
	return append(buf, '.', byte('0'+v/10%10), byte('0'+v%10))
}

// appendDecimal writes a fixed-point number without trailing zeros: 20, 7.5, 0.09975.
func appendDecimal(buf []byte, v int64, places int) []byte {
	if v < 0 {
		buf = append(buf, '-')
		v = -v
	}
	scale := int64(math.Pow10(places))
	buf = strconv.AppendInt(buf, v/scale, 10)
	rest := v % scale
	if rest == 0 {
		return buf
	}
	buf = append(buf, '.')
	for rest > 0 {
		scale /= 10
		buf = append(buf, byte('0'+rest/scale))
		rest %= scale
	}
	return buf
}

// fixed turns a JSON number into a fixed-point one, refusing what a float64 no longer holds to the last digit.
func fixed(text string, places int) (int64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	scaled := math.Round(f * math.Pow10(places))
	if err != nil || math.Abs(scaled) >= 1e14 {
		return 0, false
	}
	return int64(scaled), true
}

// portion is a×b/scale rounded half away from zero, in 128 bits between. It saturates rather than overflow.
func portion(a, b, scale int64) int64 {
	sign := int64(1)
	if (a < 0) != (b < 0) {
		sign = -1
	}
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	lo, carry := bits.Add64(lo, uint64(scale)/2, 0)
	if hi += carry; hi >= uint64(scale) {
		return sign * math.MaxInt64
	}
	quotient, _ := bits.Div64(hi, lo, uint64(scale))
	return sign * int64(min(quotient, math.MaxInt64))
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}
