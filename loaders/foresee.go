package loaders

// This file starts what a list's rows will need before the rows are there. Which projects a page has, nobody knows until
// it has come; that their quotes will be joined from a walk over all quotes is certain as soon as there is one project. So
// where the list is known to have rows in the window, the walks start beside the page: the chain is shorter by a round trip,
// and the calls are the same.

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/span"
)

// Foresee starts the walks that the rows of a window will need, read as the plans want them. Where the window may be empty,
// or which calls its rows will need depends on them, it starts nothing.
func (o *Objects[T]) Foresee(s Selection[T], w access.Window, plans []*Plan) {
	if o.foresee == nil || !s.plain() || s.List != nil {
		return
	}
	n := access.Surely(o.set.reader, &o.noun.List, w)
	if n == 0 {
		return
	}
	for _, p := range plans {
		o.foresee(n, p)
	}
}

// foreseeProjects starts what n projects or more will need, whichever they are.
func (s *Set) foreseeProjects(n int, p *Plan) {
	s.lead(p)
	p.each("quotes", "Quote", func(*Plan) { s.QuotesOf.start() })
	p.each("invoices", "Invoice", func(*Plan) { s.InvoicesOf.start() })
	p.each("workOrders", "WorkOrder", func(*Plan) { s.WorkOrdersOf.start() })
	p.each("purchaseOrders", "PurchaseOrder", func(*Plan) { s.PurchaseOrdersOf.start() })
	p.each("notes", "Note", func(*Plan) { s.NotesOf.foresee(n) })
	p.each("financials", "ProjectFinancials", func(*Plan) { s.announceFinancials() })
}

// foresee starts the walk over all notes where that will be the road to those of n things.
func (n *NotesOf) foresee(things int) {
	if access.Pages(n.notes.set.reader, &n.notes.noun.List) > things {
		return
	}
	go func() {
		ctx, end := span.Step(n.notes.set.ctx, n.byParent.name())
		defer end()
		_, _, _ = n.walk(ctx, things)
	}()
}
