package config

import (
	"math"
	"net/url"
	"slices"
	"time"
)

// setting is one row of the table.
type setting struct {
	// flag and env are its two names.
	flag, env string
	// initial is the default, in the form that a user would write; it may be empty.
	initial string
	// about says what it is for, in one sentence.
	about string
	kind
}

// settings returns the table.
func settings() []setting {
	return slices.Concat(upstream(), limits(), requests(), calls(), serving(), sandbox())
}

// upstream is where the data comes from, and how long it is kept.
func upstream() []setting {
	return []setting{
		{"tenant", "CCUBE_TENANT", "", "The tenant to serve: the word before .inc.construction.",
			name(func(c *Config) *[]string { return &c.Names })},
		{"tenants", "CCUBE_TENANTS", "", "The tenants to serve, in place of one; a request then names its own in X-CCUBE-Tenant.",
			names(func(c *Config) *[]string { return &c.Names })},
		{"base-url", "CCUBE_BASE_URL", "", "The address of the only tenant, in place of https://{tenant}.inc.construction.",
			webAddress(func(c *Config) **url.URL { return &c.BaseURL })},
		{"redis-url", "REDIS_URL", "", "The Redis that replicas share. Without it each has a store of its own, in memory.",
			redisURL()},
		{"lookup-ttl", "LOOKUP_TTL", "10m", "How long lookup lists are kept, such as stages; 0 turns it off.",
			duration(0, 24*time.Hour, func(c *Config) *time.Duration { return &c.LookupTTL })},
		{"snapshot-ttl", "SNAPSHOT_TTL", "10s", "How long whole lists are kept for the caller who read them; 0 turns it off.",
			duration(0, time.Hour, func(c *Config) *time.Duration { return &c.SnapshotTTL })},
		{"snapshot-max-bytes", "SNAPSHOT_MAX_BYTES", "256MiB", "How much memory all kept lists together may take; the oldest go first.",
			size(mib, 1<<20*mib, func(c *Config) *int64 { return &c.SnapshotMaxBytes })},
		{"walk-concurrency", "WALK_CONCURRENCY", "32", "How many pages of a list are read from CCUBE at once, within UPSTREAM_IN_FLIGHT.",
			integer(1, 64, func(c *Config) *int { return &c.WalkConcurrency })},
		{"page-size", "PAGE_SIZE", "100", "How many rows a page is asked to have where a whole list is read.",
			integer(10, 1000, func(c *Config) *int { return &c.PageSize })},
	}
}

// limits is how long things may take, and how often they may be done.
func limits() []setting {
	return []setting{
		{"request-timeout", "REQUEST_TIMEOUT", "30s", "How long a client's request may take.",
			duration(time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.RequestTimeout })},
		{"max-calls", "MAX_CALLS_PER_OPERATION", "2000", "How many calls to CCUBE one operation may cost.",
			integer(1, 1_000_000, func(c *Config) *int { return &c.MaxCalls })},
		{"rate-limit", "RATE_LIMIT", "0", "How many calls to CCUBE one credential may ask for in a minute, over all replicas that share a Redis; 0 is no limit.",
			integer(0, 1_000_000, func(c *Config) *int { return &c.RateLimit })},
		{"sign-in-limit", "SIGN_IN_LIMIT", "10", "How many attempts to sign in one address may make in a minute with one email; 0 is no limit.",
			integer(0, 1_000_000, func(c *Config) *int { return &c.SignInLimit })},
		{"drain-delay", "DRAIN_DELAY", "1s", "How long requests are still taken after SIGTERM, while /readyz says no, so that load balancers see it.",
			duration(0, time.Hour, func(c *Config) *time.Duration { return &c.DrainDelay })},
		{"drain-timeout", "DRAIN_TIMEOUT", "30s", "How long running requests may go on after SIGTERM, the delay included.",
			duration(0, time.Hour, func(c *Config) *time.Duration { return &c.DrainTimeout })},
	}
}

