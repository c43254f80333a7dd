package main

// This file tries what the documents show. Per language of a code block:
//
//	graphql             is sent to the program over a sandbox of the document's own, in the document's order
//	json variables      are the variables of the request before
//	json                is the whole answer to the request before; without it there only has to be no error
//	sh                  is run if it uses curl, with $EMAIL and $TOKEN, and has to succeed
//	any file=some/path  is an excerpt of that file, indented as it likes
//
// `go test . -run Pages -update` writes the answers.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/config"
	"github.com/ccube-graphql/ccube-graphql/schema"
)

// shown is a code block.
type shown struct{ language, info, code string }

var codeBlock = regexp.MustCompile("(?ms)^```(\\w+) ?([^\n]*)\n(.*?)\n```$")

func shownIn(text string) []shown {
	var found []shown
	for _, match := range codeBlock.FindAllStringSubmatch(text, -1) {
		found = append(found, shown{match[1], match[2], match[3]})
	}
	return found
}

func TestPagesShowWhatIsAnswered(t *testing.T) {
	t.Parallel()
	for _, page := range documents(t) {
		text := document(t, page)
		blocks := append(shownIn(text), shown{}, shown{}) // two more to look ahead at
		if !slices.ContainsFunc(blocks, func(b shown) bool { return b.language == "graphql" && b.info == "" }) {
			continue
		}
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			g := runSandbox(t)
			for i, b := range blocks {
				if b.language != "graphql" || b.info != "" {
					continue
				}
				variables, next := "null", blocks[i+1]
				if next.info == "variables" {
					variables, next = next.code, blocks[i+2]
				}
				got := g.post(t, b.code, variables)
				switch answered := next.language == "json" && next.info == ""; {
				case !answered && bytes.Contains(got, []byte(`"errors":`)):
					t.Errorf("%s is answered with %s", b.code, got)
				case answered && *update && compact(t, []byte(next.code)) != compact(t, got):
					before, after, _ := strings.Cut(text, b.code)
					text = before + b.code + strings.Replace(after, next.code, spread(t, got, ""), 1)
				case answered:
					if diff := gocmp.Diff(compact(t, []byte(next.code)), compact(t, got)); diff != "" {
						t.Errorf("%s has another answer (-%s +gateway):\n%s", b.code, page, diff)
					}
				}
			}
			if *update && page != readme {
				if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestPagesShowCommandsThatRun(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl")
	}
	g := runSandbox(t)
	secret, email, _ := strings.Cut(strings.TrimPrefix(g.credential, "Token "), ",user_email=")
	address := strings.NewReplacer("https://gateway.example", strings.TrimSuffix(g.url, "/graphql"), "http://127.0.0.1:8080", strings.TrimSuffix(g.url, "/graphql"))
	for _, page := range documents(t) {
		for _, b := range shownIn(document(t, page)) {
			if b.language != "sh" || !strings.Contains(b.code, "curl ") {
				continue
			}
			command := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", address.Replace(b.code))
			command.Dir = t.TempDir()
			command.Env = append(os.Environ(), "EMAIL="+email, "TOKEN="+secret, "AUTHORIZATION="+g.credential)
			if out, err := command.CombinedOutput(); err != nil || bytes.Contains(out, []byte(`"errors":`)) {
				t.Errorf("%s: %v\n%s\n%s", page, err, b.code, out)
			}
		}
	}
}

func TestPagesShowFilesAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, page := range documents(t) {
		for _, b := range shownIn(document(t, page)) {
			if file, ok := strings.CutPrefix(b.info, "file="); ok && !strings.Contains(unindented(document(t, file)), unindented(b.code)) {
				t.Errorf("%s shows what is not in %s:\n%s", page, file, b.code)
			}
		}
	}
}

// What looks like a setting, a code or an enum's value is one.
func TestPagesNameWhatThereIs(t *testing.T) {
	t.Parallel()
	known := append(kinds(t), "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED")
	known = append(known, regexp.MustCompile("`[^`]+`").FindAllString(strings.ReplaceAll(config.Table(), "`", "``"), -1)...)
	known = append(known, "-version", "-help", "-print-schema", "-healthcheck",
		"OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_EXPORTER_OTLP_HEADERS") // OpenTelemetry's
	graph, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range graph.Types {
		for _, v := range d.EnumValues {
			known = append(known, v.Name)
		}
	}
	for i := range known {
		known[i] = strings.Trim(known[i], "`")
	}
	variable := regexp.MustCompile("`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`")
	option := regexp.MustCompile("`(-[a-z][a-z-]{2,})(?:[= ][^`]*)?`")
	for _, page := range documents(t) {
		text := document(t, page)
		for _, match := range append(variable.FindAllStringSubmatch(text, -1), option.FindAllStringSubmatch(text, -1)...) {
			if !slices.Contains(known, match[1]) {
				t.Errorf("%s names %s, which is no setting, no code and no value", page, match[1])
			}
		}
	}
}

func TestPagesLinkToHeadings(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]*)#([^)]+)\)`)
	for _, page := range documents(t) {
		for _, match := range link.FindAllStringSubmatch(document(t, page), -1) {
			target := page
			if match[1] != "" {
				target = filepath.Join(filepath.Dir(page), match[1])
			}
			if !slices.Contains(anchors(document(t, target)), match[2]) {
				t.Errorf("%s links to #%s of %s, which has no such heading", page, match[2], target)
			}
		}
	}
}

