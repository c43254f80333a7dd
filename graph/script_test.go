package graph_test

// This file runs testdata/*.txtar: documents that show requests with their answers and what these cost in calls to CCUBE.
//
// A document begins with a paragraph that says what it shows and why. Its files are those of one request, or of several,
// numbered, to one gateway: query.1.graphql, want.1.json and so on. All but the query may be left out:
//
//	switches          how the sandbox behaves from here on, a line each; see switchOn
//	before            requests to the sandbox itself, a line each, before the query: "DELETE /api/v2/quotes/200001"
//	caller            admin (the default), technician, none, or a value of the header Authorization
//	query.graphql     the operation
//	variables.json    its variables; <endCursor> stands for that of the answer before
//	want.json         the answer, indented: every byte of a value as it was sent, errors sorted by path
//	calls             what reached the sandbox, sorted, or how often each form of path if that is more than 12 lines; or
//	                  "not fixed", where a failure ends reads of other pages before or after they are sent
//
// go test ./graph -run Scripts -update writes want.json and calls anew.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

var update = flag.Bool("update", false, "write the answers and calls of testdata anew")

func TestScripts(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scripts:", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(bytes.TrimSpace(archive.Comment)) == 0 {
				t.Error("the document does not say what it shows")
			}
			runScript(t, archive)
			if *update {
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// runScript sends a document's requests, one after another.
func runScript(t *testing.T, archive *txtar.Archive) {
	var g *gatewaytest.Gateway
	sent, cursor := 0, ""
	for _, number := range []string{"", ".1", ".2", ".3", ".4", ".5"} {
		step := script{archive, number}
		query, ok := step.read("query.graphql")
		if !ok {
			continue
		}
		sent++
		switches, _ := step.read("switches")
		if g == nil {
			g = gatewaytest.Start(t, startWith(t, switches))
		}
		g.Sandbox.Set(func(s *sandbox.Switches) { eachLine(switches, func(line string) { switchOn(t, s, line) }) })
		before, _ := step.read("before")
		eachLine(before, func(line string) { askSandbox(t, g.Sandbox, line) })
		g.Sandbox.ResetCalls()
		caller, _ := step.read("caller")
		request := gatewaytest.Request{Query: query, Authorization: authorization(g.Sandbox, strings.TrimSpace(caller))}
		if variables, ok := step.read("variables.json"); ok {
			variables = strings.ReplaceAll(variables, "<endCursor>", cursor)
			if err := json.Unmarshal([]byte(variables), &request.Variables); err != nil {
				t.Fatal(err)
			}
		}
		answer := g.Send(t, t.Context(), request)
		step.compare(t, "want.json", shown(t, answer))
		if calls, _ := step.read("calls"); strings.TrimSpace(calls) != "not fixed" {
			step.compare(t, "calls", listed(g.Calls()))
		}
		if found := endCursor.FindStringSubmatch(answer.Body); found != nil {
			cursor = found[1]
		}
	}
	if sent == 0 {
		t.Error("the document has no query")
	}
}

// script is one request of a document.
type script struct {
	*txtar.Archive
	number string
}

// name puts the request's number before the file's extension: want.json, want.2.json.
func (s script) name(file string) string {
	ext := filepath.Ext(file)
	return strings.TrimSuffix(file, ext) + s.number + ext
}

func (s script) read(file string) (string, bool) {
	for _, f := range s.Files {
		if f.Name == s.name(file) {
			return string(f.Data), true
		}
	}
	return "", false
}

// compare holds what came against the document, or writes it there.
func (s script) compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		i := slices.IndexFunc(s.Files, func(f txtar.File) bool { return f.Name == s.name(file) })
		if i < 0 {
			i = len(s.Files)
			s.Files = append(s.Files, txtar.File{Name: s.name(file)})
		}
		s.Files[i].Data = []byte(got)
		return
	}
	want, _ := s.read(file)
	if diff := gocmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", s.name(file), diff)
	}
}

var endCursor = regexp.MustCompile(`"endCursor":"([^"]*)"`)

// requestName is the sandbox's name of a call, which depends on the order of calls at the same time.
var requestName = regexp.MustCompile(`sandbox-\d+`)

// shown indents an answer without touching a value, and puts its errors in the order of their paths.
func shown(t *testing.T, a gatewaytest.Answer) string {
	t.Helper()
	var parts struct {
		Errors     []json.RawMessage `json:"errors,omitempty"`
		Data       json.RawMessage   `json:"data,omitempty"`
		Extensions json.RawMessage   `json:"extensions,omitempty"`
	}
	if err := json.Unmarshal([]byte(a.Body), &parts); err != nil {
		t.Fatalf("status %d: %v: %.500s", a.Status, err, a.Body)
	}
	slices.SortFunc(parts.Errors, func(a, b json.RawMessage) int { return cmp.Compare(pathOf(a), pathOf(b)) })
	var compact, indented bytes.Buffer
	encoder := json.NewEncoder(&compact)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(parts); err != nil {
		t.Fatal(err)
	}
	if err := json.Indent(&indented, compact.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	return requestName.ReplaceAllString(indented.String(), "sandbox-N")
}

func pathOf(raw json.RawMessage) string {
	var e gatewaytest.Error
	_ = json.Unmarshal(raw, &e)
	path := ""
	for _, p := range e.Path {
		if n, ok := p.(float64); ok {
			p = fmt.Sprintf("%06.0f", n)
		}
		path += fmt.Sprint(p) + "."
	}
	return path
}

var number = regexp.MustCompile(`/\d+|notable_id=\d+|page=\d+`)

// listed shows calls a line each, or, where that is too many, how often there was each form.
func listed(calls []string) string {
	const most = 12
	lines := calls
	if len(calls) > most {
		counts := make(map[string]int)
		for _, call := range calls {
			counts[number.ReplaceAllStringFunc(call, func(s string) string {
				return strings.TrimRight(s, "0123456789") + "N"
			})]++
		}
		lines = nil
		for form, n := range counts {
			lines = append(lines, fmt.Sprintf("%d × %s", n, form))
		}
		slices.SortFunc(lines, func(a, b string) int {
			return cmp.Compare(a[strings.Index(a, "×"):], b[strings.Index(b, "×"):])
		})
	}
	if len(lines) == 0 {
		return "none\n"
	}
	return strings.Join(lines, "\n") + "\n"
}

func eachLine(text string, do func(string)) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			do(line)
		}
	}
}

