package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestLookups(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"stages": {
			reason: "steps are ids; none and null are two things",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.ListStages(ctx) },
			method: "GET", path: "/api/v2/projects/stages",
			answer: `[{"id": 1, "name": "call", "workflow_id": 1, "previous_steps": [], "next_steps": [2, 6, 8]},
				{"id": 3, "name": "work", "workflow_id": null, "previous_steps": null, "next_steps": ["4", 7]}]`,
			want: []*ccube.Stage{
				{
					Row: row(1, ccube.StageListKeys), Name: val("call"), WorkflowID: val[ccube.ID](1),
					PreviousSteps: []ccube.ID{}, NextSteps: []ccube.ID{2, 6, 8},
				},
				{Row: row(3, ccube.StageListKeys), Name: val("work"), NextSteps: []ccube.ID{4, 7}},
			},
		},
		"work types": {
			reason: "accents pass",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.ListWorkTypes(ctx) },
			method: "GET", path: "/api/v2/projects/work_types",
			answer: `[{"id": 4, "name": "Autres travaux électriques", "value": "autres_travaux_electriques",
				"position": 4, "type": "Projects/WorkType"}]`,
			want: []*ccube.WorkType{{
				Row: row(4, ccube.WorkTypeListKeys), Name: val("Autres travaux électriques"),
				Value: val("autres_travaux_electriques"), Position: val(4), Type: val("Projects/WorkType"),
			}},
		},
		"communication statuses": {
			reason: "flags are flags",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.ListCommunicationStatuses(ctx) },
			method: "GET", path: "/api/v2/projects/communication_statuses",
			answer: `[{"id": 1, "name": "New Inquiry", "value": "new_inquiry", "position": 1, "is_first": true,
				"is_last": false, "type": "Projects/CommunicationStatus"}]`,
			want: []*ccube.CommunicationStatus{{
				Row: row(1, ccube.CommunicationStatusListKeys), Name: val("New Inquiry"), Value: val("new_inquiry"),
				Position: val(1), IsFirst: val(true), IsLast: val(false), Type: val("Projects/CommunicationStatus"),
			}},
		},
	})
}
