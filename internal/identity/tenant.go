package identity

import (
	"net/http"
	"regexp"
	"slices"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// TenantHeader names the tenant where the gateway serves several.
const TenantHeader = "X-CCUBE-Tenant"

// tenantKey is the header as net/http keeps it. To have it spell it out for each request costs more than to look.
var tenantKey = http.CanonicalHeaderKey(TenantHeader)

// label is one DNS label: what a tenant's subdomain can be.
var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// IsLabel reports whether s is one DNS label in lower case, as a tenant's subdomain is.
func IsLabel(s string) bool { return label.MatchString(s) }

// Tenant is one company's CCUBE.
type Tenant struct {
	// Name is its subdomain.
	Name string
	// Base is the address that its calls start with: scheme and host, perhaps a path, without a slash at the end.
	Base string
}

// Tenants says which tenants are served, and where. The zero value serves none.
type Tenants struct {
	// Names are the tenants served. With one name the request need not say which.
	Names []string
	// Base is a fixed address in place of https://{tenant}.inc.construction, a sandbox's or a proxy's; without a slash at the
	// end, empty for none.
	Base string
}

// FromRequest returns the tenant that the request's header names, or the only one. A name that is not on the list is
// refused with fault.BadUserInput; no host is ever built from it.
func (t Tenants) FromRequest(h http.Header) (Tenant, error) {
	name := h.Get(tenantKey)
	switch {
	case name == "" && len(t.Names) == 1:
		name = t.Names[0]
	case name == "":
		return Tenant{}, fault.New(fault.BadUserInput, "this gateway serves several tenants: name yours in the header %s", TenantHeader)
	case !IsLabel(name):
		return Tenant{}, fault.New(fault.BadUserInput, "the header %s is not a tenant's name: it takes the one word before .inc.construction", TenantHeader)
	case !slices.Contains(t.Names, name):
		return Tenant{}, fault.New(fault.BadUserInput, "the tenant in the header %s is not served here", TenantHeader)
	}
	return Tenant{Name: name, Base: t.base(name)}, nil
}

// base returns the address of a tenant on the list (chapter Overview).
func (t Tenants) base(name string) string {
	if t.Base != "" {
		return t.Base
	}
	return "https://" + name + ".inc.construction"
}
