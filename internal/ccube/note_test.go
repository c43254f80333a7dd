package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

const noteDetail = `{"id": 1, "notable_type": "Project", "notable_id": 123, "body": "Example note text",
	"created_by_id": 45, "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-02T00:00:00Z"}`

func wantNote() *ccube.Note {
	return &ccube.Note{
		Row: row(1, ccube.NoteListKeys), NotableType: val(ccube.NotableProject), NotableID: val[ccube.ID](123),
		Body: val("Example note text"), CreatedByID: val[ccube.ID](45),
		CreatedAt: val[ccube.Instant]("2024-01-01T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-02T00:00:00Z"),
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "the zero filter asks for all notes",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListNotes(ctx, ccube.NoteFilter{}, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/notes?page=1&per_page=20",
			answer: "[" + noteDetail + "]", want: []*ccube.Note{wantNote()},
		},
		"list of one thing's": {
			reason: "both filters go on, before the page",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				f := ccube.NoteFilter{NotableType: ccube.NotableWorkOrder, NotableID: val[ccube.ID](123)}
				return a.ListNotes(ctx, f, ccube.Page{Number: 3, Size: 20})
			},
			method: "GET", path: "/api/v2/notes?notable_type=WorkOrder&notable_id=123&page=3&per_page=20",
			answer: "[]", want: []*ccube.Note{},
		},
		"detail": {
			reason: "the detail is the list row",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetNote(ctx, 1) },
			method: "GET", path: "/api/v2/notes/1", answer: noteDetail, want: wantNote(),
		},
		"create": {
			reason: "the type goes out as CCUBE spells it",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateNote(ctx, ccube.NoteWrite{
					NotableType: ccube.Set(ccube.NotableProject), NotableID: ccube.Set[ccube.ID](123),
					Body: ccube.Set("Kickoff scheduled for Friday"),
				})
			},
			method: "POST", path: "/api/v2/notes", status: 201,
			body:   `{"note": {"notable_type": "Project", "notable_id": 123, "body": "Kickoff scheduled for Friday"}}`,
			answer: noteDetail, want: wantNote(),
		},
		"update": {
			reason: "an answer of null leaves the id",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateNote(ctx, 1, ccube.NoteWrite{Body: ccube.Set("Updated note text")})
			},
			method: "PUT", path: "/api/v2/notes/1", body: `{"note": {"body": "Updated note text"}}`,
			answer: "null", want: &ccube.Note{Row: row(1, 0)},
		},
		"delete": {
			reason: "an answer that is white space is empty",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteNote(ctx, 1) },
			method: "DELETE", path: "/api/v2/notes/1", answer: " \n", want: ccube.Deletion{ID: 1},
		},
	})
}
