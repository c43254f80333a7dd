package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestProjects(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "the list row of the reference, which embeds its client without an id",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListProjects(ctx, ccube.Page{Number: 2, Size: 50})
			},
			method: "GET", path: "/api/v2/projects?page=2&per_page=50",
			answer: `[{"id": 1, "status": "Active", "stage": { "id": 2, "name": "Active" }, "number": "P-001",
				"work_start": "2024-01-01", "work_end": "2024-12-31", "external_id": null, "building_id": 10,
				"call_notes": null,
				"client": { "name": "Client Co", "email": "client@example.com", "phone": "+11234567890" },
				"workflow_id": 3, "work_type": { "id": 5, "name": "Roofing" },
				"property_type": { "id": 7, "name": "Residential" }, "communication_status": { "id": 1, "name": "Open" },
				"created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-05T00:00:00Z"}]`,
			want: []*ccube.Project{{
				Row: row(1, ccube.ProjectListKeys), Number: val("P-001"), Status: val("Active"),
				Stage: named(2, "Active"), WorkType: named(5, "Roofing"), PropertyType: named(7, "Residential"),
				CommunicationStatus: named(1, "Open"), Client: clientCo(0),
				WorkStart: val[ccube.Date]("2024-01-01"), WorkEnd: val[ccube.Date]("2024-12-31"),
				WorkflowID: val[ccube.ID](3), BuildingID: val[ccube.ID](10),
				CreatedAt: val[ccube.Instant]("2024-01-01T00:00:00Z"), UpdatedAt: val[ccube.Instant]("2024-01-05T00:00:00Z"),
			}},
		},
		"list without a page": {
			reason: "the zero page leaves paging to CCUBE",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListProjects(ctx, ccube.Page{})
			},
			method: "GET", path: "/api/v2/projects", answer: `[]`, want: []*ccube.Project{},
		},
		"detail": {
			reason: "the detail has the address, and lacks workflow and timestamps",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.GetProject(ctx, 1) },
			method: "GET", path: "/api/v2/projects/1",
			answer: `{"id": 1, "number": "P-001", "status": "Active", "stage": { "id": 2, "name": "Active" },
				"work_start": "2024-01-01", "work_end": "2024-12-31", "external_id": null, "building_id": 10,
				"call_notes": null, "work_type": { "id": 5, "name": "Roofing" },
				"property_type": { "id": 7, "name": "Residential" }, "communication_status": { "id": 1, "name": "Open" },
				"client": { "name": "Client Co", "email": "client@example.com", "phone": "+11234567890" },
				"address": { "id": 99, "street": "123 Main St", "city": "City", "state": "ST", "zip": "12345",
					"country": "USA" }}`,
			want: &ccube.Project{
				Row: row(1, ccube.ProjectDetailKeys), Number: val("P-001"), Status: val("Active"),
				Stage: named(2, "Active"), WorkType: named(5, "Roofing"), PropertyType: named(7, "Residential"),
				CommunicationStatus: named(1, "Open"), Client: clientCo(0), BuildingID: val[ccube.ID](10),
				WorkStart: val[ccube.Date]("2024-01-01"), WorkEnd: val[ccube.Date]("2024-12-31"),
				Address: mainStreet(99, "City", "ST"),
			},
		},
		"create": {
			reason: "the reference's own body, and an answer with the name alone",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateProject(ctx, ccube.ProjectWrite{
					Name: ccube.Set("Project Name"), Number: ccube.Set("P-001"),
					ClientID: ccube.Set[ccube.ID](1), ManagerID: ccube.Set[ccube.ID](1),
					WorkStart: ccube.Set[ccube.Date]("2024-01-01"), WorkEnd: ccube.Set[ccube.Date]("2024-12-31"),
					StageID: ccube.Set[ccube.ID](2), WorkTypeID: ccube.Set[ccube.ID](5),
					PropertyTypeID: ccube.Set[ccube.ID](7), CommunicationStatusID: ccube.Set[ccube.ID](1),
					CallNotes: ccube.Set("Left voicemail; follow-up tomorrow"),
				})
			},
			method: "POST", path: "/api/v2/projects", status: 201,
			body: `{"project": {"name": "Project Name", "number": "P-001", "client_id": 1, "manager_id": 1,
				"work_start": "2024-01-01", "work_end": "2024-12-31", "stage_id": 2, "work_type_id": 5,
				"property_type_id": 7, "communication_status_id": 1,
				"call_notes": "Left voicemail; follow-up tomorrow"}}`,
			answer: `{"id": 1, "name": "project 1"}`,
			want:   &ccube.Project{Row: row(1, ccube.ProjectName), Name: val("project 1")},
		},
		"update": {
			reason: "what is not said is not sent, what is cleared is null",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateProject(ctx, 1, ccube.ProjectWrite{
					Name: ccube.Set("Updated Project"), WorkEnd: ccube.Clear[ccube.Date](), CallNotes: ccube.Set(""),
				})
			},
			method: "PUT", path: "/api/v2/projects/1",
			body:   `{"project": {"name": "Updated Project", "work_end": null, "call_notes": ""}}`,
			answer: `{"id": 1, "name": "project 1", "number": "23", "updated_at": "2024-08-28T19:27:32.094-04:00"}`,
			want: &ccube.Project{
				Row:  row(1, ccube.ProjectName|ccube.ProjectNumber|ccube.ProjectUpdatedAt),
				Name: val("project 1"), Number: val("23"), UpdatedAt: val[ccube.Instant]("2024-08-28T19:27:32.094-04:00"),
			},
		},
		"delete": {
			reason: "the answer is a message",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteProject(ctx, 1) },
			method: "DELETE", path: "/api/v2/projects/1",
			answer: `{"message": "Project deleted"}`,
			want:   ccube.Deletion{ID: 1, Message: "Project deleted"},
		},
	})
}

func mainStreet(id ccube.ID, city, state string) *ccube.Address {
	a := &ccube.Address{
		Row:    row(id, ccube.AddressStreet|ccube.AddressCity|ccube.AddressState|ccube.AddressZip|ccube.AddressCountry),
		Street: val("123 Main St"), City: val(city), State: val(state), Zip: val("12345"), Country: val("USA"),
	}
	if id != 0 {
		a.Keys |= ccube.EmbeddedID
	}
	return a
}
