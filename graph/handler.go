package graph

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/ccube-graphql/ccube-graphql/graph/fastpath"
	"github.com/ccube-graphql/ccube-graphql/graph/generated"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Options are what a handler is made from.
type Options struct {
	// Client calls CCUBE.
	Client *ccube.Client
	// Lists read the lookup lists.
	Lists loaders.Lists
	// Reading are the settings of walks.
	Reading access.Options
	// Timeout bounds one operation.
	Timeout time.Duration
	// MaxCalls bounds the calls to CCUBE of one operation; 0 for no bound.
	MaxCalls int
	// MaxValues bounds the values of one answer; a million where 0.
	MaxValues int
	// Slow has gqlgen's own executor write all answers, in place of the fast path.
	Slow bool
	// Limits bound what a request may be.
	Limits Limits
	// Introspection lets clients read the schema, and has errors suggest names of it.
	Introspection bool
	// ReadOnly leaves mutations out of the schema, but for signing in.
	ReadOnly bool
	// SignInLimit is how many attempts to sign in a client address may make in a minute with one email; 0 for no bound.
	SignInLimit int
	// RateLimit is how many calls to CCUBE a credential may ask for in a minute; 0 for no bound. Replicas count together
	// where there is a Redis that they share.
	RateLimit int
	Shared    limit.Lender
	// Generations are begun anew by writes, so that nothing is served that was remembered before, or is being read since
	// before. Whatever remembers, such as Reading's snapshots, has to belong to the same; required.
	Generations Generations
	// Documents are what requests may name in place of a query; nil for none.
	Documents *persisted.Documents
	// Log takes what clients are not shown; required.
	Log *slog.Logger
	// Now tells the time; time.Now where nil.
	Now func() time.Time
}

// Handler returns what answers GraphQL over HTTP, by POST and GET, as JSON or as a table. The request's context has to carry a
// [Request].
func Handler(o Options) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxValues == 0 {
		o.MaxValues = maxValues
	}
	o.Limits = o.Limits.withDefaults()
	root := &Resolver{
		Now: o.Now, Upstream: o.Client, Generations: o.Generations,
		SignIns: limit.PerMinute(o.SignInLimit, o.Now), Addresses: limit.PerMinute(emailsAtOnce*o.SignInLimit, o.Now),
	}
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: root})
	root.Schema = served(schema.Schema(), o.ReadOnly)
	schema = generated.NewExecutableSchema(generated.Config{Resolvers: root, Schema: root.Schema})

	exec := executor.New(schema) // without gqlgen's server, whose transports are for requests that overHTTP would refuse
	kept := parsed{lru.New[*document](parsedDocuments)}
	exec.SetQueryCache(kept)
	exec.SetParserTokenLimit(o.Limits.Tokens)
	exec.SetErrorPresenter(presenter{o.Log}.present)
	exec.SetRecoverFunc(recovered)
	if o.Introspection {
		exec.Use(extension.Introspection{})
	} else {
		exec.SetDisableSuggestion(true)
		exec.SetDefaultRulesFn(unsuggestive)
	}
	running := &operations{
		parsed: kept,
		schema: root.Schema, client: o.Client, census: access.NewCensus(), lists: o.Lists, reading: o.Reading, timeout: o.Timeout,
		budget: o.MaxCalls, values: o.MaxValues, limits: o.Limits, generations: o.Generations, documents: o.Documents,
		allowance: limit.NewAllowance(limit.AllowanceOptions{PerMinute: o.RateLimit, Shared: o.Shared, Now: o.Now}),
	}
	if !o.Slow {
		running.resolvers = fastpath.NewResolvers(root)
	}
	exec.Use(running)
	exec.Use(gate{o.Limits, kept}) // after operations, which find the document that a request only names
	return overHTTP{tables{schema: root.Schema, timeout: o.Timeout, log: o.Log}, running, exec}
}

// unsuggestive are the rules of validation without those that suggest names: where the schema is not shown, errors do not
// tell of it either. gqlgen replaces two more by itself.
func unsuggestive() *rules.Rules {
	r := rules.NewDefaultRules()
	for name, silent := range map[string]core.RuleFunc{
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc,
	} {
		r.ReplaceRule(name, silent)
	}
	return r
}

// recovered turns a panic in a resolver into an error whose cause, for the log, holds the stack.
func recovered(_ context.Context, p any) (err error) {
	defer fault.Recover(&err)
	panic(p)
}
