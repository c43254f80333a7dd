package ccube

import (
	"context"
	"slices"
)

// Keys of a [Note].
const (
	NoteNotableType Keys = 1 << iota
	NoteNotableID
	NoteBody
	NoteCreatedByID
	NoteCreatedAt
	NoteUpdatedAt
)

// What the reference promises of a note's list row and of its detail (chapter Notes).
const (
	NoteListKeys = NoteNotableType | NoteNotableID | NoteBody | NoteCreatedByID | NoteCreatedAt |
		NoteUpdatedAt
	NoteDetailKeys = NoteListKeys
)

// NoteFilter says which notes to ask for, by what they are about. The zero value asks for all.
type NoteFilter struct {
	NotableType NotableType
	NotableID   Null[ID]
}

// query returns the filter as a query string.
func (f NoteFilter) query() (string, error) {
	var query string
	if f.NotableType != "" {
		if !slices.Contains(notableTypes, f.NotableType) {
			return "", unknownWord("a type of thing with notes", f.NotableType)
		}
		query = "notable_type=" + string(f.NotableType)
	}
	if f.NotableID.Valid {
		query = and(query, "notable_id="+f.NotableID.V.String())
	}
	return query, nil
}

// ListNotes reads one page of the notes that the filter asks for. The error is of category fault.BadUserInput, and no
// call is made, for a type that nothing with notes has.
func (a *API) ListNotes(ctx context.Context, f NoteFilter, p Page) ([]*Note, error) {
	return a.BeginNotes(ctx, f, p).Wait(ctx)
}

// BeginNotes is ListNotes up to the waiting.
func (a *API) BeginNotes(ctx context.Context, f NoteFilter, p Page) *Reading[[]*Note] {
	query, err := f.query()
	if err != nil {
		return Read[[]*Note](nil, err)
	}
	return beginList[Note](ctx, a, "notes", and(query, p.query()))
}

// GetNote reads a note's detail.
func (a *API) GetNote(ctx context.Context, id ID) (*Note, error) {
	return get[Note](ctx, a, "notes", id)
}

// Note is a note on something as any of CCUBE's answers shows it (chapter Notes).
type Note struct {
	Row
	NotableType          Null[NotableType]
	NotableID            Null[ID]
	Body                 Null[string]
	CreatedByID          Null[ID]
	CreatedAt, UpdatedAt Null[Instant]
}

func (n *Note) set(key []byte, v value) {
	switch string(key) {
	case "id":
		n.identify(v)
	case "notable_type":
		take(&n.Row, NoteNotableType, &n.NotableType, v, readWord(v, notableTypes))
	case "notable_id":
		n.reference(NoteNotableID, &n.NotableID, v)
	case "body":
		n.text(NoteBody, &n.Body, v)
	case "created_by_id":
		n.reference(NoteCreatedByID, &n.CreatedByID, v)
	case "created_at":
		n.instant(NoteCreatedAt, &n.CreatedAt, v)
	case "create_at":
		n.unless(NoteCreatedAt, func() { n.instant(NoteCreatedAt, &n.CreatedAt, v) })
	case "updated_at":
		n.instant(NoteUpdatedAt, &n.UpdatedAt, v)
	case "update_at":
		n.unless(NoteUpdatedAt, func() { n.instant(NoteUpdatedAt, &n.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same note; see [Project.Fill].
func (n *Note) Fill(from *Note) *Note {
	f := *n
	lacks := from.Keys &^ n.Keys
	fill(lacks, NoteNotableType, &f.NotableType, from.NotableType)
	fill(lacks, NoteNotableID, &f.NotableID, from.NotableID)
	fill(lacks, NoteBody, &f.Body, from.Body)
	fill(lacks, NoteCreatedByID, &f.CreatedByID, from.CreatedByID)
	fill(lacks, NoteCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, NoteUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// NoteWrite is what a write says of a note (chapter Notes). To create one CCUBE wants all three; an update takes the
// body alone.
type NoteWrite struct {
	NotableType Field[NotableType] `json:"notable_type,omitzero"`
	NotableID   Field[ID]          `json:"notable_id,omitzero"`
	Body        Field[string]      `json:"body,omitzero"`
}

// CreateNote makes a note.
func (a *API) CreateNote(ctx context.Context, w NoteWrite) (*Note, error) {
	return create[Note](ctx, a, "notes", "note", w)
}

// UpdateNote changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateNote(ctx context.Context, id ID, w NoteWrite) (*Note, error) {
	return update[Note](ctx, a, "notes", id, "note", w)
}

// DeleteNote deletes a note.
func (a *API) DeleteNote(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "notes", id)
}
