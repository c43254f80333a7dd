package ccube

import (
	"bytes"
	"slices"
	"strconv"
)

// mendSurrogates replaces each \uXXXX escape that is half of a pair whose other half is missing by \ufffd, as
// encoding/json reads it. The parser would show the escape itself to clients. Bodies with such escapes are rare, and
// only those are copied.
func mendSurrogates(body []byte) []byte {
	if !bytes.Contains(body, []byte(`\ud`)) && !bytes.Contains(body, []byte(`\uD`)) {
		return body
	}
	body = slices.Clone(body)
	for i := 0; i+1 < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		first, second := escapedUnit(body[i:]), rune(0)
		if isHigh(first) {
			second = escapedUnit(body[i+6:])
		}
		switch {
		case isHigh(first) && isLow(second):
			i += 11
		case isHigh(first), isLow(first):
			copy(body[i:], `\ufffd`)
			i += 5
		default:
			i++ // what is escaped, which may be a backslash
		}
	}
	return body
}

// escapedUnit returns the UTF-16 unit of the escape that b begins with, 0 where there is none.
func escapedUnit(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0
	}
	unit, _ := strconv.ParseUint(string(b[2:6]), 16, 16) // 0 where it is not hex
	return rune(unit)
}

func isHigh(unit rune) bool { return unit >= 0xd800 && unit < 0xdc00 }
func isLow(unit rune) bool  { return unit >= 0xdc00 && unit < 0xe000 }
