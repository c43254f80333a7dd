package fastpath

// This file writes objects and lists by a plan. Null propagates as the specification has it: a field that must not be null
// and is makes its object null, once all of the object's fields have been resolved, since each may have an error to tell.

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/graph/generated"
)

// Resolvers are the resolvers, as the writer calls them.
type Resolvers struct{ of resolvers }

// NewResolvers returns the resolvers of a graph.
func NewResolvers(root generated.ResolverRoot) *Resolvers { return &Resolvers{newResolvers(root)} }

// Answer is what is known of an answer that is being written, by several root fields at once.
type Answer interface {
	// Take counts values that are about to be written, and bytes of text that have been. It reports whether the answer may
	// have them.
	Take(values, text int64) bool
	// Wrote counts the bytes of what has been written below a root field, or none, and returns all that have been counted.
	Wrote(bytes int) (all int)
}

// writer writes what lies below one root field.
type writer struct {
	resolvers *resolvers
	answer    Answer
	operation *graphql.OperationContext
	// ctx is the root field's; contexts are those of the fields below, made when they are first needed.
	ctx      context.Context
	contexts []context.Context
	// path leads from the root field to the object that is being written.
	path []step
	buf  []byte
	// uncounted are the bytes of text that have been written since values were last counted.
	uncounted int64
	// invalid tells that a field of the object that is being written must not be null, and is.
	invalid bool
	// full tells that the answer may have no more values: it is given up as a whole, so nothing more is written.
	full bool
}

// step is one step of a path: a field, or an element of its list.
type step struct {
	field *field
	index int
}

// errNull is what gqlgen says where there is nothing and has to be something.
const errNull = "the requested element is null which the schema does not allow"

// noIndex is the index of a step that is a field.
const noIndex = -1

// largestKept is how large a buffer may be to be used again.
const largestKept = 1 << 20

var writers = sync.Pool{New: func() any { return new(writer) }}

// Write writes the value that the root field was resolved to. What it returns is to be marshaled once.
//
// The context is the root field's: resolvers are called with contexts below it, and errors are added to its response.
func (p *Plan) Write(ctx context.Context, r *Resolvers, answer Answer, value any) graphql.Marshaler {
	w := writers.Get().(*writer)
	w.resolvers, w.answer, w.operation, w.ctx = &r.of, answer, graphql.GetOperationContext(ctx), ctx
	if w.buf == nil {
		w.buf = make([]byte, 0, min(p.length.Load(), largestKept))
	}
	if cap(w.contexts) < p.contexts {
		w.contexts = make([]context.Context, p.contexts)
	}
	w.contexts = w.contexts[:p.contexts]
	w.contexts[p.root.slot] = ctx //nolint:fatcontext // one for each place of the plan, not one in another
	w.invalid = false
	queryField(w, value, &p.root)
	w.spend(0)
	if null := "null"; w.full || w.invalid || string(w.buf) == null {
		w.release()
		return graphql.Null
	}
	p.length.Store(int64(len(w.buf)))
	answer.Wrote(len(w.buf) + around)
	return &written{w}
}

// around is room for what stands around the value of a root field.
const around = 256

// release lets the writer be used again.
func (w *writer) release() {
	clear(w.contexts)
	kept := writer{contexts: w.contexts[:0], path: w.path[:0], buf: w.buf[:0]}
	if cap(w.buf) <= largestKept {
		*w = kept
		writers.Put(w)
	}
}

// written is what has been written.
type written struct{ w *writer }

// MarshalGQL is part of graphql.Marshaler.
func (a *written) MarshalGQL(out io.Writer) {
	if whole, ok := out.(*bytes.Buffer); ok { // grows once, for all root fields
		whole.Grow(max(len(a.w.buf), a.w.answer.Wrote(0)-whole.Len()))
	}
	_, _ = out.Write(a.w.buf)
	a.w.release()
	a.w = nil
}

// object writes an object, field by field.
func object[T any](w *writer, f *field, o *T, s *selection, write func(*writer, *T, *field)) {
	start, outer := len(w.buf), w.invalid
	if w.spend(s.cost); w.full {
		return
	}
	w.invalid = false
	w.buf = append(w.buf, '{')
	for i := 0; i < len(s.fields); {
		i = fieldsFrom(w, i, o, s, write)
	}
	w.buf = append(w.buf, '}')
	invalid := w.invalid
	w.invalid = outer
	if invalid {
		w.buf = w.buf[:start]
		w.null(f)
	}
}