// calls is what a call to CCUBE may take, and what becomes of one that fails.
func calls() []setting {
	return []setting{
		{"upstream-timeout", "UPSTREAM_TIMEOUT", "20s", "How long each call to CCUBE may take, its answer's body included.",
			duration(time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.UpstreamTimeout })},
		{"upstream-dial-timeout", "UPSTREAM_DIAL_TIMEOUT", "5s", "How long a connection to CCUBE may take to be made.",
			duration(time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.UpstreamDialTimeout })},
		{"upstream-tls-timeout", "UPSTREAM_TLS_TIMEOUT", "5s", "How long its TLS handshake may take.",
			duration(time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.UpstreamTLSTimeout })},
		{"upstream-header-timeout", "UPSTREAM_HEADER_TIMEOUT", "15s", "How long CCUBE may take to begin an answer.",
			duration(time.Millisecond, time.Hour, func(c *Config) *time.Duration { return &c.UpstreamHeaderTimeout })},
		{"upstream-max-body", "UPSTREAM_MAX_BODY", "64MiB", "How large an answer of CCUBE may be, decompressed.",
			size(kib, 4096*mib, func(c *Config) *int64 { return &c.UpstreamMaxBody })},
		{"upstream-in-flight", "UPSTREAM_IN_FLIGHT", "32", "How many calls to one tenant's CCUBE may be under way; its callers take turns for more.",
			integer(1, 10_000, func(c *Config) *int { return &c.UpstreamInFlight })},
		{"upstream-retries", "UPSTREAM_RETRIES", "6", "How often a read is tried again that met a broken connection, 429, 502, 503 or 504; a write never is.",
			integer(0, 20, func(c *Config) *int { return &c.UpstreamRetries })},
		{"upstream-rest", "UPSTREAM_REST", "5s", "How long a tenant's CCUBE is left alone once calls to it have failed in a row; 0 turns it off.",
			duration(0, time.Hour, func(c *Config) *time.Duration { return &c.UpstreamRest })},
	}
}

// serving is how the process presents itself.
func serving() []setting {
	return []setting{
		{"addr", "ADDR", "127.0.0.1:8080", "Where to listen.",
			hostPort(func(c *Config) *string { return &c.Addr })},
		{"admin-addr", "ADMIN_ADDR", "", "Where to listen for operators: /metrics and /debug/pprof/. It asks for no credential; without it there is none.",
			hostPort(func(c *Config) *string { return &c.AdminAddr })},
		{"otlp-endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "", "Where traces are sent, by OTLP over HTTP: the address before /v1/traces. Without it there are none.",
			webAddress(func(c *Config) **url.URL { return &c.TraceEndpoint })},
		{"log-level", "LOG_LEVEL", "info", "The least level that is logged.",
			logLevel()},
		{"log-format", "LOG_FORMAT", "text", "The form of the log's lines.",
			choice(func(c *Config) *string { return &c.LogFormat }, "text", "json")},
		{"introspection", "INTROSPECTION", "true", "Whether questions about the schema are answered; the IDE needs them.",
			boolean(func(c *Config) *bool { return &c.Introspection })},
		{"playground", "PLAYGROUND", "true", "Whether the IDE is served at /.",
			boolean(func(c *Config) *bool { return &c.Playground })},
		{"apq", "APQ", "true", "Whether documents that clients send with their hash are kept, to be named by it (automatic persisted queries).",
			boolean(func(c *Config) *bool { return &c.APQ })},
		{"trusted-documents", "TRUSTED_DOCUMENTS", "", "Documents that requests may name: a manifest of Relay, Apollo or graphql-codegen, or a folder.",
			file(func(c *Config) *string { return &c.TrustedDocuments })},
		{"trusted-documents-only", "TRUSTED_DOCUMENTS_ONLY", "false", "Whether nothing is answered but trusted documents.",
			boolean(func(c *Config) *bool { return &c.TrustedDocumentsOnly })},
		{"read-only", "READ_ONLY", "false", "Leave mutations out of the schema, but for signing in.",
			boolean(func(c *Config) *bool { return &c.ReadOnly })},
		{"fast-path", "FAST_PATH", "true", "Answer by selections compiled once a document, over lean connections; false takes gqlgen's executor and net/http's.",
			boolean(func(c *Config) *bool { return &c.FastPath })},
	}
}

// sandbox is the embedded CCUBE.
func sandbox() []setting {
	return []setting{
		{"sandbox", "SANDBOX", "false", "Serve an embedded CCUBE with made-up data, in place of a tenant.",
			boolean(func(c *Config) *bool { return &c.Sandbox.On })},
		{"sandbox-projects", "SANDBOX_PROJECTS", "200", "How many projects the sandbox has.",
			integer(1, 25_000, func(c *Config) *int { return &c.Sandbox.Projects })},
		{"sandbox-seed", "SANDBOX_SEED", "1", "What the sandbox's data is made from: equal seeds make equal data.",
			integer(math.MinInt64, math.MaxInt64, func(c *Config) *int64 { return &c.Sandbox.Seed })},
		{"sandbox-paging", "SANDBOX_PAGING", "honoured", "How the sandbox treats page and per_page.",
			paging()},
		{"sandbox-latency", "SANDBOX_LATENCY", "0s", "How long the sandbox waits before each answer.",
			duration(0, time.Minute, func(c *Config) *time.Duration { return &c.Sandbox.Latency })},
		{"sandbox-error-rate", "SANDBOX_ERROR_RATE", "0", "Which part of the sandbox's answers are errors.",
			fraction(func(c *Config) *float64 { return &c.Sandbox.ErrorRate })},
		{"sandbox-rate-limit", "SANDBOX_RATE_LIMIT", "0", "How many calls a minute the sandbox lets a user make; 0 is no limit.",
			integer(0, 1_000_000, func(c *Config) *int { return &c.Sandbox.RateLimit })},
	}
}
