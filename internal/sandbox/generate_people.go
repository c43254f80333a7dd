package sandbox

import (
	"strconv"
	"time"
)

const (
	adminEmail         = "admin@example.com"
	adminPassword      = "sandbox-admin"
	technicianEmail    = "technicien@example.com"
	technicianPassword = "sandbox-technicien"
	// staffPassword is that of all other generated users.
	staffPassword = "sandbox-equipe"

	staff = 14
)

// makeStaff makes the users and the contacts they are: first an admin, then a technician, then the others.
func (g *generator) makeStaff() {
	for i := range staff {
		given, family := firstNames[i], lastNames[(i*7)%len(lastNames)]
		u := user{
			given: given, family: family, role: roleUser, userType: "full",
			email:    mailName(given) + "." + mailName(family) + "@example.com",
			password: digest(staffPassword),
		}
		switch {
		case i == 0:
			u.role, u.email, u.password = roleAdmin, adminEmail, digest(adminPassword)
		case i == 1:
			u.email, u.password, u.userType = technicianEmail, digest(technicianPassword), "limited"
		case i%5 == 0:
			u.role = roleAdmin
		}
		u.suspended = i == staff-1
		g.addUser(u, i)
	}
}

func (g *generator) addUser(u user, i int) {
	u.contactID = g.addParty(party{
		name: u.name(), first: u.given, last: u.family, kind: contact, subtypes: employee | contactPerson,
		email: u.email, phone: g.phone(cities[0]), addresses: g.addresses(pick(g, cities)),
	})
	u.created, u.updated = g.stamps(g.today - history - day(200-i*10))
	u.currentSignIn = (g.today - day(i)).at(7 * time.Hour)
	u.lastSignIn = (g.today - day(2*i+1)).at(8 * time.Hour)
	if i%6 == 2 {
		u.currentSignIn, u.lastSignIn = 0, 0 // has never signed in
	}
	skip(g, &g.users)
	added := g.users.add(func(id int64) user {
		u.id, u.token = id, tokenFor(g.seed, id)
		return u
	})
	g.userByEmail[added.email] = added.id
}

// makeSuppliers makes companies one buys from and a contact at each; some are clients as well.
func (g *generator) makeSuppliers(n int) {
	for i := range n {
		supplies := supplier
		if i%4 == 1 {
			supplies |= client
		}
		g.addCompany(pick(g, supplierKinds), supplies)
		g.addPerson(supplier | contactPerson)
	}
	g.addPerson(employee | supplier) // a subcontractor on the payroll, so that subtype=employee,supplier finds one
}

func (g *generator) addParty(p party) int64 {
	skip(g, &g.parties)
	return g.parties.add(func(id int64) party { p.id = id; return p }).id
}

func (g *generator) addCompany(kindName string, s subtype) int64 {
	family, where := pick(g, lastNames), pick(g, cities)
	return g.addParty(party{
		name: kindName + " " + family + " " + pick(g, companyForms), kind: company, subtypes: s,
		email: "info@" + mailName(kindName+"-"+family) + ".example", phone: g.phone(where), addresses: g.addresses(where),
	})
}

func (g *generator) addPerson(s subtype) int64 {
	first, last, where := pick(g, firstNames), pick(g, lastNames), pick(g, cities)
	p := party{name: first + " " + last, first: first, last: last, kind: contact, subtypes: s, phone: g.phone(where)}
	if !g.oneIn(12) {
		p.email = mailName(first) + "." + mailName(last) + "@example.com"
	}
	if !g.oneIn(15) {
		p.addresses = g.addresses(where)
	}
	return g.addParty(p)
}

func (g *generator) addBuilding() int64 {
	a := g.addresses(pick(g, cities))
	return g.addParty(party{name: a[0].street, kind: building, addresses: a})
}

// clientFor is a client for a project, new or one who comes again. One project in forty has none.
func (g *generator) clientFor() int64 {
	switch {
	case g.oneIn(40):
		return 0
	case len(g.clients) > 0 && g.oneIn(2):
		return pick(g, g.clients)
	case g.oneIn(3):
		g.clients = append(g.clients, g.addCompany(pick(g, companyKinds), client))
	default:
		g.clients = append(g.clients, g.addPerson(client))
	}
	return g.clients[len(g.clients)-1]
}

func (g *generator) phone(where city) string {
	return "+1" + where.area + strconv.Itoa(g.between(2_000_000, 9_999_999))
}

func (g *generator) addresses(where city) []address {
	const letters = "ABCEGHJKLMNPRSTVWXYZ"
	n := g.rng.IntN(10)
	return []address{{
		id:     take(&g.nextAddress),
		street: strconv.Itoa(g.between(1, 9999)) + ", " + pick(g, streets),
		city:   where.name, state: "QC", country: "Canada",
		zip: where.postal + " " + string([]byte{byte('0' + n), letters[g.rng.IntN(len(letters))], byte('0' + (n+3)%10)}),
	}}
}
