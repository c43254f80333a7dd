package graph

// This file answers the totals: rows of a list, summed up by something that they share.

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// share is what rows share: a key for machines, a label for people. Rows that have none share the empty one.
type share struct {
	key, label string
}

// sharedID is the share of a thing with an id and a name.
func sharedID(id *ccube.ID, name ccube.Null[string]) share {
	if id == nil {
		return share{}
	}
	return share{id.String(), name.V}
}

// sharedText is the share of a word.
func sharedText(text ccube.Null[string]) share { return share{text.V, text.V} }

// sharedMonth is the share of a day's or an instant's month, as CCUBE writes it, in its own time zone.
func sharedMonth[D ~string](day ccube.Null[D]) share {
	const month = len("2024-08")
	if !day.Valid || len(day.V) < month {
		return share{}
	}
	return share{string(day.V[:month]), string(day.V[:month])}
}

// groups are rows by what they share.
type groups[T any] map[string]*group[T]

type group[T any] struct {
	label string
	rows  []T
}

// grouped sorts rows into groups.
func grouped[T any](rows []T, of func(T) share) groups[T] {
	gs := make(groups[T])
	for _, row := range rows {
		s := of(row)
		g := gs[s.key]
		if g == nil {
			g = new(group[T])
			gs[s.key] = g
		}
		g.label = cmp.Or(g.label, s.label)
		g.rows = append(g.rows, row)
	}
	return gs
}

// each maps the groups in order of their keys: numbers by size, words by letter.
func each[T, M any](gs groups[T], model func(key string, label *string, rows []T) (*M, error)) ([]*M, error) {
	models := make([]*M, 0, len(gs))
	for _, key := range slices.SortedFunc(maps.Keys(gs), compareKeys) {
		g := gs[key]
		var label *string
		if g.label != "" {
			label = &g.label
		}
		m, err := model(key, label, g.rows)
		if err != nil {
			return nil, err
		}
		models = append(models, m)
	}
	return models, nil
}

// compareKeys orders keys: ids by their number, then the others as text, and the empty one last.
func compareKeys(a, b string) int {
	x, errX := ccube.ParseID(a)
	y, errY := ccube.ParseID(b)
	rank := func(key string, err error) int {
		switch {
		case err == nil:
			return 0
		case key != "":
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(rank(a, errX), rank(b, errY)), cmp.Compare(x, y), cmp.Compare(a, b))
}

// selected returns the operation's loaders and the rows of a noun that pass a filter.
func selected[T access.Row[T]](
	ctx context.Context, of func(*loaders.Set) *loaders.Objects[T], s loaders.Selection[T], invalid error,
) (*loaders.Set, []T, error) {
	if invalid != nil {
		return nil, nil, invalid
	}
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := of(set).Select(ctx, s)
	return set, rows, err
}

// sums adds amounts, and keeps the first that could not be added.
type sums[T any] struct {
	rows []T
	err  error
}

// of adds one amount of all rows.
func (s *sums[T]) of(amount func(T) ccube.Null[ccube.Decimal]) ccube.Decimal {
	var sum sift.Sum
	for _, row := range s.rows {
		sum.Add(amount(row))
	}
	total, err := sum.Decimal()
	s.err = cmp.Or(s.err, err)
	return total
}

// label gives groups by id that have no label the names of the things that the ids are of, if the query asks for labels.
// A thing that is gone has none.
func label[T any, U access.Row[U]](
	ctx context.Context, o *loaders.Objects[U], gs groups[T], key ccube.Keys, name func(U) string,
) error {
	if !slices.Contains(graphql.CollectAllFields(ctx), "label") {
		return nil
	}
	var ids []ccube.ID
	for text, g := range gs {
		if id, err := ccube.ParseID(text); err == nil && g.label == "" {
			ids = append(ids, id)
		}
	}
	things, err := o.Find(ctx, ids, &loaders.Plan{Want: key})
	for id, thing := range things {
		gs[id.String()].label = name(thing)
	}
	return err
}

// labelProjects gives groups by project the projects' numbers.
func labelProjects[T any](ctx context.Context, set *loaders.Set, gs groups[T]) error {
	return label(ctx, set.Projects, gs, ccube.ProjectNumber, func(p *ccube.Project) string { return p.Number.V })
}

// labelClients gives groups by client the clients' names.
func labelClients[T any](ctx context.Context, set *loaders.Set, gs groups[T]) error {
	return label(ctx, set.Parties, gs, ccube.PartyName, func(p *ccube.Party) string { return p.Name.V })
}
