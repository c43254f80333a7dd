package identity_test

import (
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// However a token is written, it has one quota; another token or tenant has another.
func TestQuota(t *testing.T) {
	t.Parallel()
	acme := identity.Tenant{Name: "acme", Base: "https://acme.example.com"}
	const email = "ann@example.com"
	quota := func(tenant identity.Tenant, authorization string) string {
		return identity.New(tenant, email, identity.Secret(authorization)).Quota()
	}
	want := quota(acme, "Token secret-token,user_email=ann@example.com")
	for _, same := range []string{
		"token   secret-token , user_email=ann@example.com", `Token token="secret-token", user_email="ann@example.com"`,
		"Token secret-token;a=b,user_email=bob@example.com", "Token secret-token,user_email=ann@example.com;x",
	} {
		if got := quota(acme, same); got != want {
			t.Errorf("%q has a quota of its own", same)
		}
	}
	if quota(acme, "Token other-token,user_email=ann@example.com") == want {
		t.Error("two tokens have one quota")
	}
	if quota(identity.Tenant{Name: "bolt"}, "Token secret-token,user_email=ann@example.com") == want {
		t.Error("two tenants have one quota")
	}
	// Replicas agree on it, and it tells nothing.
	if want != "c2c58d75cb43499e0338c12e3a184027" || strings.Contains(want, "secret") {
		t.Errorf("the quota is %s", want)
	}
}
