package sandbox

type purchaseOrder struct {
	id, projectID, departmentID int64
	author                      int64
	number, description         string
	externalID                  string
	expected                    day
	created, updated            moment
}

func (c *call) seesPurchaseOrder(o *purchaseOrder) bool { return c.sees(o.projectID, o.author) }

func listPurchaseOrders(c *call) error {
	t := &c.db().purchaseOrders
	list(c, "purchase_orders", t, onlySeen(c, c.seesPurchaseOrder), c.purchaseOrderRow)
	return nil
}

func getPurchaseOrder(c *call) error {
	o, err := row(c, &c.db().purchaseOrders, c.seesPurchaseOrder)
	if err != nil {
		return err
	}
	c.object()
	c.number("id", o.id)
	c.text("number", o.number)
	if !c.older {
		c.textOrNull("external_id", o.externalID)
	}
	c.end()
	return nil
}

// createPurchaseOrder makes an order outside of any project: the call has no field for one.
func createPurchaseOrder(c *call) error {
	f, err := c.fields("purchase_order", true)
	if err != nil {
		return err
	}
	o := purchaseOrder{author: c.who.id}
	if err := c.readPurchaseOrder(f, &o); err != nil {
		return err
	}
	o.created = o.updated
	added := c.db().purchaseOrders.add(func(id int64) purchaseOrder { o.id = id; return o })
	c.created()
	c.purchaseOrderWritten(added)
	return nil
}

func updatePurchaseOrder(c *call) error {
	old, err := row(c, &c.db().purchaseOrders, c.seesPurchaseOrder)
	if err != nil {
		return err
	}
	f, err := c.fields("purchase_order", false)
	if err != nil {
		return err
	}
	o := *old
	if err := c.readPurchaseOrder(f, &o); err != nil {
		return err
	}
	*old = o
	if !c.silent(false) {
		c.purchaseOrderWritten(old)
	}
	return nil
}

func deletePurchaseOrder(c *call) error {
	o, err := row(c, &c.db().purchaseOrders, c.seesPurchaseOrder)
	if err != nil {
		return err
	}
	number := o.number
	c.db().purchaseOrders.remove(c.id)
	if c.noBody(true) {
		return nil
	}
	c.object()
	c.number("id", c.id)
	c.text("number", number)
	c.end()
	return nil
}

func (c *call) readPurchaseOrder(f *fields, o *purchaseOrder) error {
	f.require("number", "department_id")
	f.text("number", &o.number)
	f.text("description", &o.description)
	f.id("department_id", &o.departmentID)
	f.positive("department_id", o.departmentID)
	o.updated = c.s.moment()
	if err := f.err(); err != nil {
		return err
	}
	same := func(other *purchaseOrder) bool { return other.number == o.number }
	if c.db().purchaseOrders.some(o.id, same) {
		return taken("number")
	}
	return nil
}

func (c *call) purchaseOrderRow(o *purchaseOrder) {
	c.object()
	c.number("id", o.id)
	if c.older {
		c.text("number", o.number)
		c.textOrNull("description", o.description)
		c.end()
		return
	}
	c.idOrNull("project_id", o.projectID)
	c.text("number", o.number)
	c.textOrNull("description", o.description)
	c.day("expected_start", o.expected)
	c.moment("created_at", o.created)
	c.moment("updated_at", o.updated)
	c.textOrNull("external_id", o.externalID)
	c.end()
}

func (c *call) purchaseOrderWritten(o *purchaseOrder) {
	c.object()
	c.number("id", o.id)
	c.text("number", o.number)
	if !c.older {
		c.textOrNull("description", o.description)
		c.textOrNull("external_id", o.externalID)
	}
	c.end()
}
