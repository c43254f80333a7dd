package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/peers"
	"github.com/ccube-graphql/ccube-graphql/bench/stub"
)

// options say how to measure.
type options struct {
	// Root is the module's folder, Dir one for what is built; Self is this program.
	Root, Dir, Self string
	// Build are further arguments of go build, Variables further variables for it.
	Build, Variables []string
	// Connections are how many there are at once, in turn; Cell is how long each is asked.
	Connections []int
	Cell        time.Duration
	// Callers and Different bound how many callers and different variables there are.
	Callers, Different int
	// Queries and Mixes are the names of those to measure; all where empty.
	Queries, Mixes []string
	// With are the peers to compare with, installed below Peers.
	With  []peers.Peer
	Peers string
	// Quick leaves out what takes long.
	Quick bool
	// Progress takes a line a step.
	Progress io.Writer
}

// rig is what a measurement needs beside what it measures.
type rig struct {
	options options
	binary  string
	http    *http.Client
	process *process
	stub    stub.Control
	// ids are the projects'.
	ids []string
}

// newRig builds the gateway and starts the upstream. close ends it.
func newRig(ctx context.Context, o options) (*rig, error) {
	r := &rig{
		options: o, binary: filepath.Join(o.Dir, "ccube-graphql"),
		http: &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 8}},
	}
	r.tell("building the gateway")
	build := exec.CommandContext(ctx, "go", append(append([]string{"build"}, o.Build...), "-o", r.binary, ".")...)
	build.Dir, build.Env = o.Root, append(os.Environ(), o.Variables...)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("cannot build the gateway: %w\n%s", err, out)
	}
	for _, p := range o.With {
		r.tell("installing %s %s", p.Name, p.Version())
		if err := p.Install(ctx, o.Peers); err != nil {
			return nil, err
		}
	}
	var err error
	if r.process, _, err = r.role(ctx, roleStub, "/stub/state"); err != nil {
		return nil, err
	}
	r.stub = stub.Control{URL: r.upstream(), HTTP: r.http}
	if r.ids, err = r.projects(ctx); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// queries are those to measure.
func (r *rig) queries() []query {
	return slices.DeleteFunc(queries(), func(q query) bool {
		return len(r.options.Queries) > 0 && !slices.Contains(r.options.Queries, q.name)
	})
}

// mixes are those to measure.
func (r *rig) mixes() []mix {
	return slices.DeleteFunc(mixes(r.options.Callers), func(m mix) bool {
		return len(r.options.Mixes) > 0 && !slices.Contains(r.options.Mixes, m.name)
	})
}

func (r *rig) close() { r.process.stop() }

// upstream is the stub's address.
func (r *rig) upstream() string { return "http://" + r.process.address }

func (r *rig) tell(format string, args ...any) {
	_, _ = fmt.Fprintf(r.options.Progress, format+"\n", args...)
}

// projects returns the numbers of the first hundred projects.
func (r *rig) projects(ctx context.Context) ([]string, error) {
	t := &target{name: roleStub, process: r.process}
	body, err := r.ask(ctx, t, 0, question{path: "/api/v2/projects?page=1&per_page=100"})
	if err != nil {
		return nil, err
	}
	var rows []struct{ ID int }
	if err := json.Unmarshal(body, &rows); err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = strconv.Itoa(row.ID)
	}
	return ids, nil
}
