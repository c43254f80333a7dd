package loaders

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestLookupIsReadOnceARequest(t *testing.T) {
	t.Parallel()
	y := serve(t, 5)
	set := y.set(t)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			all, err := set.Stages.All(t.Context())
			if err != nil || len(all) == 0 {
				t.Errorf("%d stages, %v", len(all), err)
			}
			row, ok, err := set.Stages.Get(t.Context(), all[1].ID)
			if !ok || err != nil || row != all[1] {
				t.Errorf("stage %d is %+v, %v", all[1].ID, row, err)
			}
			if _, ok, err := set.Stages.Get(t.Context(), 999); ok || err != nil {
				t.Errorf("a stage that is not listed is there: %t, %v", ok, err)
			}
		})
	}
	group.Wait()
	y.spent(t, "one call for all", map[string]int{"projects/stages": 1})
}

// The lists are read ahead only where more is wanted than a project embeds.
func TestLookupsThatAreAnnounced(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		field  string
		below  *Plan
		calls  map[string]int
	}{
		"a stage's name":         {"the project has it", "stage", wanting("Stage", ccube.StageName), none},
		"a stage's next steps":   {"the list has them", "stage", wanting("Stage", ccube.StageName|ccube.StageNextSteps), map[string]int{"projects/stages": 1}},
		"a work type's name":     {"the project has it", "workType", wanting("WorkType", ccube.WorkTypeName), none},
		"a work type's value":    {"the list has it", "workType", wanting("WorkType", ccube.WorkTypeValue), map[string]int{"projects/work_types": 1}},
		"a status's name":        {"the project has it", "communicationStatus", wanting("CommunicationStatus", ccube.CommunicationStatusName), none},
		"a status's position":    {"the list has it", "communicationStatus", wanting("CommunicationStatus", ccube.CommunicationStatusPosition), map[string]int{"projects/communication_statuses": 1}},
		"a stage, under a quote": {"there is no such field", "stages", wanting("Stage", ccube.StageNextSteps), none},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				set, s := scripted(t, map[string]string{
					"projects/stages": "[]", "projects/work_types": "[]", "projects/communication_statuses": "[]",
				})
				project := &ccube.Project{Row: ccube.Row{ID: 1, Keys: ccube.ProjectListKeys}}
				set.Projects.Prepare(t.Context(), []*ccube.Project{project}, selecting("Project", ccube.ProjectStage, c.field, c.below))
				synctest.Wait() // for what was announced, if anything was
				if diff := cmp.Diff(c.calls, s.spent()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", c.reason, diff)
				}
			})
		})
	}
}

func TestLookupFailures(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		read   func(context.Context, *ccube.API) ([]*ccube.Stage, error)
		want   fault.Kind
	}{
		"an error": {"it is everybody's", func(context.Context, *ccube.API) ([]*ccube.Stage, error) {
			return nil, fault.New(fault.RateLimited, "too much")
		}, fault.RateLimited},
		"a panic": {"it ends nobody's wait", func(context.Context, *ccube.API) ([]*ccube.Stage, error) { panic("s3cr3t") }, fault.Internal},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, _ := scripted(t, nil)
			l := newLookup(set, "a list", c.read)
			for range 2 {
				if _, err := l.All(t.Context()); fault.KindOf(err) != c.want {
					t.Errorf("All: %v, want %s: %s", err, c.want, c.reason)
				}
				if _, ok, err := l.Get(t.Context(), 1); ok || fault.KindOf(err) != c.want {
					t.Errorf("Get: %t, %v, want %s: %s", ok, err, c.want, c.reason)
				}
			}
		})
	}
}

// An asker whose time is up does not wait for a list that others still want.
func TestLookupAskerWhoGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		set, _ := scripted(t, nil)
		release := make(chan struct{})
		l := newLookup(set, "a list", func(context.Context, *ccube.API) ([]*ccube.Stage, error) {
			<-release
			return []*ccube.Stage{{Row: ccube.Row{ID: 1}}}, nil
		})
		ctx, giveUp := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := l.All(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("who gave up got %v", err)
			}
		})
		group.Go(func() {
			if all, err := l.All(t.Context()); err != nil || len(all) != 1 {
				t.Errorf("who stayed got %v, %v", all, err)
			}
		})
		synctest.Wait()
		giveUp()
		synctest.Wait()
		close(release)
		group.Wait()
	})
}

// amounts makes Null decimals; "" is null.
func amounts(texts ...string) []ccube.Null[ccube.Decimal] {
	out := make([]ccube.Null[ccube.Decimal], len(texts))
	for i, s := range texts {
		out[i] = ccube.Null[ccube.Decimal]{V: ccube.Decimal(s), Valid: s != ""}
	}
	return out
}

