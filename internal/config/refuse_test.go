package config_test

import (
	"strings"
	"testing"
)

func TestBadValuesAreNamed(t *testing.T) {
	t.Parallel()
	bad := map[string][]string{
		"tenant":                 {"Acme", "acme.evil.com", "-a", "a,b", "a/b", strings.Repeat("a", 64)},
		"tenants":                {",", "acme,", "acme,acme", "acme,Bolt", "acme;bolt"},
		"base-url":               {"acme.inc.construction", "ftp://acme", "https://", "https://h?x=1", "https://h?", "https://h#f", "https://h:0", "https://h:", "http://:80", "http://[", "mailto:h"},
		"lookup-ttl":             {"10", "-1s", "25h", "soon"},
		"snapshot-ttl":           {"10", "-1s", "61m"},
		"snapshot-max-bytes":     {"0", "1KiB", "-1", "much"},
		"walk-concurrency":       {"0", "65", "8.5", "eight"},
		"page-size":              {"9", "1001", "ten"},
		"request-timeout":        {"0", "30", "2h"},
		"upstream-timeout":       {"0s", "20"},
		"upstream-max-body":      {"0", "5GiB", "64MB", "-1KiB", "9223372036854775807MiB", "8192MiB"},
		"max-body":               {"1023", "1025MiB", "MiB", "9007199254740993KiB"},
		"max-calls":              {"0", "many"},
		"rate-limit":             {"-1", "1000001", "60/m"},
		"sign-in-limit":          {"-1", "ten"},
		"drain-timeout":          {"-1s", "30"},
		"addr":                   {"8080", "localhost", "localhost:http", "localhost:65536", "::1:80"},
		"apq":                    {"maybe"},
		"trusted-documents":      {" persisted.json"},
		"trusted-documents-only": {"yes"},
		"admin-addr":             {"9090", "localhost:metrics"},
		"otlp-endpoint":          {"collector:4318", "grpc://collector:4317", "http://collector:4318?token=1"},
		"log-level":              {"trace", "INFO"},
		"log-format":             {"xml"},
		"introspection":          {"yes"},
		"playground":             {"off"},
		"fast-path":              {"slow"},
		"read-only":              {"READ"},
		"sandbox":                {"maybe"},
		"sandbox-projects":       {"0", "25001"},
		"sandbox-seed":           {"x", "9223372036854775808"},
		"sandbox-paging":         {"honored", "capped", "capped:", "capped:0", "capped:x", "ignored:1"},
		"sandbox-latency":        {"-1s", "2m", "5"},
		"sandbox-error-rate":     {"-0.1", "1.1", "NaN", "half"},
		"sandbox-rate-limit":     {"-1", "x"},

		"upstream-dial-timeout":   {"0s", "5"},
		"upstream-tls-timeout":    {"0s", "5"},
		"upstream-header-timeout": {"0s", "15"},
		"upstream-in-flight":      {"0", "10001", "few"},
		"upstream-retries":        {"-1", "21", "often"},
		"drain-delay":             {"-1s", "2h", "5"},
		"upstream-rest":           {"-1s", "2h", "5"},

		"max-headers":      {"9", "10001"},
		"max-header-bytes": {"1023", "2MiB"},
		"max-tokens":       {"0", "15001"},
		"max-depth":        {"0", "101", "deep"},
		"max-fields":       {"0", "5001"},
		"max-root-fields":  {"0", "1001"},
		"max-aliases":      {"0", "5001"},
		"max-directives":   {"0", "5001"},
		"max-list":         {"0", "100001"},
		"max-name":         {"0", "10001"},
		"max-errors":       {"0", "10001"},
		"max-answer":       {"1023", "1025MiB"},
	}
	for name, o := range other {
		if len(bad[name]) == 0 && name != "redis-url" {
			t.Errorf("no bad value of -%s is tried", name)
		}
		for _, value := range bad[name] {
			t.Run(name+"="+value, func(t *testing.T) {
				t.Parallel()
				_, err := parse(base(name), "-"+name+"="+value)
				if err == nil {
					t.Fatal("it is accepted")
				}
				text := err.Error()
				for _, want := range []string{"cannot use", "-" + name + " ", "(" + o.env + ")", `"` + value + `"`, "it takes "} {
					if !strings.Contains(text, want) {
						t.Errorf("the error lacks %q: %s", want, text)
					}
				}
				if strings.Contains(text, "\n") {
					t.Errorf("one bad value gives several errors: %s", text)
				}
			})
		}
	}
}

