package loaders

import (
	"context"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
)

// Page is one window of a list.
type Page[T any] struct {
	Rows []T
	// More tells whether rows follow, if the window asked.
	More bool
	// Total is how many rows the list has, if that was asked for; TotalErr why that could not be told.
	Total    int
	TotalErr error
}

// Page reads a window of the noun's list. The total costs a walk over the whole list; the window is then taken from that.
func (o *Objects[T]) Page(ctx context.Context, w access.Window, total bool) (p Page[T], err error) {
	if total {
		all, err := o.walker.All(ctx)
		if err == nil {
			p.Rows, p.More = access.Cut(w, all)
			p.Rows, p.Total = slices.Clone(p.Rows), len(all)
			return p, nil
		}
		p.TotalErr = err
	}
	p.Rows, p.More, err = access.PageOf(ctx, o.set.reader, &o.noun.List, w)
	return p, err
}