func TestSums(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason  string
		amounts []string
		want    ccube.Decimal
		fails   bool
	}{
		"nothing":           {"no amounts are nothing", nil, "0.00", false},
		"tenths":            {"binary fractions would give 0.30000000000000004", []string{"0.1", "0.2"}, "0.30", false},
		"credits":           {"a credit takes away", []string{"100.00", "-150.55"}, "-50.55", false},
		"credits that fill": {"nothing is not minus nothing", []string{"-0.10", "0.1"}, "0.00", false},
		"null":              {"an amount that CCUBE does not tell counts as nothing", []string{"", "7.5", ""}, "7.50", false},
		"whole":             {"money has two places at least", []string{"3500", "1"}, "3501.00", false},
		"long":              {"to the last digit", []string{"0.123456789012345678901234567890", "1"}, "1.123456789012345678901234567890", false},
		"large":             {"a float has 53 bits", []string{"9007199254740993.01", "0.01"}, "9007199254740993.02", false},
		"with an exponent":  {"JSON numbers may have one", []string{"1e3", "25E-1"}, "1002.50", false},
		"a huge exponent":   {"its digits would fill the memory", []string{"1", "1e1000000000"}, "", true},
		"a tiny exponent":   {"its digits would fill the memory", []string{"1e-1000000000"}, "", true},
		"too many digits":   {"nobody owes that", []string{strings.Repeat("9", 101)}, "", true},
		"many of them":      {"the error of one is not forgotten", []string{"1e999999999", "1", "2"}, "", true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var quotes []*ccube.Quote
			var invoices []*ccube.Invoice
			for _, a := range amounts(c.amounts...) {
				quotes = append(quotes, &ccube.Quote{QuotedTotal: a})
				invoices = append(invoices, &ccube.Invoice{Total: a, PaidTotal: a, Balance: a})
			}
			got, err := sumUp(quotes, invoices)
			if c.fails {
				if fault.KindOf(err) != fault.UpstreamError {
					t.Errorf("got %+v, %v, want UPSTREAM_ERROR: %s", got, err, c.reason)
				}
				return
			}
			n := len(c.amounts)
			want := &Financials{QuoteCount: n, InvoiceCount: n, QuotedTotal: c.want, InvoicedTotal: c.want, PaidTotal: c.want, Balance: c.want}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", c.reason, err, diff)
			}
		})
	}
}

func TestFinancials(t *testing.T) {
	t.Parallel()
	set, s := scripted(t, map[string]string{
		"quotes":   `[{"id":1,"project_id":7,"quoted_total":0.1},{"id":2,"project_id":7,"quoted_total":"0.2"},{"id":3,"project_id":8,"quoted_total":5}]`,
		"invoices": `[{"id":1,"project_id":7,"total":100.10,"paid_total":50.05,"balance":50.05},{"id":2,"project_id":7,"total":-20,"paid_total":null,"balance":-20.00}]`,
	})
	set.announceFinancials()
	var group sync.WaitGroup
	for project, want := range map[ccube.ID]*Financials{
		7: {QuoteCount: 2, InvoiceCount: 2, QuotedTotal: "0.30", InvoicedTotal: "80.10", PaidTotal: "50.05", Balance: "30.05"},
		8: {QuoteCount: 1, QuotedTotal: "5.00", InvoicedTotal: "0.00", PaidTotal: "0.00", Balance: "0.00"},
		9: {QuotedTotal: "0.00", InvoicedTotal: "0.00", PaidTotal: "0.00", Balance: "0.00"},
	} {
		group.Go(func() {
			got, err := set.FinancialsOf(t.Context(), project)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("project %d: %v (-want +got):\n%s", project, err, diff)
			}
		})
	}
	group.Wait()
	if diff := cmp.Diff(map[string]int{"quotes": 2, "invoices": 2}, s.spent()); diff != "" {
		t.Errorf("each list is walked once, with a page to see its end (-want +got):\n%s", diff)
	}
}

func TestUserByEmail(t *testing.T) {
	t.Parallel()
	y := serve(t, 20)
	users := rows(t, y, access.Users())
	last := users[len(users)-1]
	set := y.set(t)
	p := wanting("User", ccube.UserEmail)
	for _, email := range []string{last.Email.V, strings.ToUpper(last.Email.V)} {
		if f, err := set.UserByEmail(t.Context(), email, p); err != nil || f == nil || f.Row.ID != last.ID {
			t.Errorf("%s is %+v, %v, want user %d", email, f, err, last.ID)
		}
	}
	if f, err := set.UserByEmail(t.Context(), "nobody@example.com", p); f != nil || err != nil {
		t.Errorf("nobody is %+v, %v", f, err)
	}
	y.spent(t, "one walk for all", map[string]int{"users": 2})
	f, err := set.UserByEmail(t.Context(), last.Email.V, wanting("User", ccube.UserGivenName))
	if err != nil || !f.Row.GivenName.Valid {
		t.Errorf("the given name is not there: %+v, %v", f, err)
	}
	y.spent(t, "what the list lacks is in the detail", map[string]int{"users/{id}": 1})
}

func TestSetTravelsInTheContext(t *testing.T) {
	t.Parallel()
	set, _ := scripted(t, nil)
	if got, err := From(With(t.Context(), set)); got != set || err != nil {
		t.Errorf("From = %p, %v, want %p", got, err, set)
	}
	if got, err := From(t.Context()); got != nil || err == nil {
		t.Errorf("From without a set = %p, %v", got, err)
	}
}
