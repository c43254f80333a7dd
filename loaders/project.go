package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newProjects(s *Set) *Objects[*ccube.Project] {
	o := newObjects(s, access.Projects(), func(id ccube.ID) *ccube.Project { return &ccube.Project{Row: ccube.Row{ID: id}} })
	o.relateIDs = s.relateProjectIDs
	o.relate = s.relateProjects
	o.foresee = s.foreseeProjects
	return o
}

// relateProjectIDs announces what belongs to projects and is found by their ids alone.
func (s *Set) relateProjectIDs(projects []ccube.ID, p *Plan) {
	p.each("notes", "Note", func(p *Plan) { s.NotesOf.announce(ccube.NotableProject, projects, p) })
	s.lead(p)
	p.each("quotes", "Quote", func(p *Plan) { s.QuotesOf.announce(projects, p) })
	p.each("workOrders", "WorkOrder", func(p *Plan) { s.WorkOrdersOf.announce(projects, p) })
	p.each("purchaseOrders", "PurchaseOrder", func(p *Plan) { s.PurchaseOrdersOf.announce(projects, p) })
	p.each("invoices", "Invoice", func(p *Plan) { s.InvoicesOf.announce(projects, p) })
	p.each("financials", "ProjectFinancials", func(*Plan) { s.announceFinancials() })
	p.each("stage", "Stage", s.relateStages)
	p.each("workType", "WorkType", s.relateWorkTypes)
	p.each("communicationStatus", "CommunicationStatus", s.relateCommunicationStatuses)
}

// lead starts the walks first, of those that projects need, that further calls wait for.
func (s *Set) lead(p *Plan) {
	p.each("quotes", "Quote", s.QuotesOf.lead)
	p.each("invoices", "Invoice", s.InvoicesOf.lead)
	p.each("workOrders", "WorkOrder", s.WorkOrdersOf.lead)
	p.each("purchaseOrders", "PurchaseOrder", s.PurchaseOrdersOf.lead)
}

// relateProjects announces what projects refer to.
func (s *Set) relateProjects(projects []*ccube.Project, p *Plan) {
	p.each("building", "Party", func(p *Plan) {
		s.Buildings.Announce(ids(projects, func(p *ccube.Project) *ccube.ID { return p.BuildingID.Ptr() }), p)
	})
	p.each("client", "Client", func(p *Plan) {
		s.relateClients(ids(projects, func(p *ccube.Project) *ccube.ID { return p.ClientID.Ptr() }), p)
	})
}

// relateClients announces the parties behind embedded clients.
func (s *Set) relateClients(clients []ccube.ID, p *Plan) {
	p.each("party", "Party", func(p *Plan) { s.Parties.Announce(clients, p) })
}
