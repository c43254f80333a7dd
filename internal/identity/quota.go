package identity

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// Quota names what the caller's credential may use up, alike in all replicas. It is a hash of the tenant's name and the
// token, which is long and random, so that it tells nothing about them where it is stored.
//
// It parts callers less finely than a [Partition], which goes by the whole header: one token is one quota, with whatever
// email, spaces and quotation marks it is sent. It must not decide what anybody may see.
func (c Caller) Quota() string {
	hash := sha256.New()
	for _, part := range []string{"ccube-graphql quota", c.Tenant.Name, c.token()} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		hash.Write(length[:])
		hash.Write([]byte(part))
	}
	return hex.EncodeToString(hash.Sum(nil)[:len(Partition{})])
}

// token is the token of the Authorization header, by the rules of those who read it most loosely: it may be named and
// quoted, and ends where an attribute could begin.
func (c Caller) token() string {
	_, rest, _ := strings.Cut(c.Authorization.Reveal(), " ")
	rest = strings.TrimLeft(rest, " \t")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "token="), `"`)
	if end := strings.IndexAny(rest, ",;\" \t"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}
