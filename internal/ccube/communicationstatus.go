package ccube

import "context"

// Keys of a [CommunicationStatus].
const (
	CommunicationStatusName Keys = 1 << iota
	CommunicationStatusValue
	CommunicationStatusPosition
	CommunicationStatusIsFirst
	CommunicationStatusIsLast
	CommunicationStatusType
)

// CommunicationStatusListKeys are what the reference promises of a communication status (chapter Projects). There is no
// detail.
const CommunicationStatusListKeys = CommunicationStatusName | CommunicationStatusValue |
	CommunicationStatusPosition | CommunicationStatusIsFirst | CommunicationStatusIsLast | CommunicationStatusType

// ListCommunicationStatuses reads all communication statuses. The list has no pages.
func (a *API) ListCommunicationStatuses(ctx context.Context) ([]*CommunicationStatus, error) {
	return list[CommunicationStatus](ctx, a, "projects/communication_statuses", "")
}

// CommunicationStatus says how far the talk with a project's client is (chapter Projects).
type CommunicationStatus struct {
	Row
	Name, Value     Null[string]
	Position        Null[int]
	IsFirst, IsLast Null[bool]
	Type            Null[string]
}

func (c *CommunicationStatus) set(key []byte, v value) {
	switch string(key) {
	case "id":
		c.identify(v)
	case "name":
		c.text(CommunicationStatusName, &c.Name, v)
	case "value":
		c.text(CommunicationStatusValue, &c.Value, v)
	case "position":
		c.integer(CommunicationStatusPosition, &c.Position, v)
	case "is_first":
		c.flag(CommunicationStatusIsFirst, &c.IsFirst, v)
	case "is_last":
		c.flag(CommunicationStatusIsLast, &c.IsLast, v)
	case "type":
		c.text(CommunicationStatusType, &c.Type, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same one; see [Project.Fill].
func (c *CommunicationStatus) Fill(from *CommunicationStatus) *CommunicationStatus {
	f := *c
	lacks := from.Keys &^ c.Keys
	fill(lacks, CommunicationStatusName, &f.Name, from.Name)
	fill(lacks, CommunicationStatusValue, &f.Value, from.Value)
	fill(lacks, CommunicationStatusPosition, &f.Position, from.Position)
	fill(lacks, CommunicationStatusIsFirst, &f.IsFirst, from.IsFirst)
	fill(lacks, CommunicationStatusIsLast, &f.IsLast, from.IsLast)
	fill(lacks, CommunicationStatusType, &f.Type, from.Type)
	f.fillKeys(&from.Row)
	return &f
}
