package access

// This file is a model of CCUBE's lists: rows in memory, a paging habit, and a log of the pages asked for. What the readers
// make of it is compared with the rows themselves.

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// paging is a way to treat page and per_page.
type paging struct {
	// ignored answers every page with everything.
	ignored bool
	// fixed is how many rows a page has whatever was asked for; 0 where per_page is honoured.
	fixed int
	// most is the most rows of a page where per_page is honoured; 0 is no bound.
	most int
}

// The habits by name, for failure messages that can be read.
func (p paging) String() string {
	switch {
	case p.ignored:
		return "ignored"
	case p.fixed > 0:
		return fmt.Sprintf("fixed at %d", p.fixed)
	case p.most > 0:
		return fmt.Sprintf("honoured up to %d", p.most)
	}
	return "honoured"
}

// rows is how many rows a page has where size are asked for.
func (p paging) rows(size int) int {
	switch {
	case p.fixed > 0:
		return p.fixed
	case p.most > 0:
		return min(size, p.most)
	}
	return size
}

// upstream is one list. It is safe for concurrent use.
type upstream struct {
	mu     sync.Mutex
	ids    []ccube.ID
	habit  paging
	asked  []ccube.Page
	before func(context.Context, ccube.Page) error
	keys   ccube.Keys
}

// holding returns a list of n rows with the ids 1 to n.
func holding(n int, habit paging) *upstream { return &upstream{ids: numbers(1, n), habit: habit} }

// numbers returns n ids from the first one on.
func numbers(first, n int) []ccube.ID {
	ids := make([]ccube.ID, n)
	for i := range ids {
		ids[i] = ccube.ID(first + i)
	}
	return ids
}

// read answers one page.
func (u *upstream) read(ctx context.Context, _ *ccube.API, p ccube.Page) ([]*ccube.Note, error) {
	u.mu.Lock()
	u.asked = append(u.asked, p)
	before := u.before
	u.mu.Unlock()
	if before != nil {
		if err := before(ctx, p); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	ids := u.ids
	if !u.habit.ignored {
		size := u.habit.rows(p.Size)
		begin := min((p.Number-1)*size, len(ids))
		ids = ids[begin:min(begin+size, len(ids))]
	}
	rows := make([]*ccube.Note, len(ids))
	for i, id := range ids {
		rows[i] = &ccube.Note{Row: ccube.Row{ID: id, Keys: u.keys}}
	}
	return rows, nil
}

// list is the list as the readers know it.
func (u *upstream) list() *List[*ccube.Note] {
	return &List[*ccube.Note]{Endpoint: "notes", Name: "all", Read: u.read}
}

// calls returns how many pages have been asked for since the last time, and forgets them.
func (u *upstream) calls() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	n := len(u.asked)
	u.asked = nil
	return n
}

// set changes the list.
func (u *upstream) set(change func(*upstream)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	change(u)
}

// whole returns the ids that the list holds.
func (u *upstream) whole() []ccube.ID {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.ids)
}

// idsOf returns the ids of rows.
func idsOf(rows []*ccube.Note) []ccube.ID {
	ids := make([]ccube.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}

// readerFor returns a reader of a caller of a tenant, who learns into the census.
func readerFor(census *Census, tenant, email string) *Reader {
	caller := identity.New(identity.Tenant{Name: tenant, Base: "http://" + tenant + ".test"}, email, "Token t,user_email="+identity.Secret(email))
	return NewReader(ccube.New(ccube.Options{}).As(caller), census, Options{})
}

// ada returns a reader of a caller who learns into the census.
func ada(census *Census) *Reader { return readerFor(census, "acme", "ada@example.com") }

// pagesOf is rows divided by size, rounded up.
func pagesOf(rows, size int) int { return (rows + size - 1) / size }
