package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"sync"
)

// Partition names the data that one caller may see. Keys of whatever is kept or shared begin with it. It is made from
// the tenant and the whole credential with a key that this process alone knows, so it tells nothing about either.
type Partition [16]byte

// String returns the partition in hex. It is safe to log.
func (p Partition) String() string { return hex.EncodeToString(p[:]) }

// partitionKey is new in every process: partitions are never stored outside it.
var partitionKey = newPartitionKey()

func newPartitionKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the process instead
	return key
}

// hasher makes partitions. Each request has one made, so what it takes is used again.
type hasher struct {
	mac  hash.Hash
	text []byte
}

var hashers = sync.Pool{New: func() any { return &hasher{mac: hmac.New(sha256.New, partitionKey)} }}

// partition hashes every part behind its length, so that no two callers meet by moving a character across a border.
func partition(tenant Tenant, email string, authorization Secret) (p Partition) {
	h := hashers.Get().(*hasher)
	defer hashers.Put(h)
	h.mac.Reset()
	for _, part := range [...]string{tenant.Name, tenant.Base, email, authorization.Reveal()} {
		h.text = append(binary.BigEndian.AppendUint64(h.text, uint64(len(part))), part...)
	}
	h.mac.Write(h.text)
	clear(h.text) // nothing of a credential stays
	h.text = h.mac.Sum(h.text[:0])
	copy(p[:], h.text)
	h.text = h.text[:0]
	return p
}
