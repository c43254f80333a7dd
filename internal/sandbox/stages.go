package sandbox

// The lookups of the projects chapter. They never change: the reference has no call that would.

// defaultWorkflow is the one whose stages are listed.
const defaultWorkflow = 1

type stage struct {
	id       int64
	name     string
	workflow int64
	previous []int64
	next     []int64
}

// stages are listed as the reference shows them, with steps to stages 12 and 13 that no list has.
var stages = []stage{
	{1, "call", 1, nil, []int64{2, 6, 8}},
	{2, "quote", 1, []int64{1}, []int64{3, 6, 7}},
	{3, "work", 1, []int64{2, 7}, []int64{4, 7}},
	{4, "inspection", 1, []int64{3}, []int64{5, 3, 13}},
	{5, "invoicing", 1, []int64{4}, []int64{9, 12}},
	{6, "lost", 1, []int64{1, 2}, nil},
	{7, "on hold", 1, []int64{2, 3}, []int64{3, 6}},
	{8, "referred", 1, []int64{1}, nil},
	{9, "closed", 1, []int64{5}, nil},
}

// otherStages belong to a workflow that is not listed: projects in it have stages whose ids mean something else in
// the list, or nothing.
const otherWorkflow = 3

var otherStages = lookups{
	{1, "Pending", "", 1},
	{2, "Active", "", 2},
	{11, "Planification", "", 3},
	{14, "Entretien annuel", "", 4},
}

func stageName(workflow, id int64) string {
	if workflow == otherWorkflow {
		return otherStages.name(id)
	}
	for i := range stages {
		if stages[i].id == id {
			return stages[i].name
		}
	}
	return ""
}

// lookup is an entry of a short list with a name.
type lookup struct {
	id       int64
	name     string
	value    string
	position int64
}

type lookups []lookup

func (ls lookups) name(id int64) string {
	for i := range ls {
		if ls[i].id == id {
			return ls[i].name
		}
	}
	return ""
}

var workTypes = lookups{
	{1, "Borne Résidentielle", "borne_residentielle", 1},
	{2, "Borne Commerciale", "borne_commerciale", 2},
	{3, "Multi Logements", "multi_logements", 3},
	{4, "Autres travaux électriques", "autres_travaux_electriques", 4},
	{5, "Roofing", "roofing", 5},
	{6, "Toiture plate", "toiture_plate", 6},
	{7, "Panneau et entrée électrique", "panneau_et_entree_electrique", 7},
	{9, "Déneigement de toiture", "deneigement_de_toiture", 8},
}

var communicationStatuses = lookups{
	{1, "New Inquiry", "new_inquiry", 1},
	{2, "Called Back", "called_back", 2},
	{3, "Scheduled", "scheduled", 3},
	{4, "Message laissé", "message_laisse", 4},
	{6, "Attente du client", "attente_du_client", 5},
	{7, "Terminé", "termine", 6},
}

// propertyTypes have no list of their own; they are only seen inside projects.
var propertyTypes = lookups{
	{5, "Multilogement", "", 1},
	{6, "Commercial", "", 2},
	{7, "Residential", "", 3},
	{8, "Industriel", "", 4},
	{10, "Institutionnel", "", 5},
}

func listStages(c *call) error {
	c.array()
	for i := range stages {
		s := &stages[i]
		c.object()
		c.number("id", s.id)
		c.text("name", s.name)
		c.number("workflow_id", s.workflow)
		c.numbers("previous_steps", s.previous)
		c.numbers("next_steps", s.next)
		c.end()
	}
	c.endAll()
	return nil
}

func listWorkTypes(c *call) error {
	c.array()
	for _, l := range workTypes {
		c.lookupRow(l)
		c.text("type", "Projects/WorkType")
		c.end()
	}
	c.endAll()
	return nil
}

func listCommunicationStatuses(c *call) error {
	c.array()
	for i, l := range communicationStatuses {
		c.lookupRow(l)
		c.flag("is_first", i == 0)
		c.flag("is_last", i == len(communicationStatuses)-1)
		c.text("type", "Projects/CommunicationStatus")
		c.end()
	}
	c.endAll()
	return nil
}

// lookupRow begins a row and leaves it open for the keys that differ.
func (c *call) lookupRow(l lookup) {
	c.object()
	c.number("id", l.id)
	c.text("name", l.name)
	c.text("value", l.value)
	c.number("position", l.position)
}

// lookup writes an embedded {id, name}, null when nothing is chosen.
func (e *encoder) lookup(key string, id int64, name string) {
	if id == 0 {
		e.null(key)
		return
	}
	e.key(key)
	e.object()
	e.number("id", id)
	e.text("name", name)
	e.end()
}
