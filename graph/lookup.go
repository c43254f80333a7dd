package graph

// This file answers the lookups: whole lists, one of a list, and what a project embeds of them.

import (
	"context"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func stages(s *loaders.Set) *loaders.Lookup[*ccube.Stage]       { return s.Stages }
func workTypes(s *loaders.Set) *loaders.Lookup[*ccube.WorkType] { return s.WorkTypes }
func communicationStatuses(s *loaders.Set) *loaders.Lookup[*ccube.CommunicationStatus] {
	return s.CommunicationStatuses
}

func stageByID(ctx context.Context, r *Resolver, id ccube.ID) (*model.Stage, error) {
	l, err := lookUp(ctx, r, "Stage", stages, id)
	return (*model.Stage)(l), err
}

func workTypeByID(ctx context.Context, r *Resolver, id ccube.ID) (*model.WorkType, error) {
	l, err := lookUp(ctx, r, "WorkType", workTypes, id)
	return (*model.WorkType)(l), err
}

func communicationStatusByID(ctx context.Context, r *Resolver, id ccube.ID) (*model.CommunicationStatus, error) {
	l, err := lookUp(ctx, r, "CommunicationStatus", communicationStatuses, id)
	return (*model.CommunicationStatus)(l), err
}

// row is a row of a lookup list.
type row[T any] interface {
	*T
	Identity() ccube.ID
}

// listed answers a root field that lists lookups.
func listed[T any, P row[T]](
	ctx context.Context, r *Resolver, typ string, of func(*loaders.Set) *loaders.Lookup[P],
) ([]P, *loaders.Plan, error) {
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	p, err := r.lookAhead(ctx, typ)
	if err != nil {
		return nil, nil, err
	}
	rows, err := of(set).All(ctx)
	return rows, p, err
}

// lookUp answers a root field that asks for one lookup: nil where the list has none with the id.
func lookUp[T any, P row[T]](
	ctx context.Context, r *Resolver, typ string, of func(*loaders.Set) *loaders.Lookup[P], id ccube.ID,
) (*model.Lookup[T], error) {
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, err
	}
	p, err := r.lookAhead(ctx, typ)
	if err != nil {
		return nil, err
	}
	row, ok, err := of(set).Get(ctx, id)
	if !ok {
		return nil, err
	}
	return &model.Lookup[T]{Row: row, Plan: p}, nil
}

// embedded answers the lookup that a project embeds: nil where it names none, or could not be read. The list is read only
// if the query wants more than id and name, and the embedded name wins over the list's.
func embedded[T any, P row[T]](
	ctx context.Context, list *loaders.Lookup[P], named *ccube.Named, unread error, p *loaders.Plan, name ccube.Keys,
) (*model.Lookup[T], error) {
	if named == nil || unread != nil {
		return nil, unread
	}
	l := list.Beside(func() any { return new(block[model.Lookup[T]]) }).(*block[model.Lookup[T]]).next()
	l.Embedded, l.Plan = named, p
	if p.Want&^name == 0 || !named.Keys.Has(ccube.EmbeddedID) {
		return l, nil
	}
	var row P
	row, _, l.Err = list.Get(ctx, named.ID)
	l.Row = row
	return l, nil
}

// steps answers the stages that a stage names. Those that are not listed are left out.
func steps(ctx context.Context, of *model.Stage, ids []ccube.ID) ([]*model.Stage, error) {
	if ids == nil {
		return nil, nil
	}
	set, p, err := below(ctx, of.Plan, "Stage")
	if err != nil {
		return nil, err
	}
	stages := make([]*model.Stage, 0, len(ids))
	for _, id := range ids {
		row, ok, err := set.Stages.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			stages = append(stages, &model.Stage{Row: row, Plan: p})
		}
	}
	return stages, nil
}

// block hands out values of one operation, many to an allocation: a list may show a lookup in each of its rows. It is safe for
// concurrent use.
type block[T any] struct {
	mu   sync.Mutex
	made int
	free []T
}

// next returns a new value.
func (b *block[T]) next() *T {
	const most = 256
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.free) == 0 {
		b.free = make([]T, min(max(4, b.made), most))
		b.made += len(b.free)
	}
	value := &b.free[0]
	b.free = b.free[1:]
	return value
}
