package sift

// This file folds text, so that searches need not know how something is spelled: Fold("Été") is "ete".
//
// What folding does to one character does not depend on those around it, but for scripts that are composed of parts, as
// Hangul is. So the characters that Latin scripts are written with come from a table, which is made by the slow way once.

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold returns the text without case and accents: "Été" and "ete" become one. Ligatures and letters with a stroke become
// what they are typed as without them: "œuvre" is "oeuvre", "Øre" is "ore".
func Fold(s string) string {
	if plain(s) {
		return s
	}
	return string(appendFold(make([]byte, 0, len(s)+8), s))
}

// plain reports whether folding leaves the text as it is, as far as a glance tells.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// appendFold appends the folded text.
func appendFold(to []byte, s string) []byte {
	begin := len(to)
	for i, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			to = append(to, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			to = append(to, byte(r))
		case r < endOfLatin:
			to = append(to, latin()[r-utf8.RuneSelf]...)
		case unicode.In(r, unicode.Mn) && i > 0: // an accent that stands alone, behind its letter
		default:
			return append(to[:begin], foldAny(s)...)
		}
	}
	return to
}

// endOfLatin is behind the letters that Latin scripts are written with: Latin Extended-B is the last block of them.
const endOfLatin = 0x250

// latin are the folded characters from the first that is not ASCII.
var latin = sync.OnceValue(func() []string {
	table := make([]string, endOfLatin-utf8.RuneSelf)
	for i := range table {
		table[i] = foldAny(string(rune(i + utf8.RuneSelf)))
	}
	return table
})

// typed are letters that Unicode takes for letters of their own, and people type without: ligatures, strokes, and the
// dotless i.
var typed = strings.NewReplacer("æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ł", "l", "ħ", "h", "ŧ", "t", "ı", "i", "ð", "d", "þ", "th")

// foldAny folds text of any script.
func foldAny(s string) string {
	folded, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), cases.Fold(), norm.NFC), s)
	if err != nil {
		return strings.ToLower(s)
	}
	return typed.Replace(strings.ToLower(folded)) // Unicode folds Cherokee to capitals
}
