package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newWorkOrders(s *Set) (*Objects[*ccube.WorkOrder], *Children[*ccube.WorkOrder]) {
	o := newObjects(s, access.WorkOrders(), func(id ccube.ID) *ccube.WorkOrder { return &ccube.WorkOrder{Row: ccube.Row{ID: id}} })
	o.relateIDs = func(orders []ccube.ID, p *Plan) {
		p.each("notes", "Note", func(p *Plan) { s.NotesOf.announce(ccube.NotableWorkOrder, orders, p) })
	}
	o.relate = s.relateWorkOrders
	return o, newChildren(o, func(w *ccube.WorkOrder) (*ccube.ID, bool) {
		return w.ProjectID.Ptr(), w.Keys.Has(ccube.WorkOrderProjectID)
	})
}

// relateWorkOrders announces what work orders refer to.
func (s *Set) relateWorkOrders(orders []*ccube.WorkOrder, p *Plan) {
	p.each("project", "Project", func(p *Plan) {
		s.Projects.Announce(ids(orders, func(w *ccube.WorkOrder) *ccube.ID { return w.ProjectID.Ptr() }), p)
	})
}
