package access

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// known is what a reader knows of the list of notes.
type known struct{ Paged, Ignored, Whole bool }

func knownBy(r *Reader) known {
	h := r.habit("notes")
	return known{h.paged, h.ignored, r.size("notes", "all").whole}
}

// A tenant has one way to page, whoever asks; each of its callers sees a list of their own length.
func TestCensusKeepsTenantsAndCallersApart(t *testing.T) {
	t.Parallel()
	census := NewCensus()
	walking(t, holding(250, paging{most: 100}), ada(census))
	walking(t, holding(250, paging{ignored: true}), readerFor(census, "globex", "ada@example.com"))
	got := map[string]known{
		"ada": knownBy(ada(census)), "bob": knownBy(readerFor(census, "acme", "bob@example.com")),
		"ada elsewhere": knownBy(readerFor(census, "globex", "ada@example.com")),
		"a stranger":    knownBy(readerFor(census, "initech", "ada@example.com")),
	}
	want := map[string]known{
		"ada": {Paged: true, Whole: true}, "bob": {Paged: true}, "ada elsewhere": {Ignored: true, Whole: true}, "a stranger": {},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is known differs (-want +got):\n%s", diff)
	}
}

// Lists of one endpoint page alike, and have lengths of their own; a list without a name has none that is remembered.
func TestCensusKeepsListsApart(t *testing.T) {
	t.Parallel()
	r := ada(NewCensus())
	u := holding(250, paging{most: 100})
	few := u.list()
	few.Name = ""
	if _, err := NewWalker(r, few).All(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := r.size("notes", ""); s != (size{}) {
		t.Errorf("the length of a list without a name is remembered: %+v", s)
	}
	if _, err := NewWalker(r, u.list()).All(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := r.size("notes", "others"); s != (size{}) {
		t.Errorf("a list has the length of another: %+v", s)
	}
	if h := r.habit("quotes"); h != (habit{}) {
		t.Errorf("an endpoint has the habit of another: %+v", h)
	}
}

func TestCensusIsSafeForManyAtOnce(t *testing.T) {
	t.Parallel()
	census := NewCensus()
	lists := []*upstream{holding(350, paging{most: 100}), holding(350, paging{most: 20})}
	var readers sync.WaitGroup
	for i := range 32 {
		readers.Go(func() {
			u := lists[i%2]
			r := readerFor(census, fmt.Sprintf("tenant%d", i%2), fmt.Sprintf("caller%d@example.com", i%5))
			(&history{upstream: u}).check(t, r)
			w := Window{Offset: 11 * i, Count: 10, Next: true}
			rows, more, err := PageOf(t.Context(), r, u.list(), w)
			want, wantMore := Cut(w, u.whole())
			if diff := cmp.Diff(append(want[:0:0], want...), idsOf(rows)); err != nil || diff != "" || more != wantMore {
				t.Errorf("%+v: more %t, %v (-want +got):\n%s", w, more, err, diff)
			}
		})
	}
	readers.Wait()
}
