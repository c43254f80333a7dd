package ccube

// This file is how rows are decoded by presence. A row's type has a method set(key, value) with a switch over CCUBE's
// keys, older names included; each case hands the value to the row's taker of that form (text, decimal, day, …), and a
// taker notes that the key was there. Three things stay apart: a key that was absent, one that was null, and one that
// was set; and a value of a wrong form spoils that one field, not the row.

import (
	"errors"
	"strconv"

	"github.com/go-faster/jx"
)

// Keys is a set of a row's keys. The bits mean something per type of row: ProjectName, InvoiceTotal, ….
type Keys uint64

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

var errForm = errors.New("a value of another form")

// take reads v into dst and notes the key. A null is noted too; a value of a wrong form is noted as broken.
func take[T any](r *Row, key Keys, dst *Null[T], v value, read func(value) (T, error)) {
	r.shows(key)
	*dst = Null[T]{}
	if v.isNull() {
		return
	}
	value, err := read(v)
	if err != nil {
		r.Broken |= key
		return
	}
	*dst = Null[T]{V: value, Valid: true}
}

func (r *Row) text(key Keys, dst *Null[string], v value) { take(r, key, dst, v, readText) }
func (r *Row) decimal(key Keys, dst *Null[Decimal], v value) {
	take(r, key, dst, v, readDecimal)
}
func (r *Row) day(key Keys, dst *Null[Date], v value) { take(r, key, dst, v, readDay) }
func (r *Row) instant(key Keys, dst *Null[Instant], v value) {
	take(r, key, dst, v, readInstant)
}
func (r *Row) reference(key Keys, dst *Null[ID], v value) { take(r, key, dst, v, readID) }
func (r *Row) integer(key Keys, dst *Null[int], v value)  { take(r, key, dst, v, readInteger) }
func (r *Row) flag(key Keys, dst *Null[bool], v value)    { take(r, key, dst, v, readFlag) }

// identify takes the row's id. Whether there was one, decodeValue checks.
func (r *Row) identify(v value) {
	if id, err := readID(v); err == nil {
		r.ID = id
	}
}

// references takes an array of ids. Null leaves dst nil; an empty array does not.
func (r *Row) references(key Keys, dst *[]ID, v value) {
	var ids Null[[]ID]
	take(r, key, &ids, v, readIDs)
	*dst = ids.V
}

// unless runs taker only if the key has not been taken under its own name: for older names of the same thing.
func (r *Row) unless(key Keys, taker func()) {
	if !r.Keys.Has(key) {
		taker()
	}
}

// readText takes a string. A number is taken as its digits, since CCUBE's numbers of things are sometimes sent as such.
func readText(v value) (string, error) {
	b, err := v.content()
	if err != nil {
		return "", err
	}
	return v.keep(b), nil
}

// readDecimal takes a number, or a string that holds one: some tenants send money so.
func readDecimal(v value) (Decimal, error) {
	b, err := v.content()
	if err != nil || !IsDecimal(string(b)) {
		return "", errForm
	}
	return Decimal(v.keep(b)), nil
}

// readDay takes a day, or an instant of which it keeps the day as written.
func readDay(v value) (Date, error) {
	b, err := v.content()
	if err == nil && isInstant(string(b)) {
		b = b[:10]
	}
	if err != nil || !isDay(string(b)) {
		return "", errForm
	}
	return Date(v.keep(b)), nil
}

// readInstant takes an instant. A mere day is midnight UTC.
func readInstant(v value) (Instant, error) {
	b, err := v.content()
	if err == nil && isDay(string(b)) {
		return Instant(v.keep(b) + "T00:00:00Z"), nil
	}
	if err != nil || !isInstant(string(b)) {
		return "", errForm
	}
	return Instant(v.keep(b)), nil
}

// readID takes an id, as a number or as a string of digits.
func readID(v value) (ID, error) {
	b, err := v.content()
	id, ok := digitsOf(b)
	if err != nil || !ok {
		return 0, errForm
	}
	return id, nil
}

// readInteger takes a whole number that fits GraphQL's Int.
func readInteger(v value) (int, error) {
	b, err := v.content()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(string(b), 10, 32)
	return int(n), err
}

// readIDs takes an array of ids.
func readIDs(v value) ([]ID, error) {
	d := walk(v.raw)
	defer jx.PutDecoder(d)
	ids := []ID{}
	err := elements(d, func() error {
		v, err := element(d, v.in)
		if err != nil {
			return err
		}
		id, err := readID(v)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func readFlag(v value) (bool, error) {
	switch string(v.raw) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errForm
}
