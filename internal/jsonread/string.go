package jsonread

// This file reads strings, which most of an answer's bytes stand in. Eight bytes at a time are looked at, as one number: most
// are plain, that is ASCII, no quote, no backslash and no control character, and eight such bytes take five operations.

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// Eight of the same byte.
const (
	ones        = 0x0101010101010101
	highs       = 0x80 * ones
	spaces      = ' ' * ones
	quotes      = '"' * ones
	backslashes = '\\' * ones
)

// quoted reads the string whose quote stands at i, and returns what stands between its quotes, and where it ends, -1 where
// it does not. plain tells whether that is what the string says: it has no escapes, and is UTF-8.
func quoted(text []byte, i int) (inner []byte, plain bool, end int) {
	if i >= len(text) || text[i] != '"' {
		return nil, false, -1
	}
	start := i + 1
	for i = start; i+8 <= len(text); i += 8 {
		if found := specials(binary.LittleEndian.Uint64(text[i:])); found != 0 {
			i += bits.TrailingZeros64(found) / 8
			break
		}
	}
	if i < len(text) && text[i] == '"' {
		return text[start:i], true, i + 1
	}
	return odd(text, start, i)
}

// odd is quoted for a string that is not ASCII alone, has escapes, or stands near the end of the text, from i on.
func odd(text []byte, start, i int) (inner []byte, plain bool, end int) {
	plain = true
	for i = special(text, i); i < len(text); i = special(text, i) {
		switch c := text[i]; {
		case c == '"':
			return text[start:i], plain, i + 1
		case c == '\\':
			n := escape(text[i:])
			if n == 0 {
				return nil, false, -1
			}
			plain = false
			i += n
		case c < ' ':
			return nil, false, -1
		default:
			_, n := utf8.DecodeRune(text[i:])
			plain = plain && n > 1
			i += n
		}
	}
	return nil, false, -1
}

// specials finds the bytes that are not plain among eight: the highest bit of the first one is set, and none below.
func specials(x uint64) uint64 {
	return (((x ^ quotes) - ones) | ((x ^ backslashes) - ones) | (x - spaces) | x) & highs
}

// special returns where the first byte from i on stands that is not plain.
func special(text []byte, i int) int {
	for ; i+8 <= len(text); i += 8 {
		if found := specials(binary.LittleEndian.Uint64(text[i:])); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(text) && text[i] >= ' ' && text[i] < utf8.RuneSelf && text[i] != '"' && text[i] != '\\' {
		i++
	}
	return i
}

// escape returns how long the escape is that text begins with, 0 if it is none.
func escape(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if unit(text) >= 0 {
			return 6
		}
	}
	return 0
}

// unit returns the UTF-16 code unit that text begins with as an escape, -1 if it begins with none.
func unit(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	var u rune
	for _, c := range text[2:6] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		u = u<<4 | rune(c)
	}
	return u
}

// unquote appends what a string says, of which inner stands between the quotes, whose escapes are sound.
func unquote(b, inner []byte) []byte {
	for len(inner) > 0 {
		n := special(inner, 0)
		b, inner = append(b, inner[:n]...), inner[n:]
		if len(inner) == 0 {
			break
		}
		if inner[0] == '\\' {
			b, n = unescape(b, inner)
		} else {
			var c rune
			c, n = utf8.DecodeRune(inner)
			b = utf8.AppendRune(b, c)
		}
		inner = inner[n:]
	}
	return b
}

// unescape appends what the escape means that text begins with, and returns how long it is. Half of a pair is U+FFFD.
func unescape(b, text []byte) (_ []byte, n int) {
	switch c := text[1]; c {
	case 'b':
		return append(b, '\b'), 2
	case 'f':
		return append(b, '\f'), 2
	case 'n':
		return append(b, '\n'), 2
	case 'r':
		return append(b, '\r'), 2
	case 't':
		return append(b, '\t'), 2
	case 'u':
		c := unit(text)
		if pair := utf16.DecodeRune(c, unit(text[6:])); pair != utf8.RuneError {
			return utf8.AppendRune(b, pair), 12
		}
		return utf8.AppendRune(b, c), 6 // which makes U+FFFD of what is no character
	default:
		return append(b, c), 2
	}
}
