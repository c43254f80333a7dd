package sift

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

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

// folded is where texts are folded to be looked through, one after another.
var folded = sync.Pool{New: func() any { return new([]byte) }}

// Search passes rows of which one of the texts contains what is searched for, whatever case and accents either has. Of no
// text at all, all pass.
func Search[T any](keys ccube.Keys, text string, of func(T) []ccube.Null[string]) Test[T] {
	wanted := []byte(Fold(strings.TrimSpace(text)))
	return Test[T]{Keys: keys, Pass: func(row T) bool {
		if len(wanted) == 0 {
			return true
		}
		room := folded.Get().(*[]byte)
		defer folded.Put(room)
		for _, s := range of(row) {
			if !s.Valid {
				continue
			}
			if *room = appendFold((*room)[:0], s.V); bytes.Contains(*room, wanted) {
				return true
			}
		}
		return false
	}}
}
