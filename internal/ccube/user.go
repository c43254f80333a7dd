package ccube

import (
	"context"
	"net/http"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// Keys of a [User].
const (
	UserEmail Keys = 1 << iota
	UserName
	UserGivenName
	UserFamilyName
	UserRole
	UserSuspended
	UserCurrentSignInAt
	UserLastSignInAt
	UserCreatedAt
	UserUpdatedAt
)

// What the reference promises of a user's list row and of its detail (chapter Users).
const (
	UserListKeys   = UserEmail | UserName | UserRole | UserCreatedAt | UserUpdatedAt
	UserDetailKeys = UserEmail | UserGivenName | UserFamilyName
)

// ListUsers reads one page of the users.
func (a *API) ListUsers(ctx context.Context, p Page) ([]*User, error) {
	return list[User](ctx, a, "users", p.query())
}

// GetUser reads a user's detail.
func (a *API) GetUser(ctx context.Context, id ID) (*User, error) {
	return get[User](ctx, a, "users", id)
}

// User is a person with access to CCUBE as any of its answers shows them (chapter Users).
type User struct {
	Row
	Email, Name, GivenName, FamilyName, Role            Null[string]
	Suspended                                           Null[bool]
	CurrentSignInAt, LastSignInAt, CreatedAt, UpdatedAt Null[Instant]
}

func (u *User) set(key []byte, v value) {
	switch string(key) {
	case "id":
		u.identify(v)
	case "email":
		u.text(UserEmail, &u.Email, v)
	case "name":
		u.text(UserName, &u.Name, v)
	case "given_name":
		u.text(UserGivenName, &u.GivenName, v)
	case "family_name":
		u.text(UserFamilyName, &u.FamilyName, v)
	case "role":
		u.text(UserRole, &u.Role, v)
	case "suspended":
		u.flag(UserSuspended, &u.Suspended, v)
	case "current_sign_in_at":
		u.instant(UserCurrentSignInAt, &u.CurrentSignInAt, v)
	case "last_sign_in_at":
		u.instant(UserLastSignInAt, &u.LastSignInAt, v)
	case "created_at":
		u.instant(UserCreatedAt, &u.CreatedAt, v)
	case "create_at":
		u.unless(UserCreatedAt, func() { u.instant(UserCreatedAt, &u.CreatedAt, v) })
	case "updated_at":
		u.instant(UserUpdatedAt, &u.UpdatedAt, v)
	case "update_at":
		u.unless(UserUpdatedAt, func() { u.instant(UserUpdatedAt, &u.UpdatedAt, v) })
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same user; see [Project.Fill].
func (u *User) Fill(from *User) *User {
	f := *u
	lacks := from.Keys &^ u.Keys
	fill(lacks, UserEmail, &f.Email, from.Email)
	fill(lacks, UserName, &f.Name, from.Name)
	fill(lacks, UserGivenName, &f.GivenName, from.GivenName)
	fill(lacks, UserFamilyName, &f.FamilyName, from.FamilyName)
	fill(lacks, UserRole, &f.Role, from.Role)
	fill(lacks, UserSuspended, &f.Suspended, from.Suspended)
	fill(lacks, UserCurrentSignInAt, &f.CurrentSignInAt, from.CurrentSignInAt)
	fill(lacks, UserLastSignInAt, &f.LastSignInAt, from.LastSignInAt)
	fill(lacks, UserCreatedAt, &f.CreatedAt, from.CreatedAt)
	fill(lacks, UserUpdatedAt, &f.UpdatedAt, from.UpdatedAt)
	f.fillKeys(&from.Row)
	return &f
}

// UserWrite is what a write says of a user (chapter Users). To create one CCUBE wants email, password, its
// confirmation, type and roles.
type UserWrite struct {
	Email                Field[string]          `json:"email,omitzero"`
	Password             Field[identity.Secret] `json:"-"`
	PasswordConfirmation Field[identity.Secret] `json:"-"`
	UserType             Field[UserType]        `json:"user_type,omitzero"`
	ContactID            Field[ID]              `json:"contact_id,omitzero"`
	RoleIDs              Field[[]ID]            `json:"role_ids,omitzero"`
	GivenName            Field[string]          `json:"given_name,omitzero"`
	FamilyName           Field[string]          `json:"family_name,omitzero"`
	Suspended            Field[bool]            `json:"suspended,omitzero"`
	SuperUser            Field[bool]            `json:"super_user,omitzero"`
	PaidTenant           Field[bool]            `json:"paid_tenant,omitzero"`
	DunningTenant        Field[bool]            `json:"dunning_tenant,omitzero"`
	Trial                Field[bool]            `json:"trial,omitzero"`
	Demo                 Field[bool]            `json:"demo,omitzero"`
	PaidUser             Field[bool]            `json:"paid_user,omitzero"`
}

// userBody is a user as the request holds it: here alone the password leaves its mask. Its keys stand before those of
// the write, whose own email the outer one hides.
type userBody struct {
	Email                Field[string] `json:"email,omitzero"`
	Password             Field[string] `json:"password,omitzero"`
	PasswordConfirmation Field[string] `json:"password_confirmation,omitzero"`
	UserWrite
}

func (w UserWrite) body() userBody {
	return userBody{
		Email: w.Email, UserWrite: w,
		Password: reveal(w.Password), PasswordConfirmation: reveal(w.PasswordConfirmation),
	}
}

// secrets are what no error may repeat.
func (w UserWrite) secrets() (secrets []string) {
	for _, f := range []Field[identity.Secret]{w.Password, w.PasswordConfirmation} {
		if s, ok := f.Get(); ok && s != "" {
			secrets = append(secrets, s.Reveal())
		}
	}
	return secrets
}

// reveal takes the mask off.
func reveal(f Field[identity.Secret]) Field[string] {
	return Field[string]{value: f.value.Reveal(), said: f.said}
}

// CreateUser makes a user. The confirmation is the password where w says nothing of it.
func (a *API) CreateUser(ctx context.Context, w UserWrite) (*User, error) {
	if w.PasswordConfirmation.IsZero() {
		w.PasswordConfirmation = w.Password
	}
	r := posting("users")
	r.secrets = w.secrets()
	return createBy[User](ctx, a, r, "user", w.body(), theOnly)
}

// UpdateUser changes the fields that w says something of. The row has the keys that the answer shows, often none.
func (a *API) UpdateUser(ctx context.Context, id ID, w UserWrite) (*User, error) {
	r := one(http.MethodPut, "users", id)
	r.secrets = w.secrets()
	return updateBy[User](ctx, a, r, id, "user", w.body())
}

// DeleteUser deletes a user.
func (a *API) DeleteUser(ctx context.Context, id ID) (Deletion, error) {
	return remove(ctx, a, "users", id)
}
