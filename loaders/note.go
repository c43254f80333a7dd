package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newNotes(s *Set) (*Objects[*ccube.Note], *NotesOf) {
	o := newObjects(s, access.Notes(), func(id ccube.ID) *ccube.Note { return &ccube.Note{Row: ccube.Row{ID: id}} })
	o.relate = s.relateNotes
	return o, newNotesOf(o)
}

// relateNotes announces who wrote notes and what they are about.
func (s *Set) relateNotes(notes []*ccube.Note, p *Plan) {
	p.each("createdBy", "User", func(p *Plan) {
		s.Users.Announce(ids(notes, func(n *ccube.Note) *ccube.ID { return n.CreatedByID.Ptr() }), p)
	})
	about := func(typ ccube.NotableType) []ccube.ID {
		return ids(notes, func(n *ccube.Note) *ccube.ID {
			if !n.NotableType.Valid || n.NotableType.V != typ {
				return nil
			}
			return n.NotableID.Ptr()
		})
	}
	p.each("notable", "Project", func(p *Plan) { s.Projects.Announce(about(ccube.NotableProject), p) })
	p.each("notable", "Quote", func(p *Plan) { s.Quotes.Announce(about(ccube.NotableQuote), p) })
	p.each("notable", "Invoice", func(p *Plan) { s.Invoices.Announce(about(ccube.NotableInvoice), p) })
	p.each("notable", "WorkOrder", func(p *Plan) { s.WorkOrders.Announce(about(ccube.NotableWorkOrder), p) })
	p.each("notable", "PurchaseOrder", func(p *Plan) { s.PurchaseOrders.Announce(about(ccube.NotablePurchaseOrder), p) })
}
