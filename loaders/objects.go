package loaders

// This file keeps the rows of one noun for one request, and reads what they lack.

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Key asks for the thing with the id, read as far as the plan wants it.
type Key struct {
	ID   ccube.ID
	Plan *Plan
}

// Found is a row that has been read as far as its plan wants it.
type Found[T any] struct {
	Row  T
	Plan *Plan
	// Err is why keys that the row lacks could not be read; nil where CCUBE just has none.
	Err error
}

// Objects are the rows of one noun. A row once handed out keeps the values that it had: whatever is read later only adds
// to it, so that one answer shows one of two readings.
type Objects[T access.Row[T]] struct {
	set     *Set
	noun    *access.Noun[T]
	details *Loader[ccube.ID, T]
	byID    *Loader[Key, *Found[T]]
	// stub returns a row of which only the id is known.
	stub func(ccube.ID) T
	// relate announces what lies below rows; relateIDs what lies below things of which only the ids are known.
	relate    func(rows []T, p *Plan)
	relateIDs func(ids []ccube.ID, p *Plan)
	// foresee starts what n rows or more will need, whichever they are; nil where that depends on the rows.
	foresee func(n int, p *Plan)

	mu sync.Mutex
	// walk is nil until the list is walked.
	walk *access.Walker[T]
	// known is nil until there is something to keep: an operation has many nouns, and few that it asks for.
	known map[ccube.ID]entity[T]
}

// entity is what is known of one thing.
type entity[T any] struct {
	row T
	// has tells that there is a row.
	has bool
	// taken are the roads that have been tried.
	taken access.Roads
	// err is why one of them failed.
	err error
}

func newObjects[T access.Row[T]](s *Set, noun *access.Noun[T], stub func(ccube.ID) T) *Objects[T] {
	o := &Objects[T]{set: s, noun: noun, stub: stub}
	o.relate = func([]T, *Plan) {}
	o.relateIDs = func([]ccube.ID, *Plan) {}
	o.details = newLoader(s.ctx, o.readDetails).called(noun.Endpoint, ", details")
	o.byID = newLoader(s.ctx, o.loadByID).called(noun.Endpoint, " by id")
	return o
}

// walker returns what walks the list, once an operation.
func (o *Objects[T]) walker() *access.Walker[T] {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.walk == nil {
		o.walk = access.NewWalker(o.set.reader, &o.noun.List)
	}
	return o.walk
}

// readDetails is the batch of details: one call each, all at once.
func (o *Objects[T]) readDetails(ctx context.Context, ids []ccube.ID) []*dataloader.Result[T] {
	rs := make([]*dataloader.Result[T], len(ids))
	readings := make([]*ccube.Reading[T], len(ids))
	ahead(len(ids), func(i int) {
		readings[i] = o.noun.BeginDetail(ctx, o.set.reader, ids[i])
	}, func(i int) {
		row, err := o.noun.Took(ctx, o.set.reader, readings[i])
		rs[i] = &dataloader.Result[T]{Data: row, Error: err}
	})
	return rs
}

// loadByID is the batch of things by id. Things that are not there are nil.
func (o *Objects[T]) loadByID(ctx context.Context, keys []Key) []*dataloader.Result[*Found[T]] {
	answers := make(map[Key]dataloader.Result[*Found[T]], len(keys))
	for plan, ids := range byPlan(keys) {
		o.relateIDs(ids, plan)
		o.load(ctx, ids, plan)
		var rows []T
		for _, id := range ids {
			found, err := o.found(id, plan)
			answers[Key{id, plan}] = dataloader.Result[*Found[T]]{Data: found, Error: err}
			if found != nil {
				rows = append(rows, found.Row)
			}
		}
		o.relate(rows, plan)
	}
	return results(keys, func(k Key) (*Found[T], error) { return answers[k].Data, answers[k].Error })
}

// found is what became of one thing: its row, nil where there is none, or why it could not be read. Where nothing is
// wanted of it but its id, a row with that is enough.
func (o *Objects[T]) found(id ccube.ID, p *Plan) (*Found[T], error) {
	e := o.entity(id)
	switch {
	case e.has:
		return &Found[T]{Row: e.row, Plan: p, Err: e.err}, nil
	case e.err != nil:
		return nil, e.err
	case e.taken == 0:
		return &Found[T]{Row: o.stub(id), Plan: p}, nil
	}
	return nil, nil
}

