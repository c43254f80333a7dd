package ccube

import "strconv"

// Page says which page of a list to ask for. The zero value leaves it to CCUBE.
type Page struct {
	// Number counts from 1.
	Number int
	// Size is how many rows a page should have. Whether CCUBE keeps to it is another matter.
	Size int
}

// query returns the page as a query string.
func (p Page) query() string {
	if p == (Page{}) {
		return ""
	}
	return "page=" + strconv.Itoa(p.Number) + "&per_page=" + strconv.Itoa(p.Size)
}

// and joins two query strings.
func and(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}
