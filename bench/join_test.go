package bench

import (
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
)

// BenchmarkJoin is what a request takes that is equal to one under way: a hundred come while the first one's call is held, and
// then all are answered. The first one's own work is among it, a hundredth of it for each.
func BenchmarkJoin(b *testing.B) {
	const joining = 100
	var come atomic.Int64
	g := gatewaytest.Start(b, gatewaytest.Options{Projects: 500, Around: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			come.Add(1)
			next.ServeHTTP(w, r)
		})
	}})
	senders := make([]*sender, 1+joining)
	for i := range senders {
		senders[i] = newSender(b, g, "{ projects(first: 100) { nodes { id number status workStart callNotes stage { name } } } }")
	}
	b.ReportAllocs()
	for range b.N / joining {
		release := g.Sandbox.Hold(nil)
		come.Store(0)
		var all sync.WaitGroup
		for i, s := range senders {
			all.Go(func() { s.send(b) })
			for i == 0 && g.Sandbox.Waiting() == 0 {
				runtime.Gosched()
			}
		}
		for come.Load() < int64(len(senders)) {
			runtime.Gosched()
		}
		release()
		all.Wait()
	}
}
