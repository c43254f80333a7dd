package graph_test

// This file holds the fast path to gqlgen's own executor: for made-up queries over rows with made-up faults, both give the
// same answers, byte for byte, with the same errors, from the same calls to CCUBE.

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// spoiler spoils CCUBE's answers, each always in the same way.
type spoiler struct {
	seed uint64
	// refuse and change are how many of a thousand calls are refused, and values changed.
	refuse, change int
}

// chosen draws what happens to a call: the same each time that it is made.
func (s spoiler) chosen(call string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(call))
	return rand.New(rand.NewPCG(s.seed, h.Sum64()))
}

// front stands before the sandbox.
func (s spoiler) front(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if chosen := s.chosen(r.URL.Path); chosen.IntN(1000) < s.refuse { // all pages of a list, or none
			http.Error(w, `{"error":"made up"}`, []int{401, 403, 404, 422, 429, 500, 503}[chosen.IntN(7)])
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		var rows any
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		if decoder.Decode(&rows) == nil && s.change > 0 {
			body, _ = json.Marshal(s.changed(s.chosen(r.URL.RequestURI()), rows))
			body = bytes.ReplaceAll(body, []byte("BROKEN"), []byte("\xff\xc3"))
		}
		for name, values := range answer.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	})
}

// odd are values that CCUBE should not send, or rarely does.
var odd = []any{
	nil, nil, nil, "", "a \"quoted\" \\ line\nwith\ttabs, \u2028, <b>&amp; \u0001 and é 😀", "BROKEN", "12", true, []any{}, map[string]any{},
	json.Number("1e3"), json.Number("3500.10"), json.Number("-0"), "2024-02-30", "2024-08-28T19:27:32-04:00",
}

// changed spoils some of a value's leaves. Objects are gone through in the order of their keys, to draw the same each time.
func (s spoiler) changed(chosen *rand.Rand, v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = s.changed(chosen, v[i])
		}
		return v
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			if draw := chosen.IntN(1000); draw < s.change && key != "id" {
				v[key] = odd[chosen.IntN(len(odd))]
			} else if draw >= 1000-s.change/4 && key != "id" {
				delete(v, key)
			} else {
				v[key] = s.changed(chosen, v[key])
			}
		}
		return v
	}
	return v
}

// outcome is what became of a query.
type outcome struct {
	Status int
	Body   string
	Calls  []string
}

var named = regexp.MustCompile(`,?"requestId":"[^"]*"`)

// ask asks a gateway that knows nothing yet.
func ask(t testing.TB, box *sandbox.Server, s spoiler, who sandbox.Account, query madeUp, slow bool, values, size int) outcome {
	limits := gatewaytest.Generous
	if size > 0 {
		limits.AnswerBytes = int64(size)
	}
	g := gatewaytest.Start(t, gatewaytest.Options{
		Sandbox: box, InProcess: true, Front: s.front, Slow: slow, MaxValues: values, Limits: limits,
	})
	g.Calls()
	a := g.Send(t, t.Context(), gatewaytest.Request{Query: query.text, Variables: query.variables, Authorization: who.Authorization})
	calls := g.Calls()
	if s.refuse > 0 || values+size > 0 || who != box.Admin() {
		calls = nil // how many calls are made for what is refused or cut depends on how far others have come
	}
	return outcome{a.Status, named.ReplaceAllString(a.Body, ""), calls}
}

