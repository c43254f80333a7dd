package access

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Keys by where the reference promises them.
const (
	onList ccube.Keys = 1 << iota
	onDetail
	onBoth
	nowhere
)

// noun has a list that holds the ids 1 to n, and a detail that carries the keys.
func noun(u *upstream, detail ccube.Keys) *Noun[*ccube.Note] {
	n := &Noun[*ccube.Note]{List: *u.list(), DetailKeys: onDetail | onBoth}
	n.Keys = onList | onBoth
	n.Get = func(_ context.Context, _ *ccube.API, _ string, id ccube.ID) *ccube.Reading[*ccube.Note] {
		if id > 1000 {
			return ccube.Read[*ccube.Note](nil, fault.New(fault.NotFound, "no note %d", id))
		}
		return ccube.Read(&ccube.Note{Row: ccube.Row{ID: id, Keys: detail}}, nil)
	}
	return n
}

func TestLacking(t *testing.T) {
	t.Parallel()
	const both = ByDetail | ByList
	cases := map[string]struct {
		reason       string
		lacks        ccube.Keys
		taken        Roads
		noDetail     bool
		need, either Roads
	}{
		"nothing":                      {"nothing is read for nothing", 0, 0, false, 0, 0},
		"a key of the list":            {"one road has it", onList, 0, false, ByList, 0},
		"a key of the detail":          {"one road has it", onDetail, 0, false, ByDetail, 0},
		"a key of both":                {"either will do", onBoth, 0, false, 0, both},
		"a key of each":                {"both are needed", onList | onDetail, 0, false, both, 0},
		"of the list and of both":      {"the list has both keys", onList | onBoth, 0, false, ByList, 0},
		"of the detail and of both":    {"the detail has both keys", onDetail | onBoth, 0, false, ByDetail, 0},
		"nowhere":                      {"what nobody promises costs no call", nowhere, 0, false, 0, 0},
		"nowhere and of the list":      {"it does not keep the other from being read", nowhere | onList, 0, false, ByList, 0},
		"of the list, taken":           {"it was not there: it is null", onList, ByList, false, 0, 0},
		"of the detail, taken":         {"it was not there: it is null", onDetail, ByDetail, false, 0, 0},
		"of both, list taken":          {"the list lacked it, the detail may have it", onBoth, ByList, false, ByDetail, 0},
		"of both, detail taken":        {"the detail lacked it, the list may have it", onBoth, ByDetail, false, ByList, 0},
		"of both, both taken":          {"neither has it: it is null", onBoth, both, false, 0, 0},
		"everything, both taken":       {"no road is taken twice", ^ccube.Keys(0), both, false, 0, 0},
		"of the detail, there is none": {"a noun without a detail has one road", onDetail, 0, true, 0, 0},
		"of both, there is no detail":  {"a noun without a detail has one road", onBoth, 0, true, ByList, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := noun(holding(1, paging{}), onDetail)
			if c.noDetail {
				n.Get = nil
			}
			need, either := n.Lacking(ada(NewCensus()), c.lacks, c.taken)
			if need != c.need || either != c.either {
				t.Errorf("need %02b, either %02b, want %02b and %02b: %s", need, either, c.need, c.either, c.reason)
			}
		})
	}
}

func TestHas(t *testing.T) {
	t.Parallel()
	if both := ByDetail | ByList; !both.Has(ByDetail) || !both.Has(both) || ByList.Has(both) || Roads(0).Has(ByList) || !Roads(0).Has(0) {
		t.Error("Has does not tell a set from its parts")
	}
}

// A tenant that shows more than the reference promises saves calls once that has been seen.
func TestRoadsOfKeysLearned(t *testing.T) {
	t.Parallel()
	u := holding(5, paging{})
	u.keys = onList | onBoth | onDetail
	census := NewCensus()
	r := ada(census)
	n := noun(u, onDetail|onBoth|nowhere)
	if need, _ := n.Lacking(r, onDetail, 0); need != ByDetail {
		t.Fatalf("before anything was seen, need %02b", need)
	}
	walking(t, u, r)
	if need, either := n.Lacking(r, onDetail, 0); need != 0 || either != ByDetail|ByList {
		t.Errorf("the list has shown the key: need %02b, either %02b, want either road", need, either)
	}
	if need, either := n.Lacking(r, nowhere, 0); need|either != 0 {
		t.Errorf("nobody has shown the key: need %02b, either %02b, want none", need, either)
	}
	if _, err := n.Took(t.Context(), r, n.BeginDetail(t.Context(), r, 1)); err != nil {
		t.Fatal(err)
	}
	if need, _ := n.Lacking(r, nowhere, ByList); need != ByDetail {
		t.Errorf("the detail has shown the key: need %02b, want the detail", need)
	}
	if need, either := n.Lacking(readerFor(census, "globex", "ada@example.com"), nowhere, 0); need|either != 0 {
		t.Errorf("another tenant knows of the key: need %02b, either %02b", need, either)
	}
}

