// Package fair shares a bounded number of places among askers who take turns.
//
// A semaphore serves whoever came first, so one who wants thousands of places makes everybody else wait for all of them.
// A [Gate] has a queue for each asker and goes round them: whoever wants one place waits for one turn of the others,
// however much each of them wants. Places that nobody else wants are anybody's. Nothing is kept of an asker who neither
// waits nor is inside.
package fair

import (
	"container/list"
	"context"
	"sync"
)

// Gate lets a bounded number in at once. Make one with [New]; it is safe for concurrent use.
type Gate[K comparable] struct {
	mu   sync.Mutex
	free int
	// queues are those who wait, by asker; turns are the same, the one who is next in front.
	queues map[K]*list.Element
	turns  *list.List
}

// queue is an asker's tickets, in the order in which they were asked for.
type queue[K comparable] struct {
	who     K
	tickets list.List
}

// ticket is one who waits. called is closed when the place is there.
type ticket struct {
	called chan struct{}
	given  bool
}

// New returns a gate with so many places.
func New[K comparable](places int) *Gate[K] {
	return &Gate[K]{free: places, queues: make(map[K]*list.Element), turns: list.New()}
}

// Enter waits for a place, or for the end of the context, whose error it then returns. Whoever has a place calls leave,
// once.
func (g *Gate[K]) Enter(ctx context.Context, who K) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	place, t := g.ask(who)
	if t == nil {
		return g.leave, nil
	}
	select {
	case <-t.called:
		return g.leave, nil
	case <-ctx.Done():
		g.giveUp(who, place, t)
		return nil, ctx.Err()
	}
}

// ask takes a free place, for which there is no ticket, or queues up for one.
func (g *Gate[K]) ask(who K) (*list.Element, *ticket) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free > 0 {
		g.free--
		return nil, nil
	}
	turn := g.queues[who]
	if turn == nil {
		turn = g.turns.PushBack(&queue[K]{who: who})
		g.queues[who] = turn
	}
	t := &ticket{called: make(chan struct{})}
	return turn.Value.(*queue[K]).tickets.PushBack(t), t
}

func (g *Gate[K]) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pass()
}

// pass gives a place to the next asker, who then goes behind all others that wait. The caller holds the lock.
func (g *Gate[K]) pass() {
	turn := g.turns.Front()
	if turn == nil {
		g.free++
		return
	}
	q := turn.Value.(*queue[K])
	t := q.tickets.Remove(q.tickets.Front()).(*ticket)
	g.turns.MoveToBack(turn)
	g.drop(turn)
	t.given = true
	close(t.called)
}

// giveUp takes a ticket back, or the place that it has just been given.
func (g *Gate[K]) giveUp(who K, place *list.Element, t *ticket) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.given {
		g.pass()
		return
	}
	turn := g.queues[who]
	turn.Value.(*queue[K]).tickets.Remove(place)
	g.drop(turn)
}

// drop forgets a queue in which nobody waits. The caller holds the lock.
func (g *Gate[K]) drop(turn *list.Element) {
	if q := turn.Value.(*queue[K]); q.tickets.Len() == 0 {
		g.turns.Remove(turn)
		delete(g.queues, q.who)
	}
}
