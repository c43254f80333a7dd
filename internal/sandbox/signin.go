package sandbox

import (
	"net/http"
	"strings"
)

// signIn trades an email and a password for the user's token, which stays the same for as long as he exists.
func signIn(c *call) error {
	f, err := c.fields("user", true)
	if err != nil {
		return err
	}
	var email, password string
	f.text("email", &email)
	f.text("password", &password)
	u := c.db().users.get(c.db().userByEmail[strings.ToLower(email)])
	if u == nil || u.suspended || u.password != digest(password) {
		return fail(http.StatusUnauthorized, "Invalid email or password")
	}
	u.lastSignIn, u.currentSignIn = u.currentSignIn, c.s.moment()
	c.object()
	c.text("user_token", u.token)
	c.text("user_email", u.email)
	c.text("email", u.email)
	c.number("user_id", u.id)
	c.idOrNull("user_contact_id", u.contactID)
	c.end()
	return nil
}