func TestDetailThatFailsTeachesNothing(t *testing.T) {
	t.Parallel()
	r := ada(NewCensus())
	n := noun(holding(1, paging{}), nowhere)
	if _, err := n.Took(t.Context(), r, n.BeginDetail(t.Context(), r, 1001)); !errors.Is(err, fault.NotFound) {
		t.Errorf("the error is %v, want NOT_FOUND", err)
	}
	if need, either := n.Lacking(r, nowhere, 0); need|either != 0 {
		t.Errorf("a detail that was not there has shown a key: need %02b, either %02b", need, either)
	}
}

func TestPreferDetails(t *testing.T) {
	t.Parallel()
	// The list has 950 rows: ten pages of 100, the last of which looks like it where a full one has been seen.
	cases := map[string]struct {
		reason        string
		known         bool
		missing, read int
		want          bool
	}{
		"known, fewer details":       {"9 calls against 10", true, 9, 0, true},
		"known, as many details":     {"10 against 10: what is read is more to the point", true, 10, 0, true},
		"known, fewer pages":         {"11 against 10", true, 11, 0, false},
		"known, on the way":          {"pages that have been read cost nothing more", true, 3, 8, false},
		"known, at the end":          {"one page is left", true, 1, 9, true},
		"known, past the end":        {"the list has grown: a detail is no more than a page", true, 1, 12, true},
		"known, past the end, many":  {"the list has grown: a page may have them all", true, 5, 12, false},
		"unknown, two":               {"a walk that knows nothing begins with two pages", false, 2, 0, true},
		"unknown, three":             {"a short list would have them in two", false, 3, 0, false},
		"unknown, as much as it was": {"the pages have cost what the details would", false, 6, 6, true},
		"unknown, not yet":           {"they have not yet", false, 6, 5, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := holding(950, paging{most: 100})
			r := ada(NewCensus())
			if c.known {
				walking(t, u, r)
			}
			if got := PreferDetails(r, u.list(), c.missing, c.read); got != c.want {
				t.Errorf("PreferDetails is %t: %s", got, c.reason)
			}
		})
	}
}

// However many are sought and however long the list: the search and the details that it leaves never cost more than the fewer
// of both, a third and four calls; and once the size is known, not more than the fewer of both.
func TestSearchCosts(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{1, 50, 99, 101, 250, 1001, 3050, 9999} {
		for _, sought := range []int{1, 2, 3, 5, 10, 20, 50, 200} {
			u := holding(rows, paging{most: 100})
			ids := make([]ccube.ID, 0, sought)
			for i := range sought { // spread evenly, to the list's very end
				if id := ccube.ID((i + 1) * rows / sought); id > 0 {
					ids = append(ids, id)
				}
			}
			best := min(len(ids), pagesOf(rows, 100))
			census := NewCensus()
			searching := func() int {
				w := NewWalker(ada(census), u.list())
				found, err := w.Find(t.Context(), ids, func(missing, read int) bool {
					return !PreferDetails(w.reader, w.list, missing, read)
				})
				if err != nil {
					t.Fatal(err)
				}
				calls := u.calls()
				for _, id := range ids {
					if found[id] == nil && !w.Done() {
						calls++ // its detail
					}
				}
				return calls
			}
			if calls, most := searching(), best+best/3+4; calls > most {
				t.Errorf("%d of %d rows cost %d calls at first, want %d at most", len(ids), rows, calls, most)
			}
			walking(t, u, ada(census))
			if calls, most := searching(), best+1; calls > most {
				t.Errorf("%d of %d rows cost %d calls once the size is known, want %d at most", len(ids), rows, calls, most)
			}
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	u := holding(250, paging{most: 100})
	census := NewCensus()
	r := ada(census)
	if n := Pages(r, u.list()); n != math.MaxInt {
		t.Errorf("a list that nobody has walked has %d pages", n)
	}
	walking(t, u, r)
	got := map[string]int{
		"the same caller": Pages(r, u.list()), "another caller": Pages(readerFor(census, "acme", "bob@example.com"), u.list()),
		"another tenant": Pages(readerFor(census, "globex", "ada@example.com"), u.list()),
	}
	want := map[string]int{"the same caller": 3, "another caller": math.MaxInt, "another tenant": math.MaxInt}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the pages known differ (-want +got):\n%s", diff)
	}
}
