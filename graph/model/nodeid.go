package model

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// NodeID is an id that is unique over all types. Its text is opaque to clients and must stay what it is, since they keep
// it: base64url, without padding, of the type's name, a colon, and CCUBE's number.
type NodeID struct {
	Type string
	ID   ccube.ID
}

// nodeTypes are the types that a node id can be of.
var nodeTypes = []string{
	"Project", "Quote", "Invoice", "WorkOrder", "PurchaseOrder", "Note", "Party", "User",
	"Stage", "WorkType", "CommunicationStatus",
}

// String returns the id as clients see it.
func (n NodeID) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(n.Type + ":" + n.ID.String()))
}

// ParseNodeID reads an id as clients send it. The error is of category fault.BadUserInput.
func ParseNodeID(s string) (NodeID, error) {
	bad := fault.New(fault.BadUserInput, "this is not a node id: take the nodeId of an earlier answer as it is")
	const longest = 64
	if len(s) > longest {
		return NodeID{}, bad
	}
	plain, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return NodeID{}, bad
	}
	typ, number, _ := strings.Cut(string(plain), ":")
	id, err := ccube.ParseID(number)
	n := NodeID{typ, id}
	if err != nil || !slices.Contains(nodeTypes, typ) || n.String() != s {
		return NodeID{}, bad
	}
	return n, nil
}
