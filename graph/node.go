package graph

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/graph/model"
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// nodePointer is a model that is a Node.
type nodePointer[M any] interface {
	*M
	model.Node
}

// nodeOf reads a node of a type that has loaders.
func nodeOf[T access.Row[T], M any, P nodePointer[M]](
	typ string, of func(*loaders.Set) *loaders.Objects[T], wrap func(*loaders.Found[T]) *M,
) func(context.Context, *Resolver, ccube.ID) (model.Node, error) {
	return asNode[M, P](func(ctx context.Context, r *Resolver, id ccube.ID) (*M, error) {
		return byNumber(ctx, r, id, typ, of, wrap)
	})
}

// asNode makes a missing object an interface that is nil.
func asNode[M any, P nodePointer[M]](
	read func(context.Context, *Resolver, ccube.ID) (*M, error),
) func(context.Context, *Resolver, ccube.ID) (model.Node, error) {
	return func(ctx context.Context, r *Resolver, id ccube.ID) (model.Node, error) {
		m, err := read(ctx, r, id)
		if m == nil || err != nil {
			return nil, err
		}
		return P(m), nil
	}
}
