package ccube_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// gql is a scalar or an enum as GraphQL's executor uses it.
type gql interface{ UnmarshalGQL(v any) error }

func TestArguments(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		into   gql
		arg    any
		want   any
	}{
		"id as an integer":        {"GraphQL lets an ID be one", new(ccube.ID), int64(7), ccube.ID(7)},
		"id as a negative":        {"no id", new(ccube.ID), int64(-7), nil},
		"id as a float":           {"no id", new(ccube.ID), 7.0, nil},
		"decimal of a variable":   {"its digits stay", new(ccube.Decimal), json.Number("3500.10"), ccube.Decimal("3500.10")},
		"decimal as a string":     {"money may be sent so", new(ccube.Decimal), "3500.10", ccube.Decimal("3500.10")},
		"decimal of a literal":    {"the number that it names", new(ccube.Decimal), 3500.1, ccube.Decimal("3500.1")},
		"decimal of an integer":   {"a number too", new(ccube.Decimal), int64(20), ccube.Decimal("20")},
		"decimal of a flag":       {"no number", new(ccube.Decimal), true, nil},
		"decimal of null":         {"no number", new(ccube.Decimal), nil, nil},
		"decimal with more":       {"it would break the JSON it goes into", new(ccube.Decimal), "1,2", nil},
		"day":                     {"as CCUBE has it", new(ccube.Date), "2024-01-31", ccube.Date("2024-01-31")},
		"day as an instant":       {"a day is a day", new(ccube.Date), "2024-01-31T00:00:00Z", nil},
		"day as a number":         {"no day", new(ccube.Date), int64(20240131), nil},
		"instant":                 {"with its offset", new(ccube.Instant), "2024-01-31T00:00:00-04:00", ccube.Instant("2024-01-31T00:00:00-04:00")},
		"instant as a day":        {"which moment of it?", new(ccube.Instant), "2024-01-31", nil},
		"party type":              {"an enum's name", new(ccube.PartyType), "COMPANY", ccube.PartyCompany},
		"party type as CCUBE's":   {"not an enum's name", new(ccube.PartyType), "company", nil},
		"party role":              {"an enum's name", new(ccube.PartyRole), "SUPPLIER", ccube.RoleSupplier},
		"party subtype":           {"an enum's name", new(ccube.PartySubtype), "EMPLOYEE", ccube.SubtypeEmployee},
		"notable type of 2 words": {"an enum's name", new(ccube.NotableType), "WORK_ORDER", ccube.NotableWorkOrder},
		"user type":               {"an enum's name", new(ccube.UserType), "LIMITED", ccube.UserLimited},
		"enum of null":            {"no name", new(ccube.UserType), nil, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.into.UnmarshalGQL(c.arg)
			if c.want == nil {
				if !errors.Is(err, fault.BadUserInput) {
					t.Errorf("the error is %v, want BAD_USER_INPUT: %s", err, c.reason)
				}
				return
			}
			if got := deref(c.into); err != nil || got != c.want {
				t.Errorf("the value is %v, %v, want %v: %s", got, err, c.want, c.reason)
			}
		})
	}
}

func deref(v gql) any {
	switch v := v.(type) {
	case *ccube.ID:
		return *v
	case *ccube.Decimal:
		return *v
	case *ccube.Date:
		return *v
	case *ccube.Instant:
		return *v
	case *ccube.PartyType:
		return *v
	case *ccube.PartyRole:
		return *v
	case *ccube.PartySubtype:
		return *v
	case *ccube.NotableType:
		return *v
	case *ccube.UserType:
		return *v
	}
	return nil
}

func TestResults(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		value  interface{ MarshalGQL(io.Writer) }
	}{
		`"7"`:                         {"an ID is a string", ccube.ID(7)},
		`3500.10`:                     {"a decimal is a number, in CCUBE's digits", ccube.Decimal("3500.10")},
		`"2024-01-31"`:                {"a day is a string", ccube.Date("2024-01-31")},
		`"2024-01-31T00:00:00-04:00"`: {"an instant is a string", ccube.Instant("2024-01-31T00:00:00-04:00")},
		`"BUILDING"`:                  {"an enum is its name", ccube.PartyBuilding},
		`"EMPLOYEE"`:                  {"an enum is its name", ccube.RoleEmployee},
		`"CONTACT"`:                   {"an enum is its name", ccube.SubtypeContact},
		`"PURCHASE_ORDER"`:            {"an enum's words are parted", ccube.NotablePurchaseOrder},
		`"FULL"`:                      {"an enum is its name", ccube.UserFull},
	}
	for want, c := range cases {
		var b strings.Builder
		if c.value.MarshalGQL(&b); b.String() != want {
			t.Errorf("%v is written as %s, want %s: %s", c.value, b.String(), want, c.reason)
		}
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		field  ccube.Field[int]
		json   string
		value  int
		ok     bool
		shown  string
	}{
		"zero":        {"nothing is said", ccube.Field[int]{}, `{}`, 0, false, "absent"},
		"cleared":     {"null is said", ccube.Clear[int](), `{"a":null}`, 0, false, "null"},
		"set":         {"a value is said", ccube.Set(7), `{"a":7}`, 7, true, "7"},
		"set to zero": {"zero is a value", ccube.Set(0), `{"a":0}`, 0, true, "0"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			encoded, err := json.Marshal(struct {
				A ccube.Field[int] `json:"a,omitzero"`
			}{c.field})
			if err != nil || string(encoded) != c.json {
				t.Errorf("it is encoded as %s, %v, want %s: %s", encoded, err, c.json, c.reason)
			}
			if v, ok := c.field.Get(); v != c.value || ok != c.ok {
				t.Errorf("Get() = %d, %t: %s", v, ok, c.reason)
			}
			if shown := fmt.Sprint(c.field); shown != c.shown {
				t.Errorf("it prints as %s, want %s", shown, c.shown)
			}
		})
	}
}

func TestIsPositive(t *testing.T) {
	t.Parallel()
	for d, want := range map[ccube.Decimal]bool{
		"0.01": true, "200.0": true, "1e-9": true, "0": false, "0.00": false, "-0": false, "-5": false, "0e5": false, "-1e9": false,
	} {
		if d.IsPositive() != want {
			t.Errorf("%s above zero: %t, want %t", d, !want, want)
		}
	}
}
