package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/load"
	"github.com/ccube-graphql/ccube-graphql/bench/peers"
)

// target is a server that is asked one query of one mix.
type target struct {
	name    string
	process *process
	// questions are what it is asked, by the number of the variables.
	questions []question
	// watched is the same server once more, with its metrics on. Counting costs a little, so that allocations are counted there.
	watched *target
}

// launch starts a server on a port that is free. Somebody else may take the port first: then it tries another.
func launch(ctx context.Context, ready string, command func(address string) (*exec.Cmd, error)) (*process, time.Duration, error) {
	for attempt := 1; ; attempt++ {
		address, err := free(ctx)
		if err != nil {
			return nil, 0, err
		}
		c, err := command(address)
		if err != nil {
			return nil, 0, err
		}
		p, took, err := start(ctx, c, address, ready)
		if errors.Is(err, errEnded) && attempt < 3 {
			continue
		}
		return p, took, err
	}
}

// gateway starts the gateway as somebody would who cares for speed: with its own defaults, but for the log, and without a
// bound of calls under way, which no peer has.
func (r *rig) gateway(ctx context.Context, snapshots time.Duration, watched bool) (*process, time.Duration, error) {
	admin := ""
	p, took, err := launch(ctx, "/readyz", func(address string) (c *exec.Cmd, err error) {
		c = exec.CommandContext(ctx, r.binary, "-addr", address, "-tenant", "bench", "-base-url", r.upstream(),
			"-snapshot-ttl", snapshots.String(), "-log-level", "warn", "-upstream-in-flight", inFlight)
		c.Env = []string{"LANG=C"} // not ours: no setting comes from the environment
		if watched {
			admin, err = free(ctx)
			c.Args = append(c.Args, "-admin-addr", admin)
		}
		return c, err
	})
	if err == nil {
		p.admin = admin
	}
	return p, took, err
}

// inFlight is more calls than there ever are.
const inFlight = "10000"

// role starts this program once more in another role.
func (r *rig) role(ctx context.Context, role, ready string, args ...string) (*process, time.Duration, error) {
	p, took, err := launch(ctx, ready, func(address string) (*exec.Cmd, error) {
		c := exec.CommandContext(ctx, r.options.Self, append([]string{role, address}, args...)...)
		c.Env = []string{roleVariable + "=1"}
		return c, nil
	})
	if err == nil && role != roleStub {
		p.admin = p.address
	}
	return p, took, err
}

// copier starts the floor of the same calls.
func (r *rig) copier(ctx context.Context, p plan) (*process, time.Duration, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, 0, err
	}
	file := filepath.Join(r.options.Dir, "plan.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, 0, err
	}
	return r.role(ctx, roleCopy, "/ready", file)
}

// peer starts a peer.
func (r *rig) peer(ctx context.Context, p peers.Peer) (*process, time.Duration, error) {
	return launch(ctx, p.Ready, func(address string) (*exec.Cmd, error) {
		_, port, _ := strings.Cut(address, ":")
		return p.Command(ctx, r.options.Peers, r.upstream(), port)
	})
}

// targets starts everything that is asked a query of a mix, verified and warm. stop ends it.
func (r *rig) targets(ctx context.Context, q query, m mix) (all []*target, stop func(), err error) {
	stop = func() {
		for _, t := range all {
			t.stop()
		}
	}
	defer func() {
		if err != nil {
			stop()
		}
	}()
	variables := q.different(r.ids, r.options.Different)
	if !m.different {
		variables = variables[:1]
	}
	gateway, expected, err := r.prepare(ctx, q, m, variables)
	if err != nil {
		return nil, stop, err
	}
	all = append(all, gateway)
	floors, err := r.floors(ctx, q, expected)
	all = append(all, floors...)
	if err != nil {
		return all, stop, err
	}
	if m.remembered {
		return all, stop, nil // no peer remembers lists
	}
	for _, p := range r.options.With {
		if _, ok := p.Queries()[q.name]; !ok {
			continue
		}
		t, err := r.peerTarget(ctx, p, q, variables, expected)
		if t != nil {
			all = append(all, t)
		}
		if err != nil {
			return all, stop, err
		}
	}
	return all, stop, nil
}

// run has the load ask a target.
func (t *target) run(ctx context.Context, m mix, connections int, d time.Duration) (load.Result, error) {
	result, err := load.Run(ctx, load.Options{
		Address: t.process.address, Connections: connections, Duration: d, Requests: m.encode(t.process.address, t.questions),
	})
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", t.name, err, t.process.log)
	}
	return result, err
}

func (t *target) stop() {
	if t.watched != nil {
		t.watched.stop()
	}
	t.process.stop()
}
