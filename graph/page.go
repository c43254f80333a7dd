package graph

// This file answers the root fields that list.

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// The rows of a page.
const (
	defaultFirst = 20
	maxFirst     = 1000
)

// pageArgs are a list's arguments.
type pageArgs struct {
	First  *int
	After  *string
	Offset *int
	// Of says which list a cursor belongs to: the filter and the order as the client gave them.
	Of []any
}

// window reads the arguments. The error is of category fault.BadUserInput.
func (a pageArgs) window(list listName) (w access.Window, err error) {
	w.Count = defaultFirst
	if a.First != nil {
		w.Count = *a.First
	}
	if w.Count < 1 || w.Count > maxFirst {
		return w, fault.New(fault.BadUserInput, "`first` is %d: it takes 1 to %d", w.Count, maxFirst)
	}
	if a.After != nil && a.Offset != nil {
		return w, fault.New(fault.BadUserInput, "`after` and `offset` are both given: they exclude each other")
	}
	if a.After != nil {
		w.Offset, err = readCursor(list, *a.After)
	}
	if a.Offset != nil {
		w.Offset = *a.Offset
	}
	if w.Offset < 0 || w.Offset > maxOffset {
		return w, fault.New(fault.BadUserInput, "`offset` is %d: it takes 0 to %d", w.Offset, maxOffset)
	}
	return w, err
}

// listing is a root field that lists objects of one noun.
type listing[T access.Row[T], M any] struct {
	// list is the field's name, typ the type of its objects.
	list, typ string
	objects   func(*loaders.Set) *loaders.Objects[T]
	model     func(*loaders.Found[T]) *M
}

// page answers the field: the window's rows, each read as far as the query selects it.
func (l listing[T, M]) page(
	ctx context.Context, r *Resolver, args pageArgs, selection loaders.Selection[T], invalid error,
) (c model.Connection[M], err error) {
	if invalid != nil {
		return c, invalid
	}
	plan, err := r.lookAhead(ctx, l.typ+"Connection")
	if err != nil {
		return c, err
	}
	var name listName // is for cursors alone
	if args.After != nil || selects(plan, "edges") || selects(plan, "pageInfo") {
		name = nameOf(l.list, args.Of)
	}
	window, err := args.window(name)
	if err != nil {
		return c, err
	}
	set, err := loaders.From(ctx)
	if err != nil {
		return c, err
	}
	window.Next = wantsNext(plan)
	at := rowsOf(plan)
	l.objects(set).Foresee(selection, window, slices.Collect(maps.Values(at)))
	page, err := l.read(ctx, l.objects(set), selection, window, plan.Want&wantTotal != 0)
	if err != nil {
		return c, err
	}
	c = l.connect(name, window, page, plan)
	c.Places, err = l.prepare(ctx, l.objects(set), at, page.Rows)
	return c, err
}

// read reads a page. A series that asks for the whole list selects it once, and has each page cut out of that: to filter and
// sort anew for every page would cost as many times as much as there are pages.
func (l listing[T, M]) read(
	ctx context.Context, o *loaders.Objects[T], selection loaders.Selection[T], w access.Window, total bool,
) (p loaders.Page[T], err error) {
	s := seriesOf(ctx)
	if s == nil || !total {
		return o.Page(ctx, selection, w, total)
	}
	rows, known := s.selected.([]T)
	if !known {
		if rows, err = o.Select(ctx, selection); err != nil {
			return p, err
		}
		s.selected = rows
	}
	return loaders.Cut(w, rows), nil
}

// connect describes a page of the list.
func (l listing[T, M]) connect(name listName, w access.Window, page loaders.Page[T], plan *loaders.Plan) (c model.Connection[M]) {
	c.Info = model.PageInfo{HasNextPage: page.More, HasPreviousPage: w.Offset > 0}
	c.Rows, c.Cursor = len(page.Rows), func(row int) string { return newCursor(name, w.Offset+row+1) }
	if c.Rows > 0 && selects(plan, "pageInfo") {
		first, last := c.Cursor(0), c.Cursor(c.Rows-1)
		c.Info.StartCursor, c.Info.EndCursor = &first, &last
	}
	if c.TotalErr = page.TotalErr; plan.Want&wantTotal != 0 && c.TotalErr == nil {
		c.Total = &page.Total
	}
	return c
}

// prepare reads the rows for each place, all at once.
func (l listing[T, M]) prepare(
	ctx context.Context, o *loaders.Objects[T], at map[model.Place]*loaders.Plan, rows []T,
) (map[model.Place][]*M, error) {
	places := make(map[model.Place][]*M, len(at))
	var mu sync.Mutex
	var group errgroup.Group
	for place, p := range at {
		group.Go(func() (err error) {
			defer fault.Recover(&err)
			found, err := many(o.Prepare(ctx, rows, p), nil, l.model)
			mu.Lock()
			defer mu.Unlock()
			places[place] = found
			return err
		})
	}
	return places, group.Wait()
}

// selects reports whether the query selects a field of a connection.
func selects(connection *loaders.Plan, field string) bool {
	return slices.ContainsFunc(connection.Fields, func(f loaders.Field) bool { return f.Name == field })
}

// rowsOf are the plans of a connection's rows, by the place at which the query selects them.
func rowsOf(connection *loaders.Plan) map[model.Place]*loaders.Plan {
	typ, ok := strings.CutSuffix(connection.Type, "Connection")
	if !ok {
		return nil
	}
	at := make(map[model.Place]*loaders.Plan, 1)
	for _, f := range connection.Fields {
		if p := f.Plans[typ]; p != nil {
			at[model.Place{Field: f.Alias}] = p
		}
		if edge := f.Plans[typ+"Edge"]; edge != nil {
			for _, node := range edge.Fields {
				at[model.Place{Field: f.Alias, Node: node.Alias}] = node.Plans[typ]
			}
		}
	}
	return at
}

// same has all places want the same keys, so that a row is read by one road.
func same(at map[model.Place]*loaders.Plan) {
	var want ccube.Keys
	for _, p := range at {
		want |= p.Want
	}
	for _, p := range at {
		p.Want = want
	}
}

// wantsNext reports whether the query asks if rows follow the page.
func wantsNext(p *loaders.Plan) bool {
	for _, f := range p.Fields {
		if info := f.Plans["PageInfo"]; info != nil && info.Want&wantNext != 0 {
			return true
		}
	}
	return false
}