// startWith reads the switches that are settled once: projects=N and snapshots=duration. Today is the sandbox's.
func startWith(t *testing.T, switches string) gatewaytest.Options {
	o := gatewaytest.Options{Projects: 10, Now: func() time.Time { return time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC) }}
	eachLine(switches, func(line string) {
		var err error
		switch key, value, _ := strings.Cut(line, "="); key {
		case "projects":
			o.Projects, err = strconv.Atoi(value)
		case "snapshots":
			o.SnapshotTTL, err = time.ParseDuration(value)
		case "upstream-timeout":
			o.UpstreamTimeout, err = time.ParseDuration(value)
		case "upstream-max-body":
			o.UpstreamMaxBody, err = strconv.ParseInt(value, 10, 64)
		}
		if err != nil {
			t.Fatalf("switch %q: %v", line, err)
		}
	})
	return o
}

// switchOn reads one line of switches:
//
//	paging=ignored                       every page is the whole list; or honoured, pages of any size; or capped:30
//	paging.invoices=ignored              the same for one list
//	older, string-money, gone            habits; gone is a 410 for what was deleted
//	fault=GET /api/v2/quotes 500         a failure: method, path as sandbox.On takes it, status or kind, and perhaps
//	                                     times:1, retry-after:7, location:URL, megabytes:20, status:200
//	no-faults                            ends failures
func switchOn(t *testing.T, s *sandbox.Switches, line string) {
	t.Helper()
	key, value, _ := strings.Cut(line, "=")
	switch {
	case key == "paging":
		s.Paging = paging(value)
	case strings.HasPrefix(key, "paging."):
		if s.PagingFor == nil {
			s.PagingFor = make(map[string]sandbox.Paging)
		}
		s.PagingFor[strings.TrimPrefix(key, "paging.")] = paging(value)
	case key == "older":
		s.Older = true
	case key == "string-money":
		s.StringMoney = true
	case key == "gone":
		s.GoneForDeleted = true
	case key == "fault":
		s.Faults = append(s.Faults, faultOf(t, strings.Fields(value)))
	case key == "no-faults":
		s.Faults = nil
	case slices.Contains([]string{"projects", "snapshots", "upstream-timeout", "upstream-max-body"}, key):
	default:
		t.Fatalf("there is no switch %q", line)
	}
}

func paging(value string) sandbox.Paging {
	if most, capped := strings.CutPrefix(value, "capped:"); capped {
		n, _ := strconv.Atoi(most)
		return sandbox.Paging{Mode: sandbox.PagingHonoured, Max: n}
	}
	if value == "ignored" {
		return sandbox.Paging{Mode: sandbox.PagingIgnored}
	}
	return sandbox.Paging{Mode: sandbox.PagingHonoured}
}

var faultKinds = map[string]sandbox.FaultKind{
	"foreign": sandbox.FaultForeignJSON, "html": sandbox.FaultHTML, "empty": sandbox.FaultEmpty, "half": sandbox.FaultHalfJSON,
	"hang": sandbox.FaultHang, "bulk": sandbox.FaultBulk, "reset": sandbox.FaultReset, "redirect": sandbox.FaultRedirect,
}

func faultOf(t *testing.T, words []string) *sandbox.Fault {
	t.Helper()
	f := &sandbox.Fault{When: sandbox.On(words[0], words[1])}
	kind, known := faultKinds[words[2]]
	f.Kind = kind
	if !known {
		f.Status, _ = strconv.Atoi(words[2])
	}
	for _, word := range words[3:] {
		switch key, value, _ := strings.Cut(word, ":"); key {
		case "times":
			f.Times, _ = strconv.Atoi(value)
		case "status":
			f.Status, _ = strconv.Atoi(value)
		case "megabytes":
			f.Megabytes, _ = strconv.Atoi(value)
		case "retry-after":
			f.RetryAfter = value
		case "location":
			f.Location = value
		default:
			t.Fatalf("a fault has no %q", word)
		}
	}
	return f
}

// askSandbox makes a request to the sandbox as the administrator, past the gateway.
func askSandbox(t *testing.T, box *sandbox.Server, line string) {
	t.Helper()
	words := strings.SplitN(line, " ", 3)
	body := ""
	if len(words) == 3 {
		body = words[2]
	}
	r := httptest.NewRequestWithContext(t.Context(), words[0], words[1], strings.NewReader(body))
	r.Header.Set("Authorization", box.Admin().Authorization)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	if w.Code >= 300 {
		t.Fatalf("%s: status %d: %s", line, w.Code, w.Body)
	}
}

func authorization(box *sandbox.Server, caller string) string {
	switch caller {
	case "", "admin":
		return box.Admin().Authorization
	case "technician":
		return box.Technician().Authorization
	case "none":
		return ""
	}
	return caller
}
