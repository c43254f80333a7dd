package model

// Node is anything that can be fetched again by its node id.
type Node interface {
	IsNode()
	// NodeID is unique over all types.
	NodeID() string
}

// Notable is what a note can be about.
type Notable interface{ IsNotable() }
