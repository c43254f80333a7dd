package sandbox

import "slices"

// table keeps the rows of one noun in the order of their ids. Ids stand in a slice of their own, so that looking one
// up touches little memory; they only ever grow, so that adding is appending.
type table[T any] struct {
	ids   []int64
	rows  []T
	first int64
	next  int64
}

func newTable[T any](first int64) table[T] { return table[T]{first: first, next: first} }

// grow makes room for n more rows.
func (t *table[T]) grow(n int) {
	t.ids = slices.Grow(t.ids, n)
	t.rows = slices.Grow(t.rows, n)
}

// add appends the row that fill makes for the next id. The pointer is good until the next add.
func (t *table[T]) add(fill func(id int64) T) *T {
	id := t.next
	t.next++
	t.ids = append(t.ids, id)
	t.rows = append(t.rows, fill(id))
	return &t.rows[len(t.rows)-1]
}

// get is the row with that id, nil when there is none.
func (t *table[T]) get(id int64) *T {
	i, ok := slices.BinarySearch(t.ids, id)
	if !ok {
		return nil
	}
	return &t.rows[i]
}

// existed tells whether the id was ever given out: generated gaps count as deleted.
func (t *table[T]) existed(id int64) bool { return id >= t.first && id < t.next }

func (t *table[T]) remove(id int64) {
	if i, ok := slices.BinarySearch(t.ids, id); ok {
		t.ids = slices.Delete(t.ids, i, i+1)
		t.rows = slices.Delete(t.rows, i, i+1)
	}
}

// some tells whether a row other than the one with that id fits.
func (t *table[T]) some(except int64, fits func(*T) bool) bool {
	for i := range t.rows {
		if t.ids[i] != except && fits(&t.rows[i]) {
			return true
		}
	}
	return false
}
