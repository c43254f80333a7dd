package graph

// This file reads the header Accept.

import (
	"mime"
	"strconv"
	"strings"
)

// form is a form that an answer can have.
type form int

// The forms, the one that is preferred where the client has no preference first.
const (
	asJSON form = iota
	asResponse
	asCSV
	asNDJSON
)

// mediaTypes are what clients call the forms.
var mediaTypes = [...]string{
	asJSON: "application/json", asResponse: "application/graphql-response+json", asCSV: "text/csv", asNDJSON: "application/x-ndjson",
}

// tabular reports whether the form is a table.
func (f form) tabular() bool { return f == asCSV || f == asNDJSON }

// wish is how much a client wants a form.
type wish struct {
	q float64
	// exact is 2 for a type that is named, 1 for one of a family, 0 for any.
	exact int
	// place is where in the header it stands.
	place int
}

// above reports whether a wish goes before another.
func (w wish) above(other wish) bool {
	switch {
	case w.q != other.q:
		return w.q > other.q
	case w.exact != other.exact:
		return w.exact > other.exact
	}
	return w.place < other.place
}

// formOf picks the form that the header wants most: by quality, then what is named before what is only allowed, then what
// stands first. Where it wants none of them the answer is JSON all the same, since some answer is better than none.
func formOf(accept []string) form {
	switch len(accept) {
	case 0:
		return asJSON
	case 1: // most clients name one
		for f, media := range mediaTypes {
			if accept[0] == media {
				return form(f)
			}
		}
	}
	best, found := asJSON, wish{}
	for f, media := range mediaTypes {
		if w := wishFor(media, accept); w.q > 0 && w.above(found) {
			best, found = form(f), w
		}
	}
	return best
}

// wishFor is how much the header wants a media type: what it says most exactly of it.
func wishFor(media string, accept []string) (best wish) {
	best.exact = -1
	family, _, _ := strings.Cut(media, "/")
	for place, part := range strings.Split(strings.Join(accept, ","), ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		w := wish{q: 1, place: place}
		switch name {
		case media:
			w.exact = 2
		case family + "/*":
			w.exact = 1
		case "*/*":
		default:
			continue
		}
		if text, ok := parameters["q"]; ok {
			if w.q, err = strconv.ParseFloat(text, 64); err != nil || !(w.q <= 1) {
				continue
			}
		}
		if w.exact > best.exact {
			best = w
		}
	}
	return best
}
