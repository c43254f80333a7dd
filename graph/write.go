package graph

// This file sends writes: an input that has been checked, once. What comes of it is a payload with the row that CCUBE has
// answered with, or with what the caller can mend; anything else is an error at the mutation's path beside an empty
// payload, so that the mutations before and after it keep their answers.
//
// After a write that may have happened a new generation of the tenant's data begins, on every replica, and the operation
// goes on with loaders that know nothing: whatever is read from then on is read anew. Lookup lists are kept, since none of
// CCUBE's writes changes them.

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Generations name the states of tenants' data, for all replicas alike. *cache.Generations are some.
type Generations interface {
	// Current names the generation of a tenant's data.
	Current(ctx context.Context, tenant string) string
	// Next begins another. When it returns, every replica knows.
	Next(ctx context.Context, tenant string)
}

// input is a mutation's input that becomes a write of CCUBE's.
type input[W any] interface{ Write(*model.Check) W }

// create makes a thing.
func create[W, T any](
	ctx context.Context, r *Resolver, in input[W], send func(*ccube.API, context.Context, W) (T, error),
) model.Payload[T] {
	check := model.NewCheck("input")
	w := in.Write(check)
	return write(ctx, r, check, func(ctx context.Context, api *ccube.API) (T, error) { return send(api, ctx, w) })
}

// update changes a thing.
func update[W, T any](
	ctx context.Context, r *Resolver, id string, in input[W], send func(*ccube.API, context.Context, ccube.ID, W) (T, error),
) model.Payload[T] {
	check := model.NewCheck()
	number := check.ID("id", id)
	w := in.Write(check.At("input"))
	return write(ctx, r, check, func(ctx context.Context, api *ccube.API) (T, error) { return send(api, ctx, number, w) })
}

// remove deletes a thing.
func remove(
	ctx context.Context, r *Resolver, id string, send func(*ccube.API, context.Context, ccube.ID) (ccube.Deletion, error),
) *model.DeletePayload {
	check := model.NewCheck()
	number := check.ID("id", id)
	deletion, sent, mend := attempt(ctx, r, check, func(ctx context.Context, api *ccube.API) (ccube.Deletion, error) {
		return send(api, ctx, number)
	})
	if !sent {
		return &model.DeletePayload{UserErrors: mend}
	}
	return model.NewDeletePayload(deletion)
}

// write makes a write whose payload has an object.
func write[T any](
	ctx context.Context, r *Resolver, check *model.Check, send func(context.Context, *ccube.API) (T, error),
) (p model.Payload[T]) {
	var err error
	if p.Plan, err = r.lookAhead(ctx, graphql.GetFieldContext(ctx).Field.Definition.Type.Name()); err != nil {
		graphql.AddError(ctx, err)
		return p
	}
	p.Row, _, p.UserErrors = attempt(ctx, r, check, send)
	return p
}

// attempt sends a write if the check has found nothing. What has gone wrong it returns where the caller can mend it, and
// adds to the response's errors else.
func attempt[T any](
	ctx context.Context, r *Resolver, check *model.Check, send func(context.Context, *ccube.API) (T, error),
) (answer T, done bool, mend []*model.UserError) {
	if mend := check.Errors(); mend != nil {
		return answer, false, mend
	}
	set, err := loaders.From(ctx)
	if err == nil {
		answer, err = guarded(ctx, set.API(), send)
		if mayHaveHappened(err) {
			r.wrote(ctx, set.API())
		}
	}
	if err == nil {
		return answer, true, nil
	}
	var none T
	return none, false, r.refused(ctx, err)
}

// guarded turns a panic into an error: gqlgen's own recovery would take the other mutations' answers along.
func guarded[T any](ctx context.Context, api *ccube.API, send func(context.Context, *ccube.API) (T, error)) (answer T, err error) {
	defer fault.Recover(&err)
	return send(ctx, api)
}

// mayHaveHappened reports whether a write that came to err may have changed something. A refusal did not.
func mayHaveHappened(err error) bool {
	switch fault.KindOf(err) {
	case fault.BadUserInput, fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Conflict,
		fault.RateLimited, fault.BudgetExceeded:
		return false
	}
	return true
}

// wrote ends all that is remembered of the caller's tenant, on every replica, and what this operation has read. That
// nobody waits any more for the operation does not stop it.
func (r *Resolver) wrote(ctx context.Context, api *ccube.API) {
	tenant := api.Caller().Tenant.Name
	unhurried := context.WithoutCancel(ctx)
	r.Generations.Next(unhurried, tenant)
	loaders.Renew(ctx, r.Generations.Current(unhurried, tenant))
}

// written answers a payload's object: as CCUBE's answer to the write shows it, and what that lacks of the selection is
// read.
func written[T access.Row[T], M any](
	ctx context.Context, p *model.Payload[T], typ string, of func(*loaders.Set) *loaders.Objects[T],
	wrap func(*loaders.Found[T]) *M,
) (*M, error) {
	var none T
	if p.Row == none {
		return nil, nil
	}
	set, plan, err := below(ctx, p.Plan, typ)
	if err != nil {
		return nil, err
	}
	of(set).Wrote(p.Row)
	found, err := of(set).Get(ctx, p.Row.Identity(), plan)
	return one(found, err, wrap)
}
