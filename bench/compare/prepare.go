package main

// This file has everything asked once before it is timed: what answers otherwise than the gateway, or makes calls that
// nobody expects, is not compared with it.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ccube-graphql/ccube-graphql/bench/peers"
	"github.com/ccube-graphql/ccube-graphql/bench/report"
)

// expectation is what the gateway's answer to a request was, and the calls that it cost.
type expectation struct {
	answer []byte
	calls  []string
}

// prepare starts the gateway for a query of a mix, has every caller ask, and notes answers and calls.
func (r *rig) prepare(ctx context.Context, q query, m mix, variables []values) (t *target, expected []expectation, err error) {
	t = &target{name: report.Gateway}
	for _, v := range variables {
		t.questions = append(t.questions, question{path: "/graphql", body: message(q.text, v.gateway)})
	}
	if t.process, _, err = r.gateway(ctx, m.snapshots, false); err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			t.stop()
		}
	}()
	if err := r.warm(ctx, t, q, m); err != nil {
		return nil, nil, err
	}
	if expected, err = r.expect(ctx, t, q); err != nil {
		return nil, nil, err
	}
	watched := &target{name: t.name, questions: t.questions}
	if watched.process, _, err = r.gateway(ctx, m.snapshots, true); err != nil {
		return nil, nil, err
	}
	t.watched = watched
	return t, expected, r.warm(ctx, watched, q, m)
}

// warm has every caller ask, so that habits and sizes are known as they are from a tenant's second request on.
func (r *rig) warm(ctx context.Context, t *target, q query, m mix) error {
	if m.remembered {
		if _, err := r.ask(ctx, t, 0, question{path: "/graphql", body: message(q.remember, nil)}); err != nil {
			return err
		}
	}
	callers, ctx := errgroup.WithContext(ctx)
	callers.SetLimit(8)
	for caller := range m.callers {
		callers.Go(func() error {
			for i := range 3 {
				if _, err := r.ask(ctx, t, caller, t.questions[(caller+i)%len(t.questions)]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return callers.Wait()
}

// expect asks for everything that differs, one after another, and notes what comes back and which calls were made.
func (r *rig) expect(ctx context.Context, t *target, q query) ([]expectation, error) {
	if err := r.stub.Note(ctx, true); err != nil {
		return nil, err
	}
	all := make([]expectation, len(t.questions))
	for i, question := range t.questions {
		if _, err := r.stub.State(ctx); err != nil { // forgets what was noted
			return nil, err
		}
		answer, err := r.ask(ctx, t, 0, question)
		if err != nil {
			return nil, err
		}
		state, err := r.stub.State(ctx)
		if err != nil {
			return nil, err
		}
		slices.Sort(state.Targets)
		if q.least > 0 && len(state.Targets) > q.least {
			return nil, fmt.Errorf("%s makes %d calls to answer %s, and %d would do: %q", t.name, len(state.Targets), q.name, q.least, state.Targets)
		}
		all[i] = expectation{answer: answer, calls: state.Targets}
		t.questions[i].size = len(answer)
	}
	return all, r.stub.Note(ctx, false)
}

// floors starts the floors for what the gateway does.
func (r *rig) floors(ctx context.Context, q query, expected []expectation) (all []*target, err error) {
	// The proxy passes on the call that a client would begin with, whatever follows.
	one := &target{name: report.Proxy}
	same := &target{name: report.Copy}
	known := plan{Upstream: r.upstream()}
	for i, e := range expected {
		one.questions = append(one.questions, question{path: r.first(q, e)})
		same.questions = append(same.questions, question{path: "/copy?" + strconv.Itoa(i), body: message(q.text, nil)})
		known.Steps = append(known.Steps, steps{Rounds: q.rounds(e.calls), Answer: e.answer})
	}
	if one.process, _, err = r.role(ctx, roleProxy, "/ready", r.upstream()); err != nil {
		return nil, err
	}
	all = append(all, one)
	if same.process, _, err = r.copier(ctx, known); err != nil {
		return all, err
	}
	all = append(all, same)
	for _, t := range all {
		for i := range t.questions {
			answer, err := r.ask(ctx, t, 0, t.questions[i])
			if err != nil {
				return all, err
			}
			t.questions[i].size = len(answer)
		}
	}
	return all, nil
}

// first is the call that answers a query's first level, by the calls that it costs.
func (r *rig) first(q query, e expectation) string {
	switch rounds := q.rounds(e.calls); {
	case q.size == 0:
		return "/api/v2/projects/" + r.ids[0]
	case len(rounds) == q.chain:
		return rounds[0][0]
	}
	return fmt.Sprintf("/api/v2/%s?page=1&per_page=%d", q.rows[0], q.size) // the gateway remembers it
}

// peerTarget starts a peer and holds its answers to the gateway's.
func (r *rig) peerTarget(ctx context.Context, p peers.Peer, q query, variables []values, expected []expectation) (*target, error) {
	process, _, err := r.peer(ctx, p)
	if err != nil {
		return nil, err
	}
	text := p.Queries()[q.name]
	t := &target{name: p.Name, process: process}
	for i, v := range variables {
		question := question{path: "/graphql", body: message(text.Text, v.peer)}
		for range 3 { // code that is compiled when it is used, connections
			answer, err := r.ask(ctx, t, 0, question)
			if err != nil {
				return t, err
			}
			question.size = len(answer)
			if err := same(q.rows, expected[i].answer, []string{text.Rows}, answer); err != nil {
				return t, fmt.Errorf("%s does not answer %s as the gateway does: %w", p.Name, q.name, err)
			}
		}
		t.questions = append(t.questions, question)
	}
	return t, nil
}

// ask sends one request as a caller and returns the body of the answer, which has no errors.
func (r *rig) ask(ctx context.Context, t *target, caller int, q question) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, q.method(), "http://"+t.process.address+q.path, bytes.NewReader(q.body))
	if err != nil {
		return nil, err
	}
	request.Header = header(caller)
	response, err := r.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", t.name, err, t.process.log)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors":`))) {
		err = errors.New(response.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("%s answers %.1000s: %w", t.name, answer, err)
	}
	return answer, nil
}
