package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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

// partition hashes every part behind its length, so that no two callers meet by moving a character across a border.
func partition(tenant Tenant, email string, authorization Secret) Partition {
	mac := hmac.New(sha256.New, partitionKey)
	for _, part := range []string{tenant.Name, tenant.Base, email, authorization.Reveal()} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		mac.Write(length[:])
		mac.Write([]byte(part))
	}
	var p Partition
	copy(p[:], mac.Sum(nil))
	return p
}
