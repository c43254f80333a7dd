package graph_test

// These tests send documents' names in place of documents, as clients do.

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

const stagesQuery = `query Stages { stages { name } }`

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// body sends a body by POST as somebody; where none is given, as the administrator.
func body(t *testing.T, g *gatewaytest.Gateway, text string, authorization ...string) gatewaytest.Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", strings.Join(append(authorization, g.Sandbox.Admin().Authorization)[:1], ""))
	return g.Do(t, r)
}

// get sends parameters by GET.
func get(t *testing.T, g *gatewaytest.Gateway, parameters url.Values) gatewaytest.Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?"+parameters.Encode(), http.NoBody)
	r.Header.Set("Authorization", g.Sandbox.Admin().Authorization)
	return g.Do(t, r)
}

func apq(hash string) string {
	return fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hash)
}

// keeping is a gateway that keeps what clients send with its hash.
func keeping(t *testing.T, store cache.Store) *gatewaytest.Gateway {
	t.Helper()
	return gatewaytest.Start(t, gatewaytest.Options{Projects: 4, Documents: persisted.New(persisted.Options{Store: store})})
}

func answers(t *testing.T, what string, a gatewaytest.Answer) {
	t.Helper()
	if len(a.Errors) > 0 || !strings.Contains(a.Body, `"stages":[`) {
		t.Errorf("%s: status %d: %.300s", what, a.Status, a.Body)
	}
}

func refusesAs(t *testing.T, what string, a gatewaytest.Answer, code string) {
	t.Helper()
	if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != code || a.Data != nil {
		t.Errorf("%s: status %d: %.300s, want %s", what, a.Status, a.Body, code)
	}
}

// What Apollo Client's createPersistedQueryLink sends, and urql's persistedExchange: the hash, then hash and query, then the
// hash again, on another replica, by POST and by GET.
func TestAutomaticPersistedQueries(t *testing.T) {
	t.Parallel()
	store := cache.NewMemory(cache.MemoryOptions{})
	one, other := keeping(t, store), keeping(t, store)
	hash := sha(stagesQuery)
	named := `{"operationName":"Stages","variables":{},"extensions":` + apq(hash) + `}`
	first := body(t, one, named)
	refusesAs(t, "the first time", first, "PERSISTED_QUERY_NOT_FOUND")
	if first.Status != http.StatusOK || first.Errors[0].Message != "PersistedQueryNotFound" { // urql goes by the message
		t.Errorf("status %d, %q", first.Status, first.Errors[0].Message)
	}
	answers(t, "in full", body(t, one, `{"operationName":"Stages","variables":{},"query":"`+stagesQuery+`","extensions":`+apq(hash)+`}`))
	answers(t, "by its hash", body(t, one, named))
	answers(t, "by its hash, on another replica", body(t, other, named))
	answers(t, "by its hash, by GET", get(t, other, url.Values{"operationName": {"Stages"}, "variables": {"{}"}, "extensions": {apq(hash)}}))
	answers(t, "by its hash, in capitals", body(t, other, strings.Replace(named, hash, strings.ToUpper(hash), 1)))
	answers(t, "as documentId", body(t, other, `{"documentId":"sha256:`+hash+`"}`))
}

func TestAHashThatLies(t *testing.T) {
	t.Parallel()
	store := cache.NewMemory(cache.MemoryOptions{})
	g := keeping(t, store)
	wanted := sha(`{ viewer { email } }`)
	refusesAs(t, "a hash of another query", body(t, g, `{"query":"`+stagesQuery+`","extensions":`+apq(wanted)+`}`), "BAD_USER_INPUT")
	refusesAs(t, "which is not kept", body(t, g, `{"extensions":`+apq(wanted)+`}`), "PERSISTED_QUERY_NOT_FOUND")
	store.Set(t.Context(), cache.Key("document", wanted), []byte(stagesQuery), 1<<40)
	refusesAs(t, "a store that has been tampered with", body(t, g, `{"extensions":`+apq(wanted)+`}`), "PERSISTED_QUERY_NOT_FOUND")
	for name, extension := range map[string]string{
		"another version": `{"persistedQuery":{"version":2,"sha256Hash":"` + wanted + `"}}`,
		"no hash":         `{"persistedQuery":{"version":1}}`,
		"no object":       `{"persistedQuery":"` + wanted + `"}`,
	} {
		refusesAs(t, name, body(t, g, `{"extensions":`+extension+`}`), "BAD_USER_INPUT")
	}
}

