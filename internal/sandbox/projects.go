package sandbox

type project struct {
	id                              int64
	name, number, status            string
	callNotes, externalID           string
	clientID, managerID, buildingID int64
	workflowID, stageID             int64
	workTypeID, propertyTypeID      int64
	communicationID                 int64
	workStart, workEnd              day
	created, updated                moment
	crew                            bool // the field crew may see it
}

func (c *call) seesProject(p *project) bool { return c.isAdmin() || p.crew }

func listProjects(c *call) error {
	list(c, "projects", &c.db().projects, onlySeen(c, c.seesProject), c.projectRow)
	return nil
}

func getProject(c *call) error {
	p, err := row(c, &c.db().projects, c.seesProject)
	if err != nil {
		return err
	}
	c.projectDetail(p)
	return nil
}

func createProject(c *call) error {
	f, err := c.fields("project", true)
	if err != nil {
		return err
	}
	p := project{status: "Active", workflowID: defaultWorkflow, stageID: 1, crew: !c.isAdmin()}
	if err := c.readProject(f, &p); err != nil {
		return err
	}
	p.created = p.updated
	added := c.db().projects.add(func(id int64) project { p.id = id; return p })
	c.created()
	c.object()
	c.number("id", added.id)
	c.text("name", added.name)
	c.end()
	return nil
}

func updateProject(c *call) error {
	old, err := row(c, &c.db().projects, c.seesProject)
	if err != nil {
		return err
	}
	f, err := c.fields("project", false)
	if err != nil {
		return err
	}
	p := *old
	if err := c.readProject(f, &p); err != nil {
		return err
	}
	*old = p
	c.object()
	c.number("id", p.id)
	c.text("name", p.name)
	c.text("number", p.number)
	c.momentWithOffset("updated_at", p.updated)
	c.end()
	return nil
}

// deleteProject leaves what belongs to the project: the reference does not say, and accounts are kept.
func deleteProject(c *call) error {
	if _, err := row(c, &c.db().projects, c.seesProject); err != nil {
		return err
	}
	c.db().projects.remove(c.id)
	c.deleted("Project deleted", true)
	return nil
}

func (c *call) readProject(f *fields, p *project) error {
	f.require("name", "number", "client_id", "manager_id")
	f.text("name", &p.name)
	f.text("number", &p.number)
	f.id("client_id", &p.clientID)
	f.id("manager_id", &p.managerID)
	f.day("work_start", &p.workStart)
	f.day("work_end", &p.workEnd)
	f.id("stage_id", &p.stageID)
	f.id("work_type_id", &p.workTypeID)
	f.id("property_type_id", &p.propertyTypeID)
	f.id("communication_status_id", &p.communicationID)
	f.text("call_notes", &p.callNotes)
	p.updated = c.s.moment()
	c.referProject(f, p)
	if err := f.err(); err != nil {
		return err
	}
	if c.db().projects.some(p.id, func(other *project) bool { return other.number == p.number }) {
		return taken("number")
	}
	return nil
}

func (c *call) referProject(f *fields, p *project) {
	f.refer("client_id", p.clientID, c.db().parties.get(p.clientID) != nil)
	f.refer("manager_id", p.managerID, c.db().users.get(p.managerID) != nil)
	f.refer("stage_id", p.stageID, stageName(p.workflowID, p.stageID) != "")
	f.refer("work_type_id", p.workTypeID, workTypes.name(p.workTypeID) != "")
	f.refer("property_type_id", p.propertyTypeID, propertyTypes.name(p.propertyTypeID) != "")
	f.refer("communication_status_id", p.communicationID, communicationStatuses.name(p.communicationID) != "")
	if p.workStart != 0 && p.workEnd != 0 && p.workEnd < p.workStart {
		f.refuse("work_end", "must be on or after work_start")
	}
}

func (c *call) projectRow(p *project) {
	if c.older {
		c.olderProject(p, "created_at", "updated_at")
		return
	}
	c.object()
	c.number("id", p.id)
	c.text("status", p.status)
	c.lookup("stage", p.stageID, stageName(p.workflowID, p.stageID))
	c.projectFacts(p)
	c.client(p.clientID, false)
	c.number("workflow_id", p.workflowID)
	c.projectKinds(p)
	c.moment("created_at", p.created)
	c.moment("updated_at", p.updated)
	c.end()
}

func (c *call) projectDetail(p *project) {
	if c.older {
		c.olderProject(p, "create_at", "update_at")
		return
	}
	c.object()
	c.number("id", p.id)
	c.text("status", p.status)
	c.lookup("stage", p.stageID, stageName(p.workflowID, p.stageID))
	c.projectFacts(p)
	c.projectKinds(p)
	c.client(p.clientID, false)
	c.projectAddress(p)
	c.end()
}

func (c *call) projectFacts(p *project) {
	c.text("number", p.number)
	c.day("work_start", p.workStart)
	c.day("work_end", p.workEnd)
	c.textOrNull("external_id", p.externalID)
	c.idOrNull("building_id", p.buildingID)
	c.textOrNull("call_notes", p.callNotes)
}

func (c *call) projectKinds(p *project) {
	c.lookup("work_type", p.workTypeID, workTypes.name(p.workTypeID))
	c.lookup("property_type", p.propertyTypeID, propertyTypes.name(p.propertyTypeID))
	c.lookup("communication_status", p.communicationID, communicationStatuses.name(p.communicationID))
}

// projectAddress is where the work is: the building, or else the client's.
func (c *call) projectAddress(p *project) {
	for _, id := range []int64{p.buildingID, p.clientID} {
		owner := c.db().parties.get(id)
		if owner != nil && len(owner.addresses) > 0 {
			c.key("address")
			c.address(&owner.addresses[0], true)
			return
		}
	}
	c.null("address")
}

// olderProject has one shape for row and detail but for the names of two keys.
func (c *call) olderProject(p *project, created, updated string) {
	c.object()
	c.number("id", p.id)
	c.text("name", p.name)
	c.text("reference", p.number)
	c.day("work_start", p.workStart)
	c.day("work_end", p.workEnd)
	c.moment(created, p.created)
	c.moment(updated, p.updated)
	c.end()
}
