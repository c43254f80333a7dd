package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sift"
)

// NoteFilter says which notes are wanted. What they are about, CCUBE itself filters by.
type NoteFilter struct {
	NotableType *ccube.NotableType
	NotableID   *ccube.ID
	CreatedAt   *DateTimeRange
}

// Tests returns what CCUBE does not filter by as tests of rows. The error is of category fault.BadUserInput.
func (f *NoteFilter) Tests() ([]sift.Test[*ccube.Note], error) {
	if f == nil {
		return nil, nil
	}
	var t tests[*ccube.Note]
	t.instants("createdAt", f.CreatedAt, ccube.NoteCreatedAt, func(n *ccube.Note) ccube.Null[ccube.Instant] { return n.CreatedAt })
	return t.all, t.err
}

// List returns the list that CCUBE filters; nil for all notes.
func (f *NoteFilter) List() *access.List[*ccube.Note] {
	if u := f.upstream(); u != (ccube.NoteFilter{}) {
		return access.NotesAbout(u)
	}
	return nil
}

// upstream returns the filter as CCUBE takes it.
func (f *NoteFilter) upstream() (u ccube.NoteFilter) {
	if f == nil {
		return u
	}
	if f.NotableType != nil {
		u.NotableType = *f.NotableType
	}
	u.NotableID = reference(f.NotableID)
	return u
}