// What nobody has been answered is not kept: a stranger cannot fill the store, nor does a password get there.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ query, authorization string }{
		"a stranger's":      {stagesQuery, "Token guessed,user_email=nobody@example.com"},
		"nobody's":          {`{ __typename }`, ""},
		"not valid":         {`{ colour }`, "admin"},
		"one that signs in": {`mutation { signIn(email: \"a@example.com\", password: \"pa55word\") { token } createNote(input: {notableType: PROJECT, notableId: 1001, body: \"x\"}) { note { id } } }`, "admin"},
		"a very long one":   {`{ stages { name } } #` + strings.Repeat("x", 70_000), "admin"},
	} {
		store := cache.NewMemory(cache.MemoryOptions{})
		g := keeping(t, store)
		authorization := c.authorization
		if authorization == "admin" {
			authorization = g.Sandbox.Admin().Authorization
		}
		hash := sha(strings.ReplaceAll(c.query, `\"`, `"`))
		body(t, g, `{"query":"`+c.query+`","extensions":`+apq(hash)+`}`, authorization)
		if _, kept := store.Get(t.Context(), cache.Key("document", hash)); kept {
			t.Errorf("%s is kept", name)
		}
	}
}

// The ways to name a trusted document, as its client sends them.
func TestTrustedDocuments(t *testing.T) {
	t.Parallel()
	trusted := []persisted.Document{{ID: "3be4abb8", Text: stagesQuery}, {ID: "mutations/note", Text: `mutation Note { deleteNote(id: 1) { deletedId } }`}}
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 4, Documents: persisted.New(persisted.Options{Trusted: trusted, Only: true})})
	hash := sha(stagesQuery)
	for name, text := range map[string]string{
		"GraphQL over HTTP":             `{"documentId":"3be4abb8","variables":{}}`,
		"GraphQL over HTTP, by hash":    `{"documentId":"sha256:` + hash + `"}`,
		"Apollo (manifest link)":        `{"operationName":"Stages","variables":{},"extensions":` + apq("3be4abb8") + `}`,
		"Apollo, by hash":               `{"operationName":"Stages","variables":{},"extensions":` + apq(hash) + `}`,
		"Relay's doc_id":                `{"doc_id":"3be4abb8","variables":{}}`,
		"Relay's id":                    `{"id":"3be4abb8","query":null,"variables":{}}`,
		"the very text":                 `{"query":"` + stagesQuery + `"}`,
		"the very text, and what it is": `{"query":"` + stagesQuery + `","documentId":"3be4abb8"}`,
	} {
		answers(t, name, body(t, g, text))
	}
	answers(t, "GET", get(t, g, url.Values{"documentId": {"3be4abb8"}}))
	answers(t, "GET, Relay", get(t, g, url.Values{"doc_id": {"3be4abb8"}}))
	if a := get(t, g, url.Values{"documentId": {"mutations/note"}}); a.Status != http.StatusMethodNotAllowed || len(g.Sandbox.Calls()) > 1 {
		t.Errorf("a mutation by GET: status %d: %s", a.Status, a.Body)
	}
	refusesAs(t, "another query", body(t, g, `{"query":"{ stages { name } }"}`), "QUERY_NOT_TRUSTED")
	refusesAs(t, "another query, with its hash", body(t, g, `{"query":"{ stages { name } }","extensions":`+apq(sha(`{ stages { name } }`))+`}`), "QUERY_NOT_TRUSTED")
	refusesAs(t, "introspection", body(t, g, `{"query":"{ __schema { types { name } } }"}`), "QUERY_NOT_TRUSTED")
	refusesAs(t, "an id that is unknown", body(t, g, `{"documentId":"nope"}`), "PERSISTED_QUERY_NOT_FOUND")
}

// A gateway that knows no documents says so, and clients send queries from then on.
func TestNoDocuments(t *testing.T) {
	t.Parallel()
	for name, documents := range map[string]*persisted.Documents{"none": nil, "an empty set": persisted.New(persisted.Options{})} {
		g := gatewaytest.Start(t, gatewaytest.Options{Projects: 4, Documents: documents})
		a := body(t, g, `{"extensions":`+apq(sha(stagesQuery))+`}`)
		refusesAs(t, name, a, "PERSISTED_QUERY_NOT_SUPPORTED")
		answers(t, name, body(t, g, `{"query":"`+stagesQuery+`","extensions":`+apq(sha(stagesQuery))+`}`))
	}
}
