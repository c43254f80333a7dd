package main

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/load"
)

// query is what is asked.
type query struct {
	name, about string
	// text is it as the gateway takes it, and rows where the rows stand in its data.
	text string
	rows []string
	// later are the calls that can only be made when a row has been read. The others can be made at once.
	later *regexp.Regexp
	// remember walks the lists that it reads, so that they are kept.
	remember string
	// least is the fewest calls that it can do with, or 0 where that depends on the project; chain the longest chain of them.
	least, chain int
	// size is the rows of a page, 0 where it is no page.
	size int
}

// projects is how many there are: enough that asking for the notes of 20 projects is cheaper than walking all notes.
const projects = 500

// queries returns the queries: three that any gateway over REST can answer, and the page that this one is for.
func queries() []query {
	return []query{
		{
			name: "Q1", about: "100 projects, five fields and the stage's name", size: 100, rows: []string{"projects", "nodes"},
			text:     "query ($offset: Int) { projects(first: 100, offset: $offset) { nodes { id number status workStart callNotes stage { name } } } }",
			remember: "{ projects(first: 1) { totalCount } }", least: 1, chain: 1,
		},
		{
			name: "Q2", about: "20 projects with their notes", size: 20, rows: []string{"projects", "nodes"},
			text:     "query ($offset: Int) { projects(first: 20, offset: $offset) { nodes { id number notes { id body } } } }",
			remember: "{ projects(first: 1) { totalCount } notes(first: 1) { totalCount } }", least: 21, chain: 2,
			later: regexp.MustCompile(`notable_id=`),
		},
		{
			name: "Q3", about: "20 invoices with their lines and client", size: 20, rows: []string{"invoices", "nodes"},
			text: "query ($offset: Int) { invoices(first: 20, offset: $offset) " +
				"{ nodes { id number total lines { description quantity total } client { name email } } } }",
			remember: "{ invoices(first: 1) { totalCount } }", least: 21, chain: 2, later: regexp.MustCompile(`/invoices/\d`),
		},
		{
			name: "page", about: "one project, all of it", rows: []string{"project"},
			text: "query ($id: ID!) { project(id: $id) { number status client { name email } stage { name nextSteps { name } } " +
				"quotes { number status quotedTotal } invoices { number total balance lines { description quantity total } } " +
				"workOrders { number } purchaseOrders { number description } notes { body createdAt createdBy { name } } } }",
			remember: "{ projects(first: 1) { totalCount } quotes(first: 1) { totalCount } invoices(first: 1) { totalCount } " +
				"workOrders(first: 1) { totalCount } purchaseOrders(first: 1) { totalCount } notes(first: 1) { totalCount } }",
			chain: 2, later: regexp.MustCompile(`/(invoices|users)/\d`),
		},
	}
}

// values are the variables of one request: as the gateway takes them, and as a peer does.
type values struct{ gateway, peer map[string]any }

// different returns so many variables that ask for different things: pages of the list as far as there are any, or projects.
func (q query) different(ids []string, most int) []values {
	var all []values
	if q.size == 0 {
		for i := 0; i < len(ids) && len(all) < most; i += max(1, len(ids)/most) {
			all = append(all, values{gateway: map[string]any{"id": ids[i]}})
		}
		return all
	}
	for offset := 0; offset < projects && len(all) < most; offset += q.size {
		all = append(all, values{
			gateway: map[string]any{"offset": offset},
			peer:    map[string]any{"page": offset/q.size + 1, "perPage": q.size},
		})
	}
	return all
}

// mix is who asks for what.
type mix struct {
	name, about string
	// callers is how many there are, each with a credential of its own.
	callers int
	// different tells that variables differ.
	different bool
	// snapshots is how long the gateway keeps lists; remembered tells that they are before the clock starts.
	snapshots  time.Duration
	remembered bool
}

// mixes returns the mixes, with at most so many callers: more than connections, so that no two requests under way are of one.
func mixes(callers int) []mix {
	return []mix{
		{name: "equal", about: "all requests equal, of one caller; nothing is kept from one to the next", callers: 1},
		{name: "different", about: "callers and variables differ: nothing can be shared", callers: callers, different: true},
		{name: "warm", about: "one caller, whose lists are remembered; variables differ", callers: 1, different: true, snapshots: time.Hour, remembered: true},
	}
}

// authorization is the credential of the caller of a number. The stub takes any.
func authorization(caller int) string {
	n := strconv.Itoa(caller)
	return "Token secret" + n + ",user_email=caller" + n + "@example.com"
}

// message is a GraphQL request over HTTP.
func message(text string, variables map[string]any) []byte {
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	if err != nil {
		panic(err) // maps of texts and numbers can be encoded
	}
	return body
}

// question is one request but for whom it comes from and goes to, and how many bytes the answer has.
type question struct {
	path string
	// body is sent by POST; nil asks by GET.
	body []byte
	size int
}

// encode returns the requests of a mix: every question by every caller, with the callers in turn, so that it takes long until
// a caller asks the same again.
func (m mix) encode(address string, questions []question) []load.Request {
	requests := make([]load.Request, m.callers*len(questions))
	for i := range requests {
		q := questions[(i%m.callers+i/m.callers)%len(questions)]
		requests[i] = load.Request{Wire: load.Encode(q.method(), address, q.path, header(i%m.callers), q.body), Size: q.size}
	}
	return requests
}

func (q question) method() string {
	if q.body == nil {
		return http.MethodGet
	}
	return http.MethodPost
}

// header is what a caller's requests carry.
func header(caller int) http.Header {
	return http.Header{
		"Authorization": {authorization(caller)}, "Content-Type": {"application/json"}, "Accept": {"application/json"},
	}
}
