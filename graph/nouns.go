package graph

// This file ties the nouns together: which loaders, which model and which list belong to each.

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

func projectObjects(s *loaders.Set) *loaders.Objects[*ccube.Project]     { return s.Projects }
func quoteObjects(s *loaders.Set) *loaders.Objects[*ccube.Quote]         { return s.Quotes }
func invoiceObjects(s *loaders.Set) *loaders.Objects[*ccube.Invoice]     { return s.Invoices }
func workOrderObjects(s *loaders.Set) *loaders.Objects[*ccube.WorkOrder] { return s.WorkOrders }
func purchaseOrderObjects(s *loaders.Set) *loaders.Objects[*ccube.PurchaseOrder] {
	return s.PurchaseOrders
}
func noteObjects(s *loaders.Set) *loaders.Objects[*ccube.Note]   { return s.Notes }
func partyObjects(s *loaders.Set) *loaders.Objects[*ccube.Party] { return s.Parties }
func userObjects(s *loaders.Set) *loaders.Objects[*ccube.User]   { return s.Users }

// The root fields that list.
var (
	projects       = listing[*ccube.Project, model.Project]{"projects", "Project", projectObjects, model.NewProject}
	quotes         = listing[*ccube.Quote, model.Quote]{"quotes", "Quote", quoteObjects, model.NewQuote}
	invoices       = listing[*ccube.Invoice, model.Invoice]{"invoices", "Invoice", invoiceObjects, model.NewInvoice}
	workOrders     = listing[*ccube.WorkOrder, model.WorkOrder]{"workOrders", "WorkOrder", workOrderObjects, model.NewWorkOrder}
	purchaseOrders = listing[*ccube.PurchaseOrder, model.PurchaseOrder]{"purchaseOrders", "PurchaseOrder", purchaseOrderObjects, model.NewPurchaseOrder}
	notes          = listing[*ccube.Note, model.Note]{"notes", "Note", noteObjects, model.NewNote}
	parties        = listing[*ccube.Party, model.Party]{"parties", "Party", partyObjects, model.NewParty}
	users          = listing[*ccube.User, model.User]{"users", "User", userObjects, model.NewUser}
)

// nodes answer node(nodeId:) by type.
var nodes = map[string]func(context.Context, *Resolver, ccube.ID) (model.Node, error){
	"Project":       nodeOf("Project", projectObjects, model.NewProject),
	"Quote":         nodeOf("Quote", quoteObjects, model.NewQuote),
	"Invoice":       nodeOf("Invoice", invoiceObjects, model.NewInvoice),
	"WorkOrder":     nodeOf("WorkOrder", workOrderObjects, model.NewWorkOrder),
	"PurchaseOrder": nodeOf("PurchaseOrder", purchaseOrderObjects, model.NewPurchaseOrder),
	"Note":          nodeOf("Note", noteObjects, model.NewNote),
	"Party":         nodeOf("Party", partyObjects, model.NewParty),
	"User":          nodeOf("User", userObjects, model.NewUser),
	"Stage":         asNode(stageByID), "WorkType": asNode(workTypeByID),
	"CommunicationStatus": asNode(communicationStatusByID),
}
