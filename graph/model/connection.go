package model

// This file holds the pages of lists. All connections have one shape and one code; the types below only give it the
// names that the schema has.

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Connection is one page of a list. Its rows have been read once for each place that the query selects them at, as far as
// that place wants them.
type Connection[T any] struct {
	// Info is where the page lies in its list.
	Info PageInfo
	// Rows is how many rows it has, Cursor the position of each. Few queries select it.
	Rows   int
	Cursor func(row int) string
	// Places are the rows by the alias of nodes, or by the aliases of edges and node.
	Places map[Place][]*T
	// Total is the number of rows in the whole list, nil where it was not asked for; TotalErr why it could not be told.
	Total    *int
	TotalErr error
}

// Place tells the places apart at which a query selects a connection's rows.
type Place struct {
	// Field is the alias of nodes or of edges; Node is the alias of node below edges, empty for nodes.
	Field, Node string
}

// Nodes resolves the connection's nodes.
func (c *Connection[T]) Nodes(ctx context.Context) []*T {
	return c.Places[Place{Field: graphql.GetFieldContext(ctx).Field.Alias}]
}

// edges resolves the connection's edges.
func (c *Connection[T]) edges(ctx context.Context) []Edge[T] {
	edges := make([]Edge[T], c.Rows)
	for i := range edges {
		edges[i] = Edge[T]{connection: c, row: i, alias: graphql.GetFieldContext(ctx).Field.Alias}
	}
	return edges
}

// PageInfo resolves the connection's pageInfo.
func (c *Connection[T]) PageInfo() *PageInfo { return &c.Info }

// TotalCount resolves the connection's totalCount.
func (c *Connection[T]) TotalCount() (*int, error) { return c.Total, c.TotalErr }

// Edge is a row of a page with its position.
type Edge[T any] struct {
	connection *Connection[T]
	row        int
	alias      string
}

// Cursor resolves the edge's cursor.
func (e *Edge[T]) Cursor() string { return e.connection.Cursor(e.row) }

// Node resolves the edge's node.
func (e *Edge[T]) Node(ctx context.Context) *T {
	return e.connection.Places[Place{e.alias, graphql.GetFieldContext(ctx).Field.Alias}][e.row]
}

// PageInfo is where a page lies in its list.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// ProjectFinancials are the sums over a project's quotes and invoices.
type ProjectFinancials struct {
	QuoteCount, InvoiceCount                       int
	QuotedTotal, InvoicedTotal, PaidTotal, Balance ccube.Decimal
}

// NewProjectFinancials shows the sums.
func NewProjectFinancials(f *loaders.Financials) *ProjectFinancials {
	return (*ProjectFinancials)(f)
}

// wrapEdges gives edges the type that the schema knows them by.
func wrapEdges[T, E any](edges []Edge[T], as func(Edge[T]) *E) []*E {
	named := make([]*E, len(edges))
	for i, edge := range edges {
		named[i] = as(edge)
	}
	return named
}
