package sift

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// longestSearch is how many characters a search may have.
const longestSearch = 1000

// CheckSearch refuses a search that is too long to be meant.
func CheckSearch(text string) error {
	if n := utf8.RuneCountInString(text); n > longestSearch {
		return fault.New(fault.BadUserInput, "`search` has %d characters: it takes %d", n, longestSearch)
	}
	return nil
}

// Search passes rows of which one of the texts contains what is searched for, whatever case and accents either has.
func Search[T any](keys ccube.Keys, text string, of func(T) []ccube.Null[string]) Test[T] {
	wanted := Fold(strings.TrimSpace(text))
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		for _, s := range of(row) {
			if s.Valid && strings.Contains(Fold(s.V), wanted) {
				return true
			}
		}
		return wanted == ""
	}}
}

// Fold returns the text without case and accents: "Été" and "ete" become one.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	folded, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), cases.Fold(), norm.NFC), s)
	if err != nil {
		return strings.ToLower(s)
	}
	return folded
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
