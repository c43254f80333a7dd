// Package persisted finds the documents that requests name in place of a query.
//
// There are two sorts. Trusted documents are the operator's: read from a manifest that a client's build has written, or from
// a folder, and held to the schema before the gateway serves (Load, Check). They may be all that is answered. The others are
// kept for clients that sent them once with their hash (automatic persisted queries): in a store that replicas may share, for
// a day, and only for somebody whose credential CCUBE has accepted, so that a stranger cannot fill it.
//
// A document is found by its hash, and its text is checked against it each time: whatever lies in the store, nobody is
// answered another query than the one whose hash was sent.
package persisted

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	// keptFor is how long a document is kept since it was last sent in full.
	keptFor = 24 * time.Hour
	// longest is how long a document that is kept may be, in bytes.
	longest = 64 << 10
	// notFound and notSupported are messages that clients look for: urql by them alone.
	notFound     = "PersistedQueryNotFound"
	notSupported = "PersistedQueryNotSupported"
	// sha256Prefix is how an id says that it is a hash of its document.
	sha256Prefix = "sha256:"
)

// Options are where documents come from. The zero value knows none.
type Options struct {
	// Trusted are the operator's.
	Trusted []Document
	// Only has nothing answered but what is trusted.
	Only bool
	// Store keeps what clients send with its hash; nil for nothing to be kept.
	Store cache.Store
}

// Reference is how a request says which document it means. At least one of them is there.
type Reference struct {
	// Query is the document itself.
	Query string
	// ID is what a manifest calls it.
	ID string
	// Hash is its SHA-256, in hexadecimal, or what a manifest calls it.
	Hash string
}

// Documents are what requests may name. They are safe for concurrent use. A nil *Documents knows none.
type Documents struct {
	options Options
	// byID are the texts of the trusted documents, by id and by hash; trusted are their hashes.
	byID    map[string]string
	trusted map[string]bool

	found, kept, unknown, refused atomic.Uint64
}

// Stats are counts of requests that named a document, or were held to the trusted ones.
type Stats struct {
	// Trusted and Kept were found, Unknown were not. Refused had a query that is not trusted, or not that of its hash.
	Trusted, Kept, Unknown, Refused uint64
}

// New returns documents.
func New(o Options) *Documents {
	d := &Documents{options: o, byID: make(map[string]string), trusted: make(map[string]bool)}
	for _, doc := range o.Trusted {
		hash := hashOf(doc.Text)
		d.byID[doc.ID], d.byID[hash], d.trusted[hash] = doc.Text, doc.Text, true
	}
	return d
}

// Stats returns the counts so far.
func (d *Documents) Stats() Stats {
	return Stats{Trusted: d.found.Load(), Kept: d.kept.Load(), Unknown: d.unknown.Load(), Refused: d.refused.Load()}
}

// Text returns the document that is meant.
func (d *Documents) Text(ctx context.Context, r Reference) (string, error) {
	switch {
	case r.Query != "":
		return r.Query, d.judge(r)
	case d == nil || len(d.byID) == 0 && d.options.Store == nil:
		return "", fault.New(fault.PersistedQueryNotSupported, notSupported)
	}
	for _, id := range []string{r.ID, strings.TrimPrefix(r.ID, sha256Prefix), r.Hash} {
		if text, ok := d.byID[id]; ok {
			d.found.Add(1)
			return text, nil
		}
	}
	if text, ok := d.recall(ctx, cmp.Or(r.Hash, strings.TrimPrefix(r.ID, sha256Prefix))); ok {
		d.kept.Add(1)
		return text, nil
	}
	d.unknown.Add(1)
	return "", fault.New(fault.PersistedQueryNotFound, notFound)
}

// judge refuses a query that is not what its hash says, or not trusted where only such are answered.
func (d *Documents) judge(r Reference) error {
	if d == nil {
		return nil
	}
	hash := hashOf(r.Query)
	switch {
	case isHash(r.Hash) && !strings.EqualFold(r.Hash, hash):
		d.refused.Add(1)
		return fault.New(fault.BadUserInput, "`sha256Hash` is not the hash of the query that came with it")
	case d.options.Only && !d.trusted[hash]:
		d.refused.Add(1)
		return fault.New(fault.QueryNotTrusted, "this gateway answers the documents alone that its operator trusts (TRUSTED_DOCUMENTS_ONLY)")
	}
	return nil
}

// recall returns a document that was kept.
func (d *Documents) recall(ctx context.Context, hash string) (string, bool) {
	if d.options.Store == nil || d.options.Only || !isHash(hash) {
		return "", false
	}
	text, ok := d.options.Store.Get(ctx, key(hash))
	return string(text), ok && strings.EqualFold(hashOf(string(text)), hash)
}

// Keep keeps a document that came with its hash, for whoever names it next. It is to be called once the document has been
// answered for somebody whom CCUBE accepts.
func (d *Documents) Keep(ctx context.Context, r Reference) {
	if d == nil || d.options.Store == nil || d.options.Only || r.Query == "" || len(r.Query) > longest || !isHash(r.Hash) {
		return
	}
	d.options.Store.Set(ctx, key(r.Hash), []byte(r.Query), keptFor)
}

func key(hash string) string { return cache.Key("document", strings.ToLower(hash)) }

// isHash reports whether the text has the form of a SHA-256.
func isHash(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == sha256.Size
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
