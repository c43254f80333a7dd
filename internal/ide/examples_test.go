package ide_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// example is what a tab comes filled with.
type example struct {
	query     string
	variables map[string]any
}

// day is a day that an example leaves open: the IDE puts it in, seen from the sandbox's today.
var day = regexp.MustCompile(`\{today(?:-(\d+)d)?\}`)

// examples are those of web/examples, by file name.
func examples(t *testing.T, today time.Time) map[string]example {
	t.Helper()
	files, err := filepath.Glob("web/examples/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	found := make(map[string]example, len(files))
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(file, ".graphql")
		text, err := os.ReadFile(name + ".vars")
		if err != nil {
			t.Fatal(err)
		}
		text = day.ReplaceAllFunc(text, func(place []byte) []byte {
			back, _ := strconv.Atoi(string(day.FindSubmatch(place)[1]))
			return []byte(today.AddDate(0, 0, -back).Format(time.DateOnly))
		})
		var variables map[string]any
		if err := json.Unmarshal(text, &variables); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		found[filepath.Base(name)] = example{string(query), variables}
	}
	return found
}

// TestExamplesAreAnswered sends each example to the sandbox that -sandbox has.
func TestExamplesAreAnswered(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Seed: 1})
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Sandbox: box, Now: func() time.Time { return box.Today() }})
	// What each has to show, so that nobody meets an empty answer first.
	shows := map[string]string{
		"project_page":      `"lines":[{`,
		"overdue_invoices":  `"byClient":[{`,
		"notes_of_the_week": `"notable":{"__typename"`,
		"create_invoice":    `"field":["input","number"]`,
	}
	for name, e := range examples(t, box.Today()) {
		t.Run(name, func(t *testing.T) {
			answer := g.Send(t, t.Context(), gatewaytest.Request{
				Query: e.query, Variables: e.variables, Authorization: box.Admin().Authorization,
			})
			want := shows[name]
			if len(answer.Errors) > 0 || want == "" || !strings.Contains(answer.Body, want) {
				t.Errorf("%.1000s, want %q", answer.Body, want)
			}
		})
	}
}

// TestTheCreateCanBeMended does what its example's comment says.
func TestTheCreateCanBeMended(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Seed: 1})
	g := gatewaytest.Start(t, gatewaytest.Options{InProcess: true, Sandbox: box})
	e := examples(t, box.Today())["create_invoice"]
	send := func() (data struct {
		CreateInvoice struct {
			Invoice    *struct{ Number string }
			UserErrors []struct{ Field []string }
		}
	}) {
		answer := g.Send(t, t.Context(), gatewaytest.Request{Query: e.query, Variables: e.variables, Authorization: box.Admin().Authorization})
		if err := json.Unmarshal(answer.Data, &data); err != nil {
			t.Fatalf("%v: %s", err, answer.Body)
		}
		return data
	}
	var complaints []string
	for _, mend := range send().CreateInvoice.UserErrors {
		complaints = append(complaints, strings.Join(mend.Field, "."))
	}
	if want := []string{"input.number", "input.lines.0.unitPrice"}; !slices.Equal(complaints, want) {
		t.Errorf("it is told to mend %v, want %v", complaints, want)
	}
	input, _ := e.variables["input"].(map[string]any)
	input["number"] = "INV-9001"
	lines, _ := input["lines"].([]any)
	lines[0].(map[string]any)["unitPrice"] = "42.50"
	if mended := send().CreateInvoice; mended.Invoice == nil || mended.Invoice.Number != "INV-9001" {
		t.Errorf("mended, it created nothing: %+v", mended)
	}
}
