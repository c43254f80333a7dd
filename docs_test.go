package main

// This file keeps the documents true: what README.md shows is asked and compared, what it lists is counted.
//
//	go test . -run README -update
//
// writes the parts that are made from code.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/config"
)

var update = flag.Bool("update", false, "write the parts of README.md that are made from code")

const readme = "README.md"

func TestREADMEQueryHasItsAnswer(t *testing.T) {
	t.Parallel()
	text := document(t, readme)
	g := runSandbox(t)
	got := g.ask(t, block(t, text, "graphql"), nil)
	if diff := gocmp.Diff(compact(t, []byte(block(t, text, "json"))), compact(t, got)); diff != "" {
		t.Errorf("the first query of %s has another answer (-%[1]s +gateway):\n%s", readme, diff)
	}
}

func TestREADMECredentialsAreTaken(t *testing.T) {
	t.Parallel()
	g := runSandbox(t)
	secret, email, _ := strings.Cut(strings.TrimPrefix(g.credential, "Token "), ",user_email=")
	forms := map[string]http.Header{
		"Token": {"Authorization": {g.credential}},
		"Basic": {"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(email+":"+secret))}},
		"Bearer": {
			"Authorization": {"Bearer " + secret},
			"X-User-Email":  {email},
		},
	}
	for name, header := range forms {
		if !strings.Contains(document(t, readme), "| `Authorization: "+name+" ") {
			t.Errorf("%s does not tell of %s", readme, name)
		}
		if answer := string(g.ask(t, "{ viewer { email } }", header)); !strings.Contains(answer, email) {
			t.Errorf("the form %s is not taken: %s", name, answer)
		}
	}
}

func TestREADMECostsAreMeasured(t *testing.T) {
	t.Parallel()
	for _, row := range rows(t, part(t, document(t, readme), "costs")) {
		query := strings.Trim(row[0], "`")
		t.Run(query, func(t *testing.T) {
			// A gateway of its own, so that it knows nothing. The latency tells calls that wait for each other from calls at once.
			g := runSandbox(t, "-sandbox-latency", "100ms")
			first := g.cost(t, query)
			again := g.cost(t, query)
			for i, got := range []int{len(first), chain(first), len(again)} {
				if most, err := strconv.Atoi(row[i+1]); err != nil || got > most {
					t.Errorf("column %d is %s, and it took %d", i+2, row[i+1], got)
				}
			}
		})
	}
}

func TestREADMESettingsAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	text := document(t, readme)
	want := "\n" + config.Table()
	got := part(t, text, "settings")
	if *update && got != want {
		text = strings.Replace(text, "<!-- settings -->"+got, "<!-- settings -->"+want, 1)
		if err := os.WriteFile(readme, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the settings differ; go test . -run README -update writes them (-program +%s):\n%s", readme, diff)
	}
}

func TestREADMECodesAreThoseOfPackageFault(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, row := range rows(t, part(t, document(t, readme), "codes")) {
		listed = append(listed, strings.Trim(row[0], "`"))
	}
	if diff := gocmp.Diff(kinds(t), listed); diff != "" {
		t.Errorf("the codes differ (-package fault +%s):\n%s", readme, diff)
	}
}

func TestREADMEMapNamesEveryPackage(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, row := range rows(t, part(t, document(t, readme), "map")) {
		path := strings.Trim(row[0], "`")
		listed[path] = true
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s is in the map, and not there", path)
		}
	}
	sources, err := filepath.Glob("*/*.go")
	deeper, err2 := filepath.Glob("*/*/*.go")
	if err = cmp.Or(err, err2); err != nil {
		t.Fatal(err)
	}
	for _, source := range append(sources, deeper...) {
		if dir := filepath.ToSlash(filepath.Dir(source)); !listed[dir] {
			listed[dir] = true // once is enough
			t.Errorf("%s is missing in the map of %s", dir, readme)
		}
	}
}

func TestTestCommandIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	const command = "go test -race ./..."
	for file, line := range map[string]string{
		readme:            "\n" + command + " ",
		".ci/run":         `TEST="` + command + `"`,
		"Makefile":        "\n\t" + command + "\n",
		"CONTRIBUTING.md": "\n" + command + " ",
	} {
		if !strings.Contains(document(t, file), line) {
			t.Errorf("%s does not run %q", file, command)
		}
	}
}

