package ccube

import "context"

// Keys of a [WorkType].
const (
	WorkTypeName Keys = 1 << iota
	WorkTypeValue
	WorkTypePosition
	WorkTypeType
)

// WorkTypeListKeys are what the reference promises of a work type (chapter Projects). There is no detail.
const WorkTypeListKeys = WorkTypeName | WorkTypeValue | WorkTypePosition | WorkTypeType

// ListWorkTypes reads all work types. The list has no pages.
func (a *API) ListWorkTypes(ctx context.Context) ([]*WorkType, error) {
	return list[WorkType](ctx, a, "projects/work_types", "")
}

// WorkType is a kind of work that projects are about (chapter Projects).
type WorkType struct {
	Row
	Name, Value Null[string]
	Position    Null[int]
	Type        Null[string]
}

func (w *WorkType) set(key []byte, v value) {
	switch string(key) {
	case "id":
		w.identify(v)
	case "name":
		w.text(WorkTypeName, &w.Name, v)
	case "value":
		w.text(WorkTypeValue, &w.Value, v)
	case "position":
		w.integer(WorkTypePosition, &w.Position, v)
	case "type":
		w.text(WorkTypeType, &w.Type, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same work type; see [Project.Fill].
func (w *WorkType) Fill(from *WorkType) *WorkType {
	f := *w
	lacks := from.Keys &^ w.Keys
	fill(lacks, WorkTypeName, &f.Name, from.Name)
	fill(lacks, WorkTypeValue, &f.Value, from.Value)
	fill(lacks, WorkTypePosition, &f.Position, from.Position)
	fill(lacks, WorkTypeType, &f.Type, from.Type)
	f.fillKeys(&from.Row)
	return &f
}