// Get returns the thing as far as the plan wants it, nil where there is none.
func (o *Objects[T]) Get(ctx context.Context, id ccube.ID, p *Plan) (*Found[T], error) {
	return o.byID.Load(ctx, Key{id, p})
}

// Announce starts reading the things as far as the plan wants them, and returns at once.
func (o *Objects[T]) Announce(ids []ccube.ID, p *Plan) {
	keys := make([]Key, len(ids))
	for i, id := range ids {
		keys[i] = Key{id, p}
	}
	o.byID.Announce(keys)
}

// leadsOn reports whether rows of the list may need further calls for the plan: for keys that only details have, or for what
// they refer to.
func (o *Objects[T]) leadsOn(p *Plan) bool {
	details, _ := o.noun.Lacking(o.set.reader, p.Want&^o.noun.Listed(o.set.reader), access.ByList)
	return details != 0 || len(p.Fields) > 0
}

// Prepare reads what the rows, which came from the list, lack of the plan, and announces what lies below them. It keeps
// their order.
func (o *Objects[T]) Prepare(ctx context.Context, rows []T, p *Plan) []*Found[T] {
	ids := make([]ccube.ID, len(rows))
	noted := make([]T, len(rows))
	o.expect(len(rows))
	for i, row := range rows {
		ids[i] = row.Identity()
		noted[i] = o.note(row, access.ByList)
	}
	o.relateIDs(ids, p)
	o.relate(noted, p)
	o.load(ctx, ids, p)
	found, all := make([]*Found[T], len(rows)), make([]Found[T], len(rows))
	for i, id := range ids {
		e := o.entity(id)
		noted[i] = e.row
		all[i] = Found[T]{Row: e.row, Plan: p, Err: e.err}
		found[i] = &all[i]
	}
	o.relate(noted, p) // again, for keys that came with the details
	return found
}

// Wrote keeps the row that CCUBE has answered a write with. It wins over whatever is read of the thing afterwards; what it
// lacks is read by the cheapest road, if it is asked for.
func (o *Objects[T]) Wrote(row T) { o.note(row, 0) }

// entity returns what is known of a thing.
func (o *Objects[T]) entity(id ccube.ID) entity[T] {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.known[id]
}

// expect makes room for so many rows.
func (o *Objects[T]) expect(rows int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil {
		o.known = make(map[ccube.ID]entity[T], rows)
	}
}

// keep keeps what is known of a thing. Whoever calls it holds the lock.
func (o *Objects[T]) keep(id ccube.ID, e entity[T]) {
	if o.known == nil {
		o.known = make(map[ccube.ID]entity[T])
	}
	o.known[id] = e
}

// note keeps a row that came by a road and returns it with what was known of it before. What was known stays as it was.
func (o *Objects[T]) note(row T, road access.Roads) T {
	o.mu.Lock()
	defer o.mu.Unlock()
	e := o.known[row.Identity()]
	if !e.has {
		e.row, e.has = row, true
	} else if !e.taken.Has(road) {
		e.row = e.row.Fill(row)
	}
	e.taken |= road
	o.keep(row.Identity(), e)
	return e.row
}

// passed keeps that a road did not lead to a thing: it is not there, or err says why.
func (o *Objects[T]) passed(id ccube.ID, road access.Roads, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	e := o.known[id]
	e.taken |= road
	if err != nil {
		e.err = err
	}
	o.keep(id, e)
}

// load reads what the things lack of the plan, each by the cheapest road. Where that road turns out not to have what the
// reference promises of it, as with tenants on an older version, the other is taken too.
func (o *Objects[T]) load(ctx context.Context, ids []ccube.ID, p *Plan) {
	ids = slices.DeleteFunc(o.step(ctx, ids, p), func(id ccube.ID) bool {
		e := o.entity(id)
		return !e.has || e.err != nil
	})
	o.step(ctx, ids, p)
}

