package graph

//go:generate go run ../tools/gqlgen

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Resolver is the root of the resolvers. Everything that belongs to a request is in its context.
type Resolver struct {
	// Schema is the graph's, as it is served.
	Schema *ast.Schema
	// Now tells the time, for what depends on today.
	Now func() time.Time
	// Upstream signs in, which no caller does.
	Upstream *ccube.Client
	// SignIns bounds attempts to sign in with one email from one address, Addresses all of an address's.
	SignIns, Addresses *limit.Limiter
	// Generations are begun anew by writes.
	Generations Generations
}

// today is the day in the process's time zone.
func (r *Resolver) today() ccube.Date { return ccube.Date(r.Now().Format(time.DateOnly)) }

// below returns the operation's loaders, and the plan of the objects of the type below the resolver's own field.
func below(ctx context.Context, p *loaders.Plan, typ string) (*loaders.Set, *loaders.Plan, error) {
	set, err := loaders.From(ctx)
	return set, p.Below(graphql.GetFieldContext(ctx).Field.Alias, typ), err
}

// one maps what a loader found.
func one[T, M any](f *loaders.Found[T], err error, model func(*loaders.Found[T]) *M) (*M, error) {
	if f == nil || err != nil {
		return nil, err
	}
	return model(f), nil
}

// many maps what a loader found.
func many[T, M any](found []*loaders.Found[T], err error, model func(*loaders.Found[T]) *M) ([]*M, error) {
	if err != nil {
		return nil, err
	}
	models := make([]*M, len(found))
	for i, f := range found {
		models[i] = model(f)
	}
	return models, nil
}

// referred returns the object that a row refers to: null where it refers to none, or where there is none.
func referred[T access.Row[T], M any](
	ctx context.Context, o *loaders.Objects[T], p *loaders.Plan, id *ccube.ID, unread error, model func(*loaders.Found[T]) *M,
) (*M, error) {
	if id == nil || unread != nil {
		return nil, unread
	}
	f, err := o.Get(ctx, *id, p)
	return one(f, err, model)
}

// byID answers a root field that asks for one object by CCUBE's number.
func byID[T access.Row[T], M any](
	ctx context.Context, r *Resolver, id, typ string, of func(*loaders.Set) *loaders.Objects[T], model func(*loaders.Found[T]) *M,
) (*M, error) {
	number, err := ccube.ParseID(id)
	if err != nil {
		return nil, err
	}
	return byNumber(ctx, r, number, typ, of, model)
}

// byNumber reads one object for a root field.
func byNumber[T access.Row[T], M any](
	ctx context.Context, r *Resolver, id ccube.ID, typ string, of func(*loaders.Set) *loaders.Objects[T], model func(*loaders.Found[T]) *M,
) (*M, error) {
	p, err := r.lookAhead(ctx, typ)
	if err != nil {
		return nil, err
	}
	set, err := loaders.From(ctx)
	if err != nil {
		return nil, err
	}
	if alone(ctx) {
		of(set).Announce([]ccube.ID{id}, p)
	}
	return referred(ctx, of(set), p, &id, nil, model)
}

// alone reports whether no other root field may ask for an object of the noun. Then nothing is gained by the moment in which
// loaders wait for others to ask as well: a fifth of a millisecond, which an idle process takes a whole one for.
func alone(ctx context.Context) bool {
	own, others := graphql.GetFieldContext(ctx).Field.Name, -1
	for _, f := range roots(graphql.GetOperationContext(ctx)) {
		if f.Name == own || f.Name == nodeField || own == nodeField {
			others++
		}
	}
	return others == 0
}

// nodeField asks for an object of any noun.
const nodeField = "node"
