package model

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// Stage is a step of the workflow.
type Stage Lookup[ccube.Stage]

func (s *Stage) lookup() *Lookup[ccube.Stage] { return (*Lookup[ccube.Stage])(s) }

// IsNode marks the type as one of interface Node.
func (*Stage) IsNode() {}

// NodeID resolves Stage.nodeId.
func (s *Stage) NodeID() string { return NodeID{"Stage", s.ID()}.String() }

// ID resolves Stage.id.
func (s *Stage) ID() ccube.ID { return s.lookup().id(func(r *ccube.Stage) ccube.ID { return r.ID }) }

// Name resolves Stage.name.
func (s *Stage) Name() string {
	return s.lookup().name(func(r *ccube.Stage) *ccube.Null[string] { return &r.Name })
}

// WorkflowID resolves Stage.workflowId.
func (s *Stage) WorkflowID() (*ccube.ID, error) {
	return listed(s.lookup(), func(r *ccube.Stage) (*ccube.ID, error) {
		return read(&r.Row, ccube.StageWorkflowID, &r.WorkflowID, nil)
	})
}
