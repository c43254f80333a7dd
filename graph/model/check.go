package model

// This file checks inputs before they are sent: what the reference requires, and what CCUBE could take for something else.
// A check collects all that is wrong, each with its path; the functions below return what is to be sent of a field.

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Check collects what is wrong with the arguments of one mutation.
type Check struct {
	path   []string
	errors *[]*UserError
}

// NewCheck returns a check of the argument at the path; of all arguments for no path.
func NewCheck(path ...string) *Check { return &Check{path: path, errors: new([]*UserError)} }

// Errors returns what has been found, in the order of the checks; nil where everything is right.
func (c *Check) Errors() []*UserError { return *c.errors }

// At returns a check of what lies below, which reports to the same list.
func (c *Check) At(names ...string) *Check {
	return &Check{path: append(slices.Clip(c.path), names...), errors: c.errors}
}

// refuse notes that something is wrong at the path.
func (c *Check) refuse(code UserErrorCode, format string, args ...any) {
	*c.errors = append(*c.errors, &UserError{Field: c.path, Message: fmt.Sprintf(format, args...), Code: code})
}

// given is an input field that may be left out. In an update null clears, so the field says which of the two it is; where
// something is made there is nothing to clear, and null is the same as leaving it out.
func given[T any](v *T) graphql.Omittable[*T] {
	if v == nil {
		return graphql.Omittable[*T]{}
	}
	return graphql.OmittableOf(v)
}

// taken returns what is to be sent of a field: nothing for what was left out, null for null, or what read makes of the
// value. Nothing too for a value that read has refused.
func taken[T, V any](v graphql.Omittable[*T], read func(T) (V, bool)) ccube.Field[V] {
	p, ok := v.ValueOK()
	switch {
	case !ok:
		return ccube.Field[V]{}
	case p == nil:
		return ccube.Clear[V]()
	}
	if value, ok := read(*p); ok {
		return ccube.Set(value)
	}
	return ccube.Field[V]{}
}

// asIs takes a value that cannot be wrong.
func asIs[T any](v graphql.Omittable[*T]) ccube.Field[T] {
	return taken(v, func(v T) (T, bool) { return v, true })
}

// text takes text, which may be empty.
func (c *Check) text(name string, v graphql.Omittable[*string]) ccube.Field[string] {
	return taken(v, c.At(name).sendable)
}

// filled takes text that CCUBE refuses when it is blank.
func (c *Check) filled(name string, v graphql.Omittable[*string]) ccube.Field[string] {
	return taken(v, c.At(name).notBlank)
}

// Filled checks an argument that cannot be blank.
func (c *Check) Filled(name, v string) { c.At(name).notBlank(v) }

// Short checks an argument that cannot be longer than so many bytes.
func (c *Check) Short(name, v string, longest int) {
	if len(v) > longest {
		c.At(name).refuse(Invalid, "It is too long: %d bytes are the most.", longest)
	}
}

func (c *Check) notBlank(s string) (string, bool) {
	if strings.TrimSpace(s) == "" {
		c.refuse(Required, "It has to be given, and cannot be blank.")
		return "", false
	}
	return c.sendable(s)
}

// sendable refuses what a database cannot store as text.
func (c *Check) sendable(s string) (string, bool) {
	switch {
	case strings.ContainsRune(s, 0):
		c.refuse(Invalid, "It holds a NUL character, which no text of CCUBE's can.")
	case !utf8.ValidString(s):
		c.refuse(Invalid, "It is not valid UTF-8.")
	default:
		return s, true
	}
	return "", false
}

// id takes an id, which is sent as an integer.
func (c *Check) id(name string, v graphql.Omittable[*string]) ccube.Field[ccube.ID] {
	return taken(v, c.At(name).number)
}

// ID checks an argument that is an id.
func (c *Check) ID(name, v string) ccube.ID {
	id, _ := c.At(name).number(v)
	return id
}

func (c *Check) number(s string) (ccube.ID, bool) {
	id, err := ccube.ParseID(s)
	if err != nil {
		c.refuse(Invalid, "%s", err)
	}
	return id, err == nil
}

