package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body   string
		status int
		reason string
	}{
		"the right password": {
			`{"user":{"email":"admin@example.com","password":"sandbox-admin"}}`, 200, "the ready admin can sign in"},
		"another case of the email": {
			`{"user":{"email":"Admin@Example.com","password":"sandbox-admin"}}`, 200, "emails are one whatever their case"},
		"a wrong password": {
			`{"user":{"email":"admin@example.com","password":"sandbox-technicien"}}`, 401, "another user's does not do"},
		"nobody": {
			`{"user":{"email":"nobody@example.com","password":"sandbox-admin"}}`, 401, "nor does one without a user"},
		"a suspended user": {
			`{"user":{"email":"{suspended}","password":"sandbox-equipe"}}`, 401, "suspension closes the door"},
		"no user at all": {`{}`, 400, "the envelope is missing"},
		"no JSON":        {`{"user"`, 400, "malformed"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t)
			sent := strings.ReplaceAll(tc.body, "{suspended}", s.data.users.rows[staff-1].email)
			r := ask(t, s, Account{}, "POST", "/users/sign_in", sent).want(t, tc.status)
			if tc.status != 200 {
				return
			}
			want := object{
				"user_token": s.Admin().Token, "user_email": s.Admin().Email, "email": s.Admin().Email,
				"user_id": number(s.Admin().ID), "user_contact_id": number(s.data.users.rows[0].contactID),
			}
			if diff := cmp.Diff(want, r.object(t)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// number is an id as a decoded answer has it.
func number(id int64) json.Number { return json.Number(text(id)) }

func TestTokenAndEmailAreOnePair(t *testing.T) {
	t.Parallel()
	s := small(t)
	admin, tech := s.Admin(), s.Technician()
	tests := map[string]struct{ header, reason string }{
		"no header":       {"", "everything but signing in needs one"},
		"another's token": {"Token " + tech.Token + ",user_email=" + admin.Email, "the pair must belong together"},
		"another scheme":  {"Bearer " + admin.Token, "only Token is documented"},
		"a space":         {"Token " + admin.Token + ", user_email=" + admin.Email, "the form is exact"},
		"no email":        {"Token " + admin.Token, "half a pair"},
		"an empty token":  {"Token ,user_email=" + admin.Email, "nothing is not a token"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ask(t, s, Account{Authorization: tc.header}, "GET", prefix+"projects", "").want(t, 401)
			want := `{"error":{"code":"unauthorized","message":"Invalid or expired token","details":null}}`
			if diff := cmp.Diff(want, r.body); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

func TestTechnicianRights(t *testing.T) {
	t.Parallel()
	s := small(t)
	hidden := s.data.projects.rows[1].id // the crew has every third
	tests := map[string]struct {
		method, path string
		status       int
		reason       string
	}{
		"users":             {"GET", "users", 403, "the list of users is for admins"},
		"himself":           {"GET", "users/" + text(s.Technician().ID), 200, "his own detail is his"},
		"the admin":         {"GET", "users/" + text(s.Admin().ID), 403, "others are not"},
		"deleting himself":  {"DELETE", "users/" + text(s.Technician().ID), 403, "not even himself"},
		"invoices":          {"GET", "invoices", 403, "no invoices"},
		"an invoice":        {"GET", "invoices/1", 403, "rights come before existence"},
		"quotes":            {"GET", "quotes", 403, "no quotes"},
		"his project":       {"GET", "projects/" + text(s.data.projects.ids[0]), 200, "one of his third"},
		"a hidden project":  {"GET", "projects/" + text(hidden), 404, "what he may not see is not there"},
		"deleting a hidden": {"DELETE", "projects/" + text(hidden), 404, "nor to write"},
		"parties":           {"GET", "parties", 200, "everybody may look up a client"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Log(tc.reason)
			ask(t, s, s.Technician(), tc.method, prefix+tc.path, "").want(t, tc.status)
		})
	}
}

func TestTechnicianSeesAThirdAndWhatBelongsToIt(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.Paging.Mode = PagingIgnored })
	seen := map[string]bool{}
	for _, p := range ask(t, s, s.Technician(), "GET", prefix+"projects", "").want(t, 200).rows(t) {
		seen[text(p["id"])] = true
	}
	if got, want := len(seen), (len(s.data.projects.rows)+2)/3; got != want {
		t.Errorf("he sees %d projects, want %d", got, want)
	}
	for _, noun := range []string{"work_orders", "purchase_orders"} {
		for _, o := range ask(t, s, s.Technician(), "GET", prefix+noun, "").want(t, 200).rows(t) {
			if !seen[text(o["project_id"])] {
				t.Errorf("%s %v belongs to project %v, which he may not see", noun, o["id"], o["project_id"])
			}
		}
	}
	for _, n := range ask(t, s, s.Technician(), "GET", prefix+"notes", "").want(t, 200).rows(t) {
		if n["notable_type"] == onProject && !seen[text(n["notable_id"])] || n["notable_type"] == onInvoice {
			t.Errorf("note %v is on %v %v, which he may not see", n["id"], n["notable_type"], n["notable_id"])
		}
	}
}

func TestWhatATechnicianMakesIsHis(t *testing.T) {
	t.Parallel()
	s := small(t)
	id := ask(t, s, s.Technician(), "POST", prefix+"work_orders", newWorkOrder).want(t, 201).object(t)["id"]
	ask(t, s, s.Technician(), "GET", prefix+"work_orders/"+text(id), "").want(t, 200)
	id = ask(t, s, s.Technician(), "POST", prefix+"projects", body(s, newProject)).want(t, 201).object(t)["id"]
	ask(t, s, s.Technician(), "GET", prefix+"projects/"+text(id), "").want(t, 200)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	now := noon()
	s := New(Options{Projects: 3, Now: func() time.Time { return now }, Switches: Switches{RateLimit: 2}})
	get := func(as Account) reply { return ask(t, s, as, "GET", prefix+"projects", "") }
	get(s.Admin()).want(t, 200)
	now = now.Add(50500 * time.Millisecond)
	get(s.Admin()).want(t, 200)
	r := get(s.Admin()).want(t, http.StatusTooManyRequests)
	if got := r.header.Get("Retry-After"); got != strconv.Itoa(10) {
		t.Errorf("Retry-After = %q, want the 9.5 seconds left, rounded up", got)
	}
	get(s.Technician()).want(t, 200) // each has his own allowance
	now = now.Add(10 * time.Second)
	get(s.Admin()).want(t, 200)
}
