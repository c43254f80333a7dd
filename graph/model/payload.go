package model

// This file holds what mutations answer. A payload's object is resolved in package graph, since what CCUBE's answer lacks
// of it may have to be read.

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Payload is what a mutation answers that writes a row.
type Payload[T any] struct {
	// Row is what CCUBE's answer shows of it; nil where nothing was written.
	Row T
	// Plan is what the query selects of the payload.
	Plan *loaders.Plan
	// UserErrors are what the caller can mend.
	UserErrors []*UserError
}

// ProjectPayload is what writing a project answers.
type ProjectPayload struct{ Payload[*ccube.Project] }

// QuotePayload is what writing a quote answers.
type QuotePayload struct{ Payload[*ccube.Quote] }

// InvoicePayload is what writing an invoice answers.
type InvoicePayload struct{ Payload[*ccube.Invoice] }

// PurchaseOrderPayload is what writing a purchase order answers.
type PurchaseOrderPayload struct{ Payload[*ccube.PurchaseOrder] }

// WorkOrderPayload is what writing a work order answers.
type WorkOrderPayload struct{ Payload[*ccube.WorkOrder] }

// NotePayload is what writing a note answers.
type NotePayload struct{ Payload[*ccube.Note] }

// PartyPayload is what writing a party answers.
type PartyPayload struct{ Payload[*ccube.Party] }

// UserPayload is what writing a user answers.
type UserPayload struct{ Payload[*ccube.User] }

// PhonePayload is what making a phone on its own answers.
type PhonePayload struct{ Payload[*ccube.Phone] }

// Phone resolves PhonePayload.phone.
func (p *PhonePayload) Phone() *Phone { return newPhone(p.Row) }

// EmailPayload is what making an email address on its own answers.
type EmailPayload struct{ Payload[*ccube.Email] }

// Email resolves EmailPayload.email.
func (p *EmailPayload) Email() *Email { return newEmail(p.Row) }

// AddressPayload is what making an address on its own answers.
type AddressPayload struct{ Payload[*ccube.Address] }

// Address resolves AddressPayload.address.
func (p *AddressPayload) Address() *Address { return newAddress(p.Row) }

// DeletePayload is what deleting something answers.
type DeletePayload struct {
	// DeletedID is what is gone; nil where nothing was deleted.
	DeletedID *ccube.ID
	// Message is CCUBE's own, nil where it gave none.
	Message *string
	// UserErrors are what the caller can mend.
	UserErrors []*UserError
}

// NewDeletePayload shows what CCUBE said when it deleted something.
func NewDeletePayload(d ccube.Deletion) *DeletePayload {
	p := &DeletePayload{DeletedID: &d.ID}
	if d.Message != "" {
		p.Message = &d.Message
	}
	return p
}
