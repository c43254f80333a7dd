package loaders

// This file finds the notes of things: by CCUBE's own filter, a call a thing, or in a walk over all notes, whichever is
// fewer calls.

import (
	"context"
	"slices"

	"github.com/graph-gophers/dataloader/v7"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Notable is what a note is about.
type Notable struct {
	Type ccube.NotableType
	ID   ccube.ID
}

// notableOf returns what a note is about; false where it does not say.
func notableOf(n *ccube.Note) (Notable, bool) {
	return Notable{n.NotableType.V, n.NotableID.V}, n.NotableType.Valid && n.NotableID.Valid
}

// only returns the notes that are about it. It leaves those that it is given as they are.
func (a Notable) only(notes []*ccube.Note) []*ccube.Note {
	other := func(n *ccube.Note) bool { about, ok := notableOf(n); return !ok || about != a }
	if slices.ContainsFunc(notes, other) {
		return slices.DeleteFunc(slices.Clone(notes), other)
	}
	return notes
}

// NotesKey asks for the notes about a thing, read as far as the plan wants them.
type NotesKey struct {
	About Notable
	Plan  *Plan
}

// NotesOf are the notes by what they are about.
type NotesOf struct {
	notes    *Objects[*ccube.Note]
	byParent *Loader[NotesKey, []*Found[*ccube.Note]]
	filtered *Loader[Notable, []*ccube.Note]
}

func newNotesOf(notes *Objects[*ccube.Note]) *NotesOf {
	n := &NotesOf{notes: notes}
	n.byParent = newLoader(notes.set.ctx, n.loadByParent).called("notes", " by subject")
	n.filtered = newLoader(notes.set.ctx, n.readFiltered).called("notes", ", one subject a call")
	return n
}

// Of returns the notes about a thing, in the list's order.
func (n *NotesOf) Of(ctx context.Context, about Notable, p *Plan) ([]*Found[*ccube.Note], error) {
	return n.byParent.Load(ctx, NotesKey{about, p})
}

// announce starts reading the notes about things of one type.
func (n *NotesOf) announce(typ ccube.NotableType, ids []ccube.ID, p *Plan) {
	keys := make([]NotesKey, len(ids))
	for i, id := range ids {
		keys[i] = NotesKey{Notable{typ, id}, p}
	}
	n.byParent.Announce(keys)
}

// loadByParent is the batch: the notes of all things, then what these notes lack, at once.
func (n *NotesOf) loadByParent(ctx context.Context, keys []NotesKey) []*dataloader.Result[[]*Found[*ccube.Note]] {
	about := make([]Notable, len(keys))
	plans := make(map[*Plan][]int, 1)
	for i, k := range keys {
		about[i] = k.About
		plans[k.Plan] = append(plans[k.Plan], i)
	}
	notes := n.read(ctx, about)
	found := make([]*dataloader.Result[[]*Found[*ccube.Note]], len(keys))
	for plan, places := range plans {
		var rows []*ccube.Note
		for _, i := range places {
			rows = append(rows, notes[i].Data...)
		}
		prepared := n.notes.Prepare(ctx, rows, plan)
		for _, i := range places {
			count := len(notes[i].Data)
			found[i] = &dataloader.Result[[]*Found[*ccube.Note]]{Data: prepared[:count:count], Error: notes[i].Error}
			prepared = prepared[count:]
		}
	}
	return found
}

// read returns the notes about each thing. It walks all notes where these are no more pages than there are things. While
// their number is not known, few things are asked for one by one; for many, two calls show which road is shorter, once.
func (n *NotesOf) read(ctx context.Context, about []Notable) []*dataloader.Result[[]*ccube.Note] {
	const many = 10
	if len(about) >= many || access.Pages(n.notes.set.reader, &n.notes.noun.List) <= len(about) || n.notes.walker().Done() {
		all, whole, err := n.walk(ctx, len(about))
		if err == nil && whole {
			notes := aboutEach(all)
			return results(about, func(a Notable) ([]*ccube.Note, error) { return notes[a], nil })
		}
	}
	n.filtered.Announce(about)
	return results(about, func(a Notable) ([]*ccube.Note, error) { return n.filtered.Load(ctx, a) })
}

// walk reads all notes, if that is no more calls than one for each of the things.
func (n *NotesOf) walk(ctx context.Context, things int) (all []*ccube.Note, whole bool, err error) {
	defer fault.Recover(&err)
	return n.notes.walker().Within(ctx, things)
}

// aboutEach sorts notes by what they are about.
func aboutEach(all []*ccube.Note) map[Notable][]*ccube.Note {
	notes := make(map[Notable][]*ccube.Note)
	for _, note := range all {
		if a, ok := notableOf(note); ok {
			notes[a] = append(notes[a], note)
		}
	}
	return notes
}

// readFiltered is the batch of CCUBE's filtered lists: one each, all at once. What a filter let through all the same is left
// out.
func (n *NotesOf) readFiltered(ctx context.Context, about []Notable) []*dataloader.Result[[]*ccube.Note] {
	rs := make([]*dataloader.Result[[]*ccube.Note], len(about))
	lists := make([]access.Begun[*ccube.Note], len(about))
	ahead(len(about), func(i int) {
		lists[i] = access.Begin(ctx, n.notes.set.reader, access.NotesAbout(ccube.NoteFilter{
			NotableType: about[i].Type, NotableID: ccube.Null[ccube.ID]{V: about[i].ID, Valid: true},
		}))
	}, func(i int) {
		rows, err := lists[i].All(ctx)
		rs[i] = &dataloader.Result[[]*ccube.Note]{Data: about[i].only(rows), Error: err}
	})
	return rs
}
