package loaders

import (
	"context"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

// Lists read the lookup lists, from a cache where that may be, from CCUBE else.
type Lists struct {
	Stages                func(context.Context, *ccube.API) ([]*ccube.Stage, error)
	WorkTypes             func(context.Context, *ccube.API) ([]*ccube.WorkType, error)
	CommunicationStatuses func(context.Context, *ccube.API) ([]*ccube.CommunicationStatus, error)
}

// Lookup is a lookup list, read once a request.
type Lookup[T interface{ Identity() ccube.ID }] struct {
	set *Set
	// name is what a trace calls reading it.
	name string
	read func(context.Context, *ccube.API) ([]T, error)

	once sync.Once
	// beside is what its user keeps beside it.
	beside     any
	makeBeside sync.Once
	done       chan struct{}
	rows       []T
	byID       map[ccube.ID]T
	err        error
}

func newLookup[T interface{ Identity() ccube.ID }](
	s *Set, name string, read func(context.Context, *ccube.API) ([]T, error),
) *Lookup[T] {
	return &Lookup[T]{set: s, name: name, read: read, done: make(chan struct{})}
}

// All returns the whole list, in CCUBE's order. The rows are shared: do not change them.
func (l *Lookup[T]) All(ctx context.Context) ([]T, error) {
	l.announce()
	select {
	case <-l.done:
		return l.rows, l.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Beside returns what its user keeps beside the list for the operation. The first call makes it.
func (l *Lookup[T]) Beside(create func() any) any {
	l.makeBeside.Do(func() { l.beside = create() })
	return l.beside
}

// Get returns the row with the id; false where the list has none.
func (l *Lookup[T]) Get(ctx context.Context, id ccube.ID) (row T, ok bool, err error) {
	if _, err = l.All(ctx); err != nil {
		return row, false, err
	}
	row, ok = l.byID[id]
	return row, ok, nil
}

// announce starts reading the list.
func (l *Lookup[T]) announce() {
	l.once.Do(func() { go l.load() })
}

func (l *Lookup[T]) load() {
	defer close(l.done)
	defer fault.Recover(&l.err)
	ctx, end := span.Step(l.set.ctx, l.name)
	defer end()
	l.rows, l.err = l.read(ctx, l.set.reader.API)
	l.byID = make(map[ccube.ID]T, len(l.rows))
	for _, row := range l.rows {
		l.byID[row.Identity()] = row
	}
}
