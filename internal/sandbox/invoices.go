package sandbox

import "strconv"

type invoice struct {
	id, projectID, clientID int64
	estimatorID             int64
	number, status          string
	subject, description    string
	terms, externalID       string
	issued, due, paidOn     day
	taxed, credit           bool
	subtotal, tax1, tax2    cents
	total, paid             cents
	lines                   []line
	created, updated        moment
}

type line struct {
	id                    int64
	material, description string
	quantity              int64 // thousandths
	rate                  int64 // millionths; only when rated
	unitPrice, total      cents
	position              int32
	rated                 bool
}

// The rates of TPS and TVQ in millionths.
const (
	tps = 50_000
	tvq = 99_750

	rateScale     = 1_000_000
	quantityScale = 1_000
)

// sum totals the line: quantity times price, times the rate where there is one.
func (l *line) sum() {
	total := portion(l.quantity, int64(l.unitPrice), quantityScale)
	if l.rated {
		total = portion(total, l.rate, rateScale)
	}
	l.total = cents(total)
}

// sum totals the invoice from its lines.
func (v *invoice) sum() {
	v.subtotal, v.tax1, v.tax2 = 0, 0, 0
	for i := range v.lines {
		v.lines[i].sum()
		v.subtotal += v.lines[i].total
	}
	if v.taxed {
		v.tax1 = cents(portion(int64(v.subtotal), tps, rateScale))
		v.tax2 = cents(portion(int64(v.subtotal), tvq, rateScale))
	}
	v.total = v.subtotal + v.tax1 + v.tax2
}

func listInvoices(c *call) error {
	list(c, "invoices", &c.db().invoices, nil, c.invoiceRow)
	return nil
}

func getInvoice(c *call) error {
	v, err := row(c, &c.db().invoices, nil)
	if err != nil {
		return err
	}
	c.invoiceDetail(v)
	return nil
}

func createInvoice(c *call) error {
	f, err := c.fields("invoice", true)
	if err != nil {
		return err
	}
	v := invoice{status: "Draft"}
	v.readLines(f)
	if err := c.readInvoice(f, &v); err != nil {
		return err
	}
	v.sum()
	v.created = v.updated
	for i := range v.lines {
		v.lines[i].id = take(&c.db().nextLine)
	}
	added := c.db().invoices.add(func(id int64) invoice { v.id = id; return v })
	c.created()
	c.invoiceDetail(added)
	return nil
}

func updateInvoice(c *call) error {
	old, err := row(c, &c.db().invoices, nil)
	if err != nil {
		return err
	}
	f, err := c.fields("invoice", false)
	if err != nil {
		return err
	}
	v := *old
	if err := c.readInvoice(f, &v); err != nil {
		return err
	}
	*old = v
	c.object()
	c.number("id", v.id)
	c.text("number", v.number)
	c.text("subject", v.subject)
	c.end()
	return nil
}

func deleteInvoice(c *call) error {
	if _, err := row(c, &c.db().invoices, nil); err != nil {
		return err
	}
	c.db().invoices.remove(c.id)
	c.deleted("Invoice deleted", true)
	return nil
}

func (c *call) readInvoice(f *fields, v *invoice) error {
	f.require("number", "subject", "client_id", "project_id", "issue_date")
	f.text("number", &v.number)
	f.text("subject", &v.subject)
	f.text("description", &v.description)
	f.id("client_id", &v.clientID)
	f.id("project_id", &v.projectID)
	f.day("issue_date", &v.issued)
	f.day("due_date", &v.due)
	v.updated = c.s.moment()
	f.refer("client_id", v.clientID, c.db().parties.get(v.clientID) != nil)
	f.refer("project_id", v.projectID, c.db().projects.get(v.projectID) != nil)
	if err := f.err(); err != nil {
		return err
	}
	if c.db().invoices.some(v.id, func(other *invoice) bool { return other.number == v.number }) {
		return taken("number")
	}
	return nil
}

// tooMuch is above any amount the sandbox keeps, and far enough below an overflow to add two of them.
const tooMuch cents = 1e15

func (v cents) fits() bool { return v > -tooMuch && v < tooMuch }

