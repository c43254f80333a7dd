package ccube

// This file holds what CCUBE embeds in its rows: the client, an address, and lookups as id and name.

import "github.com/go-faster/jx"

// embed reads an object that stands inside a row. Null leaves dst nil.
func embed[T any, P taker[T]](r *Row, key Keys, dst **T, v value) {
	r.shows(key)
	*dst = nil
	if v.isNull() {
		return
	}
	object, err := decodeEmbedded[T, P](v)
	if err != nil {
		r.Broken |= key
		return
	}
	*dst = object
}

// decodeEmbedded reads an object, which may lack its id.
func decodeEmbedded[T any, P taker[T]](v value) (*T, error) {
	d := walk(v.raw)
	defer jx.PutDecoder(d)
	return embedded[T, P](d, v.in)
}

// embedded reads the object that d stands before.
func embedded[T any, P taker[T]](d *jx.Decoder, in *document) (*T, error) {
	object := new(T)
	err := members(d, in, func(key []byte, v value) { P(object).set(key, v) })
	return object, err
}

// embedMany reads an array of objects that stands inside a row. Null leaves dst nil; an empty array does not.
func embedMany[T any, P taker[T]](r *Row, key Keys, dst *[]*T, v value) {
	r.shows(key)
	*dst = nil
	if v.isNull() {
		return
	}
	d := walk(v.raw)
	defer jx.PutDecoder(d)
	many := []*T{}
	err := elements(d, func() error {
		object, err := embedded[T, P](d, v.in)
		many = append(many, object)
		return err
	})
	if err != nil {
		r.Broken |= key
		return
	}
	*dst = many
}

// lookup reads a lookup that stands inside a row. Rows of a list that embed the same share it.
func (r *Row) lookup(key Keys, dst **Named, v value) {
	if known, ok := v.in.lookups[string(v.raw)]; ok {
		r.shows(key)
		*dst = known
		return
	}
	embed(r, key, dst, v)
	if v.in.lookups != nil && *dst != nil {
		v.in.lookups[string(v.raw)] = *dst
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
	if id, err := readID(v); err == nil {
		r.ID = id
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
