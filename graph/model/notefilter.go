package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// NoteFilter says which notes are wanted. Both fields are CCUBE's own filters.
type NoteFilter struct {
	NotableType *ccube.NotableType
	NotableID   *ccube.ID
}

// Upstream returns the filter as CCUBE takes it.
func (f *NoteFilter) Upstream() (u ccube.NoteFilter) {
	if f == nil {
		return u
	}
	if f.NotableType != nil {
		u.NotableType = *f.NotableType
	}
	u.NotableID = reference(f.NotableID)
	return u
}
