package loaders

import (
	"runtime"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/access"
	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// What leads on starts first, and is not waited for: the rows of a list that further calls wait for. A list whose rows are the
// end starts when it is asked for.
func TestWhatLeadsOnStartsFirst(t *testing.T) {
	t.Parallel()
	y := serve(t, 100)
	all := rows(t, y, access.Invoices())
	number := wanting("Invoice", ccube.InvoiceNumber)
	if _, err := y.set(t).InvoicesOf.Of(t.Context(), *all[0].ProjectID.Ptr(), number); err != nil { // so that the length is known
		t.Fatal(err)
	}
	pages := len(all)/100 + 1
	for name, c := range map[string]struct {
		reason string
		below  *Plan
		held   int
	}{
		"own fields":    {"they are in the list", number, 0},
		"lines":         {"they are in the details alone", wanting("Invoice", ccube.InvoiceNumber|ccube.InvoiceLines), pages},
		"their project": {"it may have to be read", selecting("Invoice", 0, "project", wanting("Project", ccube.ProjectName)), pages},
	} {
		t.Run(name, func(t *testing.T) {
			release := y.Hold(sandbox.On("GET", "/api/v2/invoices"))
			defer release()
			set := y.set(t)
			set.lead(selecting("Project", 0, "invoices", c.below))
			for y.Waiting() < c.held {
				runtime.Gosched() // its calls are about to come
			}
			if c.held == 0 && set.InvoicesOf.objects.walk != nil {
				t.Errorf("a walk has been started: %s", c.reason)
			}
			release()
			if _, err := set.InvoicesOf.Of(t.Context(), *all[0].ProjectID.Ptr(), c.below); err != nil {
				t.Error(err)
			}
		})
	}
}
