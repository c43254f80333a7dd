package config

// This file holds what settings say about each other: whose data is served, and to what questions. Made-up data in place of real, or one
// tenant's in place of another's, would look right; so whatever is ambiguous is refused.

import (
	"errors"
	"net/netip"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// together checks the settings that exclude or need each other, and derives the tenant's name where only its address
// is given. It goes by what is written, so that a value that is refused by itself is not said to be missing too.
func together(c *Config, g given) error {
	tenant, tenants, base := g["tenant"] != "", g["tenants"] != "", g["base-url"] != ""
	var errs []error
	refuse := func(when bool, text string) {
		if when {
			errs = append(errs, errors.New(text))
		}
	}
	refuse(c.Sandbox.On && (tenant || tenants || base),
		"cannot use -sandbox (SANDBOX) with -tenant (CCUBE_TENANT), -tenants (CCUBE_TENANTS) or -base-url (CCUBE_BASE_URL): "+
			"made-up data never stands in for a tenant's; unset one or the other")
	refuse(tenant && tenants,
		"cannot use -tenant (CCUBE_TENANT) with -tenants (CCUBE_TENANTS): set the one for one tenant, the other for several")
	refuse(base && len(c.Names) > 1,
		"cannot use -base-url (CCUBE_BASE_URL) with several names in -tenants (CCUBE_TENANTS): one address serves one tenant")
	refuse(off(g["sandbox"]) && !tenant && !tenants && !base,
		"cannot start without a tenant: set -tenant (CCUBE_TENANT) to the word before .inc.construction, or -tenants "+
			"(CCUBE_TENANTS) to several, or -base-url (CCUBE_BASE_URL) to an address; or try it with -sandbox (SANDBOX=true), "+
			"which serves made-up data")
	refuse(c.TrustedDocumentsOnly && g["trusted-documents"] == "",
		"cannot use -trusted-documents-only (TRUSTED_DOCUMENTS_ONLY) without -trusted-documents (TRUSTED_DOCUMENTS): nothing would be answered")
	if c.BaseURL != nil && len(c.Names) == 0 {
		c.Names = []string{nameOf(c.BaseURL.Hostname())}
	}
	return errors.Join(errs...)
}

// off reports whether the text of a boolean, as far as it is one, says no.
func off(text string) bool { return text == "" || text == "false" || text == "0" }

// nameOf returns the name of a tenant at the host: its first label, or "ccube" where that is none.
func nameOf(host string) string {
	first, _, _ := strings.Cut(strings.ToLower(host), ".")
	if _, err := netip.ParseAddr(host); err == nil || !identity.IsLabel(first) {
		return "ccube"
	}
	return first
}
