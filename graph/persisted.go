package graph

// This file lets requests name a document in place of a query, in the ways that clients do: `documentId`, as the appendix of
// GraphQL over HTTP has it; `extensions.persistedQuery.sha256Hash`, which Apollo began; `doc_id` and `id`, which Relay's
// examples send.

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// readReference reads which document the request means, or refuses one that means none.
func (in *incoming) readReference() *refused {
	in.document.Query = in.params.Query
	if wish, ok := in.params.Extensions["persistedQuery"]; ok && wish != nil {
		object, _ := wish.(map[string]any)
		hash, isText := object["sha256Hash"].(string)
		version, given := object["version"].(interface{ Int64() (int64, error) })
		n := int64(1)
		if given {
			n, _ = version.Int64()
		}
		if !isText || hash == "" || n != 1 {
			return malformed("`persistedQuery` in `extensions` has `version` 1 and a `sha256Hash`")
		}
		in.document.Hash = hash
	}
	if in.document == (persisted.Reference{}) {
		return malformed("the request has no `query`, and names no document")
	}
	return nil
}

// MutateOperationParameters puts the document in the place of its name. It is part of graphql.OperationParameterMutator.
func (o *operations) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	in := incomingOf(ctx)
	if in == nil {
		return nil
	}
	text, err := o.documents.Text(ctx, in.document)
	if err != nil {
		return show(ctx, err)
	}
	params.Query = text
	return nil
}

// keep keeps a document that came with its hash, once CCUBE has answered its caller. One that signs in is not kept: its
// text may hold a password.
func (o *operations) keep(ctx context.Context, in *incoming, response *graphql.Response, t tally) {
	if in.document.Hash == "" || t == (tally{}) || response == nil || strings.Contains(in.document.Query, signInField) {
		return
	}
	for _, err := range response.Errors {
		if err.Extensions[extCode] == string(fault.Unauthenticated) {
			return
		}
	}
	o.documents.Keep(ctx, in.document)
}
