package ccube_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestReadDetails(t *testing.T) {
	t.Parallel()
	type list = []ccube.Detail
	cases := map[string]struct {
		reason, raw string
		want        list
	}{
		"nothing":             {"there may be none", ``, nil},
		"null":                {"as the reference shows it", `null`, nil},
		"no JSON":             {"nothing of it is understood", `{"a`, nil},
		"a sentence":          {"of the whole", `"No"`, list{{nil, "No"}}},
		"a field":             {"with its message", `{"name": "No"}`, list{{[]string{"name"}, "No"}}},
		"messages":            {"one each", `{"name": ["No", "Nor"]}`, list{{[]string{"name"}, "No"}, {[]string{"name"}, "Nor"}}},
		"dots and brackets":   {"both lead into things", `{"a.0.b": "No", "c[1][d]": "No"}`, list{{[]string{"a", "0", "b"}, "No"}, {[]string{"c", "1", "d"}, "No"}}},
		"the whole":           {"what Rails calls base", `{"base": ["No"]}`, list{{nil, "No"}}},
		"nested by index":     {"a list in the place of a list", `{"a": [null, {"b": ["No"]}, {}]}`, list{{[]string{"a", "1", "b"}, "No"}}},
		"nested by key":       {"an object in the place of a list", `{"a": {"1": {"b": "No"}}}`, list{{[]string{"a", "1", "b"}, "No"}}},
		"objects of a field":  {"Rails's own details", `{"a": [{"error": "blank"}, {"error": "taken", "value": "x"}]}`, list{{[]string{"a"}, "blank"}, {[]string{"a"}, "taken"}}},
		"objects with fields": {"each names its own", `[{"field": "a.b", "message": "No"}, {"message": "Nor"}]`, list{{[]string{"a", "b"}, "No"}, {nil, "Nor"}}},
		"pointers":            {"the form of JSON:API", `[{"detail": "No", "source": {"pointer": "/data/a"}}]`, list{{[]string{"data", "a"}, "No"}}},
		"a path":              {"the form of GraphQL itself", `[{"message": "No", "path": ["a", 0, "b"]}]`, list{{[]string{"a", "0", "b"}, "No"}}},
		"a field called name": {"it is no mistake's own name", `{"name": "No", "title": "Nor"}`, list{{[]string{"name"}, "No"}, {[]string{"title"}, "Nor"}}},
		"other forms":         {"they say nothing", `{"a": 1, "b": true, "c": null, "d": "", "e": []}`, nil},
		"lines and spaces":    {"a message is one line", `{"a": " No \n and\u0000 no "}`, list{{[]string{"a"}, "No and\x00 no"}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, ccube.ReadDetails([]byte(c.raw))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// Details are not read beyond what helps.
func TestDetailsAreBounded(t *testing.T) {
	t.Parallel()
	raw := `[` + strings.Repeat(`"`+strings.Repeat("x", 1000)+`",`, 999) + `"x"]`
	details := ccube.ReadDetails([]byte(raw))
	if n := len(fmt.Sprint(details)); len(details) != 100 || n > 100_000 {
		t.Errorf("%d details with %d bytes are read", len(details), n)
	}
}
