package sandbox

import (
	"crypto/sha256"
	"slices"
	"strings"
)

const (
	roleAdmin = "admin"
	roleUser  = "user"

	// adminRoleID is the role id that makes an admin; the reference shows role 1 on an ordinary user.
	adminRoleID = 2

	passwordMin = 8
)

type user struct {
	id                        int64
	email, given, family      string
	role, userType            string
	password                  [sha256.Size]byte
	token                     string
	contactID                 int64
	suspended                 bool
	currentSignIn, lastSignIn moment
	created, updated          moment
}

func digest(password string) [sha256.Size]byte { return sha256.Sum256([]byte(password)) }

func (u *user) name() string { return strings.TrimSpace(u.given + " " + u.family) }

func listUsers(c *call) error {
	list(c, "users", &c.db().users, nil, c.userRow)
	return nil
}

func getUser(c *call) error {
	if c.id != c.who.id {
		if err := c.requireAdmin(); err != nil {
			return err
		}
	}
	u, err := row(c, &c.db().users, nil)
	if err != nil {
		return err
	}
	c.userDetail(u)
	return nil
}

func createUser(c *call) error {
	f, err := c.fields("user", true)
	if err != nil {
		return err
	}
	u := user{role: roleUser}
	f.require("email", "password", "password_confirmation", "user_type", "role_ids")
	f.password(&u)
	if err := c.readUser(f, &u); err != nil {
		return err
	}
	u.created = u.updated
	added := c.db().users.add(func(id int64) user {
		u.id, u.token = id, tokenFor(c.s.seed, id)
		return u
	})
	c.db().userByEmail[added.email] = added.id
	c.created()
	c.userWhole(added)
	return nil
}

func updateUser(c *call) error {
	old, err := row(c, &c.db().users, nil)
	if err != nil {
		return err
	}
	f, err := c.fields("user", false)
	if err != nil {
		return err
	}
	u := *old
	f.require("email", "user_type", "role_ids")
	if err := c.readUser(f, &u); err != nil {
		return err
	}
	delete(c.db().userByEmail, old.email)
	*old = u
	c.db().userByEmail[u.email] = u.id
	c.userDetail(old)
	return nil
}

func deleteUser(c *call) error {
	u, err := row(c, &c.db().users, nil)
	if err != nil {
		return err
	}
	delete(c.db().userByEmail, u.email)
	c.db().users.remove(c.id)
	c.deleted("User deleted successfully", true)
	return nil
}

func (f *fields) password(u *user) {
	var password, confirmation string
	f.text("password", &password)
	f.text("password_confirmation", &confirmation)
	if !blank(password) && len([]rune(password)) < passwordMin {
		f.refuse("password", "is too short (minimum is 8 characters)")
	}
	if !blank(confirmation) && confirmation != password {
		f.refuse("password_confirmation", "doesn't match Password")
	}
	u.password = digest(password)
}

// readUser reads what creates and updates share. Emails are one whatever their case.
func (c *call) readUser(f *fields, u *user) error {
	var roles []int64
	var super bool
	f.text("email", &u.email)
	f.text("given_name", &u.given)
	f.text("family_name", &u.family)
	f.text("user_type", &u.userType)
	f.id("contact_id", &u.contactID)
	f.ids("role_ids", &roles)
	f.flag("suspended", &u.suspended)
	f.flag("super_user", &super)
	for _, name := range []string{"paid_tenant", "dunning_tenant", "trial", "demo", "paid_user"} {
		f.flag(name, new(bool)) // checked, and of no effect here
	}
	u.email = strings.ToLower(u.email)
	u.updated = c.s.moment()
	c.checkUser(f, u, roles)
	if err := f.err(); err != nil {
		return err
	}
	if id, known := c.db().userByEmail[u.email]; known && id != u.id {
		return taken("email")
	}
	if super && f.fresh {
		u.role = roleAdmin
	}
	return nil
}

func (c *call) checkUser(f *fields, u *user, roles []int64) {
	if u.email != "" && !strings.Contains(u.email, "@") {
		f.refuse("email", "is invalid")
	}
	if u.userType != "" && u.userType != "full" && u.userType != "limited" {
		f.refuse("user_type", "is not included in the list")
	}
	f.refer("contact_id", u.contactID, c.db().parties.get(u.contactID) != nil)
	f.positive("role_ids", roles...)
	if len(roles) > 0 {
		u.role = roleUser
		if slices.Contains(roles, adminRoleID) {
			u.role = roleAdmin
		}
	}
}

func (c *call) userRow(u *user) {
	if c.older {
		c.userWhole(u)
		return
	}
	c.object()
	c.number("id", u.id)
	c.text("email", u.email)
	c.text("name", u.name())
	c.text("role", u.role)
	c.moment("created_at", u.created)
	c.moment("updated_at", u.updated)
	c.end()
}

func (c *call) userDetail(u *user) {
	if c.older {
		c.userWhole(u)
		return
	}
	c.object()
	c.number("id", u.id)
	c.text("email", u.email)
	c.textOrNull("given_name", u.given)
	c.textOrNull("family_name", u.family)
	c.end()
}

// userWhole is what a create answers, and every road of the older reference.
func (c *call) userWhole(u *user) {
	c.object()
	c.number("id", u.id)
	c.text("email", u.email)
	c.text("role", u.role)
	c.text("name", u.name())
	c.flag("suspended", u.suspended)
	c.moment("current_sign_in_at", u.currentSignIn)
	c.moment("last_sign_in_at", u.lastSignIn)
	c.textOrNull("given_name", u.given)
	c.textOrNull("family_name", u.family)
	c.end()
}
