package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newPurchaseOrders(s *Set) (*Objects[*ccube.PurchaseOrder], *Children[*ccube.PurchaseOrder]) {
	o := newObjects(s, access.PurchaseOrders(), func(id ccube.ID) *ccube.PurchaseOrder { return &ccube.PurchaseOrder{Row: ccube.Row{ID: id}} })
	o.relateIDs = func(orders []ccube.ID, p *Plan) {
		p.each("notes", "Note", func(p *Plan) { s.NotesOf.announce(ccube.NotablePurchaseOrder, orders, p) })
	}
	o.relate = s.relatePurchaseOrders
	return o, newChildren(o, func(o *ccube.PurchaseOrder) (*ccube.ID, bool) {
		return o.ProjectID.Ptr(), o.Keys.Has(ccube.PurchaseOrderProjectID)
	})
}

// relatePurchaseOrders announces what purchase orders refer to.
func (s *Set) relatePurchaseOrders(orders []*ccube.PurchaseOrder, p *Plan) {
	p.each("project", "Project", func(p *Plan) {
		s.Projects.Announce(ids(orders, func(o *ccube.PurchaseOrder) *ccube.ID { return o.ProjectID.Ptr() }), p)
	})
}
