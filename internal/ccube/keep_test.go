package ccube

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The memory of an answer is used for the next one, which may be another caller's: what a row kept of it would change under
// its reader, and show what is not his.
func TestRowsKeepNothingOfTheAnswer(t *testing.T) {
	t.Parallel()
	t.Run("project", keepsNothing[Project](`[{"id": "7", "name": "Roof", "number": 1002, "status": "Work",
		"stage": {"id": 9, "name": "closed"}, "work_type": {"id": 1, "name": "\u00c9lectricit\u00e9"}, "work_start": "2024-01-31T10:00:00Z",
		"work_end": "2024-02-01", "call_notes": "a \"quoted\" word", "client": {"name": "Ada", "email": "ada@example.com", "phone": "1"},
		"address": {"street": "1 Main", "city": "Laval"}, "created_at": "2024-01-31"},
		{"id": 8, "stage": {"id": 9, "name": "closed"}, "t\u0069tle": "x"}]`))
	t.Run("quote", keepsNothing[Quote](`[{"id": 1, "title": "Deck", "subtotal": 3500.10, "number": "Q-1", "client": {"id": 3, "name": "Ada"}}]`))
	t.Run("invoice", keepsNothing[Invoice](`[{"id": 1, "number": "I-1", "total": "12.50", "issue_date": "2024-01-31",
		"subject": "Deck", "lines": [{"id": 11, "description": "Boards", "total": 1.50}], "client": {"name": "Ada"}}]`))
	t.Run("stage", keepsNothing[Stage](`[{"id": 1, "name": "quote", "next_steps": [2, "3"], "previous_steps": []}]`))
	t.Run("note", keepsNothing[Note](`[{"id": 1, "body": "two\nlines", "notable_type": "work_order", "notable_id": 4}]`))
	t.Run("party", keepsNothing[Party](`[{"id": 1, "name": "Ada", "type": "Crm::Parties::Company", "emails": [{"value": "ada@example.com"}],
		"phones": [{"id": 4, "value": "1", "type": "office"}], "addresses": [{"street": "1 Main", "country": "CA"}]}]`))
	t.Run("user", keepsNothing[User](`[{"id": 1, "name": "Ada", "email": "ada@example.com", "created_at": "2024-01-31T10:00:00Z"}]`))
}

func keepsNothing[T any, P settable[T]](sent string) func(*testing.T) {
	return func(t *testing.T) {
		t.Parallel()
		want, err := decodeRows[T, P]([]byte(sent))
		if err != nil {
			t.Fatal(err)
		}
		body := []byte(sent)
		got, err := decodeRows[T, P](body)
		if err != nil {
			t.Fatal(err)
		}
		copy(body, bytes.Repeat([]byte("x"), len(body)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the rows have changed with the answer's memory (-before +after):\n%s", diff)
		}
	}
}

// Rows of one list that embed the same lookup share it; rows of two lists do not, nor does what differs in one character.
func TestRowsOfAListShareLookups(t *testing.T) {
	t.Parallel()
	body := []byte(`[{"id": 1, "stage": {"id": 9, "name": "closed"}}, {"id": 2, "stage": {"id": 9, "name": "closed"}},
		{"id": 3, "stage": {"id": 9, "name": "Closed"}}, {"id": 4, "stage": null}, {"id": 5, "stage": 7}]`)
	rows, err := decodeRows[Project](body)
	if err != nil {
		t.Fatal(err)
	}
	more, err := decodeRows[Project](body)
	if err != nil {
		t.Fatal(err)
	}
	if rows[0].Stage != rows[1].Stage || rows[0].Stage == rows[2].Stage || rows[0].Stage == more[0].Stage {
		t.Error("lookups are shared otherwise")
	}
	if rows[2].Stage.Name.V != "Closed" || rows[3].Stage != nil || rows[3].Broken != 0 || rows[4].Broken != ProjectStage {
		t.Errorf("the stages are %+v, %+v, %+v", rows[2].Stage, rows[3], rows[4])
	}
}
