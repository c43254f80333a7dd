package sandbox

import (
	"strconv"
	"time"
)

// encoder appends JSON without reflection: a page of a hundred rows is one buffer and no garbage. Commas need no
// state, because the byte before a new element tells whether one is due.
type encoder struct {
	buf       []byte
	older     bool
	textMoney bool
}

func (e *encoder) comma() {
	if len(e.buf) == 0 {
		return
	}
	switch e.buf[len(e.buf)-1] {
	case '{', '[', ':':
	default:
		e.buf = append(e.buf, ',')
	}
}

func (e *encoder) object() { e.comma(); e.buf = append(e.buf, '{') }
func (e *encoder) end()    { e.buf = append(e.buf, '}') }
func (e *encoder) array()  { e.comma(); e.buf = append(e.buf, '[') }
func (e *encoder) endAll() { e.buf = append(e.buf, ']') }

// key starts a member; names are ours and need no escaping.
func (e *encoder) key(name string) {
	e.comma()
	e.buf = append(e.buf, '"')
	e.buf = append(e.buf, name...)
	e.buf = append(e.buf, '"', ':')
}

func (e *encoder) null(name string) {
	e.key(name)
	e.buf = append(e.buf, "null"...)
}

func (e *encoder) text(name, value string) {
	e.key(name)
	e.buf = appendString(e.buf, value)
}

// textOrNull writes what was never given as null: the sandbox does not tell "" from null.
func (e *encoder) textOrNull(name, value string) {
	if value == "" {
		e.null(name)
		return
	}
	e.text(name, value)
}

func (e *encoder) number(name string, value int64) {
	e.key(name)
	e.buf = strconv.AppendInt(e.buf, value, 10)
}

// idOrNull writes an id, null for zero.
func (e *encoder) idOrNull(name string, id int64) {
	if id == 0 {
		e.null(name)
		return
	}
	e.number(name, id)
}

func (e *encoder) flag(name string, value bool) {
	e.key(name)
	e.buf = strconv.AppendBool(e.buf, value)
}

func (e *encoder) numbers(name string, values []int64) {
	e.key(name)
	e.array()
	for _, v := range values {
		e.comma()
		e.buf = strconv.AppendInt(e.buf, v, 10)
	}
	e.endAll()
}

// money writes cents as exact decimal text, quoted where a tenant sends strings.
func (e *encoder) money(name string, value cents) {
	e.key(name)
	if !e.textMoney {
		e.buf = appendCents(e.buf, value)
		return
	}
	e.buf = append(e.buf, '"')
	e.buf = appendCents(e.buf, value)
	e.buf = append(e.buf, '"')
}

func (e *encoder) decimal(name string, value int64, places int) {
	e.key(name)
	e.buf = appendDecimal(e.buf, value, places)
}

// day writes a calendar date; the older reference has midnight instants instead.
func (e *encoder) day(name string, d day) {
	if d == 0 {
		e.null(name)
		return
	}
	e.key(name)
	e.buf = append(e.buf, '"')
	e.buf = d.time().AppendFormat(e.buf, time.DateOnly)
	if e.older {
		e.buf = append(e.buf, "T00:00:00Z"...)
	}
	e.buf = append(e.buf, '"')
}

// moment writes an instant in UTC, with milliseconds only where there are some.
func (e *encoder) moment(name string, at moment) {
	if at == 0 {
		e.null(name)
		return
	}
	e.layout(name, at.time(), "2006-01-02T15:04:05.999Z07:00")
}

// momentWithOffset writes an instant as the project update answers it: milliseconds and Québec's offset.
func (e *encoder) momentWithOffset(name string, at moment) {
	e.layout(name, at.time().In(quebec), "2006-01-02T15:04:05.000Z07:00")
}

func (e *encoder) layout(name string, at time.Time, layout string) {
	e.key(name)
	e.buf = append(e.buf, '"')
	e.buf = at.AppendFormat(e.buf, layout)
	e.buf = append(e.buf, '"')
}

// appendString quotes s. Only quotes, backslashes and control characters need escaping: every string here came from
// this package or out of a JSON decoder, so it is valid UTF-8.
func appendString(buf []byte, s string) []byte {
	const hex = "0123456789abcdef"
	buf = append(buf, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		buf = append(buf, s[start:i]...)
		if c < 0x20 {
			buf = append(buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		} else {
			buf = append(buf, '\\', c)
		}
		start = i + 1
	}
	buf = append(buf, s[start:]...)
	return append(buf, '"')
}
