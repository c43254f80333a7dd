package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
)

const (
	perPageDefault = 20
	perPageMax     = 100
)

// list answers one page of a table. A nil keep keeps all rows, and then a page costs no more than its own rows.
func list[T any](c *call, noun string, t *table[T], keep func(*T) bool, row func(*T)) {
	skip, rest := c.page(noun)
	c.array()
	i := 0
	if keep == nil {
		i, skip = min(skip, len(t.rows)), 0
	}
	for ; i < len(t.rows) && rest > 0; i++ {
		if keep != nil && !keep(&t.rows[i]) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		row(&t.rows[i])
		rest--
	}
	c.endAll()
}

// page is how many rows to skip and how many to write at most, by the paging habit of the list.
func (c *call) page(noun string) (skip, size int) {
	const all = int(^uint(0) >> 1)
	habit := c.sw.paging(noun)
	if habit.Mode == PagingIgnored {
		return 0, all
	}
	q := c.query()
	page, size := positive(q.Get("page"), 1), positive(q.Get("per_page"), perPageDefault)
	switch {
	case habit.Mode == PagingPageOnly && habit.Max > 0:
		size = habit.Max
	case habit.Mode == PagingPageOnly:
		size = perPageDefault
	case habit.Mode == PagingDocumented:
		size = min(size, perPageMax)
	case habit.Max > 0:
		size = min(size, habit.Max)
	}
	if page-1 > all/size {
		return all, size
	}
	return (page - 1) * size, size
}

// positive reads a paging parameter the way Rails paginators do: what makes no sense is the default.
func positive(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return otherwise
	}
	return n
}

func (c *call) query() url.Values {
	if c.r.URL.RawQuery == "" {
		return nil
	}
	return c.r.URL.Query()
}

// row finds the row the path names, or says that it is not there. What the caller may not see is not there either.
func row[T any](c *call, t *table[T], sees func(*T) bool) (*T, error) {
	r := t.get(c.id)
	switch {
	case r != nil && (sees == nil || c.isAdmin() || sees(r)):
		return r, nil
	case r == nil && c.sw.GoneForDeleted && t.existed(c.id):
		return nil, fail(http.StatusGone, "The requested resource is no longer available")
	default:
		return nil, fail(http.StatusNotFound, "Record not found")
	}
}

// onlySeen is the filter of a list: none for an admin.
func onlySeen[T any](c *call, sees func(*T) bool) func(*T) bool {
	if c.isAdmin() {
		return nil
	}
	return sees
}
