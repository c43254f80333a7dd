package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// CreateNoteInput is what a new note says, and about what.
type CreateNoteInput struct {
	NotableType ccube.NotableType
	NotableID   string
	Body        string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *CreateNoteInput) Write(c *Check) ccube.NoteWrite {
	w := ccube.NoteWrite{
		NotableType: asIs(given(&in.NotableType)),
		NotableID:   c.id("notableId", given(&in.NotableID)),
		Body:        c.filled("body", given(&in.Body)),
	}
	return w
}

// UpdateNoteInput is what to change in a note.
type UpdateNoteInput struct {
	Body string
}

// Write returns what is to be sent, and notes what is wrong.
func (in *UpdateNoteInput) Write(c *Check) ccube.NoteWrite {
	w := ccube.NoteWrite{
		Body: c.filled("body", given(&in.Body)),
	}
	return w
}
