package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newInvoices(s *Set) (*Objects[*ccube.Invoice], *Children[*ccube.Invoice]) {
	o := newObjects(s, access.Invoices(), func(id ccube.ID) *ccube.Invoice { return &ccube.Invoice{Row: ccube.Row{ID: id}} })
	o.relateIDs = func(invoices []ccube.ID, p *Plan) {
		p.each("notes", "Note", func(p *Plan) { s.NotesOf.announce(ccube.NotableInvoice, invoices, p) })
	}
	o.relate = s.relateInvoices
	return o, newChildren(o, func(i *ccube.Invoice) (*ccube.ID, bool) {
		return i.ProjectID.Ptr(), i.Keys.Has(ccube.InvoiceProjectID)
	})
}

// relateInvoices announces what invoices refer to.
func (s *Set) relateInvoices(invoices []*ccube.Invoice, p *Plan) {
	p.each("project", "Project", func(p *Plan) {
		s.Projects.Announce(ids(invoices, func(i *ccube.Invoice) *ccube.ID { return i.ProjectID.Ptr() }), p)
	})
	p.each("client", "Client", func(p *Plan) {
		s.relateClients(ids(invoices, (*ccube.Invoice).ClientRef), p)
	})
	p.each("estimator", "User", func(p *Plan) {
		s.Users.Announce(ids(invoices, func(i *ccube.Invoice) *ccube.ID { return i.Rest().EstimatorID.Ptr() }), p)
	})
}
