package sandbox

// invoicesPerProject is the exact average; single projects have none to nine.
const invoicesPerProject = 4

// makeInvoices makes the invoices with their lines, which share one large slice: a hundred thousand small ones would
// be work for the collector for as long as the sandbox lives.
func (g *generator) makeInvoices() {
	n := len(g.projects.rows) * invoicesPerProject
	counts := g.counts(n, 9)
	pool := make([]line, 0, n*4)
	g.invoices.grow(n)
	for i, s := range g.schedule(n, func(i int) int { return int(counts[i]) }) {
		p := &g.projects.rows[s.project]
		v := invoice{
			projectID: p.id, clientID: p.clientID, number: numbered("INV-", 1001+i), issued: s.day, taxed: true,
			subject: p.name, terms: pick(g, quoteTerms), externalID: g.external(i), credit: g.oneIn(33),
		}
		sign := int64(1)
		if v.credit {
			sign, v.subject = -1, "Note de crédit"
		}
		start := len(pool)
		pool = g.lines(pool, sign)
		v.lines = pool[start:len(pool):len(pool)]
		v.sum()
		g.settle(&v)
		g.decorate(&v, s.day)
		skip(g, &g.invoices)
		g.invoices.add(func(id int64) invoice { v.id = id; return v })
	}
}

// decorate adds what an invoice may go without.
func (g *generator) decorate(v *invoice, on day) {
	v.created, v.updated = g.stamps(on)
	if g.oneIn(3) {
		v.description = pick(g, workDescriptions)
	}
	if g.oneIn(2) {
		v.estimatorID = pick(g, g.users.ids)
	}
}

// lines appends one to four lines, negative for a credit. A few have a rate, so that quantity times price is not
// their total.
func (g *generator) lines(pool []line, sign int64) []line {
	for position := range g.between(1, 4) {
		a := &articles[g.rng.IntN(len(articles))]
		l := line{
			id: take(&g.nextLine), material: a.material, description: a.description, quantity: pick(g, a.quantities),
			unitPrice: a.price * cents(sign), position: int32(position + 1),
		}
		if g.oneIn(25) {
			l.rated, l.rate = true, 900_000
		}
		l.sum()
		pool = append(pool, l)
	}
	return pool
}

// settle decides what has been paid: young invoices are drafts or open, old ones mostly paid, some overdue.
func (g *generator) settle(v *invoice) {
	age := int(g.today - v.issued)
	v.status = "Approved"
	v.due = v.issued + 30
	switch {
	case age < 20 && g.oneIn(2):
		v.status, v.due = "Draft", 0
	case age < 15 || g.oneIn(9):
	case g.oneIn(12):
		v.paid = cents(portion(int64(v.total), int64(g.between(10, 90)), 100))
	default:
		v.paid = v.total
		v.paidOn = min(v.issued+day(g.between(5, 45)), g.today)
	}
}
