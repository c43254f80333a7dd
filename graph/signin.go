package graph

// This file signs in: the one call that needs no credential, and the one that gives one. A password is masked from here to
// the body of that call, a token from its answer to ours.

import (
	"context"
	"errors"
	"net/netip"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// signInField is the mutation's name.
const signInField = "signIn"

// longestEmail is how long an email can be, in bytes (RFC 5321).
const longestEmail = 254

// emailsAtOnce is with how many emails one address may try to sign in for each attempt that one email has: colleagues
// share an address, and so does whoever tries one password on many emails.
const emailsAtOnce = 10

// signIn exchanges an email and a password for a session.
func (r *Resolver) signIn(ctx context.Context, email string, password identity.Secret) *model.SignInPayload {
	check := model.NewCheck()
	check.Filled("email", email)
	check.Filled("password", password.Reveal())
	check.Short("email", email, longestEmail)
	if mend := check.Errors(); mend != nil {
		return &model.SignInPayload{UserErrors: mend}
	}
	session, err := r.session(ctx, email, password)
	if err == nil {
		return &model.SignInPayload{Session: session}
	}
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Unauthenticated {
		return &model.SignInPayload{UserErrors: []*model.UserError{{Message: f.Message, Code: model.Invalid}}}
	}
	return &model.SignInPayload{UserErrors: r.refused(ctx, err)}
}

// session asks CCUBE, unless there have been too many attempts from the address with the email.
func (r *Resolver) session(ctx context.Context, email string, password identity.Secret) (_ *ccube.Session, err error) {
	defer fault.Recover(&err)
	request, _ := ctx.Value(admittedKey{}).(admitted)
	tenant := request.Caller.Tenant
	from := []string{tenant.Name, addressOf(request.Address)}
	wait, ok := r.SignIns.Allow(strings.Join(append(from, strings.ToLower(strings.TrimSpace(email))), "\x00"))
	if ok {
		wait, ok = r.Addresses.Allow(strings.Join(from, "\x00"))
	}
	if !ok {
		return nil, &fault.Error{
			Kind: fault.RateLimited, RetryAfter: wait,
			Message: "there have been too many attempts to sign in with this email, or from here (SIGN_IN_LIMIT): try again later",
		}
	}
	return r.Upstream.SignIn(ctx, tenant, email, password)
}

// addressOf is a client's address without its port, to tell clients apart by. Who has an IPv6 network can take any address in
// it, so it is the network's.
func addressOf(remote string) string {
	peer, err := netip.ParseAddrPort(remote)
	if err != nil {
		return ""
	}
	address := peer.Addr().Unmap()
	if address.Is4() {
		return address.String()
	}
	const network = 64
	return netip.PrefixFrom(address.WithZone(""), network).Masked().String()
}

// needs is what an operation needs of a request.
type needs int

const (
	needsNothing needs = iota
	// needsTenant is for operations that do nothing but sign in.
	needsTenant
	needsCaller
)

// needsOf reports what the operation needs: nothing where it asks for the schema alone.
func needsOf(operation *graphql.OperationContext) (n needs) {
	for _, f := range roots(operation) {
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case f.ObjectDefinition.Name == "Mutation" && f.Name == signInField:
			n = max(n, needsTenant)
		default:
			n = needsCaller
		}
	}
	return n
}