// fieldsFrom writes an object's fields from number i on, and returns where to go on. It stops before the end only at a field
// that panics, which is null.
func fieldsFrom[T any](w *writer, i int, o *T, s *selection, write func(*writer, *T, *field)) (next int) {
	depth, start, invalid := len(w.path), len(w.buf), w.invalid
	defer func() {
		if p := recover(); p != nil {
			w.path, w.buf, w.invalid = w.path[:depth], w.buf[:start], invalid
			f := &s.fields[next]
			ctx := w.at(f)
			w.operation.Error(ctx, w.operation.Recover(ctx, p))
			w.null(f)
			next++
		}
	}()
	for next = i; next < len(s.fields); next++ {
		f := &s.fields[next]
		w.buf = append(w.buf, f.key...)
		start, invalid = len(w.buf), w.invalid
		if f.number == typename {
			w.buf = appendText(w.buf, s.typ)
			continue
		}
		write(w, o, f)
	}
	return next
}

// below writes the object that a field leads to.
func below[T any](w *writer, f *field, o *T, s *selection, write func(*writer, *T, *field)) {
	w.path = append(w.path, step{f, noIndex})
	object(w, f, o, s, write)
	w.path = w.path[:len(w.path)-1]
}

// list writes the objects that a field leads to.
func list[T any](w *writer, f *field, many []*T, s *selection, write func(*writer, *T, *field)) {
	start, outer := len(w.buf), w.invalid
	element := field{nonNull: f.elemNonNull}
	w.invalid = false
	w.path = append(w.path, step{f, noIndex}, step{index: 0})
	w.buf = append(w.buf, '[')
	for i, o := range many {
		w.path[len(w.path)-1].index = i
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if o == nil {
			w.missing(&element)
			continue
		}
		if object(w, &element, o, s, write); w.full {
			break
		}
	}
	w.buf = append(w.buf, ']')
	w.path = w.path[:len(w.path)-2]
	invalid := w.invalid
	w.invalid = outer
	if invalid {
		w.buf = w.buf[:start]
		w.null(f)
	}
}

// spend counts values that are about to be written.
func (w *writer) spend(values int64) {
	w.full = !w.answer.Take(values, w.uncounted) || w.full
	w.uncounted = 0
}

// text writes a string.
func (w *writer) text(s string) {
	w.buf = appendText(w.buf, s)
	w.uncounted += int64(len(s))
}

// there reports whether a field's value is to be written. Where there is none, or an error in its place, it writes null.
func (w *writer) there(f *field, none bool, err error) bool {
	if err == nil && !none {
		return true
	}
	switch {
	case err != nil:
		ctx := w.at(f)
		w.operation.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
	case f.nonNull:
		graphql.AddErrorf(w.at(f), errNull)
	}
	w.null(f)
	return false
}

// null writes null in a field's place.
func (w *writer) null(f *field) {
	w.buf = append(w.buf, "null"...)
	w.invalid = w.invalid || f.nonNull
}

// marshal writes a scalar by what marshals it.
func (w *writer) marshal(f *field, m graphql.Marshaler) {
	if m != graphql.Null {
		m.MarshalGQL(w)
		return
	}
	if f.nonNull {
		graphql.AddErrorf(w.at(f), errNull)
	}
	w.null(f)
}

// missing writes null in the place of a list's element.
func (w *writer) missing(element *field) {
	if element.nonNull {
		graphql.AddErrorf(w.place(), errNull)
	}
	w.null(element)
}

// context is what a field's resolver is called with. It is the same for all rows, so it does not tell which row it is.
func (w *writer) context(f *field) context.Context {
	if ctx := w.contexts[f.slot]; ctx != nil {
		return ctx
	}
	ctx := graphql.WithFieldContext(w.context(f.parent), &graphql.FieldContext{Field: f.collected})
	w.contexts[f.slot] = ctx //nolint:fatcontext // as above
	return ctx
}

// at is the context that tells exactly where a field is, for errors.
func (w *writer) at(f *field) context.Context {
	if f.parent == nil {
		return w.ctx
	}
	return graphql.WithFieldContext(w.place(), &graphql.FieldContext{Field: f.collected})
}

// place is the context that tells exactly where the object is that is being written.
func (w *writer) place() context.Context {
	ctx := w.ctx
	for _, s := range w.path {
		switch {
		case s.field == nil:
			ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &s.index}) //nolint:fatcontext // as deep as the path
		case s.field.parent != nil: // the root field's own context is there already
			ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: s.field.collected})
		}
	}
	return ctx
}

// Write is part of io.Writer, for scalars that can only marshal themselves.
func (w *writer) Write(text []byte) (int, error) {
	w.buf = append(w.buf, text...)
	return len(text), nil
}
