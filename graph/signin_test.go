package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

const signIn = `mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) {
	token email authorization userId userContactId userErrors { field message code } } }`

// session is what signing in answers.
type session struct {
	Token, Email, Authorization, UserID, UserContactID *string
	UserErrors                                         []mistake
}

// enter signs in without a credential.
func enter(t *testing.T, g *gatewaytest.Gateway, email, password string) (session, gatewaytest.Answer) {
	t.Helper()
	answer := g.Send(t, t.Context(), gatewaytest.Request{
		Query: signIn, Variables: map[string]any{"email": email, "password": password},
		Header: http.Header{"X-Ccube-Explain": {"1"}},
	})
	var data struct{ SignIn session }
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	return data.SignIn, answer
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
	admin := g.Sandbox.Admin()
	s, answer := enter(t, g, admin.Email, admin.Password)
	if len(s.UserErrors) > 0 || s.Authorization == nil || *s.Authorization != admin.Authorization || *s.Token != admin.Token || *s.Email != admin.Email {
		t.Fatalf("the session is %s", answer.Body)
	}
	if calls := g.Calls(); !slices.Equal(calls, []string{"POST /users/sign_in"}) {
		t.Errorf("the calls are %q", calls)
	}
	next := g.Send(t, t.Context(), gatewaytest.Request{Query: `{ viewer { email } }`, Authorization: *s.Authorization})
	if string(next.Data) != `{"viewer":{"email":"`+admin.Email+`"}}` {
		t.Errorf("with the session's header the answer is %s", next.Body)
	}
}

func TestNotSigningIn(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, email, password string
		want                    []string
		calls                   int
	}{
		"a wrong password": {"the caller can mend it", "", "wrong-password", []string{"INVALID "}, 1},
		"a wrong email":    {"and is not told which of the two it is", "nobody@example.com", "", []string{"INVALID "}, 1},
		"no password":      {"CCUBE is not asked", "", " ", []string{"REQUIRED password"}, 0},
		"no email":         {"CCUBE is not asked", "\t", "", []string{"REQUIRED email"}, 0},
		"NUL":              {"no text of CCUBE's holds it", "a\x00@b.c", "\x00\x00", []string{"INVALID email", "INVALID password"}, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
			if c.email == "" {
				c.email = g.Sandbox.Admin().Email
			}
			if c.password == "" {
				c.password = g.Sandbox.Admin().Password
			}
			s, answer := enter(t, g, c.email, c.password)
			if said := told(t, s.UserErrors); !slices.Equal(said, c.want) || s.Token != nil || s.Authorization != nil || len(answer.Errors) > 0 {
				t.Errorf("%s: %s", c.reason, answer.Body)
			}
			if calls := g.Calls(); len(calls) != c.calls {
				t.Errorf("%s: the calls are %q", c.reason, calls)
			}
		})
	}
}

// Signing in needs a tenant, and whatever stands beside it what it always needs.
func TestSigningInNeedsATenantAlone(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, query, tenant, code string
	}{
		"named":         {"of several", signIn, "acme", ""},
		"not named":     {"which of several?", signIn, "", "BAD_USER_INPUT"},
		"of another":    {"it is not served", signIn, "other", "BAD_USER_INPUT"},
		"with a write":  {"a write needs a credential", `mutation { signIn(email: "a@b.c", password: "x") { token } deleteNote(id: 1) { deletedId } }`, "acme", "UNAUTHENTICATED"},
		"with its type": {"which is no data", `mutation { __typename signIn(email: "a@b.c", password: "x") { __typename } }`, "acme", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, Tenants: []string{"acme", "bolt"}})
			header := http.Header{}
			if c.tenant != "" {
				header.Set("X-CCUBE-Tenant", c.tenant)
			}
			admin := g.Sandbox.Admin()
			answer := g.Send(t, t.Context(), gatewaytest.Request{
				Query: c.query, Header: header, Variables: map[string]any{"email": admin.Email, "password": admin.Password},
			})
			if codes := answer.Codes(); strings.Join(codes, " ") != c.code || (answer.Data == nil) != (c.code != "") {
				t.Errorf("%s: %s", c.reason, answer.Body)
			}
		})
	}
}

// What CCUBE itself fails at is an error, as it is with every mutation.
func TestSigningInFails(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]string{429: "RATE_LIMITED", 500: "UPSTREAM_ERROR", 503: "UPSTREAM_UNAVAILABLE"} {
		ccube := &scripted{status: status, body: `{"error": {"message": "hunter2-hunter2 is not it"}}`}
		g := ccube.over(t)
		s, answer := enter(t, g, "a@b.c", "hunter2-hunter2")
		if s.Token != nil || strings.Join(answer.Codes(), " ") != code || strings.Contains(answer.Body, "hunter2") {
			t.Errorf("%d: %s", status, answer.Body)
		}
	}
}

