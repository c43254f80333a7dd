package ccube

// InvoiceDetail is what the detail of an invoice shows and list rows do not. Rates are decimal: 0.099 is 9.9 %.
type InvoiceDetail struct {
	FullNumber, Subject, Description, Terms    Null[string]
	PaidOn                                     Null[Date]
	ExternalID                                 Null[string]
	Client                                     *EmbeddedClient
	EstimatorID                                Null[ID]
	IsCredit                                   Null[bool]
	Tax1Rate, Tax2Rate, Tax1Amount, Tax2Amount Null[Decimal]
	Lines                                      []*InvoiceLine
	CreatedAt, UpdatedAt                       Null[Instant]
}

// noDetail stands for the detail of rows that have none. It is never written to.
var noDetail InvoiceDetail

// Rest returns what the detail shows, to be read: all null where the row has shown nothing of it.
func (i *Invoice) Rest() *InvoiceDetail {
	if i.Detail == nil {
		return &noDetail
	}
	return i.Detail
}

// setDetail takes a key that is not the row's own. A key that nobody knows leaves the row as small as it was.
func (i *Invoice) setDetail(key []byte, v value) {
	d := i.Detail
	if d == nil {
		d = new(InvoiceDetail)
	}
	before := i.Keys
	d.set(&i.Row, key, v)
	if i.Keys != before {
		i.Detail = d
	}
}

// set takes a key of the row, as the rows' own set does.
func (d *InvoiceDetail) set(r *Row, key []byte, v value) {
	switch string(key) {
	case "full_number":
		r.text(InvoiceFullNumber, &d.FullNumber, v)
	case "subject":
		r.text(InvoiceSubject, &d.Subject, v)
	case "description":
		r.text(InvoiceDescription, &d.Description, v)
	case "terms":
		r.text(InvoiceTerms, &d.Terms, v)
	case "paid_on":
		r.day(InvoicePaidOn, &d.PaidOn, v)
	case "external_id":
		r.text(InvoiceExternalID, &d.ExternalID, v)
	case "client":
		embed(r, InvoiceClient, &d.Client, v)
	case "estimator_id":
		r.reference(InvoiceEstimatorID, &d.EstimatorID, v)
	case "is_credit":
		r.flag(InvoiceIsCredit, &d.IsCredit, v)
	case "tax1_rate":
		r.decimal(InvoiceTax1Rate, &d.Tax1Rate, v)
	case "tax2_rate":
		r.decimal(InvoiceTax2Rate, &d.Tax2Rate, v)
	case "tax1_amount":
		r.decimal(InvoiceTax1Amount, &d.Tax1Amount, v)
	case "tax2_amount":
		r.decimal(InvoiceTax2Amount, &d.Tax2Amount, v)
	case "lines":
		embedMany(r, InvoiceLines, &d.Lines, v)
	case "created_at":
		r.instant(InvoiceCreatedAt, &d.CreatedAt, v)
	case "create_at":
		r.unless(InvoiceCreatedAt, func() { r.instant(InvoiceCreatedAt, &d.CreatedAt, v) })
	case "updated_at":
		r.instant(InvoiceUpdatedAt, &d.UpdatedAt, v)
	case "update_at":
		r.unless(InvoiceUpdatedAt, func() { r.instant(InvoiceUpdatedAt, &d.UpdatedAt, v) })
	}
}

// fill returns the detail with the keys that the row lacks taken from another's. Neither changes: others hold them.
func (d *InvoiceDetail) fill(lacks Keys, from *InvoiceDetail) *InvoiceDetail {
	if from == nil {
		return d
	}
	f := InvoiceDetail{}
	if d != nil {
		f = *d
	}
	fill(lacks, InvoiceFullNumber, &f.FullNumber, from.FullNumber)
	fill(lacks, InvoiceSubject, &f.Subject, from.Subject)
	fill(lacks, InvoiceDescription, &f.Description, from.Description)
	fill(lacks, InvoiceTerms, &f.Terms, from.Terms)
	fill(lacks, InvoicePaidOn, &f.PaidOn, from.PaidOn)
	fill(lacks, InvoiceExternalID, &f.ExternalID, from.ExternalID)
	fill(lacks, InvoiceClient, &f.Client, from.Client)
	fill(lacks, InvoiceEstimatorID, &f.EstimatorID, from.EstimatorID)
	fill(lacks, InvoiceIsCredit, &f.IsCredit, from.IsCredit)
	fill(lacks, InvoiceTax1Rate, &f.Tax1Rate, from.Tax1Rate)
	fill(lacks, InvoiceTax2Rate, &f.Tax2Rate, from.Tax2Rate)
	fill(lacks, InvoiceTax1Amount, &f.Tax1Amount, from.Tax1Amount)
	fill(lacks, InvoiceTax2Amount, &f.Tax2Amount, from.Tax2Amount)
	fill(lacks, InvoiceLines, &f.Lines, from.Lines)
	fill(lacks, InvoiceCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, InvoiceUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	return &f
}
