package main

// This file sends the requests of docs/bi.md to the program over its sandbox, and compares the answers with what the document
// says of them. `go test . -run Recipes -update` writes the numbers of rows.

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

const biDocument = "docs/bi.md"

// recipe is a request of the document, and what it says of the answer.
type recipe struct {
	name, method, target string
	header               http.Header
	body                 string
	// pages is the path of a connection that is paged through, rows that of a list; both empty for a table.
	pages, rows string
	// want is the block of the answer.
	want string
}

var recipeBlock = regexp.MustCompile("(?s)\n```http recipe=(\\S+)(?: pages=(\\S+))?\n(.*?)\n\n(.*?)\n```\n\n```answer recipe=(\\S+)(?: rows=(\\S+))?\n(.*?)\n```\n")

func TestRecipes(t *testing.T) {
	t.Parallel()
	text := document(t, biDocument)
	found := recipeBlock.FindAllStringSubmatch(text, -1)
	if n := strings.Count(text, "```http recipe="); len(found) != n || n < 6 {
		t.Fatalf("%d of %d recipes can be read", len(found), n)
	}
	g := runSandbox(t)
	for _, match := range found {
		r := readRecipe(t, match)
		got := g.cook(t, r)
		if *update {
			text = strings.Replace(text, match[0], strings.Replace(match[0], r.want, got, 1), 1)
			continue
		}
		if diff := gocmp.Diff(r.want, got); diff != "" {
			t.Errorf("%s (-document +gateway):\n%s", r.name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(biDocument, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// readRecipe reads a request that is written as in HTTP, but that a GET's body is its query.
func readRecipe(t *testing.T, match []string) recipe {
	t.Helper()
	if match[1] != match[5] {
		t.Fatalf("the recipe %s is answered by %s", match[1], match[5])
	}
	lines := strings.Split(match[3], "\n")
	r := recipe{name: match[1], pages: match[2], body: match[4], rows: match[6], want: match[7], header: http.Header{}}
	r.method, r.target, _ = strings.Cut(lines[0], " ")
	for _, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ": ")
		if !ok {
			t.Fatalf("%s: %q is no header", r.name, line)
		}
		r.header.Add(textproto.CanonicalMIMEHeaderKey(name), value)
	}
	return r
}

// cook sends a recipe's request, for each page if it has pages, and describes what came: the status and the type, the
// columns, and how many rows.
func (g gateway) cook(t *testing.T, r recipe) string {
	t.Helper()
	var kind, columns string
	var rows int
	for after := "null"; ; {
		response, body := g.request(t, r, after)
		kind = fmt.Sprintf("%d %s", response.StatusCode, response.Header.Get("Content-Type"))
		if r.pages == "" && r.rows == "" {
			columns, rows = readTable(t, response.Header.Get("Content-Type"), body)
			break
		}
		if r.pages == "" {
			columns, rows = readList(t, at(t, body, r.rows))
			break
		}
		connection := at(t, body, r.pages)
		names, n := readList(t, at(t, connection, "nodes"))
		columns, rows = names, rows+n
		var info struct {
			HasNextPage bool
			EndCursor   json.RawMessage
		}
		if err := json.Unmarshal(at(t, connection, "pageInfo"), &info); err != nil {
			t.Fatal(err)
		}
		if after = string(info.EndCursor); !info.HasNextPage {
			break
		}
	}
	return fmt.Sprintf("%s\n%s\n%d rows", kind, columns, rows)
}

// request sends a recipe's request and returns the answer, unpacked.
func (g gateway) request(t *testing.T, r recipe, after string) (*http.Response, []byte) {
	t.Helper()
	secret, email, _ := strings.Cut(strings.TrimPrefix(g.credential, "Token "), ",user_email=")
	fill := strings.NewReplacer("{{after}}", after, "{{basic}}", base64.StdEncoding.EncodeToString([]byte(email+":"+secret)))
	target, body := fill.Replace(r.target), fill.Replace(r.body)
	if path, parameters, ok := strings.Cut(target, "?"); ok {
		values := url.Values{}
		for parameter := range strings.SplitSeq(parameters, "&") {
			name, value, _ := strings.Cut(parameter, "=")
			values.Set(name, strings.ReplaceAll(value, "{{query}}", body))
		}
		target, body = path+"?"+values.Encode(), ""
	}
	request, err := http.NewRequestWithContext(t.Context(), r.method, strings.TrimSuffix(g.url, "/graphql")+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range r.header {
		for _, value := range values {
			request.Header.Add(name, fill.Replace(value))
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var reader io.Reader = response.Body
	if response.Header.Get("Content-Encoding") == "gzip" {
		if reader, err = gzip.NewReader(reader); err != nil {
			t.Fatal(err)
		}
	}
	text, err := io.ReadAll(reader)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.500s", r.name, response.Status, err, text)
	}
	return response, text
}

// at returns what stands at a dotted path.
func at(t *testing.T, document []byte, path string) json.RawMessage {
	t.Helper()
	for key := range strings.SplitSeq(path, ".") {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(document, &object); err != nil || object[key] == nil {
			t.Fatalf("there is no %s of %s: %v in %.300s", key, path, err, document)
		}
		document = object[key]
	}
	return document
}

// readTable returns the columns of a table and how many rows it has.
func readTable(t *testing.T, media string, body []byte) (string, int) {
	t.Helper()
	if strings.HasPrefix(media, "text/csv") {
		records, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil || len(records) == 0 {
			t.Fatalf("the table cannot be read: %v", err)
		}
		return strings.Join(records[0], ","), len(records) - 1
	}
	lines := bytes.Split(bytes.TrimSpace(body), []byte("\n"))
	return keys(t, lines[0]), len(lines)
}

// readList returns the keys of a list's objects and how many it has.
func readList(t *testing.T, list json.RawMessage) (string, int) {
	t.Helper()
	var rows []json.RawMessage
	if err := json.Unmarshal(list, &rows); err != nil || len(rows) == 0 {
		t.Fatalf("there is no list: %v in %.300s", err, list)
	}
	return keys(t, rows[0]), len(rows)
}

// keys are an object's keys in their order.
func keys(t *testing.T, object []byte) string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, fmt.Sprint(name))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(names, ",")
}
