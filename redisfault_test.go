//go:build unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// TestRedisFailsUnderLoad takes Redis away in the middle of a load of reads and writes, in each way that it can go: it is
// frozen, it goes on, it is killed, and another that knows nothing takes its place at the same address. Every answer is whole
// and right, and whoever has written something reads it at once.
func TestRedisFailsUnderLoad(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 20, Seed: 1})
	ccube := httptest.NewServer(box)
	t.Cleanup(ccube.Close)
	redis := redistest.Start(t)
	p := observe(t, "CCUBE_BASE_URL="+ccube.URL, "REDIS_URL="+redis.URL)
	const stages = `{"query":"{ stages { name nextSteps { name } } }"}`
	_, right := fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, stages)
	const workers, each = 5, 50
	happens := []func(){redis.Pause, redis.Resume, redis.Kill, redis.Restart}
	next := make(chan struct{}, len(happens)+1)
	var asked atomic.Int64
	var load sync.WaitGroup
	for worker := range workers {
		project := 1001 + worker
		load.Go(func() {
			for n := range each {
				if asked.Add(1)%(workers*each/5) == 0 {
					next <- struct{}{}
				}
				if _, answer := fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, stages); answer != right {
					t.Errorf("stages are %s\nwant %s", answer, right)
				}
				if n%10 != 0 {
					continue
				}
				note := fmt.Sprintf("worker %d, note %d", worker, n)
				_, written := fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, fmt.Sprintf(
					`{"query":"mutation { createNote(input: {notableType: PROJECT, notableId: %d, body: \"%s\"}) { note { body } userErrors { message } } }"}`, project, note))
				_, read := fetch(t, http.MethodPost, p.address+"/graphql", box.Admin().Authorization, fmt.Sprintf(
					`{"query":"{ project(id: %d) { notes { body } } notes(filter: {notableType: PROJECT, notableId: %[1]d}) { totalCount } }"}`, project))
				if strings.Contains(written, `"errors"`) || strings.Contains(read, `"errors"`) || !strings.Contains(read, note) {
					t.Errorf("%q was answered by %s, and read as %s", note, written, read)
				}
			}
		})
	}
	for _, happen := range happens {
		<-next
		happen()
	}
	load.Wait()
	p.end(t)
}
