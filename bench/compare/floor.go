package main

// This file is what the gateway cannot beat: two servers that do as little as can be done.
//
// The proxy is the standard library's, one call a request whatever the query. The copier knows beforehand which calls the
// gateway makes for a request and what it answers: it makes the same calls, as many at once as their chain allows, reads
// their bytes, and answers those of the gateway. Requests that are equal share one run, as with the gateway. What lies
// between it and the gateway is the price of GraphQL. Both serve with net/http's own server, which costs more than the
// gateway's where nearly all is shared.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/ccube-graphql/ccube-graphql/internal/ccube"
)

// plan is what a copier knows.
type plan struct {
	// Upstream is where the calls go.
	Upstream string
	// Steps are by the number of the request's variables.
	Steps []steps
}

// steps are the calls of one request, and its answer.
type steps struct {
	// Rounds are the calls that can be made at once, round after round.
	Rounds [][]string
	// Answer is the gateway's.
	Answer []byte
}

// rounds sorts calls into those that can be made at once, and those that need a row first.
func (q query) rounds(targets []string) [][]string {
	var first, later []string
	for _, t := range targets {
		if q.later != nil && q.later.MatchString(t) && (q.size > 0 || len(targets) > 1) {
			later = append(later, t)
		} else {
			first = append(first, t)
		}
	}
	var all [][]string
	for _, round := range [][]string{first, later} {
		if len(round) > 0 {
			all = append(all, round)
		}
	}
	return all
}

// proxy is the floor of one call.
func proxy(upstream *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Transport: ccube.NewHTTPClient(ccube.TransportOptions{}),
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
	}
}

// copier is the floor of the same calls.
type copier struct {
	plan    plan
	http    ccube.Doer
	running singleflight.Group
}

// ServeHTTP is part of http.Handler. The query string names the variables by their number.
func (c *copier) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	number, err := strconv.Atoi(r.URL.RawQuery)
	if err != nil || number < 0 || number >= len(c.plan.Steps) {
		http.NotFound(w, r)
		return
	}
	who := r.Header.Get("Authorization")
	_, err, _ = c.running.Do(who+" "+r.URL.RawQuery, func() (any, error) {
		return nil, c.call(context.WithoutCancel(r.Context()), who, c.plan.Steps[number])
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(c.plan.Steps[number].Answer)
}

// call makes the calls, round after round.
func (c *copier) call(ctx context.Context, who string, s steps) error {
	for _, round := range s.Rounds {
		if len(round) == 1 {
			if err := c.get(ctx, who, round[0]); err != nil {
				return err
			}
			continue
		}
		var calls errgroup.Group
		for _, target := range round {
			calls.Go(func() error { return c.get(ctx, who, target) })
		}
		if err := calls.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) get(ctx context.Context, who, target string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.plan.Upstream+target, http.NoBody)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", who)
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	body := bytes.NewBuffer(make([]byte, 0, max(512, answer.ContentLength+bytes.MinRead)))
	_, err = body.ReadFrom(answer.Body)
	return err
}

// told answers what the gateway answers for its own process under the same path, as far as it is asked here.
func told(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	_, _ = fmt.Fprintf(w, "%s %d\n", mallocs, m.Mallocs)
}

// serveFloor serves a floor until ctx ends.
func serveFloor(ctx context.Context, floor http.Handler, address string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /metrics", told)
	mux.Handle("/", floor)
	server := &http.Server{Handler: mux, Addr: address, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// readPlan reads the plan from a file.
func readPlan(file string) (p plan, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return p, err
	}
	err = json.Unmarshal(text, &p)
	return p, err
}