// step takes one road for each of the things that lack something, and returns those that it took one for.
func (o *Objects[T]) step(ctx context.Context, ids []ccube.ID, p *Plan) (taken []ccube.ID) {
	var details, listed, either []ccube.ID
	seen := make(map[ccube.ID]bool)
	for _, id := range ids {
		need, any := o.roads(id, p)
		if need|any == 0 || seen[id] {
			continue
		}
		seen[id] = true
		taken = append(taken, id)
		if need.Has(access.ByDetail) {
			details = append(details, id)
		}
		if need.Has(access.ByList) {
			listed = append(listed, id)
		}
		if need == 0 {
			either = append(either, id)
		}
	}
	if len(taken) == 0 {
		return nil
	}
	var wait sync.WaitGroup
	for _, way := range []struct {
		ids  []ccube.ID
		take func(context.Context, []ccube.ID)
	}{{details, o.takeDetails}, {listed, o.takeList}, {either, o.takeEither}} {
		if len(way.ids) > 0 {
			wait.Go(func() { o.safely(way.ids, func() { way.take(ctx, way.ids) }) })
		}
	}
	wait.Wait()
	return taken
}

// safely turns a panic in a goroutine of ours into why the things could not be read.
func (o *Objects[T]) safely(ids []ccube.ID, take func()) {
	var err error
	func() {
		defer fault.Recover(&err)
		take()
	}()
	if err != nil {
		for _, id := range ids {
			o.passed(id, 0, err)
		}
	}
}

// roads says how to read what a thing lacks.
func (o *Objects[T]) roads(id ccube.ID, p *Plan) (need, either access.Roads) {
	e := o.entity(id)
	lacks := p.Want
	if e.has {
		lacks &^= e.row.Present()
	}
	need, either = o.noun.Lacking(o.set.reader, lacks, e.taken)
	if need|either == 0 && e.taken == 0 && !e.has && (p.Verify || p.Want != 0) {
		either = access.ByDetail | access.ByList
	}
	return need, either
}

// takeDetails reads the things by their details.
func (o *Objects[T]) takeDetails(ctx context.Context, ids []ccube.ID) {
	o.details.Announce(ids)
	for _, id := range ids {
		row, err := o.details.Load(ctx, id)
		switch {
		case err == nil:
			o.note(row, access.ByDetail)
		case errors.Is(err, fault.NotFound):
			o.passed(id, access.ByDetail|access.ByList, nil) // what is not there is not in the list either
		default:
			o.passed(id, access.ByDetail, err)
		}
	}
}

// takeList looks the things up in the list, to its end if need be.
func (o *Objects[T]) takeList(ctx context.Context, ids []ccube.ID) {
	rows, err := o.walker().Find(ctx, ids, nil)
	o.noteListed(ids, rows, err)
}

// takeEither looks the things up in the list as long as that is cheaper than their details, and reads the details of
// those that are left.
func (o *Objects[T]) takeEither(ctx context.Context, ids []ccube.ID) {
	if o.noun.Get == nil {
		o.takeList(ctx, ids)
		return
	}
	rows, err := o.walker().Find(ctx, ids, func(missing, read int) bool {
		return !access.PreferDetails(o.set.reader, &o.noun.List, missing, read)
	})
	if err != nil {
		if errors.Is(err, fault.Forbidden) { // the list may be closed to a caller who may read details
			o.takeDetails(ctx, ids)
		} else {
			o.noteListed(ids, nil, err)
		}
		return
	}
	left := slices.DeleteFunc(slices.Clone(ids), func(id ccube.ID) bool { _, ok := rows[id]; return ok })
	if o.walker().Done() {
		o.noteListed(ids, rows, nil)
		return
	}
	o.noteListed(slices.Collect(maps.Keys(rows)), rows, nil)
	o.takeDetails(ctx, left)
}

// noteListed keeps what the list has, or has not, of the things.
func (o *Objects[T]) noteListed(ids []ccube.ID, rows map[ccube.ID]T, err error) {
	for _, id := range ids {
		if row, ok := rows[id]; ok {
			o.note(row, access.ByList)
		} else {
			o.passed(id, access.ByList, err)
		}
	}
}

// byPlan groups keys by their plan, each id once.
func byPlan(keys []Key) map[*Plan][]ccube.ID {
	groups := make(map[*Plan][]ccube.ID, 1)
	for _, k := range keys {
		groups[k.Plan] = append(groups[k.Plan], k.ID)
	}
	return groups
}
