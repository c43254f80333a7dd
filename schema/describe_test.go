package schema

import (
	"strings"
	"testing"
	"unicode"

	"github.com/vektah/gqlparser/v2/ast"
)

// Rule: every name of the schema has a description that tells more than the name does.

// fillers are words that say nothing by themselves: a description made of them and of the words of
// its own name is a restatement.
var fillers = words("a an the this that its it is are of for to in on at by with and or all one")

func TestEveryNameIsDescribed(t *testing.T) {
	t.Parallel()
	check := func(where, name, typ, text string) {
		if fault := descriptionFault(name, typ, text); fault != "" {
			t.Errorf("%s: the description %s: %q", where, fault, text)
		}
	}
	for _, d := range own(mustLoad(t)) {
		check(d.Name, d.Name, "", d.Description)
		for _, v := range d.EnumValues {
			check(d.Name+"."+v.Name, v.Name, d.Name, v.Description)
		}
		for _, f := range fields(d) {
			check(d.Name+"."+f.Name, f.Name, f.Type.Name(), f.Description)
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name+"("+a.Name+":)", a.Name, a.Type.Name(), a.Description)
			}
		}
	}
}

// Rule: a field that returns objects says what it costs, since a call to CCUBE is the unit of cost.
func TestRelationsSayWhatTheyCost(t *testing.T) {
	t.Parallel()
	s := mustLoad(t)
	for _, d := range own(s) {
		for _, f := range fields(d) {
			if isRelation(s, d, f) && !mentionsCost(f) {
				t.Errorf("%s.%s says nothing about calls, walks or the cache: %q", d.Name, f.Name, f.Description)
			}
		}
	}
}

func mentionsCost(f *ast.FieldDefinition) bool {
	for _, w := range words(f.Description) {
		switch w {
		case "call", "calls", "walk", "cache", "cached":
			return true
		}
	}
	return false
}

// descriptionFault says what is wrong with the description of a name, or nothing.
func descriptionFault(name, typ, text string) string {
	said := words(text)
	switch {
	case strings.TrimSpace(text) == "":
		return "is missing"
	case len(said) < 3:
		return "has fewer than three words"
	case !strings.HasSuffix(text, "."):
		return "does not end with a full stop"
	case subset(said, append(append(words(name), words(typ)...), fillers...)):
		return "only restates the name"
	}
	return ""
}

func TestDescriptionFault(t *testing.T) {
	t.Parallel()
	type args struct{ name, typ, text string }
	cases := map[string]struct {
		reason string
		args   args
		want   string
	}{
		"Missing": {
			reason: "A name without a description is the first thing the rule is for.",
			args:   args{name: "dueDate", typ: "Date"},
			want:   "is missing",
		},
		"Short": {
			reason: "Two words cannot say more than a name of two words.",
			args:   args{name: "dueDate", typ: "Date", text: "Payment deadline."},
			want:   "has fewer than three words",
		},
		"NoFullStop": {
			reason: "Descriptions are sentences; clients print them one after another.",
			args:   args{name: "dueDate", typ: "Date", text: "Last day to pay"},
			want:   "does not end with a full stop",
		},
		"Restated": {
			reason: "The words of the name and its type, however they are cased and joined, are known already.",
			args:   args{name: "dueDate", typ: "Invoice", text: "The due date of this invoice."},
			want:   "only restates the name",
		},
		"RestatedEnumValue": {
			reason: "An UPPER_SNAKE name is words too.",
			args:   args{name: "WORK_ORDER", typ: "NotableType", text: "A notable type: work order."},
			want:   "only restates the name",
		},
		"Telling": {
			reason: "One word that is not in the name is enough for a machine; the rest is for the reviewer.",
			args:   args{name: "dueDate", typ: "Date", text: "Last day to pay without being late."},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := descriptionFault(tc.args.name, tc.args.typ, tc.args.text); got != tc.want {
				t.Errorf("%s\ndescriptionFault(%+v) = %q, want %q", tc.reason, tc.args, got, tc.want)
			}
		})
	}
}

// words splits prose and names alike into lower-case words: `dueDate`, `DUE_DATE` and "due date" are equal.
func words(s string) []string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && lower:
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// subset tells whether every word of a, singular or plural, is in b.
func subset(a, b []string) bool {
	known := map[string]bool{}
	for _, w := range b {
		known[strings.TrimSuffix(w, "s")] = true
	}
	for _, w := range a {
		if !known[strings.TrimSuffix(w, "s")] {
			return false
		}
	}
	return true
}
