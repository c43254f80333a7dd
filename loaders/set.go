package loaders

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Set are the loaders of one operation of one caller. It is safe for concurrent use.
type Set struct {
	ctx    context.Context
	reader *access.Reader

	// The nouns, by id and by page.
	Projects       *Objects[*ccube.Project]
	Quotes         *Objects[*ccube.Quote]
	Invoices       *Objects[*ccube.Invoice]
	WorkOrders     *Objects[*ccube.WorkOrder]
	PurchaseOrders *Objects[*ccube.PurchaseOrder]
	Notes          *Objects[*ccube.Note]
	Parties        *Objects[*ccube.Party]
	Buildings      *Objects[*ccube.Party]
	Users          *Objects[*ccube.User]

	// What belongs to a project.
	QuotesOf         *Children[*ccube.Quote]
	InvoicesOf       *Children[*ccube.Invoice]
	WorkOrdersOf     *Children[*ccube.WorkOrder]
	PurchaseOrdersOf *Children[*ccube.PurchaseOrder]

	// NotesOf are the notes by what they are about.
	NotesOf *NotesOf

	// The lookup lists.
	Stages                *Lookup[*ccube.Stage]
	WorkTypes             *Lookup[*ccube.WorkType]
	CommunicationStatuses *Lookup[*ccube.CommunicationStatus]
}

// New returns the loaders of an operation. What they read, they read in ctx, the operation's context.
func New(ctx context.Context, r *access.Reader, lists Lists) *Set {
	s := &Set{ctx: ctx, reader: r}
	s.Projects = newProjects(s)
	s.Quotes, s.QuotesOf = newQuotes(s)
	s.Invoices, s.InvoicesOf = newInvoices(s)
	s.WorkOrders, s.WorkOrdersOf = newWorkOrders(s)
	s.PurchaseOrders, s.PurchaseOrdersOf = newPurchaseOrders(s)
	s.Notes, s.NotesOf = newNotes(s)
	s.Parties = newParties(s, access.Parties())
	s.Buildings = newParties(s, access.Buildings())
	s.Users = newUsers(s)
	s.Stages = newLookup(s, "stages", lists.Stages)
	s.WorkTypes = newLookup(s, "work types", lists.WorkTypes)
	s.CommunicationStatuses = newLookup(s, "communication statuses", lists.CommunicationStatuses)
	return s
}

type setKey struct{}

// With returns a context that carries the set to the operation's resolvers.
func With(ctx context.Context, s *Set) context.Context {
	current := new(atomic.Pointer[Set])
	current.Store(s)
	return context.WithValue(ctx, setKey{}, current)
}

var errNoSet = errors.New("the operation has no loaders")

// From returns the operation's set.
func From(ctx context.Context) (*Set, error) {
	if current, ok := ctx.Value(setKey{}).(*atomic.Pointer[Set]); ok {
		return current.Load(), nil
	}
	return nil, errNoSet
}

// Renew has the operation go on with loaders that have read nothing, since a write has begun a new generation of the
// tenant's data. The lookup lists stay: no write changes them.
func Renew(ctx context.Context, generation string) {
	current, ok := ctx.Value(setKey{}).(*atomic.Pointer[Set])
	if !ok {
		return
	}
	old := current.Load()
	s := New(old.ctx, old.reader.At(generation), Lists{})
	s.Stages, s.WorkTypes, s.CommunicationStatuses = old.Stages, old.WorkTypes, old.CommunicationStatuses
	current.Store(s)
}

// API makes the caller's calls.
func (s *Set) API() *ccube.API { return s.reader.API }

// ids collects the ids that rows refer to, each once, in their order.
func ids[T any](rows []T, of func(T) *ccube.ID) []ccube.ID {
	found := make([]ccube.ID, 0, len(rows))
	seen := make(map[ccube.ID]bool, len(rows))
	for _, row := range rows {
		if id := of(row); id != nil && !seen[*id] {
			seen[*id] = true
			found = append(found, *id)
		}
	}
	return found
}
