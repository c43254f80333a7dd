package loaders

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// onProjects are the notes about each project, in the list's order.
func onProjects(all []*ccube.Note) map[ccube.ID][]ccube.ID {
	by := make(map[ccube.ID][]ccube.ID)
	for _, n := range all {
		if n.NotableType.V == ccube.NotableProject {
			by[n.NotableID.V] = append(by[n.NotableID.V], n.ID)
		}
	}
	return by
}

// So many projects with notes: filtered calls, or one walk over all notes, whichever is fewer.
func TestNotesByTheFewerCalls(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason   string
		projects int
		known    bool
		parents  int
		atMost   int
	}{
		"one":                     {"one filtered call", 200, false, 1, 1},
		"few, unknown":            {"one by one while the length is not known", 200, false, 5, 5},
		"few, known to be short":  {"the walk is two pages", 20, true, 5, 2},
		"few, known to be long":   {"nine pages against five calls", 200, true, 5, 5},
		"many, unknown, short":    {"a walk finds its end soon", 200, false, 20, 11},
		"many, known to be short": {"a walk", 200, true, 20, 10},
		"many, unknown, long":     {"it gives up when the pages have cost as much as the calls would", 1000, false, 20, 42},
		"many, known to be long":  {"it does not even begin to walk", 1000, true, 20, 20},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := serve(t, c.projects)
			parents := identities(rows(t, y, access.Projects()))[:c.parents]
			want := onProjects(rows(t, y, access.Notes()))
			if c.known {
				if _, err := y.set(t).Notes.walker().All(t.Context()); err != nil {
					t.Fatal(err)
				}
				y.ResetCalls()
			}
			set, p := y.set(t), wanting("Note", ccube.NoteBody)
			set.NotesOf.announce(ccube.NotableProject, parents, p)
			for _, id := range parents {
				found, err := set.NotesOf.Of(t.Context(), Notable{ccube.NotableProject, id}, p)
				if diff := cmp.Diff(want[id], idsOf(found)); err != nil || diff != "" && len(want[id])+len(found) > 0 {
					t.Errorf("notes of project %d: %v (-want +got):\n%s", id, err, diff)
				}
			}
			if calls := int(y.TotalCalls()); calls > c.atMost {
				t.Errorf("it took %d calls, want %d at most: %s", calls, c.atMost, c.reason)
			}
		})
	}
}

// Two aliases, and things of several types, at the same time.
func TestNotesAreReadOnceForEachThing(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	all := rows(t, y, access.Notes())
	want := aboutEach(all)
	project, invoice := rows(t, y, access.Projects())[0].ID, rows(t, y, access.Invoices())[0].ID
	set := y.set(t)
	var group sync.WaitGroup
	for range 3 {
		p := wanting("Note", ccube.NoteBody)
		for _, a := range []Notable{{ccube.NotableProject, project}, {ccube.NotableInvoice, invoice}} {
			group.Go(func() {
				found, err := set.NotesOf.Of(t.Context(), a, p)
				if err != nil || len(found) != len(want[a]) {
					t.Errorf("%d notes about %v, %v, want %d", len(found), a, err, len(want[a]))
				}
			})
		}
	}
	group.Wait()
	y.spent(t, "a filtered call for each thing", map[string]int{"notes": 2})
}

// A tenant that ignores the filter answers with all notes: those of others are left out.
func TestFilterThatIsIgnored(t *testing.T) {
	t.Parallel()
	var list []string
	for id := range 30 {
		list = append(list, fmt.Sprintf(`{"id":%d,"notable_type":%q,"notable_id":%d,"body":"b"}`, id+1, []string{"Project", "Quote"}[id%2], id%5))
	}
	set, _ := scripted(t, map[string]string{"notes": "[" + strings.Join(list, ",") + "]"})
	p := wanting("Note", ccube.NoteBody)
	for name, c := range map[string]struct {
		about Notable
		want  []ccube.ID
	}{
		"a project": {Notable{ccube.NotableProject, 2}, []ccube.ID{3, 13, 23}},
		"a quote":   {Notable{ccube.NotableQuote, 2}, []ccube.ID{8, 18, 28}},
		"nothing":   {Notable{ccube.NotableQuote, 77}, []ccube.ID{}},
	} {
		found, err := set.NotesOf.Of(t.Context(), c.about, p)
		if diff := cmp.Diff(c.want, idsOf(found)); err != nil || diff != "" {
			t.Errorf("notes about %s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// One thing's notes fail; those of the others stand.
func TestNotesThatFail(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	y.Set(func(s *sandbox.Switches) {
		s.Faults = []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/notes"), Times: 1, Status: 500}}
	})
	parents := []ccube.ID{1, 2, 3}
	set, p := y.set(t), wanting("Note", ccube.NoteBody)
	set.NotesOf.announce(ccube.NotableProject, parents, p)
	failed := 0
	for _, id := range parents {
		if _, err := set.NotesOf.Of(t.Context(), Notable{ccube.NotableProject, id}, p); fault.KindOf(err) == fault.UpstreamError {
			failed++
		} else if err != nil {
			t.Errorf("notes of project %d: %v", id, err)
		}
	}
	if failed != 1 {
		t.Errorf("%d of 3 things' notes fail, want the one whose call did", failed)
	}
}

// A walk over all notes that fails leaves the filtered calls.
func TestNotesWhoseWalkFails(t *testing.T) {
	t.Parallel()
	y := serve(t, 100)
	parents := identities(rows(t, y, access.Projects()))[:12]
	want := onProjects(rows(t, y, access.Notes()))
	y.Set(func(s *sandbox.Switches) {
		s.Faults = []*sandbox.Fault{{When: sandbox.On("GET", "/api/v2/notes"), Times: 1, Status: 500}}
	})
	set, p := y.set(t), wanting("Note", ccube.NoteBody)
	set.NotesOf.announce(ccube.NotableProject, parents, p)
	for _, id := range parents {
		found, err := set.NotesOf.Of(t.Context(), Notable{ccube.NotableProject, id}, p)
		if err != nil || len(found) != len(want[id]) {
			t.Errorf("%d notes of project %d, %v, want %d", len(found), id, err, len(want[id]))
		}
	}
}