func TestBadValuesAreToldTogether(t *testing.T) {
	t.Parallel()
	_, err := parse(map[string]string{"LOG_LEVEL": "loud", "SANDBOX_SEED": "x"}, "-page-size=1", "-max-body=1GB", "-tenant=A")
	if err == nil {
		t.Fatal("all is accepted")
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 5 {
		t.Errorf("five settings are bad, %d are told of:\n%v", len(lines), err)
	}
}

func TestSecretsAreNotQuoted(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		args   []string
	}{
		"no scheme":      {"a password is no less one without a scheme", []string{"-redis-url=:hunter2@cache:6379"}},
		"bad port":       {"the parser's own error would quote it", []string{"-redis-url=redis://:hunter2@cache:port"}},
		"bad escape":     {"the same", []string{"-redis-url=redis://:hunter2%zz@cache"}},
		"credential":     {"base addresses have no user", []string{"-base-url=https://me:hunter2@acme"}},
		"flag misspelt":  {"an unknown flag's value may be a secret", []string{"-redis-uri=redis://:hunter2@cache"}},
		"too many signs": {"package flag would quote it whole", []string{"---redis-url=redis://:hunter2@cache"}},
		"stray space":    {"an argument may be a flag's value", []string{"-redis-url", "=", "redis://:hunter2@cache"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(map[string]string{"CCUBE_TENANT": "acme"}, c.args...)
			if err == nil {
				t.Fatal("it is accepted")
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the password is quoted, but %s: %v", c.reason, err)
			}
		})
	}
}

func TestBadRedisAddressIsNamed(t *testing.T) {
	t.Parallel()
	_, err := parse(map[string]string{"CCUBE_TENANT": "acme", "REDIS_URL": "http://cache"})
	if err == nil {
		t.Fatal("it is accepted")
	}
	for _, want := range []string{"-redis-url (REDIS_URL)", "not shown", "redis://"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}

func TestWhoseDataIsServedIsNeverAmbiguous(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		env    map[string]string
		args   []string
		want   []string
	}{
		"nothing": {
			"made-up data is never served by accident", nil, nil,
			[]string{"cannot start", "CCUBE_TENANT", "CCUBE_TENANTS", "CCUBE_BASE_URL", "-sandbox"},
		},
		"sandbox off": {
			"saying no to it is not saying whom to serve", map[string]string{"SANDBOX": "false"}, nil,
			[]string{"cannot start"},
		},
		"tenant twice": {
			"one of the two would be ignored", map[string]string{"CCUBE_TENANTS": "a,b"}, []string{"-tenant=c"},
			[]string{"-tenant (CCUBE_TENANT)", "-tenants (CCUBE_TENANTS)"},
		},
		"one address, several tenants": {
			"all would read the same data", nil, []string{"-tenants=a,b", "-base-url=http://h"},
			[]string{"-base-url (CCUBE_BASE_URL)", "one address serves one tenant"},
		},
		"sandbox and tenant": {
			"a variable that was forgotten must not be hidden", map[string]string{"CCUBE_TENANT": "acme"}, []string{"-sandbox"},
			[]string{"-sandbox (SANDBOX)", "-tenant (CCUBE_TENANT)"},
		},
		"sandbox and tenants": {
			"the same", nil, []string{"-sandbox", "-tenants=a,b"}, []string{"-tenants (CCUBE_TENANTS)"},
		},
		"sandbox and address": {
			"the same", nil, []string{"-sandbox", "-base-url=http://h"}, []string{"-base-url (CCUBE_BASE_URL)"},
		},
		"unknown flag": {"a typo must not start with defaults", nil, []string{"-tennant=acme"}, []string{"cannot read", "-tennant", "-help"}},
		"no value":     {"nor this", nil, []string{"-tenant"}, []string{"cannot read", "-tenant"}},
		"argument": {
			"-sandbox false would turn it on", nil, []string{"-sandbox", "false"},
			[]string{"cannot use argument 2", "need a ="},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(c.env, c.args...)
			if err == nil {
				t.Fatalf("it is accepted, but %s", c.reason)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error lacks %q: %v", want, err)
				}
			}
		})
	}
}