// ids takes several ids. At least one is needed; null is null.
func (c *Check) ids(name string, v graphql.Omittable[[]string]) ccube.Field[[]ccube.ID] {
	texts, ok := v.ValueOK()
	switch {
	case !ok:
		return ccube.Field[[]ccube.ID]{}
	case texts == nil:
		return ccube.Clear[[]ccube.ID]()
	case len(texts) == 0:
		c.At(name).refuse(Required, "At least one is needed.")
	}
	ids := make([]ccube.ID, len(texts))
	for i, text := range texts {
		ids[i], _ = c.At(name, strconv.Itoa(i)).number(text)
	}
	return ccube.Set(ids)
}

// day takes a calendar day.
func (c *Check) day(name string, v graphql.Omittable[*Given]) ccube.Field[ccube.Date] {
	return taken(v, func(g Given) (d ccube.Date, ok bool) {
		if err := d.UnmarshalGQL(string(g)); err != nil {
			c.At(name).refuse(Invalid, "%s", err)
			return d, false
		}
		return d, true
	})
}

// order refuses an end before its start, as far as both are given.
func (c *Check) order(startName string, start ccube.Field[ccube.Date], endName string, end ccube.Field[ccube.Date]) {
	first, known := start.Get()
	last, ends := end.Get()
	if known && ends && last < first {
		c.At(endName).refuse(Invalid, "It is %s, before %s, which is %s.", last, startName, first)
	}
}

// decimal takes an exact decimal.
func (c *Check) decimal(name string, v graphql.Omittable[*Given]) ccube.Field[ccube.Decimal] {
	return taken(v, func(g Given) (d ccube.Decimal, ok bool) {
		if err := d.UnmarshalGQL(string(g)); err != nil {
			c.At(name).refuse(Invalid, "%s", err)
			return d, false
		}
		return d, true
	})
}

// integer takes a whole number that fits GraphQL's Int.
func (c *Check) integer(name string, v graphql.Omittable[*int]) ccube.Field[int] {
	return taken(v, func(n int) (int, bool) {
		if n > math.MaxInt32 || n < math.MinInt32 {
			c.At(name).refuse(Invalid, "%d is larger than an Int can be.", n)
			return 0, false
		}
		return n, true
	})
}

// minPassword is the least number of characters of a password (chapter Users).
const minPassword = 8

// password takes a new password, and what repeats it if that is given.
func (c *Check) password(password identity.Secret, repeated *identity.Secret) (p, r ccube.Field[identity.Secret]) {
	text, ok := c.At("password").sendable(password.Reveal())
	if ok && utf8.RuneCountInString(text) < minPassword {
		c.At("password").refuse(Invalid, "It is too short: at least %d characters are needed.", minPassword)
	}
	if repeated == nil {
		return ccube.Set(password), r
	}
	if *repeated != password {
		c.At("passwordConfirmation").refuse(Invalid, "It is not the same as password.")
	}
	return ccube.Set(password), ccube.Set(*repeated)
}

// something refuses a write that says nothing, unless that comes from fields which have been refused.
func (c *Check) something(write any, message string) {
	if reflect.ValueOf(write).IsZero() && !c.refusedBelow() {
		c.refuse(Required, "%s", message)
	}
}

// refusedBelow reports whether something has been refused at the check's path or below it.
func (c *Check) refusedBelow() bool {
	return slices.ContainsFunc(*c.errors, func(e *UserError) bool {
		return len(e.Field) >= len(c.path) && slices.Equal(e.Field[:len(c.path)], c.path)
	})
}

// each takes the rows of a list, none of which can be empty.
func each[T, W any](c *Check, name string, rows []*T, write func(*T, *Check) W) ccube.Field[[]W] {
	if rows == nil {
		return ccube.Field[[]W]{}
	}
	writes := make([]W, len(rows))
	for i, row := range rows {
		at := c.At(name, strconv.Itoa(i))
		writes[i] = write(row, at)
		at.something(writes[i], "It is empty: give at least one field, or leave it out.")
	}
	return ccube.Set(writes)
}

// changes refuses an update that says nothing: CCUBE is not asked for it.
func changes[W any](c *Check, write W) W {
	c.something(write, "There is nothing to change: give at least one field.")
	return write
}
