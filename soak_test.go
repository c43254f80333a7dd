//go:build unix

package main

// This file runs the program for as long as -soak says, under queries, walks, writes and failures at once, and holds that it
// does not grow. `make soak` runs it for five minutes.

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

var soak = flag.Duration("soak", 0, "how long to soak the program; not at all where 0")

// soaked is what is asked, again and again: small queries, whole lists, writes, and what cannot be answered.
var soaked = []string{
	`{ projects(first: 20, offset: %d) { nodes { number stage { name } client { name } quotes { number } notes { body } } } }`,
	`{ invoices(first: 20, offset: %d) { totalCount nodes { number project { number } } } }`,
	`{ invoices(first: 10, offset: %d) { nodes { number lines { total } } } }`,
	`{ invoices(first: 50, offset: %d, filter: {search: \"a\"}) { totalCount nodes { number } } stages { name } }`,
	`mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: \"soak %d\"}) { note { id } userErrors { message } } }`,
	`{ project(id: %d) { number nope } }`,
}

// moods are what CCUBE is like, one after another.
var moods = [][]*sandbox.Fault{
	nil,
	{{Chance: 0.1, Seed: 1, Status: http.StatusServiceUnavailable}},
	{{Chance: 0.05, Seed: 2, Kind: sandbox.FaultReset}, {Chance: 0.05, Seed: 3, Kind: sandbox.FaultHalfJSON}},
	nil,
	{{Chance: 0.02, Seed: 4, Kind: sandbox.FaultHang}, {Chance: 0.02, Seed: 5, Kind: sandbox.FaultHTML}},
	{{Chance: 0.02, Seed: 6, Kind: sandbox.FaultBulk, Megabytes: 20}},
	nil,
	{{Kind: sandbox.FaultReset}},
	{{Chance: 0.3, Seed: 7, Status: http.StatusUnauthorized}},
}

// sample is the process at a moment.
type sample struct {
	at              time.Duration
	rss, goroutines int
	answers, errors int64
}

func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("-soak says how long")
	}
	box := sandbox.New(sandbox.Options{Projects: 300, Seed: 1})
	upstream := httptest.NewServer(box)
	t.Cleanup(upstream.Close)
	p := observe(t, "CCUBE_BASE_URL="+upstream.URL, "ADMIN_ADDR=127.0.0.1:0", "SNAPSHOT_TTL=2s", "SNAPSHOT_MAX_BYTES=16MiB",
		"UPSTREAM_TIMEOUT=2s", "UPSTREAM_REST=1s")
	ctx, stop := context.WithTimeout(t.Context(), *soak)
	defer stop()
	var answers, failed, broken atomic.Int64
	var load sync.WaitGroup
	for worker := range 12 {
		load.Go(func() {
			r := rand.New(rand.NewPCG(uint64(worker), 1))
			who := box.Admin()
			if worker%3 == 0 {
				who = box.Technician()
			}
			for ctx.Err() == nil {
				query := fmt.Sprintf(soaked[r.IntN(len(soaked))], 1+r.IntN(200))
				switch body, err := post(p.address, who.Authorization, query); {
				case err != nil:
					broken.Add(1)
				case strings.Contains(body, `"errors"`):
					failed.Add(1)
					fallthrough
				default:
					answers.Add(1)
				}
			}
		})
	}
	var samples []sample
	begin, tick := time.Now(), time.NewTicker(max(*soak/30, time.Second))
	defer tick.Stop()
	for n := 0; ctx.Err() == nil; n++ {
		box.Set(func(s *sandbox.Switches) { s.Faults = moods[n%len(moods)] })
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		samples = append(samples, p.measure(t, time.Since(begin), &answers, &failed))
	}
	load.Wait()
	box.Set(func(s *sandbox.Switches) { s.Faults = nil })
	judge(t, samples)
	if broken.Load() > 0 {
		t.Errorf("%d requests got no answer at all", broken.Load())
	}
	p.end(t)
}

// post sends an operation, and returns the answer's body.
func post(address, authorization, query string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/graphql", strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", authorization)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

// measure reads how large the process is.
func (p *observed) measure(t *testing.T, at time.Duration, answers, failed *atomic.Int64) sample {
	t.Helper()
	s := sample{at: at, answers: answers.Load(), errors: failed.Load()}
	s.goroutines = number(t, `(?m)^go_goroutines (\d+)`, p.get(t, p.admin+"/metrics"))
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skipf("there is no telling how large the process is: %v", err)
	}
	s.rss = number(t, `VmRSS:\s+(\d+)`, string(status)) >> 10
	return s
}

func number(t *testing.T, pattern, text string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("%s is not found", pattern)
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

// judge prints the samples, and holds that the last third of the time needed no more than the time before: by half of it at
// most, since collections come when they come.
func judge(t *testing.T, samples []sample) {
	t.Helper()
	var before, after sample
	for i, s := range samples {
		t.Logf("%6s  %4d MiB  %4d goroutines  %7d answers, %d with errors", s.at.Round(time.Second), s.rss, s.goroutines, s.answers, s.errors)
		most := &before
		if i >= len(samples)*2/3 {
			most = &after
		}
		most.rss, most.goroutines = max(most.rss, s.rss), max(most.goroutines, s.goroutines)
	}
	if after.rss > before.rss*3/2 || after.goroutines > before.goroutines*3/2+100 {
		t.Errorf("it grows: from %d MiB and %d goroutines at most to %d and %d", before.rss, before.goroutines, after.rss, after.goroutines)
	}
}
