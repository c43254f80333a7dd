package sandbox

// makeProjects spreads the projects evenly over the past, each with its client and perhaps a building.
func (g *generator) makeProjects(n int) {
	g.projects.grow(n)
	for i := range n {
		on := g.today - history + day(i*history/n)
		p := project{
			clientID: g.clientFor(), managerID: pick(g, g.users.ids), crew: i%3 == 0,
			callNotes: pick(g, callNotes), externalID: g.external(i),
			workTypeID: pick(g, workTypes).id, propertyTypeID: pick(g, propertyTypes).id,
			communicationID: pick(g, communicationStatuses).id,
		}
		p.name = pick(g, projectWords) + " – " + pick(g, streets)
		p.number = numbered(numbered("P-", on.time().Year())+"-", 100+i)
		if !g.oneIn(3) {
			p.buildingID = g.addBuilding()
		}
		if g.oneIn(25) {
			p.propertyTypeID = 0
		}
		p.created, p.updated = g.stamps(on)
		g.place(&p, on)
		skip(g, &g.projects)
		g.projects.add(func(id int64) project { p.id = id; return p })
	}
}

// place puts a project where its age would have it in a workflow, mostly the listed one.
func (g *generator) place(p *project, on day) {
	age := int(g.today - on)
	if !g.oneIn(8) {
		p.workStart = on + day(g.between(10, 60))
		p.workEnd = p.workStart + day(g.between(1, 90))
	}
	if g.oneIn(15) {
		p.workEnd = 0
	}
	if g.oneIn(6) {
		p.workflowID, p.status = otherWorkflow, "Active"
		p.stageID = pick(g, otherStages).id
		return
	}
	p.workflowID = defaultWorkflow
	switch {
	case age < 45:
		p.stageID, p.status = int64(g.between(1, 2)), "Active"
	case age < 240:
		p.stageID, p.status = int64(g.between(2, 5)), "Active"
	case g.oneIn(6):
		p.stageID, p.status = pick(g, []int64{6, 8}), "Cancelled"
	case g.oneIn(10):
		p.stageID, p.status = 7, "On hold"
	default:
		p.stageID, p.status = 9, "Completed"
	}
}

// makeQuotes makes two quotes for a project on average.
func (g *generator) makeQuotes() {
	n := len(g.projects.rows) * 2
	counts := g.counts(n, 4)
	g.quotes.grow(n)
	for i, s := range g.schedule(n, func(i int) int { return int(counts[i]) }) {
		p := &g.projects.rows[s.project]
		v := invoice{taxed: true, lines: g.lines(nil, 1)}
		v.sum()
		q := quote{
			projectID: p.id, clientID: p.clientID, departmentID: 1, number: numbered("Q-", 1001+i), title: p.name,
			quoteType: "standard", terms: pick(g, quoteTerms), description: pick(g, workDescriptions),
			status: pick(g, []string{"Draft", "Sent", "Approved", "Approved", "Declined"}), externalID: g.external(i),
			subtotal: v.subtotal, total: v.total,
		}
		q.created, q.updated = g.stamps(s.day)
		skip(g, &g.quotes)
		g.quotes.add(func(id int64) quote { q.id = id; return q })
	}
}

func (g *generator) makePurchaseOrders() {
	n := len(g.projects.rows) * 3 / 5
	counts := g.counts(n, 2)
	g.purchaseOrders.grow(n)
	for i, s := range g.schedule(n, func(i int) int { return int(counts[i]) }) {
		o := purchaseOrder{
			projectID: g.projects.rows[s.project].id, departmentID: 1, author: pick(g, g.users.ids),
			number: numbered("PO-", 1001+i), description: pick(g, purchaseDescriptions), externalID: g.external(i),
		}
		if !g.oneIn(4) {
			o.expected = s.day + day(g.between(2, 30))
		}
		o.created, o.updated = g.stamps(s.day)
		skip(g, &g.purchaseOrders)
		g.purchaseOrders.add(func(id int64) purchaseOrder { o.id = id; return o })
	}
}

func (g *generator) makeWorkOrders() {
	n := len(g.projects.rows)
	counts := g.counts(n, 2)
	g.workOrders.grow(n)
	for i, s := range g.schedule(n, func(i int) int { return int(counts[i]) }) {
		o := workOrder{
			projectID: g.projects.rows[s.project].id, departmentID: 1, author: pick(g, g.users.ids),
			number: numbered("WO-", 1001+i), description: pick(g, workDescriptions), externalID: g.external(i),
			start: s.day + day(g.between(1, 20)),
		}
		o.finish = o.start + day(g.rng.IntN(5))
		o.created, o.updated = g.stamps(s.day)
		skip(g, &g.workOrders)
		g.workOrders.add(func(id int64) workOrder { o.id = id; return o })
	}
}
