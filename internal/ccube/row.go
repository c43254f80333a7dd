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

// take notes a key, and v as its value if ok. A null is noted too; a value of a wrong form is noted as broken.
func take[T any](r *Row, key Keys, dst *Null[T], v value, read T, ok bool) {
	r.shows(key)
	*dst = Null[T]{V: read, Valid: ok}
	if !ok && !v.isNull() {
		r.Broken |= key
	}
}

func (r *Row) text(key Keys, dst *Null[string], v value) {
	s, ok := readText(v)
	take(r, key, dst, v, s, ok)
}

func (r *Row) decimal(key Keys, dst *Null[Decimal], v value) {
	d, ok := readDecimal(v)
	take(r, key, dst, v, d, ok)
}

func (r *Row) day(key Keys, dst *Null[Date], v value) {
	d, ok := readDay(v)
	take(r, key, dst, v, d, ok)
}

func (r *Row) instant(key Keys, dst *Null[Instant], v value) {
	t, ok := readInstant(v)
	take(r, key, dst, v, t, ok)
}

func (r *Row) reference(key Keys, dst *Null[ID], v value) {
	id, ok := readID(v)
	take(r, key, dst, v, id, ok)
}

func (r *Row) integer(key Keys, dst *Null[int], v value) {
	n, ok := readInteger(v)
	take(r, key, dst, v, n, ok)
}

func (r *Row) flag(key Keys, dst *Null[bool], v value) {
	kind := v.Kind()
	take(r, key, dst, v, kind == jsonread.True, kind == jsonread.True || kind == jsonread.False)
}

// identify takes the row's id. Whether there was one, decodeInto checks.
func (r *Row) identify(v value) {
	if id, ok := readID(v); ok {
		r.ID = id
	}
}

// references takes an array of ids. Null leaves dst nil; an empty array does not.
func (r *Row) references(key Keys, dst *[]ID, v value) {
	var ids Null[[]ID]
	read, ok := readIDs(v)
	take(r, key, &ids, v, read, ok)
	*dst = ids.V
}

// unless runs taker only if the key has not been taken under its own name: for older names of the same thing.
func (r *Row) unless(key Keys, taker func()) {
	if !r.Keys.Has(key) {
		taker()
	}
}

// readText takes a string. A number is taken as its digits, since CCUBE's numbers of things are sometimes sent as such.
func readText(v value) (string, bool) {
	b, ok := v.content()
	if !ok {
		return "", false
	}
	return v.keep(b), true
}

// readDecimal takes a number, or a string that holds one: some tenants send money so.
func readDecimal(v value) (Decimal, bool) {
	b, ok := v.content()
	if !ok || v.Kind() == jsonread.String && !jsonread.IsNumber(b) {
		return "", false
	}
	return Decimal(v.keep(b)), true
}

// readDay takes a day, or an instant of which it keeps the day as written.
func readDay(v value) (Date, bool) {
	b, ok := v.content()
	if !ok || !isDay(b) && !isInstant(b) {
		return "", false
	}
	return Date(v.keep(b[:len(time.DateOnly)])), true
}

// readInstant takes an instant. A mere day is midnight UTC.
func readInstant(v value) (Instant, bool) {
	b, ok := v.content()
	switch {
	case ok && isInstant(b):
		return Instant(v.keep(b)), true
	case ok && isDay(b):
		return Instant(v.keep(b) + "T00:00:00Z"), true
	}
	return "", false
}

// readID takes an id, as a number or as a string of digits.
func readID(v value) (ID, bool) {
	b, _ := v.content()
	return digitsOf(b)
}

// readInteger takes a whole number that fits GraphQL's Int.
func readInteger(v value) (int, bool) {
	b, _ := v.content()
	n, err := strconv.ParseInt(string(b), 10, 32)
	return int(n), err == nil
}

// readIDs takes an array of ids.
func readIDs(v value) ([]ID, bool) {
	if v.Kind() != jsonread.Array {
		return nil, false
	}
	ids, formed := []ID{}, true
	v.in.Enter()
	for element, ok := v.in.Element(); ok; element, ok = v.in.Element() {
		id, isID := readID(value{element, v.in})
		ids = append(ids, id)
		formed = formed && isID
	}
	if !formed {
		return nil, false
	}
	return ids, true
}