// readLines reads the lines of a create, in the order given.
func (v *invoice) readLines(f *fields) {
	sum := cents(0)
	for i, nested := range f.objects("lines_attributes") {
		l := nested.line(i + 1)
		l.sum()
		if sum += l.total; !l.total.fits() || !sum.fits() {
			f.refuse("lines", "is too large")
			return
		}
		f.adopt("lines", nested)
		v.lines = append(v.lines, l)
	}
}

func (f *fields) line(position int) line {
	l := line{position: int32(position)}
	at, price := int64(position), int64(0)
	f.require("description", "quantity", "unit_price")
	f.text("material", &l.material)
	f.text("description", &l.description)
	f.fixed("quantity", quantityPlaces, &l.quantity)
	f.fixed("unit_price", 2, &price)
	f.fixed("rate", ratePlaces, &l.rate)
	f.id("position", &at)
	if l.position = int32(at); int64(l.position) != at {
		f.refuse("position", "is too large")
	}
	l.rated, l.unitPrice = f.given["rate"] != nil, cents(price)
	return l
}

func (c *call) invoiceRow(v *invoice) {
	if c.older {
		c.olderInvoice(v)
		return
	}
	c.object()
	c.number("id", v.id)
	c.text("number", v.number)
	c.invoiceFacts(v)
	c.money("subtotal", v.subtotal)
	c.money("total", v.total)
	c.money("paid_total", v.paid)
	c.money("balance", v.total-v.paid)
	c.end()
}

func (c *call) invoiceFacts(v *invoice) {
	c.day("issue_date", v.issued)
	c.day("due_date", v.due)
	c.number("project_id", v.projectID)
	c.idOrNull("client_id", v.clientID)
}

// invoiceDetail is what the detail and a create answer.
func (c *call) invoiceDetail(v *invoice) {
	c.object()
	c.number("id", v.id)
	if c.older {
		c.text("name", v.number)
		c.end()
		return
	}
	c.text("number", v.number)
	c.text("full_number", strconv.Itoa(v.issued.time().Year())+"-"+v.number)
	c.invoiceFacts(v)
	c.text("status", v.status)
	c.textOrNull("external_id", v.externalID)
	c.invoiceMoney(v)
	c.invoiceTexts(v)
	c.client(v.clientID, false)
	c.key("lines")
	c.array()
	for i := range v.lines {
		c.invoiceLine(&v.lines[i])
	}
	c.endAll()
	c.end()
}

func (c *call) invoiceMoney(v *invoice) {
	c.money("subtotal", v.subtotal)
	if v.taxed {
		c.decimal("tax1_rate", tps, ratePlaces)
		c.decimal("tax2_rate", tvq, ratePlaces)
	} else {
		c.decimal("tax1_rate", 0, ratePlaces)
		c.decimal("tax2_rate", 0, ratePlaces)
	}
	c.money("tax1_amount", v.tax1)
	c.money("tax2_amount", v.tax2)
	c.money("total", v.total)
	c.money("paid_total", v.paid)
	c.money("balance", v.total-v.paid)
}

func (c *call) invoiceTexts(v *invoice) {
	c.text("subject", v.subject)
	c.textOrNull("description", v.description)
	c.textOrNull("terms", v.terms)
	c.moment("created_at", v.created)
	c.moment("updated_at", v.updated)
	c.day("paid_on", v.paidOn)
	c.idOrNull("estimator_id", v.estimatorID)
	c.flag("is_credit", v.credit)
}

func (c *call) invoiceLine(l *line) {
	c.object()
	c.number("id", l.id)
	c.textOrNull("material", l.material)
	c.text("description", l.description)
	c.decimal("quantity", l.quantity, quantityPlaces)
	c.money("unit_price", l.unitPrice)
	if l.rated {
		c.decimal("rate", l.rate, ratePlaces)
	} else {
		c.null("rate")
	}
	c.money("total", l.total)
	c.number("position", int64(l.position))
	c.end()
}

func (c *call) olderInvoice(v *invoice) {
	c.object()
	c.number("id", v.id)
	c.text("subject", v.subject)
	c.textOrNull("description", v.description)
	c.day("issue_date", v.issued)
	c.end()
}
