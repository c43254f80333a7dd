// Package config reads how the gateway is to run, from flags and environment variables.
//
// There is one table of settings. Each of them is a flag and a variable, with one default, one check and one
// explanation; flags, help, the README's table and error messages are all made from it, so they cannot differ. A flag
// wins over the variable, and the variable over the default. Whatever is wrong is told at once, by name and with what
// would be right; nothing is guessed or corrected, and no secret is ever quoted.
package config

import (
	"log/slog"
	"net/url"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Config is how the gateway runs. [Parse] makes it. It is safe to print: what is secret masks itself.
type Config struct {
	// Version asks for the version instead of a gateway.
	Version bool
	// PrintSchema asks for the schema as SDL instead of a gateway. It needs no tenant.
	PrintSchema bool
	// HealthCheck asks whether a gateway at Addr is healthy instead of a gateway. It needs no tenant.
	HealthCheck bool

	// Addr is the host:port to listen at.
	Addr string
	// AdminAddr is the host:port to listen at for operators; empty for no such port.
	AdminAddr string
	// TraceEndpoint is the address of an OTLP receiver; nil for no traces.
	TraceEndpoint *url.URL
	// Names are the tenants served, in the order given. Empty with the sandbox.
	Names []string
	// BaseURL is the fixed address of the only tenant; nil for https://{tenant}.inc.construction.
	BaseURL *url.URL

	// RedisURL is where the replicas' common store is; empty for a store in this process.
	RedisURL identity.Secret
	// LookupTTL is how long lookup lists are kept; 0 turns it off.
	LookupTTL time.Duration
	// SnapshotTTL is how long walked lists are kept for their caller; 0 turns it off.
	SnapshotTTL time.Duration
	// SnapshotMaxBytes bounds the memory of all kept lists together.
	SnapshotMaxBytes int64

	// WalkConcurrency is how many pages of a list are read at once.
	WalkConcurrency int
	// PageSize is how many rows a walk asks for per page.
	PageSize int
	// RequestTimeout bounds a client's request.
	RequestTimeout time.Duration
	// UpstreamTimeout bounds each call to CCUBE.
	UpstreamTimeout time.Duration
	// UpstreamDialTimeout, UpstreamTLSTimeout and UpstreamHeaderTimeout bound its steps.
	UpstreamDialTimeout, UpstreamTLSTimeout, UpstreamHeaderTimeout time.Duration
	// UpstreamInFlight is how many calls to one tenant may be under way.
	UpstreamInFlight int
	// UpstreamRetries is how often a read is tried again; 0 turns it off.
	UpstreamRetries int
	// UpstreamRest is how long a tenant's CCUBE is left alone once calls have failed in a row; 0 turns it off.
	UpstreamRest time.Duration
	// UpstreamMaxBody bounds each answer of CCUBE, in bytes.
	UpstreamMaxBody int64
	// MaxBody bounds the body of a client's request, MaxHeaderBytes its headers, in bytes; MaxHeaders how many these are.
	MaxBody, MaxHeaderBytes int64
	MaxHeaders              int
	// Limits bound the operation that it brings.
	Limits Limits
	// MaxCalls is how many calls to CCUBE one operation may cost.
	MaxCalls int
	// RateLimit is how many calls to CCUBE one credential may ask for in a minute; 0 is no limit.
	RateLimit int
	// SignInLimit is how many attempts to sign in one address may make in a minute with one email; 0 is no limit.
	SignInLimit int
	// DrainDelay is how long requests are still taken after a signal to end.
	DrainDelay time.Duration
	// DrainTimeout is how long requests that run may go on after a signal to end.
	DrainTimeout time.Duration

	// LogLevel is the least level that is logged.
	LogLevel slog.Level
	// LogFormat is text or json.
	LogFormat string
	// Introspection answers questions about the schema.
	Introspection bool
	// Playground serves the IDE at /.
	Playground bool
	// APQ keeps documents that clients send with their hash.
	APQ bool
	// TrustedDocuments is a file or folder of documents that requests may name; empty for none.
	TrustedDocuments string
	// TrustedDocumentsOnly answers nothing else.
	TrustedDocumentsOnly bool
	// ReadOnly serves no mutations but signing in.
	ReadOnly bool
	// FastPath writes answers without gqlgen's own executor, and serves ordinary requests without net/http's own server.
	FastPath bool

	// Sandbox is the embedded CCUBE.
	Sandbox Sandbox
}

// Limits are what an operation may be. Package graph says what is counted.
type Limits struct {
	// Tokens to Name bound the document and its variables, Errors and AnswerBytes the answer.
	Tokens, Depth, Fields, RootFields, Aliases, Directives, List, Name, Errors int
	// AnswerBytes bounds the data.
	AnswerBytes int64
}

// Sandbox is how the embedded CCUBE behaves. Only On matters while it is off.
type Sandbox struct {
	// On serves the embedded CCUBE in place of a tenant's.
	On bool
	// Projects is how many projects it has.
	Projects int
	// Seed makes its data; equal seeds make equal data.
	Seed int64
	// Paging is its habit of paging.
	Paging Paging
	// Latency is waited before each answer.
	Latency time.Duration
	// ErrorRate is the part of its answers that are errors, from 0 to 1.
	ErrorRate float64
	// RateLimit is how many calls a user may make in a minute; 0 is no limit.
	RateLimit int
}

// Paging is a habit of treating page and per_page.
type Paging struct {
	// Mode is one of the modes.
	Mode PagingMode
	// Cap is the most rows of a page; 0 unless the mode is PagingCapped.
	Cap int
}

// PagingMode is a way to treat page and per_page.
type PagingMode string

// The modes of paging.
const (
	// PagingHonoured pages as asked.
	PagingHonoured PagingMode = "honoured"
	// PagingIgnored answers every page with the whole list.
	PagingIgnored PagingMode = "ignored"
	// PagingCapped pages as asked, up to a number of rows.
	PagingCapped PagingMode = "capped"
)

const (
	// SandboxTenant is the name of the only tenant with the sandbox.
	SandboxTenant = "sandbox"
	// sandboxBase can have no address (RFC 2606): a call that misses the sandbox reaches nobody.
	sandboxBase = "http://sandbox.invalid"
)

// Tenants returns which tenants are served, and where. With the sandbox it is [SandboxTenant] at an address that
// leads nowhere, until the caller puts another in its place.
func (c Config) Tenants() identity.Tenants {
	if c.Sandbox.On {
		return identity.Tenants{Names: []string{SandboxTenant}, Base: sandboxBase}
	}
	tenants := identity.Tenants{Names: c.Names}
	if c.BaseURL != nil {
		tenants.Base = c.BaseURL.String()
	}
	return tenants
}
