package model

import (
	"context"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/loaders"
)

// Note is a note as the graph shows it: a row, and what the query selects of it.
type Note loaders.Found[*ccube.Note]

// NewNote wraps a note that has been read; nil stays nil.
func NewNote(f *loaders.Found[*ccube.Note]) *Note { return (*Note)(f) }

// IsNode marks the type as one of interface Node.
func (*Note) IsNode() {}

// NodeID resolves Note.nodeId.
func (n *Note) NodeID() string { return NodeID{"Note", n.Row.ID}.String() }

// ID resolves Note.id.
func (n *Note) ID() ccube.ID { return n.Row.ID }

// Body resolves Note.body.
func (n *Note) Body() (*string, error) {
	return read(&n.Row.Row, ccube.NoteBody, &n.Row.Body, n.Err)
}

// NotableType resolves Note.notableType.
func (n *Note) NotableType() (*ccube.NotableType, error) {
	return read(&n.Row.Row, ccube.NoteNotableType, &n.Row.NotableType, n.Err)
}

// NotableID resolves Note.notableId.
func (n *Note) NotableID() (*ccube.ID, error) {
	return read(&n.Row.Row, ccube.NoteNotableID, &n.Row.NotableID, n.Err)
}

// CreatedByID resolves Note.createdById.
func (n *Note) CreatedByID() (*ccube.ID, error) {
	return read(&n.Row.Row, ccube.NoteCreatedByID, &n.Row.CreatedByID, n.Err)
}

// CreatedAt resolves Note.createdAt.
func (n *Note) CreatedAt() (*ccube.Instant, error) {
	return read(&n.Row.Row, ccube.NoteCreatedAt, &n.Row.CreatedAt, n.Err)
}

// UpdatedAt resolves Note.updatedAt.
func (n *Note) UpdatedAt() (*ccube.Instant, error) {
	return read(&n.Row.Row, ccube.NoteUpdatedAt, &n.Row.UpdatedAt, n.Err)
}

// NoteConnection is one page of notes.
type NoteConnection struct{ Connection[Note] }

// NoteEdge is a row in a page of notes.
type NoteEdge struct{ Edge[Note] }

// Edges resolves NoteConnection.edges.
func (c *NoteConnection) Edges(ctx context.Context) []*NoteEdge {
	return wrapEdges(c.edges(ctx), func(e Edge[Note]) *NoteEdge { return &NoteEdge{e} })
}
