package identity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	const text = "s3cr3t-t0ken"
	hidden := []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("%X", text)}
	secret := identity.Secret(text)
	holder := struct {
		Secret  identity.Secret
		Pointer *identity.Secret
		List    []identity.Secret
		Map     map[string]identity.Secret
	}{secret, &secret, []identity.Secret{secret}, map[string]identity.Secret{"a": secret}}
	caller := identity.New(identity.Tenant{Name: "acme"}, "ada@example.com", secret)

	for name, thing := range map[string]any{"itself": secret, "a struct": holder, "a caller": caller, "an address": &caller} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check := func(way, shown string) {
				for _, h := range hidden {
					if strings.Contains(shown, h) {
						t.Errorf("%s shows the secret: %s", way, shown)
					}
				}
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t", "%c", "%T"} {
				check(verb, fmt.Sprintf(verb, thing))
			}
			encoded, err := json.Marshal(thing)
			if err != nil {
				t.Fatal(err)
			}
			check("JSON", string(encoded))
			var log bytes.Buffer
			slog.New(slog.NewTextHandler(&log, nil)).Info("x", "thing", thing)
			slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "thing", thing)
			check("slog", log.String())
			check("an error", fmt.Errorf("cannot: %v", thing).Error())
		})
	}
	if secret.String() != "***" || secret.Reveal() != text {
		t.Errorf("String() = %s, Reveal() = %s", secret.String(), secret.Reveal())
	}
}
