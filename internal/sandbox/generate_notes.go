package sandbox

import (
	"cmp"
	"slices"
)

// remark is a note to be made: on a day, about a thing.
type remark struct {
	day     day
	notable string
	id      int64
}

// makeNotes makes three notes for a project on average, and one for every sixth of the other things.
func (g *generator) makeNotes() {
	n := len(g.projects.rows) * 3
	counts := g.counts(n, 6)
	remarks := make([]remark, 0, n*2)
	for _, s := range g.schedule(n, func(i int) int { return int(counts[i]) }) {
		remarks = append(remarks, remark{s.day, onProject, g.projects.rows[s.project].id})
	}
	remarks = remarked(g, remarks, onQuote, &g.quotes, func(q *quote) moment { return q.created })
	remarks = remarked(g, remarks, onInvoice, &g.invoices, func(v *invoice) moment { return v.created })
	remarks = remarked(g, remarks, onWorkOrder, &g.workOrders, func(o *workOrder) moment { return o.created })
	remarks = remarked(g, remarks, onPurchaseOrder, &g.purchaseOrders, func(o *purchaseOrder) moment { return o.created })
	slices.SortFunc(remarks, func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id))
	})
	g.notes.grow(len(remarks))
	for _, r := range remarks {
		m := note{notable: r.notable, notableID: r.id, author: pick(g, g.users.ids), body: pick(g, noteBodies)}
		m.created, m.updated = g.stamps(r.day)
		skip(g, &g.notes)
		g.notes.add(func(id int64) note { m.id = id; return m })
	}
}

// remarked plans a note for every sixth row of a table, on a day soon after the row was made.
func remarked[T any](g *generator, to []remark, notable string, t *table[T], made func(*T) moment) []remark {
	for i := range t.rows {
		if g.oneIn(6) {
			on := min(dayOf(made(&t.rows[i]).time())+day(g.rng.IntN(20)), g.today)
			to = append(to, remark{on, notable, t.ids[i]})
		}
	}
	return to
}
