//go:build unix

package main

// This file ends processes while they are needed: by a signal, and by violence behind a load balancer.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// TestReadinessTurnsOffFirst: after SIGTERM /readyz says no while requests are still taken. A second signal ends the process
// at once.
func TestReadinessTurnsOffFirst(t *testing.T) {
	t.Parallel()
	p := observe(t, "SANDBOX=true", "SANDBOX_PROJECTS=10", "DRAIN_DELAY=1m", "DRAIN_TIMEOUT=2m")
	of := &program{output: p.output, ended: p.ended}
	admin := of.until(t, regexp.MustCompile(`credential +Authorization: (.+)`))[1]
	if status, _ := fetch(t, http.MethodGet, p.address+"/readyz", "", ""); status != http.StatusOK {
		t.Errorf("before the signal /readyz answers %d", status)
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	of.until(t, regexp.MustCompile("draining"))
	if status, body := fetch(t, http.MethodGet, p.address+"/readyz", "", ""); status != http.StatusServiceUnavailable || !strings.Contains(body, "draining") {
		t.Errorf("after the signal /readyz answers %d: %s", status, body)
	}
	if _, body := fetch(t, http.MethodPost, p.address+"/graphql", admin, `{"query":"{ projects { totalCount } }"}`); !strings.Contains(body, `"totalCount":10`) {
		t.Errorf("a request that comes meanwhile gets %s", body)
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	if err := <-p.ended; err == nil {
		t.Error("the second signal is taken for an orderly end")
	}
}

// balancer sends requests to replicas in turn, and none to one that has failed.
type balancer struct {
	replicas []*httputil.ReverseProxy
	dead     []atomic.Bool
	next     atomic.Int64
}

func balance(t *testing.T, addresses ...string) *httptest.Server {
	t.Helper()
	b := &balancer{dead: make([]atomic.Bool, len(addresses))}
	for i, address := range addresses {
		at, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		b.replicas = append(b.replicas, &httputil.ReverseProxy{
			Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(at) },
			ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
				b.dead[i].Store(true)
				w.WriteHeader(http.StatusBadGateway)
			},
		})
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	return server
}

// ServeHTTP is part of http.Handler.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for range b.replicas {
		if i := int(b.next.Add(1)) % len(b.replicas); !b.dead[i].Load() {
			b.replicas[i].ServeHTTP(w, r)
			return
		}
	}
	w.WriteHeader(http.StatusServiceUnavailable)
}

// TestAReplicaThatIsKilled kills one of two processes under a load of reads and writes: no read is lost that is sent once
// more, and no write reaches CCUBE twice, although clients send reads again.
func TestAReplicaThatIsKilled(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 20, Seed: 1})
	ccube := httptest.NewServer(box)
	t.Cleanup(ccube.Close)
	env := []string{"CCUBE_BASE_URL=" + ccube.URL, "REDIS_URL=" + redistest.Start(t).URL}
	doomed, other := observe(t, env...), observe(t, env...)
	front := balance(t, doomed.address, other.address)
	const workers, each = 8, 60
	var done, written, unknown, again atomic.Int64
	var load sync.WaitGroup
	for worker := range workers {
		load.Go(func() {
			for n := range each {
				if done.Add(1) == workers*each/3 {
					_ = doomed.cmd.Process.Kill()
				}
				if n%3 == 0 {
					name := fmt.Sprintf("note-%d-%d-", worker, n)
					status, body := fetch(t, http.MethodPost, front.URL+"/graphql", box.Admin().Authorization,
						`{"query":"mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: \"`+name+`\"}) { note { id } userErrors { message } } }"}`)
					if status == http.StatusOK && strings.Contains(body, `"userErrors":[]`) {
						written.Add(1)
					} else {
						unknown.Add(1)
					}
					continue
				}
				read := func() bool {
					status, body := fetch(t, http.MethodPost, front.URL+"/graphql", box.Admin().Authorization,
						fmt.Sprintf(`{"query":"{ projects(first: 5, offset: %d) { nodes { number quotes { number } } } stages { name } }"}`, n%10))
					return status == http.StatusOK && strings.Contains(body, `"number":"P-`) && !strings.Contains(body, `"errors"`)
				}
				if !read() {
					again.Add(1)
					if !read() {
						t.Errorf("worker %d: read %d is lost, though it was sent again", worker, n)
					}
				}
			}
		})
	}
	load.Wait()
	<-doomed.ended
	arrived := make(map[string]int)
	for _, call := range box.Calls() {
		if call.Method == http.MethodPost {
			arrived[string(regexp.MustCompile(`note-\d+-\d+-`).Find(call.Body))]++
		}
	}
	for name, times := range arrived {
		if times > 1 {
			t.Errorf("%s was written %d times", name, times)
		}
	}
	if n := int64(len(arrived)); n < written.Load() || n > written.Load()+unknown.Load() {
		t.Errorf("%d writes arrived; %d were confirmed, of %d nothing is known", n, written.Load(), unknown.Load())
	}
	t.Logf("%d reads were sent again; %d writes were confirmed, of %d nothing is known", again.Load(), written.Load(), unknown.Load())
	other.end(t)
}
