package graph

// This file refuses requests that are too much before anything is done about them: longer, deeper or wider than anybody
// needs who writes queries by hand or has them generated. Every limit is a setting and has a code, and says so where it
// refuses.

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// Limits are what one request may be. Where a number is 0 the default holds.
type Limits struct {
	// Tokens are the words, numbers and signs of a document.
	Tokens int
	// Depth is how many fields lie below one another, fragments spread out.
	Depth int
	// Fields are those of an operation that differ by their place in the answer, fragments spread out.
	Fields int
	// RootFields are those that an operation begins with.
	RootFields int
	// Aliases are the names of fields that have several at one place.
	Aliases int
	// Directives are those of an operation, fragments spread out.
	Directives int
	// List is how many values a list may have that is given to a field or in a variable.
	List int
	// Name is how long a name may be, such as the operation's, in bytes.
	Name int
	// Errors are those that an answer tells; of the others it tells how many they are.
	Errors int
	// AnswerBytes is how long the data of an answer may be.
	AnswerBytes int64
}

// DefaultLimits are the limits where nothing else is said.
var DefaultLimits = Limits{
	Tokens: 1_000, Depth: 10, Fields: 200, RootFields: 20, Aliases: 15, Directives: 50, List: 1_000, Name: 128, Errors: 100,
	AnswerBytes: 32 << 20,
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Tokens: cmp.Or(l.Tokens, DefaultLimits.Tokens), Depth: cmp.Or(l.Depth, DefaultLimits.Depth),
		Fields: cmp.Or(l.Fields, DefaultLimits.Fields), RootFields: cmp.Or(l.RootFields, DefaultLimits.RootFields),
		Aliases: cmp.Or(l.Aliases, DefaultLimits.Aliases), Directives: cmp.Or(l.Directives, DefaultLimits.Directives),
		List: cmp.Or(l.List, DefaultLimits.List), Name: cmp.Or(l.Name, DefaultLimits.Name),
		Errors: cmp.Or(l.Errors, DefaultLimits.Errors), AnswerBytes: cmp.Or(l.AnswerBytes, DefaultLimits.AnswerBytes),
	}
}

// gate refuses what is over the limits, before the document is validated: some of it would take long to validate. It is a
// gqlgen extension. Documents that are kept have passed it.
type gate struct {
	limits Limits
	known  graphql.Cache[*ast.QueryDocument]
}

// ExtensionName is part of graphql.HandlerExtension.
func (gate) ExtensionName() string { return "limits" }

// Validate is part of graphql.HandlerExtension.
func (gate) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses. It is part of graphql.OperationParameterMutator.
func (g gate) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if len(params.OperationName) > g.limits.Name {
		return refusal(g.limits.longName())
	}
	if tooLong(params.Variables, g.limits.List) {
		return refusal(g.limits.longList())
	}
	if _, ok := g.known.Get(ctx, params.Query); ok {
		return nil
	}
	if g.limits.longNameIn(params.Query) {
		return refusal(g.limits.longName())
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, g.limits.Tokens)
	if err != nil {
		if strings.Contains(err.Error(), "exceeded token limit") {
			return refusal(fault.New(fault.TooManyTokens,
				"the document has more than %d words and signs (MAX_TOKENS): send a shorter one, with values as variables", g.limits.Tokens))
		}
		return nil // whoever parses it next says what is wrong
	}
	return refusal(measure(doc, g.limits))
}

// refusal is how a client sees an error before there is an operation; nil for none.
func refusal(err *fault.Error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	return &gqlerror.Error{Message: err.Message, Extensions: extensions(err)}
}

func (l Limits) longName() *fault.Error {
	return fault.New(fault.NameTooLong, "the request has a name of more than %d bytes (MAX_NAME): give a shorter one", l.Name)
}

// longNameIn reports whether a document has a name that is too long, among as many tokens as it may have: to find what it
// resembles would take long.
func (l Limits) longNameIn(document string) bool {
	tokens := lexer.New(&ast.Source{Input: document})
	for range l.Tokens {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return false
		}
		if token.Kind == lexer.Name && len(token.Value) > l.Name {
			return true
		}
	}
	return false
}

func (l Limits) longList() *fault.Error {
	return fault.New(fault.ListTooLong, "a list in the request has more than %d values (MAX_LIST): send them in several requests", l.List)
}

// tooLong reports whether there is a list in a value of JSON that has more values than most.
func tooLong(value any, most int) bool {
	switch v := value.(type) {
	case []any:
		if len(v) > most {
			return true
		}
		for _, element := range v {
			if tooLong(element, most) {
				return true
			}
		}
	case map[string]any:
		for _, element := range v {
			if tooLong(element, most) {
				return true
			}
		}
	}
	return false
}

// refusals are the categories of requests that are not begun, and the HTTP status that says so in any form of answer.
var refusals = map[fault.Kind]int{
	fault.TooManyTokens: http.StatusBadRequest, fault.TooDeep: http.StatusBadRequest, fault.TooManyFields: http.StatusBadRequest,
	fault.TooManyRootFields: http.StatusBadRequest, fault.TooManyAliases: http.StatusBadRequest,
	fault.TooManyDirectives: http.StatusBadRequest, fault.ListTooLong: http.StatusBadRequest, fault.NameTooLong: http.StatusBadRequest,
	fault.CostExceeded: http.StatusBadRequest,
}

// refusedAs is the HTTP status of an answer to a request that was not begun; 0 for any other.
func refusedAs(response *graphql.Response) int {
	if response.Data != nil || len(response.Errors) != 1 {
		return 0
	}
	code, _ := response.Errors[0].Extensions[extCode].(string)
	return refusals[fault.Kind(code)]
}

// cutErrors leaves the first errors of an answer, and one that tells how many are left out.
func (l Limits) cutErrors(response *graphql.Response) *graphql.Response {
	if response == nil || len(response.Errors) <= l.Errors {
		return response
	}
	cut := fault.New(fault.TooManyErrors, "%d more errors are left out (MAX_ERRORS is %d): mend the first ones, or ask for less at once",
		len(response.Errors)-l.Errors, l.Errors)
	response.Errors = append(response.Errors[:l.Errors:l.Errors], refusal(cut))
	return response
}

// tooLarge is why an answer is given up. Of a mutation the work is done by then, and nobody must take the loss of its
// answer for a failure and send it again.
func tooLarge(kind ast.Operation, setting string) *fault.Error {
	if kind == ast.Mutation {
		return fault.New(fault.AnswerTooLarge,
			"the changes have been sent to CCUBE, and only their answer is left out, since it is too large (%s): "+
				"look what became of them before you send any of them again, and select less", setting)
	}
	return fault.New(fault.AnswerTooLarge,
		"the answer would be larger than the gateway gives at once (%s): select fewer fields, rows or levels", setting)
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = gate{}
