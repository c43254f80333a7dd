package loaders

import (
	"context"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// newUsers returns the users. There is nothing below a user that costs a call.
func newUsers(s *Set) *Objects[*ccube.User] {
	return newObjects(s, access.Users(), func(id ccube.ID) *ccube.User { return &ccube.User{Row: ccube.Row{ID: id}} })
}

// UserByEmail returns the user with the email, in whatever case, as far as the plan wants it; nil where there is none. It
// costs a walk over the users.
func (s *Set) UserByEmail(ctx context.Context, email string, p *Plan) (*Found[*ccube.User], error) {
	users, err := s.Users.walker().All(ctx)
	if err != nil {
		return nil, err
	}
	for _, user := range users {
		if user.Email.Valid && strings.EqualFold(user.Email.V, email) {
			return s.Users.Prepare(ctx, []*ccube.User{user}, p)[0], nil
		}
	}
	return nil, nil
}