// A snippet in a tool's own language asks what the recipe above it asks.
func TestRecipesAreWhatToolsAreTold(t *testing.T) {
	t.Parallel()
	asked := ""
	for _, b := range shownIn(document(t, biDocument)) {
		switch b.language {
		case "http":
			_, asked, _ = strings.Cut(b.code, "\n\n")
		case "m", "sh":
			if !strings.Contains(b.code, asked) {
				t.Errorf("this does not ask %s\n%s", asked, b.code)
			}
		}
	}
}

// anchors are the names that headings are linked by.
func anchors(text string) []string {
	var found []string
	for _, match := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(match[1]), "")
		found = append(found, strings.ReplaceAll(name, " ", "-"))
	}
	return found
}

// post returns the answer to a request, whatever it is.
func (g gateway) post(t *testing.T, query, variables string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": json.RawMessage(variables)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {g.credential}, "Content-Type": {"application/json"}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return answer.Bytes()
}

// spread is a document as people read it: what fits on a line stands on one.
func spread(t *testing.T, document json.RawMessage, indent string) string {
	t.Helper()
	if line := inline(t, document); len(indent)+len(line) <= 100 || !strings.ContainsRune("{[", rune(document[0])) {
		return line
	}
	var parts []string
	if document[0] == '[' {
		var elements []json.RawMessage
		if err := json.Unmarshal(document, &elements); err != nil {
			t.Fatal(err)
		}
		for _, element := range elements {
			parts = append(parts, spread(t, element, indent+"  "))
		}
	} else {
		for name := range strings.SplitSeq(keys(t, document), ",") {
			parts = append(parts, fmt.Sprintf("%q: %s", name, spread(t, at(t, document, name), indent+"  ")))
		}
	}
	inside := "\n" + indent + "  " + strings.Join(parts, ",\n"+indent+"  ") + "\n" + indent
	return string(document[0]) + inside + string(document[0]+2) // the brackets stand two apart in ASCII
}

// inline is a document on one line, with some air.
func inline(t *testing.T, document []byte) string {
	t.Helper()
	text := compact(t, document)
	var b strings.Builder
	for i, quoted := 0, false; i < len(text); i++ {
		c := text[i]
		if c == '"' && (i == 0 || text[i-1] != '\\') {
			quoted = !quoted
		}
		switch {
		case quoted || !strings.ContainsRune(":,{}", rune(c)):
			b.WriteByte(c)
		case c == '}':
			b.WriteString(" }")
		default:
			b.WriteString(string(c) + " ")
		}
	}
	return strings.ReplaceAll(b.String(), "{  }", "{}")
}

// unindented is a text without what its lines begin and end with.
func unindented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}
