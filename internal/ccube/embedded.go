package ccube

// This file holds what CCUBE embeds in its rows: the client, an address, and lookups as id and name.

import "github.com/valyala/fastjson"

// embed reads an object that stands inside a row. Null leaves dst nil.
func embed[T any, P interface {
	*T
	set(key string, v *fastjson.Value)
}](r *Row, key Keys, dst **T, v *fastjson.Value) {
	r.Keys |= key
	r.Broken &^= key
	*dst = nil
	if v.Type() == fastjson.TypeNull {
		return
	}
	value, err := visit[T, P](v)
	if err != nil {
		r.Broken |= key
		return
	}
	*dst = value
}

// embedMany reads an array of objects that stands inside a row. Null leaves dst nil; an empty array does not.
func embedMany[T any, P interface {
	*T
	set(key string, v *fastjson.Value)
}](r *Row, key Keys, dst *[]*T, v *fastjson.Value) {
	r.Keys |= key
	r.Broken &^= key
	*dst = nil
	if v.Type() == fastjson.TypeNull {
		return
	}
	values, err := v.Array()
	many := make([]*T, len(values))
	for i := range values {
		if err == nil {
			many[i], err = visit[T, P](values[i])
		}
	}
	if err != nil {
		r.Broken |= key
		return
	}
	*dst = many
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
func (r *Row) embeddedID(v *fastjson.Value) {
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

func (n *Named) set(key string, v *fastjson.Value) {
	switch key {
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

func (c *EmbeddedClient) set(key string, v *fastjson.Value) {
	switch key {
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
