package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

// Account is a user a demo or a test can be.
type Account struct {
	// ID is the user's id.
	ID int64
	// Email and Password are what he signs in with.
	Email, Password string
	// Token is what signing in answers.
	Token string
	// Authorization is the ready header value.
	Authorization string
}

// Admin is the user who may see and do everything.
func (s *Server) Admin() Account { return s.admin }

// Technician is a user of the field crew: he sees a third of the projects and what belongs to these, and may open
// neither invoices nor quotes nor any user but himself.
func (s *Server) Technician() Account { return s.technician }

func accountOf(u *user, password string) Account {
	return Account{
		ID: u.id, Email: u.email, Password: password, Token: u.token,
		Authorization: "Token " + u.token + ",user_email=" + u.email,
	}
}

// tokenFor is the token of a user for as long as he exists.
func tokenFor(seed uint64, id int64) string {
	text := strconv.FormatUint(seed, 10) + "/" + strconv.FormatInt(id, 10)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:20])
}

// credentials splits the Authorization header. The form is exact: one space, one comma, nothing else.
func credentials(r *http.Request) (token, email string, ok bool) {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Token ")
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, ",user_email=")
}

func claimed(r *http.Request) string {
	_, email, _ := credentials(r)
	return email
}

// authenticate finds out who calls. Token and email must belong together.
func (c *call) authenticate() error {
	token, email, ok := credentials(c.r)
	if ok {
		u := c.db().users.get(c.db().userByEmail[email])
		if u != nil && !u.suspended && subtle.ConstantTimeCompare([]byte(u.token), []byte(token)) == 1 {
			c.who = *u
			return nil
		}
	}
	return fail(http.StatusUnauthorized, "Invalid or expired token")
}

func (c *call) isAdmin() bool { return c.who.role == roleAdmin }

func (c *call) requireAdmin() error {
	if c.isAdmin() {
		return nil
	}
	return fail(http.StatusForbidden, "You do not have permission to perform this action")
}

// sees tells whether the caller may see what belongs to a project, or what he made himself outside of any.
func (c *call) sees(projectID, author int64) bool {
	if c.isAdmin() {
		return true
	}
	if projectID == 0 {
		return author == c.who.id
	}
	p := c.db().projects.get(projectID)
	return p != nil && p.crew
}
