package ccube

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(s string) Null[string] { return Null[string]{V: s, Valid: true} }

func TestPresence(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, body string
		want         Quote
	}{
		"absent": {"what is not there is not null", `{"id": 1}`, Quote{Row: Row{ID: 1}}},
		"null":   {"what is null is there", `{"id": 1, "title": null}`, Quote{Row: Row{ID: 1, Keys: QuoteTitle}}},
		"set": {"the empty text is a text", `{"id": 1, "title": ""}`,
			Quote{Row: Row{ID: 1, Keys: QuoteTitle}, Title: text("")}},
		"unknown": {"what nobody asked for is passed over", `{"id": 1, "margin": {"a": [1]}}`, Quote{Row: Row{ID: 1}}},
		"null object": {"an embedded client may be null", `{"id": 1, "client": null}`,
			Quote{Row: Row{ID: 1, Keys: QuoteClient}}},
		"a wrong form": {"it spoils its field, not the row", `{"id": 1, "title": {}, "terms": "net 30"}`,
			Quote{Row: Row{ID: 1, Keys: QuoteTitle | QuoteTerms, Broken: QuoteTitle}, Terms: text("net 30")}},
		"a wrong form of an object": {"it spoils its field, not the row", `{"id": 1, "client": 7}`,
			Quote{Row: Row{ID: 1, Keys: QuoteClient, Broken: QuoteClient}}},
		"twice": {"the last one counts, as in encoding/json", `{"id": 1, "title": {}, "title": "a"}`,
			Quote{Row: Row{ID: 1, Keys: QuoteTitle}, Title: text("a")}},
		"twice, then null": {"the last one counts", `{"id": 1, "title": "a", "title": null}`,
			Quote{Row: Row{ID: 1, Keys: QuoteTitle}}},
		"an id in digits": {"older tenants send ids as strings", `{"id": "1", "project_id": "12"}`,
			Quote{Row: Row{ID: 1, Keys: QuoteProjectID}, ProjectID: Null[ID]{12, true}}},
		"a number for a text": {"numbers of things are sometimes numbers", `{"id": 1, "number": 1002}`,
			Quote{Row: Row{ID: 1, Keys: QuoteNumber}, Number: text("1002")}},
		"escaped keys": {"a key is what it means", `{"\u0069d": 1, "t\u0069tle": "\u00e9"}`,
			Quote{Row: Row{ID: 1, Keys: QuoteTitle}, Title: text("é")}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decodeRow[Quote]([]byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, sent string
		want         Null[Decimal]
		broken       bool
	}{
		"a number":         {"digits stay, trailing zeros included", `3500.10`, Null[Decimal]{"3500.10", true}, false},
		"a string":         {"some tenants send money so", `"3500.10"`, Null[Decimal]{"3500.10", true}, false},
		"a large one":      {"no float is in the way", `90071992547409931.01`, Null[Decimal]{"90071992547409931.01", true}, false},
		"a negative one":   {"a credit", `-0.50`, Null[Decimal]{"-0.50", true}, false},
		"an exponent":      {"a JSON number", `1e3`, Null[Decimal]{"1e3", true}, false},
		"a currency":       {"not a number", `"$ 12"`, Null[Decimal]{}, true},
		"a comma":          {"not a number", `"12,50"`, Null[Decimal]{}, true},
		"an empty string":  {"not a number", `""`, Null[Decimal]{}, true},
		"a leading zero":   {"would break the JSON that it leaves in", `"007"`, Null[Decimal]{}, true},
		"a flag":           {"not a number", `true`, Null[Decimal]{}, true},
		"an injected text": {"would break the JSON that it leaves in", `"1}, {"`, Null[Decimal]{}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decodeRow[Invoice]([]byte(`{"id": 1, "total": ` + c.sent + `}`))
			if err != nil {
				t.Fatal(err)
			}
			if got.Total != c.want || (got.Broken == InvoiceTotal) != c.broken || got.Keys != InvoiceTotal {
				t.Errorf("%s is %+v, broken %t: %s", c.sent, got.Total, got.Broken != 0, c.reason)
			}
		})
	}
}

