package identity_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

var one = identity.Tenants{Names: []string{"acme"}}

func basic(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }

func TestCredentialForms(t *testing.T) {
	t.Parallel()
	const ccube = "Token t0ken,user_email=ada@example.com"
	cases := map[string]struct{ reason, header, email, want string }{
		"CCUBE's own":           {"it goes on as it came", ccube, "", ccube},
		"CCUBE's own, quoted":   {"the email is known without its quotes", `Token t0ken,user_email="ada@example.com"`, "", `Token t0ken,user_email="ada@example.com"`},
		"CCUBE's own, spaced":   {"spaces are CCUBE's to judge", "token t0ken, user_email=ada@example.com", "", "token t0ken, user_email=ada@example.com"},
		"Basic":                 {"what BI tools send", basic("ada@example.com:t0ken"), "", ccube},
		"basic in lower case":   {"schemes have no case", "b" + basic("ada@example.com:t0ken")[1:], "", ccube},
		"Basic with a colon":    {"the first colon parts email and token", basic("ada@example.com:t0:ken"), "", "Token t0:ken,user_email=ada@example.com"},
		"Bearer with the email": {"what API clients send", "Bearer t0ken", "ada@example.com", ccube},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{"Authorization": {c.header}}
			if c.email != "" {
				h.Set(identity.EmailHeader, c.email)
			}
			got, err := identity.FromRequest(h, one)
			if err != nil {
				t.Fatal(err)
			}
			want := identity.New(
				identity.Tenant{Name: "acme", Base: "https://acme.inc.construction"}, "ada@example.com", identity.Secret(c.want))
			if diff := cmp.Diff(want, got); diff != "" || got.Authorization.Reveal() != c.want {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestMalformedCredentials(t *testing.T) {
	t.Parallel()
	const (
		howTo = "; send `Authorization: Token <token>,user_email=<email>`, or Basic with email and token, " +
			"or Bearer <token> with X-User-Email"
		lacksPart = "the Authorization header lacks its token or its user_email"
		badToken  = "the credential has no token, or one with characters that no token has"
		badEmail  = "the credential has no email, or one that is none"
	)
	header := func(values ...string) http.Header { return http.Header{"Authorization": values} }
	bearer := func(email, token string) http.Header {
		return http.Header{"Authorization": {"Bearer " + token}, "X-User-Email": {email}}
	}
	cases := map[string]struct {
		reason string
		header http.Header
		want   string
	}{
		"none":                    {"nobody is anonymous", http.Header{}, "the request has no credential"},
		"two":                     {"which one would go on?", header("Bearer a", "Bearer b"), "the request has 2 Authorization headers"},
		"another scheme":          {"CCUBE has no digest", header("Digest x"), "the Authorization header has a scheme that CCUBE does not take"},
		"a mere token":            {"no scheme at all", header("t0ken-t0ken"), "the Authorization header has a scheme that CCUBE does not take"},
		"token without email":     {"CCUBE wants both", header("Token t0ken"), lacksPart},
		"token with empty email":  {"CCUBE wants both", header("Token t0ken,user_email="), lacksPart},
		"token with two emails":   {"which one would count?", header("Token t,user_email=a@b.c,user_email=d@e.f"), lacksPart},
		"email without token":     {"CCUBE wants both", header("Token ,user_email=ada@example.com"), lacksPart},
		"no base64":               {"not Basic", header("Basic %%%"), "the Basic credential is not base64"},
		"Basic without colon":     {"half of it", header(basic("ada@example.com")), badToken},
		"Basic without token":     {"half of it", header(basic("ada@example.com:")), badToken},
		"Basic without email":     {"half of it", header(basic(":t0ken")), badEmail},
		"a token that is two":     {"it would bring an email of its own", header(basic("a@b.c:t,user_email=root@b.c")), badToken},
		"a token with a line":     {"it would bring a header of its own", header(basic("a@b.c:t\r\nX: y")), badToken},
		"Bearer without email":    {"half of it", header("Bearer t0ken"), badEmail},
		"Bearer with no email":    {"a name is none", bearer("ada", "t0ken"), badEmail},
		"an email that is two":    {"which one would count?", bearer("a@b.c,user_email=d@e.f", "t0ken"), badEmail},
		"an email of half":        {"nothing behind the @", bearer("ada@", "t0ken"), badEmail},
		"Bearer without a token":  {"half of it", bearer("ada@example.com", " "), badToken},
		"an email with quotes":    {"it would end early", bearer(`"a"@b.c`, "t0ken"), badEmail},
		"a token that is not one": {"a token is ASCII", bearer("ada@example.com", "t0kén"), badToken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := identity.FromRequest(c.header, one)
			if fault.KindOf(err) != fault.Unauthenticated || err.Error() != c.want+howTo {
				t.Errorf("the error is %v, want %q: %s", err, c.want, c.reason)
			}
		})
	}
}

func TestTenants(t *testing.T) {
	t.Parallel()
	const sandbox = "http://127.0.0.1:4000"
	two := []string{"acme", "globex"}
	cases := map[string]struct {
		reason  string
		tenants identity.Tenants
		header  string
		want    identity.Tenant
		refusal string
	}{
		"the only one":          {"nobody has to name it", one, "", identity.Tenant{Name: "acme", Base: "https://acme.inc.construction"}, ""},
		"the only one by name":  {"naming it does no harm", one, "acme", identity.Tenant{Name: "acme", Base: "https://acme.inc.construction"}, ""},
		"one of two":            {"the header tells", identity.Tenants{Names: two}, "globex", identity.Tenant{Name: "globex", Base: "https://globex.inc.construction"}, ""},
		"at a fixed address":    {"a sandbox serves all tenants", identity.Tenants{Names: two, Base: sandbox}, "globex", identity.Tenant{Name: "globex", Base: "http://127.0.0.1:4000"}, ""},
		"not named":             {"which of the two?", identity.Tenants{Names: two}, "", identity.Tenant{}, "this gateway serves several tenants: name yours in the header X-CCUBE-Tenant"},
		"none served":           {"the zero value serves none", identity.Tenants{}, "acme", identity.Tenant{}, "the tenant in the header X-CCUBE-Tenant is not served here"},
		"not on the list":       {"no host is built from a caller's wish", one, "initech", identity.Tenant{}, "the tenant in the header X-CCUBE-Tenant is not served here"},
		"a host":                {"a name is one word", one, "evil.example.com", identity.Tenant{}, "the header X-CCUBE-Tenant is not a tenant's name: it takes the one word before .inc.construction"},
		"upper case":            {"a name is in lower case", one, "ACME", identity.Tenant{}, "the header X-CCUBE-Tenant is not a tenant's name: it takes the one word before .inc.construction"},
		"a user and a password": {"nothing goes before the host", one, "acme@evil", identity.Tenant{}, "the header X-CCUBE-Tenant is not a tenant's name: it takes the one word before .inc.construction"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{"Authorization": {basic("ada@example.com:t0ken")}}
			if c.header != "" {
				h.Set(identity.TenantHeader, c.header)
			}
			got, err := identity.FromRequest(h, c.tenants)
			if got.Tenant != c.want {
				t.Errorf("the tenant is %+v, want %+v: %s", got.Tenant, c.want, c.reason)
			}
			if c.refusal == "" && err != nil ||
				c.refusal != "" && (fault.KindOf(err) != fault.BadUserInput || err.Error() != c.refusal) {
				t.Errorf("the error is %v, want %q: %s", err, c.refusal, c.reason)
			}
		})
	}
}

func TestIsLabel(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		want   bool
	}{
		"acme":                  {"a word", true},
		"a":                     {"a letter", true},
		"7-up":                  {"digits and hyphens", true},
		strings.Repeat("a", 63): {"as long as DNS has it", true},
		strings.Repeat("a", 64): {"longer than DNS has it", false},
		"":                      {"nothing", false},
		"-acme":                 {"a hyphen at the start", false},
		"acme-":                 {"a hyphen at the end", false},
		"ac.me":                 {"two labels", false},
		"acme\n":                {"a line", false},
		"acmé":                  {"not ASCII", false},
		"acme/..":               {"a path", false},
	}
	for s, c := range cases {
		if identity.IsLabel(s) != c.want {
			t.Errorf("IsLabel(%q) = %t: %s", s, !c.want, c.reason)
		}
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	got, err := identity.Header("ada@example.com", "t0ken")
	if err != nil || got.Reveal() != "Token t0ken,user_email=ada@example.com" {
		t.Errorf("Header = %q, %v", got.Reveal(), err)
	}
	if _, err := identity.Header("ada@example.com", "t0ken,user_email=root@example.com"); err == nil {
		t.Error("a token that brings an email of its own was taken")
	}
}

// Whatever the header holds, what goes on is one line, and no error repeats it.
func FuzzFromRequest(f *testing.F) {
	f.Add("Token t0ken,user_email=ada@example.com", "")
	f.Add(basic("ada@example.com:t0ken"), "")
	f.Add("Bearer t0ken", "ada@example.com")
	f.Add("Basic "+strings.Repeat("A", 99), "@")
	f.Fuzz(func(t *testing.T, header, email string) {
		h := http.Header{"Authorization": {header}, identity.EmailHeader: {email}}
		caller, err := identity.FromRequest(h, one)
		if err != nil {
			if len(header) > 12 && strings.Contains(err.Error(), header) {
				t.Errorf("the error repeats the credential: %v", err)
			}
			return
		}
		goesOn := caller.Authorization.Reveal()
		if goesOn != header && strings.ContainsAny(goesOn, "\r\n\x00") {
			t.Errorf("the header %q became %q", header, goesOn)
		}
		if !strings.Contains(caller.Email, "@") || strings.ContainsAny(caller.Email, " ,\"\r\n") {
			t.Errorf("the email is %q", caller.Email)
		}
	})
}
