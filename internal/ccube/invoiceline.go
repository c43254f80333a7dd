package ccube

// Keys of an [InvoiceLine], beside EmbeddedID.
const (
	InvoiceLineMaterial Keys = 1 << (iota + 1)
	InvoiceLineDescription
	InvoiceLineQuantity
	InvoiceLineUnitPrice
	InvoiceLineRate
	InvoiceLineTotal
	InvoiceLinePosition
)

// InvoiceLine is a line as an invoice's detail shows it (chapter Invoices). Rate is reserved by CCUBE for later use;
// Total is CCUBE's own, which need not be quantity times unit price.
type InvoiceLine struct {
	Row
	Material, Description            Null[string]
	Quantity, UnitPrice, Rate, Total Null[Decimal]
	// Position orders the lines. CCUBE does not promise that they come in that order.
	Position Null[int]
}

func (l *InvoiceLine) set(key []byte, v value) {
	switch string(key) {
	case "id":
		l.embeddedID(v)
	case "material":
		l.text(InvoiceLineMaterial, &l.Material, v)
	case "description":
		l.text(InvoiceLineDescription, &l.Description, v)
	case "quantity":
		l.decimal(InvoiceLineQuantity, &l.Quantity, v)
	case "unit_price":
		l.decimal(InvoiceLineUnitPrice, &l.UnitPrice, v)
	case "rate":
		l.decimal(InvoiceLineRate, &l.Rate, v)
	case "total":
		l.decimal(InvoiceLineTotal, &l.Total, v)
	case "position":
		l.integer(InvoiceLinePosition, &l.Position, v)
	}
}

// InvoiceLineWrite is what a new invoice says of one of its lines (chapter Invoices).
type InvoiceLineWrite struct {
	Material    Field[string]  `json:"material,omitzero"`
	Description Field[string]  `json:"description,omitzero"`
	Quantity    Field[Decimal] `json:"quantity,omitzero"`
	UnitPrice   Field[Decimal] `json:"unit_price,omitzero"`
	Rate        Field[Decimal] `json:"rate,omitzero"`
	Position    Field[int]     `json:"position,omitzero"`
}
