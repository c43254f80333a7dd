package peers

// Query is a query of the benchmark as a peer takes it, with the variables $page and $perPage.
type Query struct {
	// Text is the query.
	Text string
	// Rows is where the rows stand in its data.
	Rows string
}

// Queries returns those that the peer is configured for, by their names in the benchmark. The page of one project is not
// among them: neither can join a whole list of unknown length on a key.
func (p Peer) Queries() map[string]Query {
	if p.Name == "hive" {
		return map[string]Query{
			"Q1": {projects + "{ id number status workStart: work_start callNotes: call_notes stage { name } } }", "projects"},
			"Q2": {projects + "{ id number notes { id body } } }", "projects"},
			"Q3": {invoices + detail, "invoices"},
		}
	}
	return map[string]Query{
		"Q1": {projects + "{ id number status workStart callNotes stage { name } } }", "projects"},
		"Q2": {projects + "{ id number notes { id body } } }", "projects"},
		"Q3": {invoices + detail, "invoices"},
	}
}

const (
	projects = "query ($page: Int!, $perPage: Int!) { projects(page: $page, perPage: $perPage) "
	invoices = "query ($page: Int!, $perPage: Int!) { invoices(page: $page, perPage: $perPage) "
	// What an invoice's detail adds is an object of its own with them, so that one call is enough for all of it.
	detail = "{ id number total detail { lines { description quantity total } client { name email } } } }"
)
