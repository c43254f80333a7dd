package loaders

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func newQuotes(s *Set) (*Objects[*ccube.Quote], *Children[*ccube.Quote]) {
	o := newObjects(s, access.Quotes(), func(id ccube.ID) *ccube.Quote { return &ccube.Quote{Row: ccube.Row{ID: id}} })
	o.relateIDs = func(quotes []ccube.ID, p *Plan) {
		p.each("notes", "Note", func(p *Plan) { s.NotesOf.announce(ccube.NotableQuote, quotes, p) })
	}
	o.relate = s.relateQuotes
	return o, newChildren(o, func(q *ccube.Quote) (*ccube.ID, bool) {
		return q.ProjectID.Ptr(), q.Keys.Has(ccube.QuoteProjectID)
	})
}

// relateQuotes announces what quotes refer to.
func (s *Set) relateQuotes(quotes []*ccube.Quote, p *Plan) {
	p.each("project", "Project", func(p *Plan) {
		s.Projects.Announce(ids(quotes, func(q *ccube.Quote) *ccube.ID { return q.ProjectID.Ptr() }), p)
	})
	p.each("client", "Client", func(p *Plan) {
		s.relateClients(ids(quotes, (*ccube.Quote).ClientRef), p)
	})
}
