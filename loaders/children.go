package loaders

// This file joins whole lists on project_id, for all projects at once, since CCUBE has no filter by project.

import (
	"context"
	"sync"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

// Children are the rows of one noun by their project.
type Children[T access.Row[T]] struct {
	objects *Objects[T]
	// projectID returns the row's project; false where the row does not say.
	projectID func(T) (*ccube.ID, bool)
	byParent  *Loader[Key, []*Found[T]]

	once   sync.Once
	done   chan struct{}
	joined map[ccube.ID][]T
	err    error
}

func newChildren[T access.Row[T]](o *Objects[T], projectID func(T) (*ccube.ID, bool)) *Children[T] {
	c := &Children[T]{objects: o, projectID: projectID, done: make(chan struct{})}
	c.byParent = newLoader(o.set.ctx, c.loadByParent).called(o.noun.Endpoint, " by project")
	return c
}

// Of returns the project's rows, in the list's order, as far as the plan wants them.
func (c *Children[T]) Of(ctx context.Context, project ccube.ID, p *Plan) ([]*Found[T], error) {
	return c.byParent.Load(ctx, Key{project, p})
}

// announce starts reading the rows of the projects.
func (c *Children[T]) announce(projects []ccube.ID, p *Plan) {
	keys := make([]Key, len(projects))
	for i, id := range projects {
		keys[i] = Key{id, p}
	}
	c.byParent.Announce(keys)
}

// loadByParent is the batch: one join, then what the rows of all parents lack, at once.
func (c *Children[T]) loadByParent(ctx context.Context, keys []Key) []*dataloader.Result[[]*Found[T]] {
	joined, err := c.join(ctx)
	if err != nil {
		return failed[Key, []*Found[T]](keys, err)
	}
	found := make(map[Key][]*Found[T], len(keys))
	for plan, parents := range byPlan(keys) {
		var rows []T
		for _, parent := range parents {
			rows = append(rows, joined[parent]...)
		}
		prepared := c.objects.Prepare(ctx, rows, plan)
		for _, parent := range parents {
			n := len(joined[parent])
			found[Key{parent, plan}], prepared = prepared[:n:n], prepared[n:]
		}
	}
	return results(keys, func(k Key) ([]*Found[T], error) { return found[k], nil })
}

// start begins the join, for whoever asks later, and returns at once.
func (c *Children[T]) start() {
	c.once.Do(func() {
		go func() {
			defer close(c.done)
			defer fault.Recover(&c.err)
			ctx, end := span.Step(c.objects.set.ctx, c.byParent.name())
			defer end()
			var rows []T
			if rows, c.err = c.objects.walker().All(ctx); c.err == nil {
				c.joined, c.err = c.byProject(rows)
			}
		}()
	})
}

// join walks the list and sorts its rows by project, once a request.
func (c *Children[T]) join(ctx context.Context) (map[ccube.ID][]T, error) {
	c.start()
	select {
	case <-c.done:
		return c.joined, c.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (c *Children[T]) byProject(rows []T) (map[ccube.ID][]T, error) {
	joined := make(map[ccube.ID][]T)
	telling := 0
	for _, row := range rows {
		id, ok := c.projectID(row)
		if ok {
			telling++
		}
		if id != nil {
			joined[*id] = append(joined[*id], row)
		}
	}
	if len(rows) > 0 && telling == 0 {
		return nil, fault.New(fault.UpstreamError, "CCUBE's list of %s does not say which project each belongs to", c.objects.noun.Endpoint)
	}
	return joined, nil
}
