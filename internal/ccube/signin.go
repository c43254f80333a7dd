package ccube

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Session is what CCUBE gives for an email and a password (chapter Authentication).
type Session struct {
	// Token is the half of the credential that is secret.
	Token identity.Secret
	// Email is the other half.
	Email string
	// Authorization is the whole header, as every further call wants it.
	Authorization identity.Secret
	// UserID and UserContactID are null where CCUBE does not say.
	UserID, UserContactID Null[ID]
}

// SignIn exchanges an email and a password for a token. It is the one call that carries no credential, and its errors
// hold neither the password nor the token. A pair that CCUBE does not accept is fault.Unauthenticated.
func (c *Client) SignIn(
	ctx context.Context, tenant identity.Tenant, email string, password identity.Secret,
) (*Session, error) {
	type user struct {
		Email    string `json:"email"`
		Password string `json:"password"`
	}
	const path = "/users/sign_in"
	r := &request{method: http.MethodPost, path: path, endpoint: path, anonymous: true}
	if password != "" {
		r.secrets = []string{password.Reveal()}
	}
	var err error
	if r.body, err = json.Marshal(map[string]user{"user": {email, password.Reveal()}}); err != nil {
		return nil, unwritable(r, err)
	}
	got, err := c.As(identity.Caller{Tenant: tenant}).send(ctx, r)
	if err != nil {
		return nil, err
	}
	session, err := readSession(got.body, email)
	if err != nil {
		return nil, unreadable(r, got, err)
	}
	return session, nil
}

var errNoToken = errors.New("no token, or one that cannot be sent on")

// readSession reads the answer. Its errors quote nothing of it, since the token may stand anywhere in what is broken.
func readSession(body []byte, email string) (*Session, error) {
	var answer struct {
		UserToken     string          `json:"user_token"`
		UserEmail     string          `json:"user_email"`
		UserID        json.RawMessage `json:"user_id"`
		UserContactID json.RawMessage `json:"user_contact_id"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return nil, errSyntax
	}
	s := &Session{
		Token: identity.Secret(answer.UserToken), Email: email,
		UserID: lenientID(answer.UserID), UserContactID: lenientID(answer.UserContactID),
	}
	if answer.UserEmail != "" {
		s.Email = answer.UserEmail
	}
	var err error
	if s.Authorization, err = identity.Header(s.Email, s.Token); err != nil {
		return nil, errNoToken
	}
	return s, nil
}

// lenientID reads an id that nothing depends on, as a number or a string of digits.
func lenientID(raw json.RawMessage) Null[ID] {
	id, err := ParseID(strings.Trim(string(raw), `"`))
	return Null[ID]{V: id, Valid: err == nil}
}
