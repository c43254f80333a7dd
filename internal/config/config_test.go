package config_test

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/ccube-graphql/ccube-graphql/internal/config"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// parse is Parse with an environment made of a map.
func parse(env map[string]string, args ...string) (config.Config, error) {
	return config.Parse(args, func(name string) string { return env[name] })
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	got, err := parse(nil, "-tenant=acme")
	if err != nil {
		t.Fatal(err)
	}
	want := config.Config{
		Addr: "127.0.0.1:8080", Names: []string{"acme"},
		LookupTTL: 10 * time.Minute, SnapshotTTL: 10 * time.Second, SnapshotMaxBytes: 256 << 20,
		WalkConcurrency: 32, PageSize: 100,
		RequestTimeout: 30 * time.Second, UpstreamTimeout: 20 * time.Second,
		UpstreamDialTimeout: 5 * time.Second, UpstreamTLSTimeout: 5 * time.Second, UpstreamHeaderTimeout: 15 * time.Second,
		UpstreamInFlight: 32, UpstreamRetries: 6, UpstreamRest: 5 * time.Second,
		UpstreamMaxBody: 64 << 20, MaxBody: 1 << 20, MaxHeaderBytes: 32 << 10, MaxHeaders: 100, MaxCalls: 2000,
		Limits: config.Limits{
			Tokens: 1000, Depth: 10, Fields: 200, RootFields: 20, Aliases: 15, Directives: 50, List: 1000, Name: 128, Errors: 100,
			AnswerBytes: 32 << 20,
		},
		SignInLimit: 10, DrainDelay: time.Second, DrainTimeout: 30 * time.Second,
		LogLevel: slog.LevelInfo, LogFormat: "text", Introspection: true, Playground: true, APQ: true, FastPath: true,
		Sandbox: config.Sandbox{Projects: 200, Seed: 1, Paging: config.Paging{Mode: config.PagingHonoured}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

// every setting, with a value that is not its default, as flag and variable.
var other = map[string]struct{ env, value string }{
	"tenant":                 {"CCUBE_TENANT", "acme"},
	"tenants":                {"CCUBE_TENANTS", "acme, bolt"},
	"base-url":               {"CCUBE_BASE_URL", "https://acme.example.com:8443/ccube/"},
	"redis-url":              {"REDIS_URL", "rediss://u:pass-word@cache.example.com/2"},
	"lookup-ttl":             {"LOOKUP_TTL", "0"},
	"snapshot-ttl":           {"SNAPSHOT_TTL", "1m"},
	"snapshot-max-bytes":     {"SNAPSHOT_MAX_BYTES", "16MiB"},
	"walk-concurrency":       {"WALK_CONCURRENCY", "64"},
	"page-size":              {"PAGE_SIZE", "10"},
	"request-timeout":        {"REQUEST_TIMEOUT", "250ms"},
	"upstream-timeout":       {"UPSTREAM_TIMEOUT", "5s"},
	"upstream-max-body":      {"UPSTREAM_MAX_BODY", "512KiB"},
	"max-body":               {"MAX_BODY", "4096"},
	"max-calls":              {"MAX_CALLS_PER_OPERATION", "1"},
	"rate-limit":             {"RATE_LIMIT", "6000"},
	"sign-in-limit":          {"SIGN_IN_LIMIT", "0"},
	"drain-timeout":          {"DRAIN_TIMEOUT", "0s"},
	"addr":                   {"ADDR", ":0"},
	"admin-addr":             {"ADMIN_ADDR", "127.0.0.1:0"},
	"otlp-endpoint":          {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/"},
	"log-level":              {"LOG_LEVEL", "debug"},
	"log-format":             {"LOG_FORMAT", "json"},
	"introspection":          {"INTROSPECTION", "false"},
	"playground":             {"PLAYGROUND", "0"},
	"apq":                    {"APQ", "false"},
	"trusted-documents":      {"TRUSTED_DOCUMENTS", "persisted.json"},
	"trusted-documents-only": {"TRUSTED_DOCUMENTS_ONLY", "true"},
	"read-only":              {"READ_ONLY", "1"},
	"fast-path":              {"FAST_PATH", "false"},
	"sandbox":                {"SANDBOX", "true"},
	"sandbox-projects":       {"SANDBOX_PROJECTS", "25000"},
	"sandbox-seed":           {"SANDBOX_SEED", "-7"},
	"sandbox-paging":         {"SANDBOX_PAGING", "capped:50"},
	"sandbox-latency":        {"SANDBOX_LATENCY", "20ms"},
	"sandbox-error-rate":     {"SANDBOX_ERROR_RATE", "0.25"},
	"sandbox-rate-limit":     {"SANDBOX_RATE_LIMIT", "60"},
	"max-headers":            {"MAX_HEADERS", "50"},
	"max-header-bytes":       {"MAX_HEADER_BYTES", "8KiB"},
	"max-tokens":             {"MAX_TOKENS", "3000"},
	"max-depth":              {"MAX_DEPTH", "6"},
	"max-fields":             {"MAX_FIELDS", "500"},
	"max-root-fields":        {"MAX_ROOT_FIELDS", "5"},
	"max-aliases":            {"MAX_ALIASES", "30"},
	"max-directives":         {"MAX_DIRECTIVES", "10"},
	"max-list":               {"MAX_LIST", "250"},
	"max-name":               {"MAX_NAME", "64"},
	"max-errors":             {"MAX_ERRORS", "10"},
	"max-answer":             {"MAX_ANSWER", "8MiB"},

	"upstream-dial-timeout":   {"UPSTREAM_DIAL_TIMEOUT", "1s"},
	"upstream-tls-timeout":    {"UPSTREAM_TLS_TIMEOUT", "1s"},
	"upstream-header-timeout": {"UPSTREAM_HEADER_TIMEOUT", "1s"},
	"upstream-in-flight":      {"UPSTREAM_IN_FLIGHT", "64"},
	"upstream-retries":        {"UPSTREAM_RETRIES", "0"},
	"drain-delay":             {"DRAIN_DELAY", "0s"},
	"upstream-rest":           {"UPSTREAM_REST", "0"},
}

// base is what a setting needs beside it, so that it can be tried alone.
func base(name string) map[string]string {
	switch name {
	case "tenant", "tenants", "base-url", "sandbox":
		return map[string]string{}
	case "trusted-documents-only":
		return map[string]string{"CCUBE_TENANT": "needed", "TRUSTED_DOCUMENTS": "persisted.json"}
	}
	return map[string]string{"CCUBE_TENANT": "needed"}
}

func TestEverySettingIsFlagAndVariable(t *testing.T) {
	t.Parallel()
	for name, o := range other {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, _ := parse(base(name))
			byFlag, err := parse(base(name), "-"+name+"="+o.value)
			if err != nil {
				t.Fatalf("by flag: %v", err)
			}
			env := base(name)
			env[o.env] = o.value
			byEnv, err := parse(env)
			if err != nil {
				t.Fatalf("by variable: %v", err)
			}
			if diff := cmp.Diff(byFlag, byEnv); diff != "" {
				t.Errorf("flag and variable differ (-flag +variable):\n%s", diff)
			}
			if cmp.Equal(plain, byFlag) {
				t.Error("the setting changes nothing")
			}
		})
	}
}

func TestEverySettingIsDocumented(t *testing.T) {
	t.Parallel()
	table, usage := config.Table(), config.Usage()
	for name, o := range other {
		if want := fmt.Sprintf("| `-%s` | `%s` |", name, o.env); strings.Count(table, want) != 1 {
			t.Errorf("the table has %q %d times, want once", want, strings.Count(table, want))
		}
		if want := fmt.Sprintf("  -%s, %s", name, o.env); !strings.Contains(usage, want) {
			t.Errorf("the usage lacks %q", want)
		}
	}
	if rows := strings.Count(table, "\n") - 2; rows != len(other) {
		t.Errorf("the table has %d settings, the tests know %d", rows, len(other))
	}
	for line := range strings.Lines(strings.TrimSuffix(table, "\n")) {
		if strings.Count(line, "|")-strings.Count(line, `\|`) != 6 {
			t.Errorf("not five cells: %s", line)
		}
	}
	for line := range strings.Lines(usage) {
		if len(line) > 101 && strings.Count(strings.TrimSpace(line), " ") > 0 {
			t.Errorf("the usage has a line of %d characters: %s", len(line), line)
		}
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		env    map[string]string
		args   []string
		want   int
	}{
		"default":  {"nothing is set", nil, nil, 100},
		"variable": {"a variable beats the default", map[string]string{"PAGE_SIZE": "200"}, nil, 200},
		"flag":     {"a flag beats the variable", map[string]string{"PAGE_SIZE": "200"}, []string{"-page-size=300"}, 300},
		"flag hides a bad variable": {
			"what is not used is not judged", map[string]string{"PAGE_SIZE": "many"}, []string{"-page-size", "300"}, 300,
		},
		"empty variable": {"compose files set variables to nothing", map[string]string{"PAGE_SIZE": ""}, nil, 100},
		"empty flag":     {"it undoes the variable", map[string]string{"PAGE_SIZE": "200"}, []string{"-page-size="}, 100},
		"last flag":      {"a flag given twice means the last", nil, []string{"-page-size=20", "-page-size=30"}, 30},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := parse(c.env, append(c.args, "-tenant=acme")...)
			if err != nil {
				t.Fatal(err)
			}
			if got.PageSize != c.want {
				t.Errorf("PageSize = %d, want %d: %s", got.PageSize, c.want, c.reason)
			}
		})
	}
}

