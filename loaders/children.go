package loaders

// This file joins whole lists on project_id, for all projects at once, since CCUBE has no filter by project.

import (
	"context"
	"slices"
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

	once sync.Once
	// begun is closed when the walk's first calls have begun, done when it is over.
	begun, done chan struct{}
	rows        []T
	err         error

	mu sync.Mutex
	// asked tells that rows have been sorted out before, and joined has all by their project, once that pays.
	asked  bool
	joined map[ccube.ID][]T
}

func newChildren[T access.Row[T]](o *Objects[T], projectID func(T) (*ccube.ID, bool)) *Children[T] {
	c := &Children[T]{objects: o, projectID: projectID, begun: make(chan struct{}), done: make(chan struct{})}
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
	projects := make([]ccube.ID, len(keys))
	for i, k := range keys {
		projects[i] = k.ID
	}
	joined, err := c.join(ctx, projects...)
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

// start begins the walk, for whoever asks later, and returns at once.
func (c *Children[T]) start() {
	c.once.Do(func() {
		go func() {
			defer close(c.done)
			defer fault.Recover(&c.err)
			ctx, end := span.Step(c.objects.set.ctx, c.byParent.name())
			defer end()
			begun := sync.OnceFunc(func() { close(c.begun) })
			if c.rows, c.err = c.objects.walker().AllFrom(ctx, begun); c.err == nil {
				c.err = c.judge()
			}
		}()
	})
}

// lead starts the walk before those of other lists if its rows will need calls of their own, so that their chain is not longer
// for calls that nothing follows. It returns once the first calls have begun.
func (c *Children[T]) lead(p *Plan) {
	if !c.objects.leadsOn(p) {
		return
	}
	c.start()
	select {
	case <-c.begun:
	case <-c.objects.set.ctx.Done():
	}
}

// judge fails for a list that does not say which project its rows belong to.
func (c *Children[T]) judge() error {
	tells := func(row T) bool { _, ok := c.projectID(row); return ok }
	if len(c.rows) > 0 && !slices.ContainsFunc(c.rows, tells) {
		return fault.New(fault.UpstreamError, "CCUBE's list of %s does not say which project each belongs to", c.objects.noun.Endpoint)
	}
	return nil
}

// join walks the list, once a request, and returns the rows of the projects by their project, perhaps with those of others.
func (c *Children[T]) join(ctx context.Context, projects ...ccube.ID) (map[ccube.ID][]T, error) {
	c.start()
	select {
	case <-c.done:
		if c.err != nil {
			return nil, c.err
		}
		return c.byProject(projects), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// fewProjects is how many are found faster by going through the rows than by sorting all rows by their project.
const fewProjects = 8

// byProject sorts rows by their project: those of few projects alone, the first time; who asks again wants all.
func (c *Children[T]) byProject(projects []ccube.ID) map[ccube.ID][]T {
	c.mu.Lock()
	defer c.mu.Unlock()
	few := !c.asked && len(projects) <= fewProjects
	c.asked = true
	if c.joined != nil {
		return c.joined
	}
	joined := make(map[ccube.ID][]T, len(projects))
	for _, row := range c.rows {
		if id, _ := c.projectID(row); id != nil && (!few || slices.Contains(projects, *id)) {
			joined[*id] = append(joined[*id], row)
		}
	}
	if !few {
		c.joined = joined
	}
	return joined
}
