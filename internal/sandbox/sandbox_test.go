package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// noon is the clock of all tests that look at time.
func noon() time.Time { return time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC) }

// small is a sandbox that is quick to make and has some of everything.
func small(t *testing.T, change ...func(*Switches)) *Server {
	t.Helper()
	s := New(Options{Projects: 40, Seed: 7, Now: noon})
	for _, f := range change {
		s.Set(f)
	}
	return s
}

type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request as an account; a zero account sends no token.
func ask(t *testing.T, h http.Handler, as Account, method, path, body string) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if as.Authorization != "" {
		r.Header.Set("Authorization", as.Authorization)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return reply{w.Code, w.Result().Header, w.Body.String()}
}

// want fails the test unless the status is as expected.
func (r reply) want(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("status = %d, want %d; body: %s", r.status, status, r.body)
	}
	return r
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("cannot decode %q: %v", text, err)
	}
	return v
}

type object = map[string]any

func (r reply) object(t *testing.T) object { t.Helper(); return decode[object](t, r.body) }

func (r reply) rows(t *testing.T) []object { t.Helper(); return decode[[]object](t, r.body) }

// keys are the sorted keys of an object in one line.
func keys(v any) string {
	o, ok := v.(object)
	if !ok {
		return fmt.Sprintf("%T", v)
	}
	return strings.Join(slices.Sorted(maps.Keys(o)), " ")
}

// sorted puts a line of keys in the order of keys.
func sorted(line string) string {
	words := strings.Fields(line)
	slices.Sort(words)
	return strings.Join(words, " ")
}

func text(v any) string { return fmt.Sprint(v) }

func details(t *testing.T, r reply) object {
	t.Helper()
	e, _ := r.object(t)["error"].(object)
	d, _ := e["details"].(object)
	return d
}

// first is the path of the first row a list has.
func first(t *testing.T, s *Server, noun string) string {
	t.Helper()
	rows := ask(t, s, s.Admin(), "GET", prefix+noun+"?per_page=1", "").want(t, 200).rows(t)
	return prefix + noun + "/" + text(rows[0]["id"])
}

// body fills {client}, {project} and {user} in a body with ids that exist.
func body(s *Server, template string) string {
	p := s.data.projects.rows[0]
	return strings.NewReplacer(
		"{client}", text(s.data.parties.ids[0]), "{project}", text(p.id), "{user}", text(s.Admin().ID),
	).Replace(template)
}

const (
	newUser = `{"user":{"email":"New@Example.com","password":"password123","password_confirmation":"password123",
		"user_type":"full","role_ids":[1],"given_name":"Nouvel","family_name":"Usager"}}`
	newProject = `{"project":{"name":"Toit","number":"P-NEW","client_id":{client},"manager_id":{user},
		"work_start":"2026-11-03","stage_id":2,"work_type_id":5}}`
	newQuote = `{"quote":{"number":"Q-NEW","project_id":{project},"department_id":1,"quote_type":"standard",
		"description":"Toit"}}`
	newInvoice = `{"invoice":{"number":"INV-NEW","subject":"Toit","client_id":{client},"project_id":{project},
		"issue_date":"2024-01-01","due_date":"2024-01-31","lines_attributes":[
		{"material":"Shingles - 3-tab","description":"Materials","quantity":20,"unit_price":25.0,"position":1},
		{"description":"Labor","quantity":7.5,"unit_price":50.01,"position":2}]}}`
	newPurchaseOrder = `{"purchase_order":{"number":"PO-NEW","description":"Bardeaux","department_id":1}}`
	newWorkOrder     = `{"work_order":{"number":"WO-NEW","description":"Poser","department_id":1,"start_date":"2026-11-03"}}`
	newNote          = `{"note":{"notable_type":"Project","notable_id":{project},"body":"Kickoff"}}`
	newParty         = `{"party":{"name":"Jean Roy","type":"Crm::Parties::Contact","first_name":"Jean","last_name":"Roy",
		"addresses_attributes":[{"street":"1, rue A","city":"Laval"}],"phones_attributes":[{"value":"+15145550000"}],
		"emails_attributes":[{"value":"jean@example.com"}]}}`
	newPhone   = `{"phone":{"value":"+15145550000","type":"office"}}`
	newEmail   = `{"email":{"value":"contact@example.com"}}`
	newAddress = `{"address":{"street":"1, rue A","city":"Laval","state":"QC","zip":"H7N 1A1"}}`
)
