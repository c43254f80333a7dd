package loaders

// This file reads pages of lists: plain ones straight from CCUBE, and such as are filtered, ordered or counted from a walk
// over the whole list.

import (
	"context"
	"maps"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
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

// Cut takes a window out of a whole list. The page's rows are its own.
func Cut[T any](w access.Window, all []T) (p Page[T]) {
	rows, more := access.Cut(w, all)
	return Page[T]{Rows: slices.Clone(rows), More: more, Total: len(all)}
}

// Selection says which rows of a list are wanted, and in which order. The zero value is the list as CCUBE has it.
type Selection[T access.Row[T]] struct {
	// List is the list itself, where CCUBE filters it; nil for the noun's own.
	List *access.List[T]
	// Among are the only ids that are wanted; nil for any, empty for none.
	Among []ccube.ID
	// Tests are what rows have to pass.
	Tests []sift.Test[T]
	// Order sorts the rows; nil for CCUBE's own order.
	Order      *sift.Order[T]
	Descending bool
	// window is what has to be in order; all where nil.
	window *access.Window
}

// plain reports whether CCUBE itself can answer the selection.
func (s Selection[T]) plain() bool { return s.Among == nil && len(s.Tests) == 0 && s.Order == nil }

// Page reads a window of what is selected of the noun's list. For a total, and for whatever CCUBE cannot select itself, it
// walks the whole list; the window is then taken from that.
func (o *Objects[T]) Page(ctx context.Context, s Selection[T], w access.Window, total bool) (p Page[T], err error) {
	if !s.plain() || total {
		s.window = &w
		selected, err := o.Select(ctx, s)
		if err == nil {
			return Cut(w, selected), nil
		}
		if !s.plain() {
			return p, err
		}
		p.TotalErr = err
	}
	list := &o.noun.List
	if s.List != nil {
		list = s.List
	}
	p.Rows, p.More, err = access.PageOf(ctx, o.set.reader, list, w)
	return p, err
}

// Select returns all rows that are selected, in order. The slice is shared with others: do not change it.
//
// Rows are judged by what the list shows first; only those that are left, and lack a key that a test or the order needs,
// are read further. A row that cannot be judged is an error: a list with rows missing would be taken for whole.
func (o *Objects[T]) Select(ctx context.Context, s Selection[T]) ([]T, error) {
	rows, err := o.candidates(ctx, s, s.keys())
	if err != nil || len(s.Tests) == 0 && s.Order == nil {
		return rows, err
	}
	rows, late := early(rows, s.Tests)
	lacking := late
	if s.Order != nil {
		lacking |= s.Order.Keys
	}
	if rows, err = o.complete(ctx, rows, lacking); err != nil {
		return nil, err
	}
	if late != 0 {
		rows = slices.DeleteFunc(rows, func(row T) bool { return !passes(row, s.Tests) })
	}
	if s.Order != nil {
		from, to := 0, len(rows)
		if s.window != nil {
			from, to = s.window.Offset, s.window.Offset+s.window.Count
		}
		s.Order.SortWindow(rows, from, to, s.Descending)
	}
	return rows, nil
}

// keys are what rows have to show to be selected.
func (s Selection[T]) keys() (keys ccube.Keys) {
	for _, t := range s.Tests {
		keys |= t.Keys
	}
	if s.Order != nil {
		keys |= s.Order.Keys
	}
	return keys
}

// candidates are the rows to choose from: the whole list, or the few that are named, with the keys as far as may be.
func (o *Objects[T]) candidates(ctx context.Context, s Selection[T], keys ccube.Keys) ([]T, error) {
	if s.Among != nil && s.List == nil {
		listed := o.noun.Listed(o.set.reader)
		if slices.ContainsFunc(s.Tests, func(t sift.Test[T]) bool { return listed.Has(t.Keys) }) {
			keys &= listed // what the list shows may leave fewer to be read further
		}
		return o.among(ctx, s.Among, keys)
	}
	walker := o.walker()
	if s.List != nil {
		walker = access.NewWalker(o.set.reader, s.List)
	}
	all, err := walker.All(ctx)
	if err != nil || s.Among == nil {
		return all, err
	}
	wanted := make(map[ccube.ID]bool, len(s.Among))
	for _, id := range s.Among {
		wanted[id] = true
	}
	rows := make([]T, 0, len(wanted))
	for _, row := range all {
		if wanted[row.Identity()] {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// among reads the rows with the ids by the cheapest road, in order of id. Ids that name nothing are left out.
func (o *Objects[T]) among(ctx context.Context, ids []ccube.ID, keys ccube.Keys) ([]T, error) {
	found, err := o.Find(ctx, ids, &Plan{Verify: true, Want: keys})
	rows := slices.Collect(maps.Values(found))
	sift.ByID[T]().Sort(rows, false)
	return rows, err
}

// Find reads the things with the ids as far as the plan wants them, each by the cheapest road. Ids that name nothing are
// left out; a thing that cannot be read is an error.
func (o *Objects[T]) Find(ctx context.Context, ids []ccube.ID, p *Plan) (map[ccube.ID]T, error) {
	o.load(ctx, ids, p)
	rows := make(map[ccube.ID]T, len(ids))
	for _, id := range ids {
		e := o.entity(id)
		if e.err != nil {
			return nil, e.err
		}
		if e.has {
			rows[id] = e.row
		}
	}
	return rows, nil
}

// early drops the rows that fail a test which they can be judged by as they are, and returns the keys that others lack.
func early[T access.Row[T]](rows []T, tests []sift.Test[T]) (left []T, late ccube.Keys) {
	left = make([]T, 0, len(rows)/4)
	for _, row := range rows {
		pass, lacks := true, ccube.Keys(0)
		for _, t := range tests {
			if !row.Present().Has(t.Keys) {
				lacks |= t.Keys &^ row.Present()
			} else if !t.Pass(row) {
				pass = false
				break
			}
		}
		if pass {
			left = append(left, row)
			late |= lacks
		}
	}
	return left, late
}

func passes[T any](row T, tests []sift.Test[T]) bool {
	return !slices.ContainsFunc(tests, func(t sift.Test[T]) bool { return !t.Pass(row) })
}

// complete reads the keys that rows lack, where another road is known to have them. It returns rows of its own.
func (o *Objects[T]) complete(ctx context.Context, rows []T, keys ccube.Keys) ([]T, error) {
	complete := slices.Clone(rows)
	var lacking []ccube.ID
	var places []int
	for i, row := range rows {
		if row.Present().Has(keys) {
			continue
		}
		e := o.met(row)
		complete[i] = e.row
		if need, either := o.noun.Lacking(o.set.reader, keys&^e.row.Present(), e.taken); need|either != 0 {
			lacking, places = append(lacking, row.Identity()), append(places, i)
		}
	}
	if len(lacking) == 0 {
		return complete, nil
	}
	o.load(ctx, lacking, &Plan{Want: keys})
	for n, i := range places {
		e := o.entity(lacking[n])
		if e.err != nil && !e.row.Present().Has(keys) {
			return nil, e.err
		}
		complete[i] = e.row
	}
	return complete, nil
}

// met returns what is known of a row's thing. One that has not been handed out before came from the list.
func (o *Objects[T]) met(row T) entity[T] {
	if e := o.entity(row.Identity()); e.has && e.row == row {
		return e
	}
	o.note(row, access.ByList)
	return o.entity(row.Identity())
}