func TestDocumentsNameWhatIsThere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)[^):]*\)`)
	named := regexp.MustCompile("`([\\w./-]+(?:\\.(?:go|graphqls|ya?ml|md|tsx?|js|json|sh)|/))`")
	for _, file := range documents(t) {
		text := document(t, file)
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), match[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", file, match[1])
			}
		}
		for _, match := range named.FindAllStringSubmatch(text, -1) {
			_, fromRoot := os.Stat(match[1])
			_, fromHere := os.Stat(filepath.Join(filepath.Dir(file), match[1]))
			if fromRoot != nil && fromHere != nil {
				t.Errorf("%s names %s, which is not there", file, match[1])
			}
		}
	}
}

// gateway is the program, running over its sandbox.
type gateway struct{ url, credential string }

// runSandbox runs the program as README.md tells to, on a free port, until the test ends.
func runSandbox(t *testing.T, args ...string) gateway {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out := &greeting{done: make(chan gateway, 1)}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"-sandbox", "-addr", "127.0.0.1:0"}, args...), func(string) string { return "" }, io.Discard, out)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the gateway ended badly: %v", err)
		}
	})
	select {
	case g := <-out.done:
		return g
	case err := <-ended:
		ended <- nil
		t.Fatalf("the gateway did not start: %v", err)
		return gateway{}
	}
}

// greeting reads what the program prints until it serves.
type greeting struct {
	text   bytes.Buffer
	served bool
	done   chan gateway
}

var (
	addressLine    = regexp.MustCompile(`msg=serving addr=(\S+)`)
	credentialLine = regexp.MustCompile(`credential +Authorization: (.+)`)
)

// Write collects what is printed. The program writes from one goroutine at a time: greeting first, then its log.
func (g *greeting) Write(p []byte) (int, error) {
	if g.served {
		return len(p), nil
	}
	g.text.Write(p)
	if address := addressLine.FindSubmatch(g.text.Bytes()); address != nil {
		credential := credentialLine.FindSubmatch(g.text.Bytes())
		g.done <- gateway{url: "http://" + string(address[1]) + "/graphql", credential: string(credential[1])}
		g.served = true
	}
	return len(p), nil
}

// ask returns the answer to a query, with the header's credential or the sandbox's.
func (g gateway) ask(t *testing.T, query string, header http.Header) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.url+"?query="+url.QueryEscape(query), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {g.credential}}
	for name, values := range header {
		r.Header[http.CanonicalHeaderKey(name)] = values
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v %s", response.Status, err, &body)
	}
	return body.Bytes()
}

// span is a call that was sent to CCUBE, from its start to its end in milliseconds.
type span struct{ start, end float64 }

// cost returns the calls that a query is answered with.
func (g gateway) cost(t *testing.T, query string) []span {
	t.Helper()
	var answer struct {
		Errors     []any
		Extensions struct {
			Calls []struct {
				Start, MS float64
				Source    string
			}
		}
	}
	body := g.ask(t, query, http.Header{"X-Ccube-Explain": {"1"}})
	if err := json.Unmarshal(body, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v %v", err, answer.Errors)
	}
	var sent []span
	for _, c := range answer.Extensions.Calls {
		if c.Source == "sent" {
			sent = append(sent, span{c.Start, c.Start + c.MS})
		}
	}
	return sent
}

// chain is the most calls of which each began after the one before had ended.
func chain(calls []span) int {
	calls = slices.SortedFunc(slices.Values(calls), func(a, b span) int { return cmp.Compare(a.end, b.end) })
	n, end := 0, -1.0
	for _, c := range calls {
		if c.start >= end {
			n, end = n+1, c.end
		}
	}
	return n
}

// kinds returns the values of package fault's constants of type Kind, in their order.
func kinds(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "internal/fault/fault.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || fmt.Sprint(spec.Type) != "Kind" {
			return true
		}
		for _, v := range spec.Values {
			value, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, value)
		}
		return true
	})
	return found
}

// documents returns the Markdown files.
func documents(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"*.md", "docs/*.md", "examples/*.md", "examples/*/*.md"} {
		files, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, files...)
	}
	return found
}

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block returns the first code block of a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "\n```"+language+"\n")
	code, _, closed := strings.Cut(rest, "\n```\n")
	if !ok || !closed {
		t.Fatalf("there is no block of %s", language)
	}
	return code
}

// part returns what stands between the markers of a name.
func part(t *testing.T, text, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "<!-- "+name+" -->")
	inside, _, closed := strings.Cut(rest, "<!-- /"+name+" -->")
	if !ok || !closed {
		t.Fatalf("there is no part %s", name)
	}
	return inside
}

// rows returns the cells of a table's rows, without its head.
func rows(t *testing.T, table string) [][]string {
	t.Helper()
	var found [][]string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		found = append(found, cells)
	}
	if len(found) < 3 {
		t.Fatalf("there is no table in %q", table)
	}
	return found[2:]
}

func compact(t *testing.T, document []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, document); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
