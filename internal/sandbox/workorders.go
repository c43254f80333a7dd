package sandbox

type workOrder struct {
	id, projectID, departmentID int64
	author                      int64
	number, description         string
	externalID                  string
	start, finish               day
	created, updated            moment
}

func (c *call) seesWorkOrder(o *workOrder) bool { return c.sees(o.projectID, o.author) }

func listWorkOrders(c *call) error {
	list(c, "work_orders", &c.db().workOrders, onlySeen(c, c.seesWorkOrder), c.workOrderRow)
	return nil
}

// getWorkOrder answers the number as name: that is how the reference has it.
func getWorkOrder(c *call) error {
	o, err := row(c, &c.db().workOrders, c.seesWorkOrder)
	if err != nil {
		return err
	}
	c.object()
	c.number("id", o.id)
	c.text("name", o.number)
	if !c.older {
		c.textOrNull("external_id", o.externalID)
	}
	c.end()
	return nil
}

// createWorkOrder makes an order outside of any project: the call has no field for one.
func createWorkOrder(c *call) error {
	f, err := c.fields("work_order", true)
	if err != nil {
		return err
	}
	o := workOrder{author: c.who.id}
	if err := c.readWorkOrder(f, &o); err != nil {
		return err
	}
	o.created = o.updated
	added := c.db().workOrders.add(func(id int64) workOrder { o.id = id; return o })
	c.created()
	c.workOrderWritten(added)
	return nil
}

func updateWorkOrder(c *call) error {
	old, err := row(c, &c.db().workOrders, c.seesWorkOrder)
	if err != nil {
		return err
	}
	f, err := c.fields("work_order", false)
	if err != nil {
		return err
	}
	o := *old
	if err := c.readWorkOrder(f, &o); err != nil {
		return err
	}
	*old = o
	if !c.silent(false) {
		c.workOrderWritten(old)
	}
	return nil
}

func deleteWorkOrder(c *call) error {
	if _, err := row(c, &c.db().workOrders, c.seesWorkOrder); err != nil {
		return err
	}
	c.db().workOrders.remove(c.id)
	c.deleted("Work order deleted", false)
	return nil
}

func (c *call) readWorkOrder(f *fields, o *workOrder) error {
	f.require("number", "description", "department_id")
	f.text("number", &o.number)
	f.text("description", &o.description)
	f.id("department_id", &o.departmentID)
	f.day("start_date", &o.start)
	f.day("end_date", &o.finish)
	f.positive("department_id", o.departmentID)
	o.updated = c.s.moment()
	if o.start != 0 && o.finish != 0 && o.finish < o.start {
		f.refuse("end_date", "must be on or after start_date")
	}
	if err := f.err(); err != nil {
		return err
	}
	if c.db().workOrders.some(o.id, func(other *workOrder) bool { return other.number == o.number }) {
		return taken("number")
	}
	return nil
}

func (c *call) workOrderRow(o *workOrder) {
	if c.older {
		c.olderWorkOrder(o)
		return
	}
	c.object()
	c.number("id", o.id)
	c.idOrNull("project_id", o.projectID)
	c.text("number", o.number)
	c.moment("created_at", o.created)
	c.moment("updated_at", o.updated)
	c.textOrNull("external_id", o.externalID)
	c.end()
}

func (c *call) workOrderWritten(o *workOrder) {
	c.object()
	c.number("id", o.id)
	c.text("number", o.number)
	c.text("description", o.description)
	c.end()
}

// olderWorkOrder has the keys of an invoice; the older reference does not say which of a work order's they are.
func (c *call) olderWorkOrder(o *workOrder) {
	c.object()
	c.number("id", o.id)
	c.text("subject", o.number)
	c.text("description", o.description)
	c.day("issue_date", o.start)
	c.end()
}
