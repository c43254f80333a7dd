package ccube_test

import (
	"context"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

func TestParties(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"list": {
			reason: "addresses come without ids, the type in its short form",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListParties(ctx, ccube.PartyFilter{}, ccube.Page{})
			},
			method: "GET", path: "/api/v2/parties",
			answer: `[{"id": 1, "name": "Example Company", "type": "company", "addresses": [{"street": "123 Main St",
				"city": "Example City", "state": "EX", "zip": "12345", "country": "USA"}]}]`,
			want: []*ccube.Party{{
				Row: row(1, ccube.PartyListKeys), Name: val("Example Company"), Type: val(ccube.PartyCompany),
				Addresses: []*ccube.Address{mainStreet(0, "Example City", "EX")},
			}},
		},
		"list by filters": {
			reason: "subtypes are sorted and said once, so that equal filters are one call",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.ListParties(ctx, ccube.PartyFilter{
					Type: ccube.PartyContact, Role: ccube.RoleClient,
					Subtypes: []ccube.PartySubtype{ccube.SubtypeSupplier, ccube.SubtypeEmployee, ccube.SubtypeSupplier},
				}, ccube.Page{Number: 1, Size: 50})
			},
			method: "GET",
			path:   "/api/v2/parties?type=contact&subtype=employee,supplier&role=client&page=1&per_page=50",
			answer: "[]", want: []*ccube.Party{},
		},
		"create": {
			reason: "the type goes out in its long form",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateParty(ctx, ccube.PartyWrite{
					Name: ccube.Set("Company Name"), Type: ccube.Set(ccube.PartyContact),
					FirstName: ccube.Set("John"), LastName: ccube.Set("Doe"),
					Addresses: ccube.Set([]ccube.AddressWrite{{
						Street: ccube.Set("123 Main St"), City: ccube.Set("Example City"), State: ccube.Set("EX"),
						Zip: ccube.Set("12345"),
					}}),
					Phones: ccube.Set([]ccube.PhoneWrite{{Value: ccube.Set("+1234567890"), Type: ccube.Set("office")}}),
					Emails: ccube.Set([]ccube.EmailWrite{{Value: ccube.Set("contact@example.com")}}),
				})
			},
			method: "POST", path: "/api/v2/parties",
			body: `{"party": {"name": "Company Name", "type": "Crm::Parties::Contact", "first_name": "John",
				"last_name": "Doe",
				"addresses_attributes": [{"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345"}],
				"phones_attributes": [{"value": "+1234567890", "type": "office"}],
				"emails_attributes": [{"value": "contact@example.com"}]}}`,
			answer: `{"id": 1, "name": "Example Company", "type": "Crm::Parties::Contact"}`,
			want: &ccube.Party{
				Row:  row(1, ccube.PartyName|ccube.PartyTypeKey),
				Name: val("Example Company"), Type: val(ccube.PartyContact),
			},
		},
		"update": {
			reason: "an array is taken for the row in it",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.UpdateParty(ctx, 1, ccube.PartyWrite{Name: ccube.Set("Updated Company Name")})
			},
			method: "PUT", path: "/api/v2/parties/1", body: `{"party": {"name": "Updated Company Name"}}`,
			answer: `[{"id": 2, "name": "Other"}, {"id": 1, "name": "Updated Company Name"}]`,
			want:   &ccube.Party{Row: row(1, ccube.PartyName), Name: val("Updated Company Name")},
		},
		"delete": {
			reason: "the reference shows no answer: any JSON will do",
			call:   func(ctx context.Context, a *ccube.API) (any, error) { return a.DeleteParty(ctx, 1) },
			method: "DELETE", path: "/api/v2/parties/1", answer: `[]`, want: ccube.Deletion{ID: 1},
		},
	})
}

func TestContactInformation(t *testing.T) {
	t.Parallel()
	run(t, map[string]exchange{
		"phone": {
			reason: "the answer may lack the id",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreatePhone(ctx, ccube.PhoneWrite{Value: ccube.Set("+1234567890"), Type: ccube.Set("office")})
			},
			method: "POST", path: "/api/v2/phones", body: `{"phone": {"value": "+1234567890", "type": "office"}}`,
			answer: `{"value": "+1234567890", "type": "office"}`,
			want: &ccube.Phone{
				Row: row(0, ccube.PhoneValue|ccube.PhoneType), Value: val("+1234567890"), Type: val("office"),
			},
		},
		"email": {
			reason: "the answer may be empty",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateEmail(ctx, ccube.EmailWrite{Value: ccube.Set("contact@example.com")})
			},
			method: "POST", path: "/api/v2/emails", body: `{"email": {"value": "contact@example.com"}}`,
			status: 201, want: &ccube.Email{},
		},
		"address": {
			reason: "the answer may show everything",
			call: func(ctx context.Context, a *ccube.API) (any, error) {
				return a.CreateAddress(ctx, ccube.AddressWrite{
					Street: ccube.Set("123 Main St"), City: ccube.Set("Example City"), State: ccube.Set("EX"),
					Zip: ccube.Set("12345"), Country: ccube.Set("USA"),
				})
			},
			method: "POST", path: "/api/v2/addresses", status: 201,
			body: `{"address": {"street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345",
				"country": "USA"}}`,
			answer: `{"id": 9, "street": "123 Main St", "city": "Example City", "state": "EX", "zip": "12345",
				"country": "USA"}`,
			want: mainStreet(9, "Example City", "EX"),
		},
	})
}
