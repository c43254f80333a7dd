package graph_test

// This file draws values for filters, from what the rows have and from what none has, and says by the plainest means which
// rows each keeps.

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// wish is a value for a filter field, and which nodes it keeps.
type wish struct {
	value any
	keeps func(node) bool
}

// wishes draws values for a filter field of a type that looks at the paths.
func wishes(typ string, paths []string, all []node) *rapid.Generator[wish] {
	return rapid.Custom(func(t *rapid.T) wish {
		switch typ {
		case "[ID!]", "[String!]":
			return someOf(t, typ, paths[0], all)
		case "DateRange", "DateTimeRange", "DecimalRange":
			return between(t, paths[0], all)
		case "String":
			return containing(t, paths, all)
		case "Boolean":
			b := rapid.Bool().Draw(t, "flag")
			return wish{b, func(n node) bool { have, _ := n.at(paths[0]).(bool); return have == b }}
		}
		t.Fatalf("the test does not know filters of type %s", typ)
		return wish{}
	})
}

// values are the values of the rows at a path, null left out.
func values(path string, all []node) (found []any) {
	for _, n := range all {
		if v := n.at(path); v != nil {
			found = append(found, v)
		}
	}
	return found
}

// someOf wishes for one of several values, some of which no row has, or twice the same, or none at all.
func someOf(t *rapid.T, typ, path string, all []node) wish {
	strangers := []any{"no such", "", "active"}
	if typ == "[ID!]" {
		strangers = []any{"0", "999999999999999999"}
	}
	wanted := rapid.SliceOfN(rapid.SampledFrom(append(values(path, all), strangers...)), 0, 12).Draw(t, "values")
	return wish{wanted, func(n node) bool { return n.at(path) != nil && slices.Contains(wanted, n.at(path)) }}
}

// between wishes for a range, whose ends are values of rows, so that it shows whether they are included.
func between(t *rapid.T, path string, all []node) wish {
	ends := rapid.SliceOfN(rapid.SampledFrom(values(path, all)), 2, 2).Draw(t, "ends")
	slices.SortFunc(ends, compareValues)
	value := map[string]any{}
	open := rapid.SampledFrom([]string{"neither", "from", "to", "both"}).Draw(t, "open")
	if open != "from" && open != "both" {
		value["from"] = ends[0]
	}
	if open != "to" && open != "both" {
		value["to"] = ends[1]
	}
	return wish{value, func(n node) bool {
		v := n.at(path)
		return v != nil && (value["from"] == nil || compareValues(ends[0], v) <= 0) && (value["to"] == nil || compareValues(v, ends[1]) <= 0)
	}}
}

// containing wishes for a piece of a row's text, its case and accents changed.
func containing(t *rapid.T, paths []string, all []node) wish {
	path := rapid.SampledFrom(paths).Draw(t, "path")
	texts := values(path, all)
	if len(texts) == 0 {
		texts = []any{"nowhere to be found"}
	}
	text := []rune(fmt.Sprint(rapid.SampledFrom(texts).Draw(t, "text")))
	from := rapid.IntRange(0, len(text)).Draw(t, "from")
	to := rapid.IntRange(from, len(text)).Draw(t, "to")
	search := string(text[from:to])
	switch rapid.SampledFrom([]string{"as it is", "upper", "plain"}).Draw(t, "spelled") {
	case "upper":
		search = strings.ToUpper(search)
	case "plain":
		search = unaccented(search)
	}
	return wish{search, func(n node) bool {
		wanted := unaccented(strings.TrimSpace(search))
		return wanted == "" || slices.ContainsFunc(paths, func(path string) bool {
			v, ok := n.at(path).(string)
			return ok && strings.Contains(unaccented(v), wanted)
		})
	}}
}

// unaccented takes case and the accents of French away.
func unaccented(s string) string {
	return strings.NewReplacer(
		"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o",
		"ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae", "²", "2", "\u00a0", " ", "\u202f", " ", "…", "...",
	).Replace(strings.ToLower(s))
}
