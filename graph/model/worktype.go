package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// WorkType is a trade or service.
type WorkType Lookup[ccube.WorkType]

func (w *WorkType) lookup() *Lookup[ccube.WorkType] { return (*Lookup[ccube.WorkType])(w) }

// IsNode marks the type as one of interface Node.
func (*WorkType) IsNode() {}

// NodeID resolves WorkType.nodeId.
func (w *WorkType) NodeID() string { return NodeID{"WorkType", w.ID()}.String() }

// ID resolves WorkType.id.
func (w *WorkType) ID() ccube.ID {
	return w.lookup().id(func(r *ccube.WorkType) ccube.ID { return r.ID })
}

// Name resolves WorkType.name.
func (w *WorkType) Name() string {
	return w.lookup().name(func(r *ccube.WorkType) *ccube.Null[string] { return &r.Name })
}

// Value resolves WorkType.value.
func (w *WorkType) Value() (*string, error) {
	return listed(w.lookup(), func(r *ccube.WorkType) (*string, error) {
		return read(&r.Row, ccube.WorkTypeValue, &r.Value, nil)
	})
}

// Position resolves WorkType.position.
func (w *WorkType) Position() (*int, error) {
	return listed(w.lookup(), func(r *ccube.WorkType) (*int, error) {
		return read(&r.Row, ccube.WorkTypePosition, &r.Position, nil)
	})
}

// Type resolves WorkType.type.
func (w *WorkType) Type() (*string, error) {
	return listed(w.lookup(), func(r *ccube.WorkType) (*string, error) {
		return read(&r.Row, ccube.WorkTypeType, &r.Type, nil)
	})
}
