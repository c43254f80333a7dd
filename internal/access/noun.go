package access

// This file lists CCUBE's nouns: which call lists them, which reads one, and which keys the reference promises of each. They
// are the same for everybody, and nobody changes them.

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// Projects are read by list and detail (chapter Projects).
func Projects() *Noun[*ccube.Project] { return projects }

var projects = &Noun[*ccube.Project]{
	List:       List[*ccube.Project]{Endpoint: "projects", Name: "all", Keys: ccube.ProjectListKeys, Begin: ccube.BeginList[ccube.Project]},
	DetailKeys: ccube.ProjectDetailKeys, Get: ccube.BeginGet[ccube.Project],
}

// Quotes are read by list and detail (chapter Quotes).
func Quotes() *Noun[*ccube.Quote] { return quotes }

var quotes = &Noun[*ccube.Quote]{
	List:       List[*ccube.Quote]{Endpoint: "quotes", Name: "all", Keys: ccube.QuoteListKeys, Begin: ccube.BeginList[ccube.Quote]},
	DetailKeys: ccube.QuoteDetailKeys, Get: ccube.BeginGet[ccube.Quote],
}

// Invoices are read by list and detail (chapter Invoices).
func Invoices() *Noun[*ccube.Invoice] { return invoices }

var invoices = &Noun[*ccube.Invoice]{
	List:       List[*ccube.Invoice]{Endpoint: "invoices", Name: "all", Keys: ccube.InvoiceListKeys, Begin: ccube.BeginList[ccube.Invoice]},
	DetailKeys: ccube.InvoiceDetailKeys, Get: ccube.BeginGet[ccube.Invoice],
}

// WorkOrders are read by list and detail (chapter Work Orders).
func WorkOrders() *Noun[*ccube.WorkOrder] { return workOrders }

var workOrders = &Noun[*ccube.WorkOrder]{
	List:       List[*ccube.WorkOrder]{Endpoint: "work_orders", Name: "all", Keys: ccube.WorkOrderListKeys, Begin: ccube.BeginList[ccube.WorkOrder]},
	DetailKeys: ccube.WorkOrderDetailKeys, Get: ccube.BeginGet[ccube.WorkOrder],
}

// PurchaseOrders are read by list and detail (chapter Purchase Orders).
func PurchaseOrders() *Noun[*ccube.PurchaseOrder] { return purchaseOrders }

var purchaseOrders = &Noun[*ccube.PurchaseOrder]{
	List: List[*ccube.PurchaseOrder]{
		Endpoint: "purchase_orders", Name: "all", Keys: ccube.PurchaseOrderListKeys, Begin: ccube.BeginList[ccube.PurchaseOrder],
	},
	DetailKeys: ccube.PurchaseOrderDetailKeys, Get: ccube.BeginGet[ccube.PurchaseOrder],
}

// Notes are read by list and detail (chapter Notes).
func Notes() *Noun[*ccube.Note] { return notes }

var notes = &Noun[*ccube.Note]{
	List:       *NotesAbout(ccube.NoteFilter{}),
	DetailKeys: ccube.NoteDetailKeys, Get: ccube.BeginGet[ccube.Note],
}

// NotesAbout is the list of notes that CCUBE filters by what they are about; with no filter, all notes.
func NotesAbout(f ccube.NoteFilter) *List[*ccube.Note] {
	l := &List[*ccube.Note]{Endpoint: "notes", Keys: ccube.NoteListKeys, Few: f != (ccube.NoteFilter{})}
	if !l.Few {
		l.Name = "all"
	}
	l.Begin = func(ctx context.Context, api *ccube.API, _ string, p ccube.Page) *ccube.Reading[[]*ccube.Note] {
		return api.BeginNotes(ctx, f, p)
	}
	return l
}

// Parties are read by list alone (chapter Parties).
func Parties() *Noun[*ccube.Party] { return parties }

var parties = &Noun[*ccube.Party]{List: *PartiesThat(ccube.PartyFilter{})}

// Buildings are the parties that projects stand on, which CCUBE filters by type.
func Buildings() *Noun[*ccube.Party] { return buildings }

var buildings = &Noun[*ccube.Party]{List: *PartiesThat(ccube.PartyFilter{Type: ccube.PartyBuilding})}

// PartiesThat is the list of parties that CCUBE filters; with no filter, all parties.
func PartiesThat(f ccube.PartyFilter) *List[*ccube.Party] {
	return &List[*ccube.Party]{
		Endpoint: "parties", Name: "all " + f.String(), Keys: ccube.PartyListKeys,
		Read: func(ctx context.Context, api *ccube.API, p ccube.Page) ([]*ccube.Party, error) {
			return api.ListParties(ctx, f, p)
		},
	}
}

// Users are read by list and detail (chapter Users).
func Users() *Noun[*ccube.User] { return users }

var users = &Noun[*ccube.User]{
	List:       List[*ccube.User]{Endpoint: "users", Name: "all", Keys: ccube.UserListKeys, Begin: ccube.BeginList[ccube.User]},
	DetailKeys: ccube.UserDetailKeys, Get: ccube.BeginGet[ccube.User],
}
