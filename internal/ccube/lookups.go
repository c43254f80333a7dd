package ccube

// This file shares lookups among the rows of a list: a page has a hundred rows, and ten stages. One is found by how it is
// written, and then neither read nor held again.

import (
	"encoding/binary"

	"github.com/ccube-graphql/ccube-graphql/internal/jsonread"
)

// lookups are those that a list has embedded so far, and where each is written. It is a hash table that forgets what it has
// no room for: a list with so many lookups shares little.
type lookups [64]lookup

type lookup struct {
	begin, end int
	row        *Named
}

// lookup reads a lookup that stands inside a row. Rows of a list that embed the same share it.
func (r *Row) lookup(key Keys, dst **Named, v value) {
	d := v.in
	if !d.many || v.Kind() != jsonread.Object {
		embed(r, key, dst, v)
		return
	}
	r.shows(key)
	if d.lookups == nil {
		d.lookups = new(lookups)
	}
	place, found := d.lookups.find(d)
	if !found {
		begin := d.Pos()
		row := enter[Named](d)
		*place = lookup{begin, d.Pos(), row}
	}
	*dst = place.row
}

// find looks for the lookup that the document stands before, and passes over it if it is known. If not, there is a place for
// it.
func (l *lookups) find(d *document) (place *lookup, found bool) {
	const tries = 8
	at := hash(d.body[d.Pos():])
	for range tries {
		place = &l[at%len(l)]
		if place.row == nil {
			return place, false
		}
		if d.Again(d.body[place.begin:place.end]) {
			return place, true
		}
		at++
	}
	return place, false
}

// hash makes a number of six bits of the 16 bytes after the brace: the id, and how the name begins.
func hash(text []byte) int {
	if len(text) <= 16 {
		return 0
	}
	const odd, other = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
	// What differs in the last of eight bytes shows in the highest bits of the product alone.
	return int((binary.LittleEndian.Uint64(text[1:])*odd ^ binary.LittleEndian.Uint64(text[9:])*other) >> 58)
}
