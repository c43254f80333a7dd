package telemetry_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/telemetry"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for format, reads := range map[string]func(string) bool{
		"text": func(line string) bool { return strings.Contains(line, "level=WARN msg=hello n=1") },
		"json": func(line string) bool {
			var v struct {
				Level, Msg string
				N          int
			}
			return json.Unmarshal([]byte(line), &v) == nil && v.Level == "WARN" && v.Msg == "hello" && v.N == 1
		},
	} {
		var out bytes.Buffer
		log := telemetry.NewLogger(&out, slog.LevelWarn, format)
		log.Info("too quiet")
		log.Warn("hello", "n", 1)
		if !reads(out.String()) || strings.Contains(out.String(), "quiet") {
			t.Errorf("%s: %s", format, &out)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		secret := identity.Secret("t0psecret")
		telemetry.NewLogger(&out, slog.LevelInfo, format).Info("a call", "with", secret, "in", struct{ S identity.Secret }{secret})
		if strings.Contains(out.String(), "t0psecret") || !strings.Contains(out.String(), "***") {
			t.Errorf("%s: %s", format, &out)
		}
	}
}

func TestVersionNamesGo(t *testing.T) {
	t.Parallel()
	if v := telemetry.ThisBuild().String(); !strings.Contains(v, runtime.Version()) {
		t.Errorf("the version is %q", v)
	}
}
