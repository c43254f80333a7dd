package model

import "github.com/ccube-graphql/ccube-graphql/loaders"

// Viewer is the person behind the credential, as far as the credential itself tells.
type Viewer struct {
	Email, Tenant string
	// Plan is what the query selects.
	Plan *loaders.Plan `json:"-"`
}
