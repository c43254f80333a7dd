package ccube

// This file holds what CCUBE embeds in its rows: the client, an address, and lookups as id and name.

import "github.com/ccube-graphql/ccube-graphql/internal/jsonread"

// embed reads an object that stands inside a row. Null leaves dst nil.
func embed[T any, P taker[T]](r *Row, key Keys, dst **T, v value) {
	r.shows(key)
	*dst = nil
	switch v.Kind() {
	case jsonread.Null:
	case jsonread.Object:
		*dst = enter[T, P](v.in)
	default:
		r.Broken |= key
	}
}

// decodeEmbedded reads an object of its own, which may lack its id.
func decodeEmbedded[T any, P taker[T]](body []byte) (*T, error) {
	d := newDocument(body)
	if d.Value().Kind() != jsonread.Object {
		return nil, errSyntax
	}
	object := enter[T, P](d)
	if !d.End() {
		return nil, errSyntax
	}
	return object, nil
}

// enter reads the object that the document stands before.
func enter[T any, P taker[T]](d *document) *T {
	object := new(T)
	d.Enter()
	for key, v, ok := d.Member(); ok; key, v, ok = d.Member() {
		P(object).set(key, value{v, d})
	}
	return object
}

// embedMany reads an array of objects that stands inside a row. Null leaves dst nil; an empty array does not. One element of
// another form spoils all: half of them would be taken for the whole.
func embedMany[T any, P taker[T]](r *Row, key Keys, dst *[]*T, v value) {
	r.shows(key)
	*dst = nil
	if v.isNull() {
		return
	}
	if v.Kind() != jsonread.Array {
		r.Broken |= key
		return
	}
	many := []*T{}
	v.in.Enter()
	for element, ok := v.in.Element(); ok; element, ok = v.in.Element() {
		if element.Kind() != jsonread.Object {
			r.Broken |= key
			continue
		}
		many = append(many, enter[T, P](v.in))
	}
	if !r.Broken.Has(key) {
		*dst = many
	}
}

// fill copies a field that the row lacked.
func fill[T any](lacks, key Keys, dst *T, from T) {
	if lacks&key != 0 {
		*dst = from
	}
}

// fillKeys notes the keys that the other row had and this one lacked.
func (r *Row) fillKeys(from *Row) {
	r.Broken |= from.Broken &^ r.Keys
	r.Keys |= from.Keys
}

// Keys of an [EmbeddedClient] and a [Named]. Unlike rows of their own, what is embedded may lack its id.
const (
	EmbeddedID Keys = 1 << iota
	EmbeddedName
	ClientEmail
	ClientPhone
)

// embeddedID takes the id of something embedded, and notes whether it was there at all.
func (r *Row) embeddedID(v value) {
	if id := readID(v); id.Valid {
		r.ID = id.V
		r.Keys |= EmbeddedID
	}
}

// Named is a lookup as rows embed it: a stage, a work type, a property type, a communication status.
type Named struct {
	Row
	Name Null[string]
}

func (n *Named) set(key []byte, v value) {
	switch string(key) {
	case "id":
		n.embeddedID(v)
	case "name":
		n.text(EmbeddedName, &n.Name, v)
	}
}

// EmbeddedClient is the client as projects, quotes and invoices show it. Projects show it without its id.
type EmbeddedClient struct {
	Row
	Name, Email, Phone Null[string]
}

func (c *EmbeddedClient) set(key []byte, v value) {
	switch string(key) {
	case "id":
		c.embeddedID(v)
	case "name":
		c.text(EmbeddedName, &c.Name, v)
	case "email":
		c.text(ClientEmail, &c.Email, v)
	case "phone":
		c.text(ClientPhone, &c.Phone, v)
	}
}

// clientRef returns the client's id: the row's own key, or else the embedded client's.
func clientRef(own *Null[ID], embedded *EmbeddedClient) *ID {
	switch {
	case own.Valid:
		return &own.V
	case embedded != nil && embedded.Keys.Has(EmbeddedID):
		return &embedded.ID
	}
	return nil
}
