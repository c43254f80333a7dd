package ccube

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

type answering struct{}

func (answering) Do(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"id": 1}`))}, nil
}

// Whoever joins a read that another one started and could not pay for makes it on its own budget.
func TestAnothersBudgetIsNotOurs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := New(Options{HTTP: answering{}})
		api := client.As(identity.New(identity.Tenant{Name: "acme", Base: "http://acme.test"}, "ada@example.com", "Token x"))
		release := make(chan struct{})
		key := readKey{api.caller.Partition, "", "http://acme.test", "/api/v2/notes/1"}
		var group sync.WaitGroup
		group.Go(func() {
			_, _, _ = client.reads.Do(t.Context(), key, func(context.Context) (any, error) {
				<-release
				return nil, fault.New(fault.BudgetExceeded, "too much")
			})
		})
		synctest.Wait()
		group.Go(func() {
			if note, err := api.Within(1).GetNote(t.Context(), 1); err != nil || note.ID != 1 {
				t.Errorf("the one who joined got %v, %v", note, err)
			}
		})
		synctest.Wait()
		close(release)
		group.Wait()
	})
}
