package model

import (
	"math"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// InvoiceLine is a line of an invoice.
type InvoiceLine struct{ row ccube.InvoiceLine }

// place is where the line stands.
func (l *InvoiceLine) place() int {
	if !l.row.Position.Valid {
		return math.MaxInt
	}
	return l.row.Position.V
}

// ID resolves InvoiceLine.id.
func (l *InvoiceLine) ID() ccube.ID { return l.row.ID }

// Material resolves InvoiceLine.material.
func (l *InvoiceLine) Material() (*string, error) {
	return read(&l.row.Row, ccube.InvoiceLineMaterial, &l.row.Material, nil)
}

// Description resolves InvoiceLine.description.
func (l *InvoiceLine) Description() (*string, error) {
	return read(&l.row.Row, ccube.InvoiceLineDescription, &l.row.Description, nil)
}

// Quantity resolves InvoiceLine.quantity.
func (l *InvoiceLine) Quantity() (*ccube.Decimal, error) {
	return read(&l.row.Row, ccube.InvoiceLineQuantity, &l.row.Quantity, nil)
}

// UnitPrice resolves InvoiceLine.unitPrice.
func (l *InvoiceLine) UnitPrice() (*ccube.Decimal, error) {
	return read(&l.row.Row, ccube.InvoiceLineUnitPrice, &l.row.UnitPrice, nil)
}

// Rate resolves InvoiceLine.rate.
func (l *InvoiceLine) Rate() (*ccube.Decimal, error) {
	return read(&l.row.Row, ccube.InvoiceLineRate, &l.row.Rate, nil)
}

// Total resolves InvoiceLine.total.
func (l *InvoiceLine) Total() (*ccube.Decimal, error) {
	return read(&l.row.Row, ccube.InvoiceLineTotal, &l.row.Total, nil)
}

// Position resolves InvoiceLine.position.
func (l *InvoiceLine) Position() (*int, error) {
	return read(&l.row.Row, ccube.InvoiceLinePosition, &l.row.Position, nil)
}
