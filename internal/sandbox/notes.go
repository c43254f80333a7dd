package sandbox

import (
	"slices"
	"strconv"
)

type note struct {
	id, notableID, author int64
	notable               string
	body                  string
	created, updated      moment
}

// The nouns that can have notes, as notable_type names them.
const (
	onProject       = "Project"
	onQuote         = "Quote"
	onInvoice       = "Invoice"
	onWorkOrder     = "WorkOrder"
	onPurchaseOrder = "PurchaseOrder"
)

var notables = []string{onProject, onQuote, onInvoice, onWorkOrder, onPurchaseOrder}

// seesNotable tells whether there is such a thing for the caller. Notes follow the rights on what they are about, so
// a technician sees none on quotes and invoices.
func (c *call) seesNotable(notable string, id int64) bool {
	switch notable {
	case onProject:
		p := c.db().projects.get(id)
		return p != nil && c.seesProject(p)
	case onQuote:
		return c.isAdmin() && c.db().quotes.get(id) != nil
	case onInvoice:
		return c.isAdmin() && c.db().invoices.get(id) != nil
	case onWorkOrder:
		o := c.db().workOrders.get(id)
		return o != nil && c.seesWorkOrder(o)
	case onPurchaseOrder:
		o := c.db().purchaseOrders.get(id)
		return o != nil && c.seesPurchaseOrder(o)
	default:
		return false
	}
}

func (c *call) seesNote(n *note) bool { return c.isAdmin() || c.seesNotable(n.notable, n.notableID) }

func listNotes(c *call) error {
	q := c.query()
	notable, id := q.Get("notable_type"), q.Get("notable_id")
	if notable == "" && id == "" {
		list(c, "notes", &c.db().notes, onlySeen(c, c.seesNote), c.noteRow)
		return nil
	}
	wanted, err := strconv.ParseInt(id, 10, 64)
	if err != nil && id != "" {
		wanted = -1 // what is no id is nobody's
	}
	keep := func(n *note) bool {
		return (id == "" || n.notableID == wanted) && (notable == "" || n.notable == notable) && c.seesNote(n)
	}
	list(c, "notes", &c.db().notes, keep, c.noteRow)
	return nil
}

func getNote(c *call) error {
	n, err := row(c, &c.db().notes, c.seesNote)
	if err != nil {
		return err
	}
	c.noteRow(n)
	return nil
}

func createNote(c *call) error {
	f, err := c.fields("note", true)
	if err != nil {
		return err
	}
	n := note{author: c.who.id, created: c.s.moment(), updated: c.s.moment()}
	c.readNote(f, &n)
	if err := f.err(); err != nil {
		return err
	}
	added := c.db().notes.add(func(id int64) note { n.id = id; return n })
	c.created()
	c.noteRow(added)
	return nil
}

func (c *call) readNote(f *fields, n *note) {
	f.require("notable_type", "notable_id", "body")
	f.text("notable_type", &n.notable)
	f.id("notable_id", &n.notableID)
	f.text("body", &n.body)
	if !slices.Contains(notables, n.notable) {
		if n.notable != "" {
			f.refuse("notable_type", "is not included in the list")
		}
		return
	}
	f.refer("notable_id", n.notableID, c.seesNotable(n.notable, n.notableID))
}

func updateNote(c *call) error {
	old, err := row(c, &c.db().notes, c.seesNote)
	if err != nil {
		return err
	}
	f, err := c.fields("note", false)
	if err != nil {
		return err
	}
	n := *old
	n.updated = c.s.moment()
	f.require("body")
	f.text("body", &n.body)
	if err := f.err(); err != nil {
		return err
	}
	*old = n
	if !c.silent(false) {
		c.noteRow(old)
	}
	return nil
}

func deleteNote(c *call) error {
	if _, err := row(c, &c.db().notes, c.seesNote); err != nil {
		return err
	}
	c.db().notes.remove(c.id)
	c.deleted("Note deleted", false)
	return nil
}

func (c *call) noteRow(n *note) {
	c.object()
	c.number("id", n.id)
	c.text("notable_type", n.notable)
	c.number("notable_id", n.notableID)
	c.text("body", n.body)
	c.idOrNull("created_by_id", n.author)
	c.moment("created_at", n.created)
	c.moment("updated_at", n.updated)
	c.end()
}