// Older names of a key are taken only where the key itself is absent, whichever comes first.
func TestOlderNames(t *testing.T) {
	t.Parallel()
	number := func(body string) func() (any, error) {
		return func() (any, error) {
			r, err := decodeRow[Invoice]([]byte(body))
			return r.Number, err
		}
	}
	project := func(body string) func() (any, error) {
		return func() (any, error) {
			r, err := decodeRow[Project]([]byte(body))
			return []any{r.Number, r.Reference, r.CreatedAt.V, r.UpdatedAt.V}, err
		}
	}
	cases := map[string]struct {
		reason string
		read   func() (any, error)
		want   any
	}{
		"name alone":        {"an older invoice", number(`{"id": 1, "name": "011"}`), text("011")},
		"name, then number": {"the number wins", number(`{"id": 1, "name": "old", "number": "new"}`), text("new")},
		"number, then name": {"the number wins", number(`{"id": 1, "number": "new", "name": "old"}`), text("new")},
		"null, then name":   {"null is not absent", number(`{"id": 1, "number": null, "name": "old"}`), Null[string]{}},
		"name, then null":   {"null is not absent", number(`{"id": 1, "name": "old", "number": null}`), Null[string]{}},
		"broken, then name": {"broken is not absent", number(`{"id": 1, "number": [], "name": "old"}`), Null[string]{}},
		"work order by name": {"the reference's own detail", func() (any, error) {
			r, err := decodeRow[WorkOrder]([]byte(`{"id": 1, "name": "WO-1001"}`))
			return r.Number, err
		}, text("WO-1001")},
		"older project": {"reference, create_at, update_at", project(`{"id": 1, "reference": "REF001",
			"create_at": "2023-09-01T12:00:00Z", "update_at": "2023-09-15T12:00:00Z"}`),
			[]any{text("REF001"), text("REF001"), Instant("2023-09-01T12:00:00Z"), Instant("2023-09-15T12:00:00Z")}},
		"project with both, older first": {"both are shown, each as itself", project(`{"id": 1, "reference": "REF001",
			"number": "P-001", "create_at": "2023-09-01T12:00:00Z", "created_at": "2024-01-01T00:00:00Z",
			"update_at": "2023-09-15T12:00:00Z", "updated_at": "2024-01-02T00:00:00Z"}`),
			[]any{text("P-001"), text("REF001"), Instant("2024-01-01T00:00:00Z"), Instant("2024-01-02T00:00:00Z")}},
		"project with both, older last": {"both are shown, each as itself", project(`{"id": 1, "number": "P-001",
			"created_at": "2024-01-01T00:00:00Z", "create_at": "2023-09-01T12:00:00Z",
			"updated_at": "2024-01-02T00:00:00Z", "update_at": "2023-09-15T12:00:00Z", "reference": "REF001"}`),
			[]any{text("P-001"), text("REF001"), Instant("2024-01-01T00:00:00Z"), Instant("2024-01-02T00:00:00Z")}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.read()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}

func TestDatesAndInstants(t *testing.T) {
	t.Parallel()
	const broken = "broken"
	cases := map[string]struct{ reason, sent, day, instant string }{
		"a day":           {"an instant of which is midnight", `"2024-01-31"`, "2024-01-31", "2024-01-31T00:00:00Z"},
		"an instant":      {"older tenants send days so", `"2024-01-31T23:30:00Z"`, "2024-01-31", "2024-01-31T23:30:00Z"},
		"with an offset":  {"the day is as written", `"2024-08-28T19:27:32.094-04:00"`, "2024-08-28", "2024-08-28T19:27:32.094-04:00"},
		"no such month":   {"no calendar has it", `"2024-13-01"`, broken, broken},
		"no such day":     {"no calendar has it", `"2024-01-32"`, broken, broken},
		"another order":   {"another country's", `"31/01/2024"`, broken, broken},
		"without seconds": {"not RFC 3339", `"2024-01-31T23:30Z"`, broken, broken},
		"without offset":  {"not RFC 3339", `"2024-01-31T23:30:00"`, broken, broken},
		"an empty part":   {"not RFC 3339", `"2024-01-31T23:30:00.Z"`, broken, broken},
		"an injected one": {"it would break the JSON it leaves in", `"2024-01-31\""`, broken, broken},
		"a number":        {"not a date", `20240131`, broken, broken},
		"empty":           {"not a date", `""`, broken, broken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := decodeRow[WorkOrder]([]byte(`{"id": 1, "start_date": ` + c.sent + `, "created_at": ` + c.sent + `}`))
			if err != nil {
				t.Fatal(err)
			}
			day, instant := string(r.StartDate.V), string(r.CreatedAt.V)
			if r.Broken.Has(WorkOrderStartDate) {
				day = broken
			}
			if r.Broken.Has(WorkOrderCreatedAt) {
				instant = broken
			}
			if day != c.day || instant != c.instant {
				t.Errorf("%s is the day %s and the instant %s: %s", c.sent, day, instant, c.reason)
			}
		})
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, sent string
		party        PartyType
		notable      NotableType
	}{
		"short":        {"as the list has it", "company", PartyCompany, ""},
		"capital":      {"as it may be", "Building", PartyBuilding, ""},
		"long":         {"as the create answer has it", "Crm::Parties::Contact", PartyContact, ""},
		"v2":           {"as the reference has it", "WorkOrder", "", NotableWorkOrder},
		"underscored":  {"as a path has it", "purchase_order", "", NotablePurchaseOrder},
		"qualified":    {"as Rails has it", "Projects::Project", "", NotableProject},
		"unknown":      {"a word of tomorrow", "Crm::Parties::Robot", "", ""},
		"empty":        {"no word", "", "", ""},
		"only colons":  {"no word", "::", "", ""},
		"part of word": {"not the word", "quotes", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := decodeRow[Party]([]byte(`{"id": 1, "type": "` + c.sent + `"}`))
			if err != nil || p.Type.V != c.party || p.Broken.Has(PartyTypeKey) != (c.party == "") {
				t.Errorf("as a party's type it is %+v, broken %b (%v): %s", p.Type, p.Broken, err, c.reason)
			}
			n, err := decodeRow[Note]([]byte(`{"id": 1, "notable_type": "` + c.sent + `"}`))
			if err != nil || n.NotableType.V != c.notable || n.Broken.Has(NoteNotableType) != (c.notable == "") {
				t.Errorf("as a type of thing it is %+v, broken %b (%v): %s", n.NotableType, n.Broken, err, c.reason)
			}
		})
	}
}

func TestOneBadLineSpoilsTheLines(t *testing.T) {
	t.Parallel()
	got, err := decodeRow[Invoice]([]byte(`{"id": 1, "lines": [{"id": 11, "position": 1e3}, 7], "total": 5}`))
	if err != nil {
		t.Fatal(err)
	}
	if got.Rest().Lines != nil || got.Broken != InvoiceLines || got.Total.V != "5" {
		t.Errorf("the row is %+v: half of the lines would be taken for all of them", got)
	}
}
