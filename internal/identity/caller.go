// Package identity knows who asks: the tenant, the credential, and the partition that keeps one caller's data apart
// from another's.
//
// The gateway has no users of its own. It takes the caller's CCUBE credential from the request, passes it on to the
// one host that the tenant names, and stores nothing. Three forms are understood, since not every client can send
// CCUBE's own; all of them become CCUBE's. Nothing here makes a call: whether a credential is good, CCUBE says.
package identity

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// EmailHeader carries the caller's email beside an Authorization of the Bearer form.
const EmailHeader = "X-User-Email"

// howTo ends every complaint about a credential.
const howTo = "send `Authorization: Token <token>,user_email=<email>`, or Basic with email and token, " +
	"or Bearer <token> with " + EmailHeader

// Caller is who asks. It is a value, safe to copy and to share.
type Caller struct {
	// Tenant is where the caller's data is.
	Tenant Tenant
	// Email is the caller's own, as the credential names it.
	Email string
	// Authorization is the header that CCUBE wants (chapter Authentication).
	Authorization Secret
	// Partition keeps apart what this caller may see.
	Partition Partition
}

// FromRequest reads the caller's credential and tenant from the request's headers.
//
// Errors are fault.Unauthenticated for a credential that is missing or malformed, fault.BadUserInput for a tenant that
// is not served.
func FromRequest(h http.Header, tenants Tenants) (Caller, error) {
	email, authorization, err := credential(h)
	if err != nil {
		return Caller{}, err
	}
	tenant, err := tenants.FromRequest(h)
	if err != nil {
		return Caller{}, err
	}
	return New(tenant, email, authorization), nil
}

// New returns the caller of a tenant with a credential in CCUBE's form.
func New(tenant Tenant, email string, authorization Secret) Caller {
	return Caller{
		Tenant: tenant, Email: email, Authorization: authorization,
		Partition: partition(tenant, email, authorization),
	}
}

// Secrets are the forms in which the caller's credential could be told: the token, which CCUBE's header holds, and what a
// Basic header is made of. A token that is too short to keep a secret has none.
func (c Caller) Secrets() []string {
	_, rest, _ := strings.Cut(c.Authorization.Reveal(), " ")
	token, _, _ := strings.Cut(rest, ",")
	if token = strings.TrimSpace(token); len(token) < 8 {
		return nil
	}
	return []string{token, base64.StdEncoding.EncodeToString([]byte(c.Email + ":" + token))}
}

// credential returns the caller's email and the header in CCUBE's form.
func credential(h http.Header) (string, Secret, error) {
	if n := len(h.Values("Authorization")); n > 1 {
		return "", "", fault.New(fault.Unauthenticated, "the request has %d Authorization headers; %s", n, howTo)
	}
	header := h.Get("Authorization")
	if header == "" {
		return "", "", fault.New(fault.Unauthenticated, "the request has no credential; %s", howTo)
	}
	scheme, rest, _ := strings.Cut(header, " ")
	switch {
	case strings.EqualFold(scheme, "token"):
		return tokenForm(header, rest)
	case strings.EqualFold(scheme, "basic"):
		return basicForm(strings.TrimSpace(rest))
	case strings.EqualFold(scheme, "bearer"):
		return ccubeForm(h.Get(EmailHeader), strings.TrimSpace(rest))
	}
	return "", "", fault.New(fault.Unauthenticated, "the Authorization header has a scheme that CCUBE does not take; %s", howTo)
}

// tokenForm takes CCUBE's own form, which goes on as it came.
func tokenForm(header, rest string) (string, Secret, error) {
	token, attributes, _ := strings.Cut(rest, ",")
	email, found := strings.CutPrefix(strings.TrimSpace(attributes), "user_email=")
	email = strings.Trim(email, `"`)
	if strings.TrimSpace(token) == "" || !found || !plausibleEmail(email) {
		return "", "", fault.New(fault.Unauthenticated, "the Authorization header lacks its token or its user_email; %s", howTo)
	}
	return email, Secret(header), nil
}

// basicForm takes email and token as user name and password, which every BI tool can send.
func basicForm(encoded string) (string, Secret, error) {
	plain, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return "", "", fault.New(fault.Unauthenticated, "the Basic credential is not base64; %s", howTo)
	}
	email, token, _ := strings.Cut(string(plain), ":")
	return ccubeForm(email, token)
}

// Header returns the Authorization header in CCUBE's form, from a token that CCUBE has just given. The error is of
// category fault.Unauthenticated, for a part that could be read as more than itself.
func Header(email string, token Secret) (Secret, error) {
	_, header, err := ccubeForm(email, token.Reveal())
	return header, err
}

// ccubeForm builds CCUBE's header from its two parts. A part that could be read as more than itself is refused.
func ccubeForm(email, token string) (string, Secret, error) {
	if !plausibleToken(token) {
		return "", "", fault.New(fault.Unauthenticated, "the credential has no token, or one with characters that no token has; %s", howTo)
	}
	if !plausibleEmail(email) {
		return "", "", fault.New(fault.Unauthenticated, "the credential has no email, or one that is none; %s", howTo)
	}
	return email, Secret("Token " + token + ",user_email=" + email), nil
}

// plausibleToken reports whether s can stand before the comma in CCUBE's header: ASCII alone, nothing that separates.
func plausibleToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == ',' || c == ';' || c == '"' {
			return false
		}
	}
	return s != ""
}

// plausibleEmail reports whether s can stand after user_email=.
func plausibleEmail(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == 0x7f || c == ',' || c == '"' {
			return false
		}
	}
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1
}
