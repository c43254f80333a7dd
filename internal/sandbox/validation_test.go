package sandbox

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	blankDetail = []any{"can't be blank"}
	takenNumber = object{"number": []any{"has already been taken"}}
)

// invalidWrites are bodies the reference does not allow. {client}, {project} and {user} are ids that exist, {id} that
// of the first row.
var invalidWrites = map[string]struct {
	method, path, body string
	status             int
	details            object
	reason             string
}{
	"nothing given": {"POST", "purchase_orders", `{"purchase_order":{}}`, 422,
		object{"number": blankDetail, "department_id": blankDetail}, "all missing fields are told at once"},
	"blank text": {"POST", "purchase_orders", `{"purchase_order":{"number":"  ","department_id":1}}`, 422,
		object{"number": blankDetail}, "spaces are nothing"},
	"an id as text": {"POST", "purchase_orders", `{"purchase_order":{"number":"A","department_id":"1"}}`, 422,
		object{"department_id": []any{"must be an integer"}}, "version 2 wants integers"},
	"a fraction as id": {"POST", "purchase_orders", `{"purchase_order":{"number":"A","department_id":1.5}}`, 422,
		object{"department_id": []any{"must be an integer"}}, "ids are whole"},
	"a number as text": {"PUT", "projects/{id}", `{"project":{"name":7}}`, 422,
		object{"name": []any{"must be a string"}}, "nor are numbers text"},
	"a bad date": {"PUT", "projects/{id}", `{"project":{"work_start":"2026-02-30"}}`, 422,
		object{"work_start": []any{"is not a valid date"}}, "there is no 30 February"},
	"an instant": {"PUT", "projects/{id}", `{"project":{"work_start":"2026-02-01T00:00:00Z"}}`, 422,
		object{"work_start": []any{"is not a valid date"}}, "dates are YYYY-MM-DD"},
	"an end before the start": {"PUT", "projects/{id}",
		`{"project":{"work_start":"2026-02-02","work_end":"2026-02-01"}}`, 422,
		object{"work_end": []any{"must be on or after work_start"}}, "time goes forward"},
	"no such client": {"PUT", "projects/{id}", `{"project":{"client_id":1,"stage_id":99}}`, 422,
		object{"client_id": []any{"must exist"}, "stage_id": []any{"must exist"}}, "ids must refer to something"},
	"a required field cleared": {"PUT", "projects/{id}", `{"project":{"client_id":null}}`, 422,
		object{"client_id": blankDetail}, "partial does not mean optional"},
	"a taken project number": {"POST", "projects", `{"project":{"name":"A","number":"{taken project}",
		"client_id":{client},"manager_id":{user}}}`, 409, takenNumber, "numbers are unique"},
	"a taken invoice number": {"POST", "invoices", `{"invoice":{"number":"INV-1001","subject":"S",
		"client_id":{client},"project_id":{project},"issue_date":"2026-01-01"}}`, 409, takenNumber, "in every chapter"},
	"a taken quote number": {"POST", "quotes", `{"quote":{"number":"Q-1001","project_id":{project},
		"department_id":1,"quote_type":"standard"}}`, 409, takenNumber, "in every chapter"},
	"a taken purchase order number": {"POST", "purchase_orders",
		`{"purchase_order":{"number":"PO-1001","department_id":1}}`, 409, takenNumber, "in every chapter"},
	"a taken work order number": {"POST", "work_orders",
		`{"work_order":{"number":"WO-1001","description":"D","department_id":1}}`, 409, takenNumber, "in every chapter"},
	"a taken email": {"PUT", "users/{id}", `{"user":{"email":"Technicien@example.com"}}`, 409,
		object{"email": []any{"has already been taken"}}, "whatever its case"},
	"a short password": {"POST", "users", `{"user":{"email":"a@example.com","password":"1234567",
		"password_confirmation":"1234567","user_type":"full","role_ids":[1]}}`, 422,
		object{"password": []any{"is too short (minimum is 8 characters)"}}, "eight at least"},
	"another confirmation": {"POST", "users", `{"user":{"email":"a@example.com","password":"12345678",
		"password_confirmation":"12345679","user_type":"full","role_ids":[1]}}`, 422,
		object{"password_confirmation": []any{"doesn't match Password"}}, "typed twice alike"},
	"an odd user": {"POST", "users", `{"user":{"email":"a","password":"12345678","password_confirmation":"12345678",
		"user_type":"half","role_ids":[],"trial":"no"}}`, 422,
		object{"email": []any{"is invalid"}, "user_type": []any{"is not included in the list"}, "role_ids": blankDetail,
			"trial": []any{"must be true or false"}}, "each field by itself"},
	"a bad line": {"POST", "invoices", `{"invoice":{"number":"N","subject":"S","client_id":{client},
		"project_id":{project},"issue_date":"2026-01-01","lines_attributes":[{"description":"D","quantity":"2"}]}}`, 422,
		object{"lines.quantity": []any{"is not a number"}, "lines.unit_price": blankDetail}, "lines are checked too"},
	"lines that are none": {"POST", "invoices", `{"invoice":{"number":"N","subject":"S","client_id":{client},
		"project_id":{project},"issue_date":"2026-01-01","lines_attributes":[1]}}`, 422,
		object{"lines_attributes": []any{"must be an array of objects"}}, "and must be objects"},
	"lines beyond counting": {"POST", "invoices", `{"invoice":{"number":"N","subject":"S","client_id":{client},
		"project_id":{project},"issue_date":"2026-01-01","lines_attributes":[
		{"description":"D","quantity":99999999999,"unit_price":999999999999}]}}`, 422,
		object{"lines": []any{"is too large"}}, "totals stay exact or are refused"},
	"a note on nothing": {"POST", "notes", `{"note":{"notable_type":"Boat","notable_id":1,"body":"B"}}`, 422,
		object{"notable_type": []any{"is not included in the list"}}, "five nouns have notes"},
	"a note on nobody": {"POST", "notes", `{"note":{"notable_type":"Invoice","notable_id":{project},"body":"B"}}`, 422,
		object{"notable_id": []any{"must exist"}}, "an id of another noun does not do"},
	"a contact without names": {"POST", "parties", `{"party":{"name":"N","type":"Crm::Parties::Contact"}}`, 422,
		object{"first_name": blankDetail, "last_name": blankDetail}, "required of contacts alone"},
	"no such party type": {"POST", "parties", `{"party":{"name":"N","type":"boat"}}`, 422,
		object{"type": []any{"is not included in the list"}}, "three kinds"},
	"half an address": {"POST", "addresses", `{"address":{"street":"1, rue A"}}`, 422,
		object{"city": blankDetail, "state": blankDetail, "zip": blankDetail}, "the country alone is optional"},
	"broken JSON":    {"POST", "notes", `{"note":`, 400, nil, "malformed"},
	"two documents":  {"POST", "notes", `{"note":{}} {}`, 400, nil, "one body, one document"},
	"another noun":   {"POST", "notes", `{"quote":{}}`, 400, nil, "the noun names the body"},
	"a noun of text": {"POST", "notes", `{"note":"B"}`, 400, nil, "and is an object"},
}

func TestInvalidWritesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, tc := range invalidWrites {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t)
			path := prefix + strings.Replace(tc.path, "{id}", firstID(t, s, tc.path), 1)
			sent := strings.ReplaceAll(body(s, tc.body), "{taken project}", s.data.projects.rows[3].number)
			r := ask(t, s, s.Admin(), tc.method, path, sent).want(t, tc.status)
			envelope, _ := r.object(t)["error"].(object)
			if diff := cmp.Diff(codes[tc.status], envelope["code"]); diff != "" {
				t.Errorf("code (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.details, details(t, r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func firstID(t *testing.T, s *Server, path string) string {
	t.Helper()
	noun, _, _ := strings.Cut(path, "/")
	if !strings.Contains(path, "{id}") {
		return ""
	}
	return strings.TrimPrefix(first(t, s, noun), prefix+noun+"/")
}

func TestRefusedWritesChangeNothing(t *testing.T) {
	t.Parallel()
	s := small(t)
	path := first(t, s, "projects")
	before := ask(t, s, s.Admin(), "GET", path, "").body
	ask(t, s, s.Admin(), "PUT", path, `{"project":{"call_notes":"new","client_id":1}}`).want(t, 422)
	if diff := cmp.Diff(before, ask(t, s, s.Admin(), "GET", path, "").body); diff != "" {
		t.Errorf("a refused update left its traces (-want +got):\n%s", diff)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := small(t)
	tests := map[string]struct {
		method, path string
		status       int
		reason       string
	}{
		"no such road":      {"GET", "/api/v2/boats", 404, "the envelope, not a bare page"},
		"no such id":        {"GET", prefix + "projects/1", 404, "nobody"},
		"no id":             {"GET", prefix + "projects/abc", 404, "not an id"},
		"another noun's id": {"GET", prefix + "invoices/1001", 404, "each noun counts from its own base"},
		"one party":         {"GET", prefix + "parties/100001", 405, "there is no GET of one"},
		"HEAD":              {"HEAD", prefix + "projects", 405, "not documented"},
		"a patch":           {"PATCH", prefix + "projects/1001", 405, "updates are PUT"},
		"a written lookup":  {"POST", prefix + "projects/stages", 405, "lookups are only read"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Log(tc.reason)
			r := ask(t, s, s.Admin(), tc.method, tc.path, "").want(t, tc.status)
			if keys(r.object(t)) != "error" {
				t.Errorf("body %s is not the error envelope", r.body)
			}
			if tc.status == 405 && r.header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

func TestAccept(t *testing.T) {
	t.Parallel()
	s := small(t)
	for accept, status := range map[string]int{
		"application/json": 200, "*/*": 200, "text/html, application/*;q=0.5": 200, "text/html": 406, "application/xml": 406,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", prefix+"projects", nil)
		r.Header.Set("Authorization", s.Admin().Authorization)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("Accept %q: status = %d, want %d", accept, w.Code, status)
		}
	}
}
