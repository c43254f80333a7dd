package graph

// This file refuses what a page of another site can have a browser send without asking the gateway (CSRF).
//
// A browser asks first, by a preflight request, before it sends a header of its author's making or a body that is not a
// form's. So a POST is safe as it is, since only application/json and application/graphql are read. A GET never writes and
// its answer stays out of the other page's reach; but it may carry a name and password that the browser has remembered,
// and have the gateway work. So one that a browser says comes from elsewhere needs what only a preflight lets through.

import (
	"net/http"
	"strings"
)

// preflighted are headers that no page can have sent to another site without a preflight.
var preflighted = []string{
	"Apollo-Require-Preflight", "X-Apollo-Operation-Name", "GraphQL-Require-Preflight",
	"X-CCUBE-Explain", "X-CCUBE-Strict", "X-CCUBE-Tenant", "X-User-Email",
}

// foreign reports whether a GET comes from a page of another site that has not been let through by a preflight. Clients
// that are no browsers do not say where they come from, and carry no credential that they were not given.
func foreign(h http.Header) bool {
	switch h.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	for _, name := range preflighted {
		if h.Get(name) != "" {
			return false
		}
	}
	scheme, _, _ := strings.Cut(h.Get("Authorization"), " ")
	return scheme == "" || strings.EqualFold(scheme, "Basic") // browsers remember no other
}
