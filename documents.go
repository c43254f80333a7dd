package main

import (
	"fmt"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/config"
	"github.com/ccube-graphql/ccube-graphql/internal/persisted"
)

// documentMemory is how many bytes of clients' documents a process keeps.
const documentMemory = 8 << 20

// openDocuments reads the trusted documents, if there are any, and opens what documents that clients send are kept in: Redis
// where one is set, memory of their own else, since a stranger may not drive out the lookup lists.
func openDocuments(c config.Config, store cache.Store) (*persisted.Documents, error) {
	o := persisted.Options{Only: c.TrustedDocumentsOnly}
	if _, shared := store.(*cache.Redis); c.APQ && shared {
		o.Store = store
	} else if c.APQ {
		o.Store = cache.NewMemory(cache.MemoryOptions{MaxBytes: documentMemory})
	}
	if c.TrustedDocuments == "" {
		return persisted.New(o), nil
	}
	var err error
	if o.Trusted, err = persisted.Load(c.TrustedDocuments); err == nil {
		err = persisted.Check(graph.Schema(c.ReadOnly), o.Trusted)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot use -trusted-documents (TRUSTED_DOCUMENTS): %w", err)
	}
	return persisted.New(o), nil
}
