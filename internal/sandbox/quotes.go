package sandbox

type quote struct {
	id, projectID, clientID int64
	departmentID            int64
	number, title           string
	description, terms      string
	quoteType, status       string
	externalID              string
	subtotal, total         cents
	created, updated        moment
}

func listQuotes(c *call) error {
	list(c, "quotes", &c.db().quotes, nil, c.quoteRow)
	return nil
}

func getQuote(c *call) error {
	q, err := row(c, &c.db().quotes, nil)
	if err != nil {
		return err
	}
	c.quoteDetail(q)
	return nil
}

func createQuote(c *call) error {
	f, err := c.fields("quote", true)
	if err != nil {
		return err
	}
	q := quote{status: "Draft"}
	if err := c.readQuote(f, &q); err != nil {
		return err
	}
	q.created = q.updated
	added := c.db().quotes.add(func(id int64) quote { q.id = id; return q })
	c.created()
	c.quoteCreated(added)
	return nil
}

func updateQuote(c *call) error {
	old, err := row(c, &c.db().quotes, nil)
	if err != nil {
		return err
	}
	f, err := c.fields("quote", false)
	if err != nil {
		return err
	}
	q := *old
	if err := c.readQuote(f, &q); err != nil {
		return err
	}
	*old = q
	c.object()
	c.number("id", q.id)
	c.text("name", q.number)
	c.textOrNull("description", q.description)
	c.end()
	return nil
}

func deleteQuote(c *call) error {
	if _, err := row(c, &c.db().quotes, nil); err != nil {
		return err
	}
	c.db().quotes.remove(c.id)
	c.deleted("Quote deleted successfully", true)
	return nil
}

// readQuote also gives the quote the client of the project it names: the call has no field for one.
func (c *call) readQuote(f *fields, q *quote) error {
	f.require("number", "project_id", "department_id", "quote_type")
	f.text("number", &q.number)
	f.text("description", &q.description)
	f.id("project_id", &q.projectID)
	f.id("department_id", &q.departmentID)
	f.text("quote_type", &q.quoteType)
	f.text("terms", &q.terms)
	f.text("title", &q.title)
	q.updated = c.s.moment()
	p := c.db().projects.get(q.projectID)
	f.refer("project_id", q.projectID, p != nil)
	f.positive("department_id", q.departmentID)
	if err := f.err(); err != nil {
		return err
	}
	if f.given["project_id"] != nil {
		q.clientID = p.clientID
	}
	if c.db().quotes.some(q.id, func(other *quote) bool { return other.number == q.number }) {
		return taken("number")
	}
	return nil
}

func (c *call) quoteRow(q *quote) {
	if c.older {
		c.olderQuote(q)
		return
	}
	c.object()
	c.number("id", q.id)
	c.number("project_id", q.projectID)
	c.idOrNull("client_id", q.clientID)
	c.text("number", q.number)
	c.money("quoted_total", q.total)
	c.moment("created_at", q.created)
	c.moment("updated_at", q.updated)
	c.text("status", q.status)
	c.money("subtotal", q.subtotal)
	c.textOrNull("external_id", q.externalID)
	c.client(q.clientID, true)
	c.end()
}

func (c *call) quoteDetail(q *quote) {
	c.object()
	c.number("id", q.id)
	c.text("number", q.number)
	if !c.older {
		c.text("status", q.status)
		c.textOrNull("external_id", q.externalID)
		c.client(q.clientID, false)
	}
	c.end()
}

func (c *call) quoteCreated(q *quote) {
	if c.older {
		c.quotesCreated(q)
		return
	}
	c.object()
	c.number("id", q.id)
	c.text("number", q.number)
	c.text("status", q.status)
	c.textOrNull("external_id", q.externalID)
	c.end()
}

// quotesCreated is the older answer to a create: an array with more than the new quote, and not in front.
func (c *call) quotesCreated(q *quote) {
	c.array()
	if rows := c.db().quotes.rows; len(rows) > 1 {
		c.olderQuote(&rows[len(rows)-2])
	}
	c.olderQuote(q)
	c.endAll()
}

func (c *call) olderQuote(q *quote) {
	c.object()
	c.number("id", q.id)
	c.text("number", q.number)
	c.textOrNull("description", q.description)
	c.textOrNull("terms", q.terms)
	c.textOrNull("title", q.title)
	c.end()
}
