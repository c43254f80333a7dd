package model

import (
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// SignInPayload is what signing in answers. Its methods give up the secrets of the session, which masks them till then.
type SignInPayload struct {
	// Session is what CCUBE gave; nil where it refused.
	Session *ccube.Session
	// UserErrors are what the caller can mend.
	UserErrors []*UserError
}

// Token resolves SignInPayload.token.
func (p *SignInPayload) Token() *string {
	return p.part(func(s *ccube.Session) string { return s.Token.Reveal() })
}

// Email resolves SignInPayload.email.
func (p *SignInPayload) Email() *string {
	return p.part(func(s *ccube.Session) string { return s.Email })
}

// Authorization resolves SignInPayload.authorization.
func (p *SignInPayload) Authorization() *string {
	return p.part(func(s *ccube.Session) string { return s.Authorization.Reveal() })
}

// UserID resolves SignInPayload.userId.
func (p *SignInPayload) UserID() *ccube.ID {
	if p.Session == nil {
		return nil
	}
	return p.Session.UserID.Ptr()
}

// UserContactID resolves SignInPayload.userContactId.
func (p *SignInPayload) UserContactID() *ccube.ID {
	if p.Session == nil {
		return nil
	}
	return p.Session.UserContactID.Ptr()
}

// part returns a part of the session; nil where there is none.
func (p *SignInPayload) part(of func(*ccube.Session) string) *string {
	if p.Session == nil {
		return nil
	}
	return new(of(p.Session))
}
