package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// NoteFilter says which notes are wanted. Both fields are CCUBE's own filters.
type NoteFilter struct {
	NotableType *ccube.NotableType
	NotableID   *ccube.ID
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
