package sandbox

import (
	"testing"
)

func TestPagingHabits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		paging Paging
		query  string
		first  int // index of the first row among all
		count  int
		reason string
	}{
		"default":                {Paging{}, "", 0, 20, "twenty rows are the documented default"},
		"second page":            {Paging{}, "?page=2&per_page=7", 7, 7, "pages count from one"},
		"capped at a hundred":    {Paging{}, "?per_page=500", 0, 100, "nobody promises more"},
		"last page":              {Paging{}, "?page=2&per_page=100", 100, 60, "the rest"},
		"after the last":         {Paging{}, "?page=9&per_page=100", 0, 0, "an empty list, not an error"},
		"far after the last":     {Paging{}, "?page=9223372036854775807&per_page=100", 0, 0, "nor an overflow"},
		"nonsense":               {Paging{}, "?page=-1&per_page=many", 0, 20, "what makes no sense is the default"},
		"honoured without limit": {Paging{PagingHonoured, 0}, "?per_page=500", 0, 160, "no cap"},
		"honoured with another":  {Paging{PagingHonoured, 30}, "?page=2&per_page=500", 30, 30, "pages follow the cap"},
		"ignored":                {Paging{PagingIgnored, 0}, "?page=3&per_page=5", 0, 160, "every page is the whole list"},
		"page only":              {Paging{PagingPageOnly, 25}, "?page=2&per_page=5", 25, 25, "per_page is not looked at"},
		"page only by default":   {Paging{PagingPageOnly, 0}, "?page=2&per_page=5", 20, 20, "twenty again"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t, func(sw *Switches) { sw.PagingFor = map[string]Paging{"invoices": tc.paging} })
			rows := ask(t, s, s.Admin(), "GET", prefix+"invoices"+tc.query, "").want(t, 200).rows(t)
			if len(rows) != tc.count {
				t.Fatalf("%d rows, want %d: %s", len(rows), tc.count, tc.reason)
			}
			for i, row := range rows {
				if want := s.data.invoices.ids[tc.first+i]; text(row["id"]) != text(want) {
					t.Fatalf("row %d has id %v, want %d: %s", i, row["id"], want, tc.reason)
				}
			}
		})
	}
}

func TestPagingIsPerList(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) {
		sw.Paging = Paging{PagingPageOnly, 3}
		sw.PagingFor = map[string]Paging{"notes": {PagingHonoured, 0}}
	})
	for noun, want := range map[string]int{"notes": 11, "projects": 3, "users": 3, "parties": 3} {
		rows := ask(t, s, s.Admin(), "GET", prefix+noun+"?per_page=11", "").want(t, 200).rows(t)
		if len(rows) != want {
			t.Errorf("%s: %d rows, want %d", noun, len(rows), want)
		}
	}
}

func TestPagesOfAFilteredListDoNotOverlap(t *testing.T) {
	t.Parallel()
	s := small(t)
	seen := map[string]bool{}
	for _, page := range []string{"1", "2", "3", "4", "5"} {
		path := prefix + "notes?notable_type=Project&per_page=25&page=" + page
		for _, n := range ask(t, s, s.Admin(), "GET", path, "").want(t, 200).rows(t) {
			if seen[text(n["id"])] || n["notable_type"] != onProject {
				t.Errorf("page %s has note %v on a %v again or by mistake", page, n["id"], n["notable_type"])
			}
			seen[text(n["id"])] = true
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d notes on projects, want three for each of 40", len(seen))
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.Paging.Mode = PagingIgnored })
	parties := func(keep func(*party) bool) (n int) {
		for i := range s.data.parties.rows {
			if keep(&s.data.parties.rows[i]) {
				n++
			}
		}
		return n
	}
	all := func(*party) bool { return true }
	none := func(*party) bool { return false }
	both := func(p *party) bool { return p.subtypes&(client|supplier) == client|supplier }
	tests := map[string]struct {
		query  string
		keep   func(*party) bool
		reason string
	}{
		"no filter":       {"", all, "everybody"},
		"type":            {"?type=building", func(p *party) bool { return p.kind == building }, "the short name"},
		"long type":       {"?type=Crm::Parties::Company", func(p *party) bool { return p.kind == company }, "the long one"},
		"unknown type":    {"?type=boat", none, "nobody is a boat"},
		"two types":       {"?type=company,contact", none, "a comma is defined for subtypes only"},
		"subtype":         {"?subtype=client", func(p *party) bool { return p.subtypes&client != 0 }, "any kind of client"},
		"two subtypes":    {"?subtype=supplier,client", both, "a comma means both"},
		"unknown subtype": {"?subtype=friend", none, "there is none"},
		"role":            {"?role=employee", func(p *party) bool { return p.subtypes&employee != 0 }, "employee contacts"},
		"type and role": {
			"?type=company&role=supplier",
			func(p *party) bool { return p.kind == company && p.subtypes&supplier != 0 }, "all filters must fit"},
		"employee and supplier": {
			"?type=contact&subtype=employee,supplier",
			func(p *party) bool { return p.subtypes&(employee|supplier) == employee|supplier }, "the reference's example"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := len(ask(t, s, s.Admin(), "GET", prefix+"parties"+tc.query, "").want(t, 200).rows(t))
			if want := parties(tc.keep); got != want {
				t.Errorf("%d parties, want %d: %s", got, want, tc.reason)
			}
			if got == 0 && tc.reason != "" && parties(tc.keep) > 0 {
				t.Error("the data have nobody to show the filter on")
			}
		})
	}
}
