package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// CommunicationStatus is how far the exchange with a client has come.
type CommunicationStatus Lookup[ccube.CommunicationStatus]

func (c *CommunicationStatus) lookup() *Lookup[ccube.CommunicationStatus] {
	return (*Lookup[ccube.CommunicationStatus])(c)
}

// IsNode marks the type as one of interface Node.
func (*CommunicationStatus) IsNode() {}

// NodeID resolves CommunicationStatus.nodeId.
func (c *CommunicationStatus) NodeID() string { return NodeID{"CommunicationStatus", c.ID()}.String() }

// ID resolves CommunicationStatus.id.
func (c *CommunicationStatus) ID() ccube.ID {
	return c.lookup().id(func(r *ccube.CommunicationStatus) ccube.ID { return r.ID })
}

// Name resolves CommunicationStatus.name.
func (c *CommunicationStatus) Name() string {
	return c.lookup().name(func(r *ccube.CommunicationStatus) *ccube.Null[string] { return &r.Name })
}

// Value resolves CommunicationStatus.value.
func (c *CommunicationStatus) Value() (*string, error) {
	return listed(c.lookup(), func(r *ccube.CommunicationStatus) (*string, error) {
		return read(&r.Row, ccube.CommunicationStatusValue, &r.Value, nil)
	})
}

// Position resolves CommunicationStatus.position.
func (c *CommunicationStatus) Position() (*int, error) {
	return listed(c.lookup(), func(r *ccube.CommunicationStatus) (*int, error) {
		return read(&r.Row, ccube.CommunicationStatusPosition, &r.Position, nil)
	})
}

// IsFirst resolves CommunicationStatus.isFirst.
func (c *CommunicationStatus) IsFirst() (*bool, error) {
	return listed(c.lookup(), func(r *ccube.CommunicationStatus) (*bool, error) {
		return read(&r.Row, ccube.CommunicationStatusIsFirst, &r.IsFirst, nil)
	})
}

// IsLast resolves CommunicationStatus.isLast.
func (c *CommunicationStatus) IsLast() (*bool, error) {
	return listed(c.lookup(), func(r *ccube.CommunicationStatus) (*bool, error) {
		return read(&r.Row, ccube.CommunicationStatusIsLast, &r.IsLast, nil)
	})
}

// Type resolves CommunicationStatus.type.
func (c *CommunicationStatus) Type() (*string, error) {
	return listed(c.lookup(), func(r *ccube.CommunicationStatus) (*string, error) {
		return read(&r.Row, ccube.CommunicationStatusType, &r.Type, nil)
	})
}