func TestTenants(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		args   []string
		want   identity.Tenants
	}{
		"one":     {"the common case", []string{"-tenant=acme"}, identity.Tenants{Names: []string{"acme"}}},
		"several": {"spaces are for reading", []string{"-tenants=acme, bolt"}, identity.Tenants{Names: []string{"acme", "bolt"}}},
		"address alone": {
			"the first label names the tenant", []string{"-base-url=https://acme.inc.construction/"},
			identity.Tenants{Names: []string{"acme"}, Base: "https://acme.inc.construction"},
		},
		"address in capitals": {
			"hosts have no case", []string{"-base-url=https://ACME.example.com"},
			identity.Tenants{Names: []string{"acme"}, Base: "https://ACME.example.com"},
		},
		"address of digits": {
			"an IP address names nobody", []string{"-base-url=http://127.0.0.1:9000"},
			identity.Tenants{Names: []string{"ccube"}, Base: "http://127.0.0.1:9000"},
		},
		"address of version 6": {
			"nor does this", []string{"-base-url=http://[::1]:9000"},
			identity.Tenants{Names: []string{"ccube"}, Base: "http://[::1]:9000"},
		},
		"address with no label": {
			"an underscore is in no tenant's name", []string{"-base-url=http://ccube_proxy"},
			identity.Tenants{Names: []string{"ccube"}, Base: "http://ccube_proxy"},
		},
		"address and name": {
			"the name wins over the host", []string{"-base-url=http://proxy:80/acme//", "-tenant=acme"},
			identity.Tenants{Names: []string{"acme"}, Base: "http://proxy:80/acme"},
		},
		"sandbox": {
			"its address leads nowhere", []string{"-sandbox"},
			identity.Tenants{Names: []string{"sandbox"}, Base: "http://sandbox.invalid"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := parse(nil, c.args...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Tenants()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	if _, err := parse(nil, "-help"); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-help gives %v, want flag.ErrHelp", err)
	}
	if c, err := parse(nil, "-version"); err != nil || !c.Version {
		t.Errorf("-version gives Version %t and %v; it needs no tenant", c.Version, err)
	}
	if c, err := parse(nil, "-print-schema", "-read-only"); err != nil || !c.PrintSchema || !c.ReadOnly {
		t.Errorf("-print-schema -read-only gives %t, %t and %v; it needs no tenant", c.PrintSchema, c.ReadOnly, err)
	}
	if c, err := parse(map[string]string{"ADDR": ":9"}, "-healthcheck"); err != nil || !c.HealthCheck || c.Addr != ":9" {
		t.Errorf("-healthcheck gives %t, %s and %v; it needs no tenant", c.HealthCheck, c.Addr, err)
	}
	if _, err := parse(nil, "-print-schema", "-read-only=maybe"); err == nil {
		t.Error("-print-schema takes a setting that is wrong")
	}
}

func TestConfigIsSafeToPrint(t *testing.T) {
	t.Parallel()
	c, err := parse(nil, "-tenant=acme", "-redis-url=redis://:hunter2@cache")
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(form, c); strings.Contains(got, "hunter2") {
			t.Errorf("%s shows the password: %s", form, got)
		}
	}
}

func ExampleParse() {
	_, err := config.Parse([]string{"-page-size=5"}, func(name string) string {
		return map[string]string{"CCUBE_TENANT": "acme", "LOG_LEVEL": "loud"}[name]
	})
	fmt.Println(err)
	// Output:
	// cannot use "5" as -page-size (PAGE_SIZE): it is too small; it takes a whole number from 10 to 1000
	// cannot use "loud" as -log-level (LOG_LEVEL): it is none of these; it takes debug, info, warn or error
}
