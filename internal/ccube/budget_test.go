package ccube_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

func TestBudget(t *testing.T) {
	t.Parallel()
	calls := 0
	unbounded := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		_, _ = w.Write([]byte(`{"id": 1}`))
	})
	api := unbounded.Within(2)
	for range 2 {
		if _, err := api.GetUser(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	_, read := api.GetUser(t.Context(), 1)
	_, write := api.DeleteUser(t.Context(), 1)
	for name, err := range map[string]error{"a read": read, "a write": write} {
		if !errors.Is(err, fault.BudgetExceeded) || !strings.Contains(err.Error(), "2 calls") {
			t.Errorf("%s over the budget gives %v, want BUDGET_EXCEEDED", name, err)
		}
	}
	if _, err := api.Within(0).GetUser(t.Context(), 1); err != nil {
		t.Errorf("a call without a bound gives %v", err)
	}
	if calls != 3 {
		t.Errorf("%d calls were sent, want 3", calls)
	}
}

func TestSharedReadsCostOneCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := &upstream{released: make(chan struct{})}
		api := ccube.New(ccube.Options{HTTP: u}).As(caller("http://acme.test"))
		one := api.Within(1)
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := one.GetNote(t.Context(), 1); err != nil {
					t.Errorf("a shared read gives %v", err)
				}
			})
		}
		synctest.Wait()
		close(u.released)
		group.Wait()
	})
}
