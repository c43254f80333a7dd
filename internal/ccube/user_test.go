package ccube_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

const password = "passw0rd<&>123"

func newUser() ccube.UserWrite {
	no := ccube.Set(false)
	return ccube.UserWrite{
		Email: ccube.Set("newuser@example.com"), Password: ccube.Set[identity.Secret](password),
		UserType: ccube.Set(ccube.UserFull), ContactID: ccube.Set[ccube.ID](1234), RoleIDs: ccube.Set([]ccube.ID{1}),
		GivenName: ccube.Set("John"), FamilyName: ccube.Set("Doe"), Suspended: no, SuperUser: no, PaidTenant: no,
		DunningTenant: no, Trial: no, Demo: no, PaidUser: no,
	}
}

func TestUsers(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "the list row has name and role",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListUsers(ctx, ccube.Page{Number: 1, Size: 20})
			},
			method: "GET", path: "/api/v2/users?page=1&per_page=20",
			answer: `[{"id": 1, "email": "user1@example.com", "name": "User One", "role": "admin",
				"created_at": "2024-01-01T12:00:00Z", "updated_at": "2024-01-15T09:30:00Z"}]`,
			want: []*ccube.User{{
				Row: row(1, ccube.UserListKeys), Email: val("user1@example.com"), Name: val("User One"),
				Role: val("admin"), CreatedAt: val[ccube.Instant]("2024-01-01T12:00:00Z"),
				UpdatedAt: val[ccube.Instant]("2024-01-15T09:30:00Z"),
			}},
		},
		"detail": {
			reason: "the detail has the halves of the name",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetUser(ctx, 1) },
			method: "GET", path: "/api/v2/users/1",
			answer: `{"id": 1, "email": "user1@example.com", "given_name": "User", "family_name": "One"}`,
			want: &ccube.User{
				Row: row(1, ccube.UserDetailKeys), Email: val("user1@example.com"), GivenName: val("User"),
				FamilyName: val("One"),
			},
		},
		"create": {
			reason: "the confirmation is taken from the password, roles are integers, false is said",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.CreateUser(ctx, newUser()) },
			method: "POST", path: "/api/v2/users",
			body: `{"user": {"email": "newuser@example.com", "password": "passw0rd<&>123",
				"password_confirmation": "passw0rd<&>123", "user_type": "full", "contact_id": 1234, "role_ids": [1],
				"given_name": "John", "family_name": "Doe", "suspended": false, "super_user": false,
				"paid_tenant": false, "dunning_tenant": false, "trial": false, "demo": false, "paid_user": false}}`,
			answer: `{"id": 3, "email": "newuser@example.com", "role": "user", "name": "New User", "suspended": false,
				"current_sign_in_at": "2023-10-01T12:00:00Z", "last_sign_in_at": "2023-09-30T12:00:00Z",
				"given_name": "New", "family_name": "User"}`,
			want: &ccube.User{
				Row: row(3, ccube.UserEmail|ccube.UserRole|ccube.UserName|ccube.UserSuspended|ccube.UserCurrentSignInAt|
					ccube.UserLastSignInAt|ccube.UserGivenName|ccube.UserFamilyName),
				Email: val("newuser@example.com"), Role: val("user"), Name: val("New User"), Suspended: val(false),
				CurrentSignInAt: val[ccube.Instant]("2023-10-01T12:00:00Z"),
				LastSignInAt:    val[ccube.Instant]("2023-09-30T12:00:00Z"), GivenName: val("New"), FamilyName: val("User"),
			},
		},
		"update": {
			reason: "no password is said, so none is sent",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateUser(ctx, 1, ccube.UserWrite{
					Email: ccube.Set("updated@example.com"), UserType: ccube.Set(ccube.UserLimited),
					ContactID: ccube.Clear[ccube.ID](), RoleIDs: ccube.Set([]ccube.ID{}), Suspended: ccube.Set(true),
				})
			},
			method: "PUT", path: "/api/v2/users/1",
			body: `{"user": {"email": "updated@example.com", "user_type": "limited", "contact_id": null,
				"role_ids": [], "suspended": true}}`,
			answer: `{"id": 1, "email": "updated@example.com", "given_name": "John", "family_name": "Doe"}`,
			want: &ccube.User{
				Row: row(1, ccube.UserDetailKeys), Email: val("updated@example.com"), GivenName: val("John"),
				FamilyName: val("Doe"),
			},
		},
		"delete": {
			reason: "the answer is a message",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteUser(ctx, 3) },
			method: "DELETE", path: "/api/v2/users/3",
			answer: `{"message": "User deleted successfully"}`,
			want:   ccube.Deletion{ID: 3, Message: "User deleted successfully"},
		},
	})
}

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	things := map[string]any{
		"a user to be made": newUser(),
		"a caller's calls":  ccube.New(ccube.Options{}).As(caller("http://127.0.0.1:1")),
		"a session":         ccube.Session{Token: token, Authorization: authorization},
	}
	for name, thing := range things {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			if s := fmt.Sprintf(verb, thing); strings.Contains(s, token) || strings.Contains(s, "passw0rd") ||
				strings.Contains(s, fmt.Sprintf("%x", token)) {
				t.Errorf("%s prints a secret under %s: %s", name, verb, s)
			}
		}
	}
}
