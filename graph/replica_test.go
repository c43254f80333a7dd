//go:build unix

package graph_test

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/cache"
	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/gatewaytest"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// replicas are two gateways over one CCUBE, which share nothing but a Redis. It is waited for as long as it takes, since a
// miss is no failure.
func replicas(t *testing.T, box *sandbox.Server) (one, other *gatewaytest.Gateway) {
	t.Helper()
	server := redistest.Start(t)
	start := func() *gatewaytest.Gateway {
		redis, err := cache.OpenRedis(identity.Secret(server.URL), cache.RedisOptions{Log: slog.New(slog.DiscardHandler), Budget: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = redis.Close() })
		return gatewaytest.Start(t, gatewaytest.Options{Sandbox: box, Store: redis, SnapshotTTL: time.Hour})
	}
	return start(), start()
}

// What is written through one replica, everybody reads through the other, whatever that remembers.
func TestReplicasReadOneAnothersWrites(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 5, Seed: 1})
	one, other := replicas(t, box)
	const count = `{ notes(first: 1) { totalCount } }`
	before, others := other.Ask(t, count).Body, other.AskAs(t, box.Technician(), count).Body
	box.ResetCalls()
	if again := other.Ask(t, count); again.Body != before || box.TotalCalls() != 0 {
		t.Fatalf("nothing is remembered, so nothing is shown here: %d calls, %s", box.TotalCalls(), again.Body)
	}
	answer := one.Ask(t, `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "x"}) { note { id } userErrors { message } } }`)
	if len(answer.Errors) > 0 {
		t.Fatal(answer.Body)
	}
	if after := other.Ask(t, count).Body; after == before {
		t.Errorf("after the write the other replica still shows %s", after)
	}
	if after := other.AskAs(t, box.Technician(), count).Body; after == others {
		t.Errorf("after the write somebody else is still shown %s", after)
	}
}

// A request that one replica has under way from before the write is not joined by one that comes after it.
func TestReplicasDoNotJoinReadsFromBeforeAWrite(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 5, Seed: 1})
	one, other := replicas(t, box)
	const query = `{ project(id: 1001) { number } }`
	release := box.Hold(sandbox.On(http.MethodGet, "/api/v2/projects/1001"))
	defer release()
	early := make(chan gatewaytest.Answer, 1)
	go func() { early <- other.Ask(t, query) }()
	until(t, func() bool { return box.Waiting() == 1 })
	one.Ask(t, `mutation { updateProject(id: 1001, input: {number: "P-NEW"}) { userErrors { message } } }`)
	late := make(chan gatewaytest.Answer, 1)
	go func() { late <- other.Ask(t, query) }()
	until(t, func() bool { return box.Waiting() == 2 }) // a request that joined the first would never come here
	release()
	if a := <-late; string(a.Data) != `{"project":{"number":"P-NEW"}}` {
		t.Errorf("after the write it is %s", a.Body)
	}
	<-early
}
