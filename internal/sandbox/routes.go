package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// This file is the map of the 46 calls: chart names each once, find looks a request up, form is a path with its ids
// taken out.

const prefix = "/api/v2/"

// road is one path and what may be done on it.
type road struct {
	methods map[string]*stop
	allow   string
}

// stop is one of the 46 calls.
type stop struct {
	key       string // "GET /api/v2/projects/{id}"
	open      bool   // needs no token
	adminOnly bool
	handle    func(*call) error
}

// roads holds the calls by the form of their path. Nothing changes it after the start.
var roads = chart()

func chart() map[string]*road {
	m := charting{}
	m.add("POST", "/users/sign_in", &stop{open: true, handle: signIn})
	m.noun("users", true, listUsers, nil, createUser, updateUser, deleteUser)
	m.add("GET", prefix+"users/{id}", &stop{handle: getUser}) // open to its own user, whatever his rights
	m.noun("projects", false, listProjects, getProject, createProject, updateProject, deleteProject)
	m.add("GET", prefix+"projects/communication_statuses", &stop{handle: listCommunicationStatuses})
	m.add("GET", prefix+"projects/work_types", &stop{handle: listWorkTypes})
	m.add("GET", prefix+"projects/stages", &stop{handle: listStages})
	m.noun("quotes", true, listQuotes, getQuote, createQuote, updateQuote, deleteQuote)
	m.noun("invoices", true, listInvoices, getInvoice, createInvoice, updateInvoice, deleteInvoice)
	m.noun("purchase_orders", false,
		listPurchaseOrders, getPurchaseOrder, createPurchaseOrder, updatePurchaseOrder, deletePurchaseOrder)
	m.noun("work_orders", false, listWorkOrders, getWorkOrder, createWorkOrder, updateWorkOrder, deleteWorkOrder)
	m.noun("notes", false, listNotes, getNote, createNote, updateNote, deleteNote)
	m.noun("parties", false, listParties, nil, createParty, updateParty, deleteParty)
	m.add("POST", prefix+"phones", &stop{handle: createPhone})
	m.add("POST", prefix+"emails", &stop{handle: createEmail})
	m.add("POST", prefix+"addresses", &stop{handle: createAddress})
	return m
}

type charting map[string]*road

func (m charting) add(method, template string, s *stop) {
	r := m[template]
	if r == nil {
		r = &road{methods: map[string]*stop{}}
		m[template] = r
	}
	s.key = method + " " + template
	r.methods[method] = s
	r.allow = strings.Join(slices.Sorted(maps.Keys(r.methods)), ", ")
}

// noun adds the five calls most nouns have; nil is one it has not, or not in this way.
func (m charting) noun(name string, adminOnly bool, list, get, create, update, remove func(*call) error) {
	put := func(method, template string, handle func(*call) error) {
		if handle != nil {
			m.add(method, template, &stop{adminOnly: adminOnly, handle: handle})
		}
	}
	put("GET", prefix+name, list)
	put("GET", prefix+name+"/{id}", get)
	put("POST", prefix+name, create)
	put("PUT", prefix+name+"/{id}", update)
	put("DELETE", prefix+name+"/{id}", remove)
}

// find is the road of a path and the id in it.
func find(path string) (*road, int64) {
	if r := roads[path]; r != nil {
		return r, 0
	}
	slash := strings.LastIndexByte(path, '/')
	if slash < 0 {
		return nil, 0
	}
	id, err := strconv.ParseUint(path[slash+1:], 10, 63)
	if err != nil {
		return nil, 0
	}
	return roads[form(path)], int64(id)
}

// form replaces every whole-number element of a path by {id}.
func form(path string) string {
	elements := strings.Split(path, "/")
	for i, e := range elements {
		if _, err := strconv.ParseUint(e, 10, 63); err == nil {
			elements[i] = "{id}"
		}
	}
	return strings.Join(elements, "/")
}

// roadKey names the call a request is, for counting.
func roadKey(r *http.Request) string {
	found, _ := find(r.URL.Path)
	if found == nil {
		return r.Method + " (no such road)"
	}
	if s := found.methods[r.Method]; s != nil {
		return s.key
	}
	return r.Method + " " + form(r.URL.Path)
}
