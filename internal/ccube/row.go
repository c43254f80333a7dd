package ccube

// This file is how rows are decoded by presence. A row's type has a method set(key, value) with a switch over CCUBE's
// keys, older names included; each case hands the value to the row's taker of that form (text, decimal, day, …), and a
// taker notes that the key was there. Three things stay apart: a key that was absent, one that was null, and one that
// was set; and a value of a wrong form spoils that one field, not the row.

import (
	"strconv"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/jsonread"
)

// Keys is a set of a row's keys. The bits mean something per type of row: ProjectName, InvoiceTotal, ….
type Keys uint32

// Has reports whether all of want are in the set.
func (k Keys) Has(want Keys) bool { return k&want == want }

// Null is a value that may be null. Whether its key was there at all, the row's Keys tell.
type Null[T any] struct {
	V     T
	Valid bool
}

// Ptr returns a pointer to the value, nil for null.
func (n *Null[T]) Ptr() *T {
	if !n.Valid {
		return nil
	}
	return &n.V
}

// Row is what rows of every type have in common.
type Row struct {
	// ID is CCUBE's number of the thing. Every row has one.
	ID ID
	// Keys are the keys that CCUBE's answer carried, as null or set.
	Keys Keys
	// Broken are those of Keys whose value could not be read.
	Broken Keys
}

// Filler is what every type of row does: it says what it is and what it carries, and takes what it lacks from another
// row of the same thing. Lists, details and create answers are joined by it without knowing their keys.
type Filler[T any] interface {
	Identity() ID
	Present() Keys
	Fill(from *T) *T
}

// Every noun of CCUBE's is a row.
var (
	_ Filler[Project]             = (*Project)(nil)
	_ Filler[Stage]               = (*Stage)(nil)
	_ Filler[WorkType]            = (*WorkType)(nil)
	_ Filler[CommunicationStatus] = (*CommunicationStatus)(nil)
	_ Filler[Quote]               = (*Quote)(nil)
	_ Filler[Invoice]             = (*Invoice)(nil)
	_ Filler[PurchaseOrder]       = (*PurchaseOrder)(nil)
	_ Filler[WorkOrder]           = (*WorkOrder)(nil)
	_ Filler[Note]                = (*Note)(nil)
	_ Filler[Party]               = (*Party)(nil)
	_ Filler[User]                = (*User)(nil)
)

// Identity returns the row's id.
func (r *Row) Identity() ID { return r.ID }

// row returns what rows have in common, for code that does not know the type.
func (r *Row) row() *Row { return r }

// Present returns the keys that CCUBE's answer carried.
func (r *Row) Present() Keys { return r.Keys }

// shows notes that a key is there. What it was before, if it is there twice, is forgotten.
func (r *Row) shows(key Keys) {
	r.Keys |= key
	r.Broken &^= key
}

// take notes a key, and what was read of its value. A null is noted too; a value of a wrong form is noted as broken.
func take[T any](r *Row, key Keys, dst *Null[T], v value, read Null[T]) {
	r.shows(key)
	*dst = read
	if !read.Valid && !v.isNull() {
		r.Broken |= key
	}
}

func (r *Row) text(key Keys, dst *Null[string], v value) { take(r, key, dst, v, readText(v)) }
func (r *Row) decimal(key Keys, dst *Null[Decimal], v value) {
	take(r, key, dst, v, readDecimal(v))
}
func (r *Row) day(key Keys, dst *Null[Date], v value) { take(r, key, dst, v, readDay(v)) }
func (r *Row) instant(key Keys, dst *Null[Instant], v value) {
	take(r, key, dst, v, readInstant(v))
}
func (r *Row) reference(key Keys, dst *Null[ID], v value) { take(r, key, dst, v, readID(v)) }
func (r *Row) integer(key Keys, dst *Null[int], v value)  { take(r, key, dst, v, readInteger(v)) }
func (r *Row) flag(key Keys, dst *Null[bool], v value)    { take(r, key, dst, v, readFlag(v)) }

// identify takes the row's id. Whether there was one, decodeInto checks.
func (r *Row) identify(v value) {
	if id := readID(v); id.Valid {
		r.ID = id.V
	}
}

// references takes an array of ids. Null leaves dst nil; an empty array does not.
func (r *Row) references(key Keys, dst *[]ID, v value) {
	var ids Null[[]ID]
	take(r, key, &ids, v, readIDs(v))
	*dst = ids.V
}

// unless runs taker only if the key has not been taken under its own name: for older names of the same thing.
func (r *Row) unless(key Keys, taker func()) {
	if !r.Keys.Has(key) {
		taker()
	}
}

// readText takes a string. A number is taken as its digits, since CCUBE's numbers of things are sometimes sent as such.
func readText(v value) (read Null[string]) {
	if b, ok := v.content(); ok {
		read = Null[string]{v.keep(b), true}
	}
	return read
}

// readDecimal takes a number, or a string that holds one: some tenants send money so.
func readDecimal(v value) (read Null[Decimal]) {
	if b, ok := v.content(); ok && (v.Kind() == jsonread.Number || jsonread.IsNumber(b)) {
		read = Null[Decimal]{Decimal(v.keep(b)), true}
	}
	return read
}

// readDay takes a day, or an instant of which it keeps the day as written.
func readDay(v value) (read Null[Date]) {
	if b, ok := v.content(); ok && (isDay(b) || isInstant(b)) {
		read = Null[Date]{Date(v.keep(b[:len(time.DateOnly)])), true}
	}
	return read
}

// readInstant takes an instant. A mere day is midnight UTC.
func readInstant(v value) (read Null[Instant]) {
	b, ok := v.content()
	switch {
	case ok && isInstant(b):
		read = Null[Instant]{Instant(v.keep(b)), true}
	case ok && isDay(b):
		read = Null[Instant]{Instant(v.keep(b) + "T00:00:00Z"), true}
	}
	return read
}

// readID takes an id, as a number or as a string of digits.
func readID(v value) (read Null[ID]) {
	b, _ := v.content()
	read.V, read.Valid = digitsOf(b)
	return read
}

// readInteger takes a whole number that fits GraphQL's Int.
func readInteger(v value) (read Null[int]) {
	b, _ := v.content()
	if n, err := strconv.ParseInt(string(b), 10, 32); err == nil {
		read = Null[int]{int(n), true}
	}
	return read
}

// readFlag takes a word.
func readFlag(v value) Null[bool] {
	is := v.Kind() == jsonread.True
	return Null[bool]{is, is || v.Kind() == jsonread.False}
}

// readIDs takes an array of ids.
func readIDs(v value) (none Null[[]ID]) {
	if v.Kind() != jsonread.Array {
		return none
	}
	ids, formed := []ID{}, true
	v.in.Enter()
	for element, ok := v.in.Element(); ok; element, ok = v.in.Element() {
		id := readID(value{element, v.in})
		ids = append(ids, id.V)
		formed = formed && id.Valid
	}
	if !formed {
		return none
	}
	return Null[[]ID]{ids, true}
}
