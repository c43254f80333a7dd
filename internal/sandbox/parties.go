package sandbox

import "strings"

type party struct {
	id           int64
	name         string
	first, last  string
	kind         kind
	subtypes     subtype
	email, phone string
	addresses    []address
}

// kind is what a party is.
type kind uint8

const (
	company kind = iota + 1
	contact
	building
)

// kinds are the names of a kind, the short one and that of version 2's creates.
var kinds = map[kind][2]string{
	company:  {"company", "Crm::Parties::Company"},
	contact:  {"contact", "Crm::Parties::Contact"},
	building: {"building", "Crm::Parties::Building"},
}

func kindNamed(name string) kind {
	for k, names := range kinds {
		if strings.EqualFold(name, names[0]) || name == names[1] {
			return k
		}
	}
	return 0
}

// subtype is a set of what a party is to the contractor.
type subtype uint8

const (
	client subtype = 1 << iota
	supplier
	employee
	contactPerson
)

var subtypeNames = map[string]subtype{
	"client": client, "supplier": supplier, "employee": employee, "contact": contactPerson,
}

// listParties filters by type, role and subtypes. A name that is not known fits nobody.
func listParties(c *call) error {
	q := c.query()
	if !q.Has("type") && !q.Has("subtype") && !q.Has("role") {
		list(c, "parties", &c.db().parties, nil, c.partyRow)
		return nil
	}
	kindName, role := q.Get("type"), q.Get("role")
	subtypes, known := subtypesNamed(q.Get("subtype"))
	keep := func(p *party) bool {
		return known && p.subtypes&subtypes == subtypes &&
			(kindName == "" || p.kind == kindNamed(kindName)) && (role == "" || p.hasRole(role))
	}
	list(c, "parties", &c.db().parties, keep, c.partyRow)
	return nil
}

// subtypesNamed reads a list of subtypes with commas between, all of which are wanted.
func subtypesNamed(text string) (all subtype, known bool) {
	if text == "" {
		return 0, true
	}
	for name := range strings.SplitSeq(text, ",") {
		s := subtypeNames[strings.TrimSpace(name)]
		if s == 0 {
			return 0, false
		}
		all |= s
	}
	return all, true
}

// hasRole tells what a party does: employees are contacts, clients and suppliers contacts or companies.
func (p *party) hasRole(role string) bool {
	switch role {
	case "employee":
		return p.kind == contact && p.subtypes&employee != 0
	case "client", "supplier":
		return p.kind != building && p.subtypes&subtypeNames[role] != 0
	default:
		return false
	}
}

func createParty(c *call) error {
	f, err := c.fields("party", true)
	if err != nil {
		return err
	}
	p := party{}
	c.readNewParty(f, &p)
	if err := f.err(); err != nil {
		return err
	}
	for i := range p.addresses {
		p.addresses[i].id = take(&c.db().nextAddress)
	}
	added := c.db().parties.add(func(id int64) party { p.id = id; return p })
	c.created()
	c.partyWritten(added)
	return nil
}

func (c *call) readNewParty(f *fields, p *party) {
	var kindName string
	f.text("type", &kindName)
	p.kind = kindNamed(kindName)
	f.require("name", "type")
	if kindName != "" && p.kind == 0 {
		f.refuse("type", "is not included in the list")
	}
	if p.kind == contact {
		f.require("first_name", "last_name")
	}
	readParty(f, p)
	readAddresses(f, p)
	p.phone = firstValue(f, "phones_attributes")
	p.email = firstValue(f, "emails_attributes")
}

func readParty(f *fields, p *party) {
	f.text("name", &p.name)
	f.text("first_name", &p.first)
	f.text("last_name", &p.last)
}

func readAddresses(f *fields, p *party) {
	for _, nested := range f.objects("addresses_attributes") {
		var a address
		nested.address(&a)
		f.adopt("addresses", nested)
		p.addresses = append(p.addresses, a)
	}
}

// firstValue is the phone or email that stands for the party where it is embedded as a client; all are checked.
func firstValue(f *fields, name string) (first string) {
	for i, nested := range f.objects(name) {
		var value, kind string
		nested.require("value")
		nested.text("value", &value)
		nested.text("type", &kind)
		f.adopt(strings.TrimSuffix(name, "_attributes"), nested)
		if i == 0 {
			first = value
		}
	}
	return first
}

func updateParty(c *call) error {
	old, err := row(c, &c.db().parties, nil)
	if err != nil {
		return err
	}
	f, err := c.fields("party", false)
	if err != nil {
		return err
	}
	p := *old
	f.require("name")
	readParty(f, &p)
	if err := f.err(); err != nil {
		return err
	}
	*old = p
	if !c.silent(false) {
		c.partyWritten(old)
	}
	return nil
}

// deleteParty leaves projects and invoices that name the party; they answer a null client from then on.
func deleteParty(c *call) error {
	if _, err := row(c, &c.db().parties, nil); err != nil {
		return err
	}
	c.db().parties.remove(c.id)
	c.deleted("Party deleted", false)
	return nil
}

func (c *call) partyRow(p *party) {
	c.object()
	c.number("id", p.id)
	c.text("name", p.name)
	c.text("type", kinds[p.kind][0])
	c.key("addresses")
	c.array()
	for i := range p.addresses {
		c.address(&p.addresses[i], false)
	}
	c.endAll()
	c.end()
}

// partyWritten has the long name of the type, where lists have the short one.
func (c *call) partyWritten(p *party) {
	name := kinds[p.kind][1]
	if c.older {
		name = kinds[p.kind][0]
	}
	c.object()
	c.number("id", p.id)
	c.text("name", p.name)
	c.text("type", name)
	c.end()
}

// client embeds a party where it is the client of something: without its id, but in the list of quotes.
func (c *call) client(id int64, withID bool) {
	p := c.db().parties.get(id)
	if p == nil {
		c.null("client")
		return
	}
	c.key("client")
	c.object()
	if withID {
		c.number("id", p.id)
	}
	c.text("name", p.name)
	c.textOrNull("email", p.email)
	c.textOrNull("phone", p.phone)
	c.end()
}
