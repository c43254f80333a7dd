package ccube_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, answer string
		want           *ccube.Session
	}{
		"as in the reference": {
			"the header is ready to use",
			`{"user_token": "generated_token", "user_email": "your.email@example.com",
				"email": "your.email@example.com", "user_id": 1, "user_contact_id": 2}`,
			&ccube.Session{
				Token: "generated_token", Email: "your.email@example.com",
				Authorization: "Token generated_token,user_email=your.email@example.com",
				UserID:        val[ccube.ID](1), UserContactID: val[ccube.ID](2),
			},
		},
		"bare": {
			"the token is enough: the email is the one that was sent",
			`{"user_token": "generated_token", "user_id": "3", "user_contact_id": null}`,
			&ccube.Session{
				Token: "generated_token", Email: "ada@example.com",
				Authorization: "Token generated_token,user_email=ada@example.com", UserID: val[ccube.ID](3),
			},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := host(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				want := `{"user":{"email":"ada@example.com","password":"passw0rd\u003c\u0026\u003e123"}}`
				if string(body) != want || r.Method != "POST" || r.URL.RequestURI() != "/users/sign_in" {
					t.Errorf("%s %s with %s, want POST /users/sign_in with %s", r.Method, r.URL, body, want)
				}
				if _, ok := r.Header["Authorization"]; ok {
					t.Error("the sign-in carries a credential")
				}
				_, _ = io.WriteString(w, c.answer)
			})
			got, err := ccube.New(ccube.Options{}).
				SignIn(t.Context(), identity.Tenant{Name: "acme", Base: base}, "ada@example.com", password)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

// Whatever CCUBE answers, its echo included, neither password nor token is in an error or a trace.
func TestSignInFailuresKeepSecrets(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason  string
		status  int
		body    string
		want    fault.Kind
		message string
	}{
		"refused": {"the words are about this pair, not about a credential", 401, `{"error": "Locked"}`,
			fault.Unauthenticated, "CCUBE does not accept this email and password: Locked"},
		"refused with an echo": {"an echo is dropped whole", 422,
			`{"error": {"message": "passw0rd<&>123 is wrong", "details": {"password": "no"}}}`,
			fault.BadUserInput, "CCUBE does not take this request on signing in"},
		"refused with an echo in details": {"however it is escaped", 422,
			`{"error": {"message": "wrong", "details": {"password": ["passw0rd\u003c\u0026>123"]}}}`,
			fault.BadUserInput, "CCUBE does not take this request on signing in"},
		"no token": {"a session needs one", 200, `{"message": "welcome"}`,
			fault.UpstreamError, "CCUBE's answer on signing in is not the JSON that its reference promises"},
		"a token that is more than one": {"it would change the header", 200,
			`{"user_token": "s3cr3t-t0ken,user_email=root@example.com"}`,
			fault.UpstreamError, "CCUBE's answer on signing in is not the JSON that its reference promises"},
		"a broken answer": {"it may hold the token", 200, `{"user_token": "s3cr3t-t0ken"`,
			fault.UpstreamError, "CCUBE's answer on signing in is not the JSON that its reference promises"},
		"down": {"a sign-in changes nothing: it can be tried again", 502, "",
			fault.UpstreamUnavailable, "CCUBE is not available for signing in: try again later"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := ccube.WithTrace(t.Context(), func(call ccube.Call) {
				if call.Path != "/users/sign_in" {
					t.Errorf("the trace shows %q", call.Path)
				}
			})
			tenant := identity.Tenant{Name: "acme", Base: host(t, answer(c.status, nil, c.body))}
			_, err := ccube.New(ccube.Options{}).SignIn(ctx, tenant, "ada@example.com", password)
			e := failed(t, err)
			if e.Kind != c.want || e.Message != c.message {
				t.Errorf("the error is %s %q, want %s %q: %s", e.Kind, e.Message, c.want, c.message, c.reason)
			}
			for _, secret := range []string{"passw0rd", token} {
				if strings.Contains(err.Error(), secret) || strings.Contains(string(e.Details), secret) {
					t.Errorf("the error shows %s: %v %s", secret, err, e.Details)
				}
			}
		})
	}
}

func TestSignInIsNobodysVerdict(t *testing.T) {
	t.Parallel()
	verdict := func(identity.Partition) { t.Error("a sign-in says something of a credential") }
	client := ccube.New(ccube.Options{Accepted: verdict, Refused: verdict})
	tenant := identity.Tenant{Name: "acme", Base: host(t, answer(401, nil, ""))}
	if _, err := client.SignIn(t.Context(), tenant, "ada@example.com", ""); !errors.Is(err, fault.Unauthenticated) {
		t.Errorf("the error is %v, want UNAUTHENTICATED", err)
	}
}

func TestCreateUserKeepsThePassword(t *testing.T) {
	t.Parallel()
	api := serve(t, answer(422, nil, `{"error": {"message": "no", "details": {"password": ["passw0rd<&>123 is weak"]}}}`))
	_, err := api.CreateUser(t.Context(), newUser())
	if e := failed(t, err); e.Details != nil || e.Message != "CCUBE does not take this request on users" {
		t.Errorf("the error repeats the password: %q %s", e.Message, e.Details)
	}
}
