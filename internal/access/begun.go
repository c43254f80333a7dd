package access

import (
	"context"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Begun is a list whose first page is being read. Whoever wants many short lists begins with all of them, and then takes one
// after another, which needs no goroutine for each.
type Begun[T Row[T]] struct {
	reader *Reader
	list   *List[T]
	first  *ccube.Reading[[]T]
}

// Begin begins to read a list that has a Begin. Whoever has begun calls [Begun.All], once.
func Begin[T Row[T]](ctx context.Context, r *Reader, l *List[T]) Begun[T] {
	return Begun[T]{r, l, l.begin(ctx, r, 1, r.options.PageSize)}
}

// All is [Walker.All]. Where the first page is the whole list there is nothing to walk.
func (b Begun[T]) All(ctx context.Context) ([]T, error) {
	rows, err := b.list.took(ctx, b.reader, b.first)
	if err == nil && b.list.few(rows) && len(rows) > 0 && distinct(rows) {
		b.reader.learn(b.list.Endpoint, func(h *habit) { h.atLeast = max(h.atLeast, len(rows)) })
		return rows, nil
	}
	w := NewWalker(b.reader, b.list)
	w.given = &arrival[T]{number: 1, rows: rows, err: err}
	return w.All(ctx)
}

// distinct reports whether no two of a few rows are the same thing.
func distinct[T Row[T]](rows []T) bool {
	for i, row := range rows {
		if slices.ContainsFunc(rows[:i], func(other T) bool { return other.Identity() == row.Identity() }) {
			return false
		}
	}
	return true
}
