package sandbox

import (
	"maps"
	"slices"
	"time"
)

// PagingMode is a way to treat page and per_page.
type PagingMode int

// The paging habits a tenant may have.
const (
	// PagingDocumented honours page and per_page, at most 100 rows a page. It is the default.
	PagingDocumented PagingMode = iota
	// PagingHonoured honours both, at most [Paging.Max] rows a page; zero is no limit.
	PagingHonoured
	// PagingIgnored answers every page with the whole list.
	PagingIgnored
	// PagingPageOnly honours page but not per_page: every page has Max rows (20 when Max is zero).
	PagingPageOnly
)

// Paging is the paging habit of a list.
type Paging struct {
	// Mode is how page and per_page are treated.
	Mode PagingMode
	// Max is the number of rows the mode speaks of.
	Max int
}

// Switches are the habits that can change while the sandbox serves. The zero value is CCUBE as documented.
type Switches struct {
	// Paging is the habit of all lists that PagingFor does not name.
	Paging Paging
	// PagingFor names lists with a habit of their own, by the noun in the path: "invoices", "work_orders".
	PagingFor map[string]Paging
	// Latency is waited before each answer, or until the caller leaves.
	Latency time.Duration
	// RateLimit is the calls a user may make in a minute before 429; zero is no limit.
	RateLimit int
	// Faults are tried in order; the first that fires decides the answer.
	Faults []*Fault

	// Older answers with the key names, forms and errors of the reference before version 2.
	Older bool
	// StringMoney sends amounts as JSON strings.
	StringMoney bool
	// DeleteStatus204 answers deletes without a body.
	DeleteStatus204 bool
	// CreateStatus200 answers creates with 200 instead of 201.
	CreateStatus200 bool
	// GoneForDeleted answers 410 instead of 404 for what was deleted.
	GoneForDeleted bool
	// SilentWhereUnshown sends no body where the reference shows none: updates of orders, notes and parties,
	// deletes of work orders, notes and parties, creates of contact information.
	SilentWhereUnshown bool
}

func (s *Switches) clone() *Switches {
	c := *s
	c.PagingFor = maps.Clone(s.PagingFor)
	c.Faults = slices.Clone(s.Faults)
	return &c
}

func (s *Switches) paging(noun string) Paging {
	if p, ok := s.PagingFor[noun]; ok {
		return p
	}
	return s.Paging
}

// Set changes the switches. Requests that began before keep the ones they began with; change must not keep its
// argument.
func (s *Server) Set(change func(*Switches)) {
	s.setting.Lock()
	defer s.setting.Unlock()
	next := s.switches.Load().clone()
	change(next)
	// Once more, so that what the caller still holds cannot reach requests being served.
	s.switches.Store(next.clone())
}

// Switches returns a copy of the present switches.
func (s *Server) Switches() Switches { return *s.switches.Load().clone() }