// agrees reports whether an outcome of the fast path is one of gqlgen's: the same answer, for which it has made no call that
// gqlgen has not. It may make fewer of those that are made ahead, where it is done before them.
func (o outcome) agrees(with outcome) bool {
	left := slices.Clone(with.Calls)
	for _, call := range o.Calls {
		i := slices.Index(left, call)
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return o.Status == with.Status && o.Body == with.Body
}

// agree holds both executors to each other. What is not the same at once may be so by chance, since loaders race one
// another: then one of several tries has to be.
func agree(t testing.TB, failed interface{ Fatalf(string, ...any) }, try func(slow bool) outcome, query madeUp) {
	t.Helper()
	const tries = 6
	var fast, slow []outcome
	for range tries {
		fast, slow = append(fast, try(false)), append(slow, try(true))
		for _, f := range fast {
			if slices.ContainsFunc(slow, f.agrees) {
				return
			}
		}
	}
	failed.Fatalf("%s\n%v\nthe fast path differs (-gqlgen +fast):\n%s", query.text, query.variables, gocmp.Diff(slow[0], fast[0]))
}

// loadSchema is the schema.
func loadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v: no schema", err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	return gqlparser.MustLoadSchema(sources...)
}

// known are ids that the sandbox has, and one that it has not, by root field.
func known(t testing.TB, box *sandbox.Server, schema *ast.Schema) map[string][]string {
	t.Helper()
	g := gatewaytest.Start(t, gatewaytest.Options{Sandbox: box, InProcess: true})
	all := map[string][]string{}
	for _, f := range schema.Query.Fields {
		connection := strings.HasSuffix(f.Type.Name(), "Connection")
		selection := "{ nodeId id }"
		if connection {
			selection = "{ nodes { nodeId id } }"
		} else if f.Type.Elem == nil || len(f.Arguments) > 0 {
			continue
		}
		type row struct{ NodeID, ID string }
		data := gatewaytest.Decode[map[string]json.RawMessage](t, g.Ask(t, "{ "+f.Name+" "+selection+" }"))
		var rows struct{ Nodes []row }
		if err := json.Unmarshal(data[f.Name], &rows); err != nil {
			_ = json.Unmarshal(data[f.Name], &rows.Nodes)
		}
		for _, one := range rows.Nodes[:min(4, len(rows.Nodes))] {
			all["node"] = append(all["node"], one.NodeID)
			typ := strings.TrimSuffix(f.Type.Name(), "Connection")
			name := strings.ToLower(typ[:1]) + typ[1:]
			all[name] = append(all[name], one.ID)
		}
	}
	for name := range all {
		all[name] = append(all[name], "999999999")
	}
	return all
}

// differ returns the property that both executors give the same outcomes.
func differ(t testing.TB) func(testing.TB, *rapid.T) {
	box := sandbox.New(sandbox.Options{Projects: 30, Seed: 3})
	schema := loadSchema(t)
	ids := known(t, box, schema)
	return func(t testing.TB, r *rapid.T) {
		query := makeUp(r, schema, ids)
		if _, err := gqlparser.LoadQueryWithRules(schema, query.text, rules.NewDefaultRules()); err != nil {
			r.Skip("the fields do not go together")
		}
		s := spoiler{seed: rapid.Uint64().Draw(r, "seed")}
		if rapid.Bool().Draw(r, "faults") {
			s.refuse = pick(r, []int{0, 50, 300})
			s.change = pick(r, []int{0, 20, 150})
		}
		who := box.Admin()
		if below(r, 5) == 4 {
			who = box.Technician()
		}
		values, size := 0, 0
		switch below(r, 10) {
		case 8:
			size = 1 + below(r, 1000)
		case 9:
			values = 1 + below(r, 300)
		}
		agree(t, r, func(slow bool) outcome { return ask(t, box, s, who, query, slow, values, size) }, query)
	}
}

func TestTheFastPathAnswersAsGqlgenDoes(t *testing.T) {
	t.Parallel()
	property := differ(t)
	rapid.Check(t, func(r *rapid.T) { property(t, r) })
}

// Run it with `go test -fuzz FuzzFastPath ./graph`.
func FuzzFastPath(f *testing.F) {
	property := differ(f)
	f.Fuzz(func(t *testing.T, input []byte) { rapid.MakeFuzz(func(r *rapid.T) { property(t, r) })(t, input) })
}