func TestAttemptsAreLimited(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5, SignInLimit: 3, Now: func() time.Time { return now }})
	admin := g.Sandbox.Admin()
	attempt := func(email, address string) gatewaytest.Answer {
		body, _ := json.Marshal(map[string]any{"query": signIn, "variables": map[string]any{"email": email, "password": "wrong"}})
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = address
		return g.Do(t, r)
	}
	const here = "192.0.2.1:1000"
	for range 3 {
		if a := attempt(admin.Email, here); len(a.Errors) > 0 {
			t.Fatalf("an attempt within the limit is answered with %s", a.Body)
		}
	}
	g.Calls()
	over := attempt(" "+strings.ToUpper(admin.Email), "192.0.2.1:2000")
	if len(over.Errors) != 1 || over.Errors[0].Extensions.Code != "RATE_LIMITED" || over.Errors[0].Extensions.RetryAfter != 20 ||
		over.Errors[0].Where() != "signIn" || len(g.Calls()) > 0 {
		t.Errorf("one too many is answered with %s", over.Body)
	}
	for reason, a := range map[string]gatewaytest.Answer{
		"another email":   attempt("other@example.com", here),
		"another address": attempt(admin.Email, "192.0.2.2:1000"),
	} {
		if len(a.Errors) > 0 {
			t.Errorf("%s is not another's: %s", reason, a.Body)
		}
	}
	one, other := attempt("six@example.com", "[2001:db8::1]:1"), gatewaytest.Answer{}
	for i := range 3 {
		other = attempt("six@example.com", "[2001:db8::"+string(rune('a'+i))+"]:1")
	}
	if len(one.Errors) > 0 || len(other.Errors) == 0 {
		t.Errorf("one network of IPv6 is counted as several: %s", other.Body)
	}
	now = now.Add(20 * time.Second)
	if a := attempt(admin.Email, here); len(a.Errors) > 0 {
		t.Errorf("after the wait it is %s", a.Body)
	}
	if a := attempt(admin.Email, here); len(a.Errors) != 1 {
		t.Errorf("the wait is for one attempt: %s", a.Body)
	}
}

// Neither password nor token is in what is logged, in an error, or in what an operation says that it cost.
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	const password = "correct-horse-battery"
	g := gatewaytest.Start(t, gatewaytest.Options{Projects: 5})
	admin := g.Sandbox.Admin()
	var seen strings.Builder
	look := func(a gatewaytest.Answer) {
		var rest struct{ Errors, Extensions json.RawMessage }
		if err := json.Unmarshal([]byte(a.Body), &rest); err != nil {
			t.Fatal(err)
		}
		seen.Write(rest.Errors)
		seen.Write(rest.Extensions)
	}
	create := func(password, email string) {
		look(g.Send(t, t.Context(), gatewaytest.Request{
			Query:         `mutation($p: String!) { createUser(input: {email: "` + email + `", password: $p, userType: FULL, roleIds: [1]}) { user { id name } userErrors { field message } } }`,
			Variables:     map[string]any{"p": password},
			Authorization: admin.Authorization, Header: http.Header{"X-Ccube-Explain": {"1"}},
		}))
	}
	_, a := enter(t, g, admin.Email, admin.Password)
	look(a)
	_, a = enter(t, g, admin.Email, password)
	look(a)
	create(password, "new@example.com")
	create(password, "not an email")
	for _, kind := range []sandbox.FaultKind{sandbox.FaultReset, sandbox.FaultHalfJSON, sandbox.FaultHTML, sandbox.FaultForeignJSON} {
		g.Sandbox.Set(func(s *sandbox.Switches) { s.Faults = []*sandbox.Fault{{Kind: kind, After: true}} })
		_, a = enter(t, g, admin.Email, admin.Password)
		look(a)
		_, a = enter(t, g, admin.Email, password)
		look(a)
		create(password, "another@example.com")
	}
	look(g.Send(t, t.Context(), gatewaytest.Request{Query: `mutation { signIn(email: "a@b.c", password: ` + password + `) { token } }`}))
	look(g.Send(t, t.Context(), gatewaytest.Request{Query: signIn, Variables: map[string]any{"email": "a@b.c", "password": []string{password}}}))
	for _, document := range []string{
		`mutation { createUser(input: {email: 5, password: "` + password + `", userType: FULL, roleIds: [1]}) { userErrors { code } } }`,
		`mutation { createUser(input: {email: "a", password: [{a: "` + password + `"}], userType: "` + password + `", roleIds: [1]}) { userErrors { code } } }`,
		`mutation { signIn(email: "a@b.c" password "` + password + `") { token } }`,
		`mutation { signIn(email: "a@b.c", password: "` + password + `" { token } }`,
		`mutation { signIn(email: "a@b.c", password: """` + password + `""" """` + password + `""") { token } }`,
		`mutation { signIn(email: "a@b.c", password: "` + password + `) { token } }`,
		`mutation { "` + password + `" }`,
		`mutation { signIn(email: "a@b.c", password: hunter2) { token } }`,
		`mutation { signIn(email: "a@b.c", password: hunter2 hunter2) { token } }`,
		`mutation { signIn(email: "a@b.c", password: "x", hunter2) { token } }`,
		`"` + password + `"`,
	} {
		look(g.Send(t, t.Context(), gatewaytest.Request{Query: document, Authorization: admin.Authorization}))
	}
	seen.WriteString(g.Log.String())
	if g.Log.String() == "" {
		t.Fatal("nothing was logged")
	}
	for _, secret := range []string{admin.Password, admin.Token, password, "hunter2"} {
		if i := strings.Index(seen.String(), secret); i >= 0 {
			t.Errorf("%q is there: …%s…", secret, seen.String()[max(0, i-200):min(i+100, seen.Len())])
		}
	}
}
