package ccube

import "context"

// Keys of a [Stage].
const (
	StageName Keys = 1 << iota
	StageWorkflowID
	StagePreviousSteps
	StageNextSteps
)

// StageListKeys are what the reference promises of a stage (chapter Projects). There is no detail.
const StageListKeys = StageName | StageWorkflowID | StagePreviousSteps | StageNextSteps

// ListStages reads all stages. The list has no pages.
func (a *API) ListStages(ctx context.Context) ([]*Stage, error) {
	return list[Stage](ctx, a, "projects/stages", "")
}

// Stage is a step of the workflow that projects go through (chapter Projects).
type Stage struct {
	Row
	Name       Null[string]
	WorkflowID Null[ID]
	// PreviousSteps and NextSteps are ids of stages, not all of which need be in the list.
	PreviousSteps, NextSteps []ID
}

func (s *Stage) set(key []byte, v value) {
	switch string(key) {
	case "id":
		s.identify(v)
	case "name":
		s.text(StageName, &s.Name, v)
	case "workflow_id":
		s.reference(StageWorkflowID, &s.WorkflowID, v)
	case "previous_steps":
		s.references(StagePreviousSteps, &s.PreviousSteps, v)
	case "next_steps":
		s.references(StageNextSteps, &s.NextSteps, v)
	}
}

// Fill returns the row with the keys that it lacks taken from another row of the same stage; see [Project.Fill].
func (s *Stage) Fill(from *Stage) *Stage {
	f := *s
	lacks := from.Keys &^ s.Keys
	fill(lacks, StageName, &f.Name, from.Name)
	fill(lacks, StageWorkflowID, &f.WorkflowID, from.WorkflowID)
	fill(lacks, StagePreviousSteps, &f.PreviousSteps, from.PreviousSteps)
	fill(lacks, StageNextSteps, &f.NextSteps, from.NextSteps)
	f.fillKeys(&from.Row)
	return &f
}
