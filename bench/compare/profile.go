package main

// This file makes a profile for `go build`, which looks for it in default.pgo: of every query of the mixes that read, as
// much of each.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// profileSeconds is how long each query of each mix is watched.
const profileSeconds = 5

// profile writes the gateway's processor profile under load into a file.
func (r *rig) profile(ctx context.Context, file string) error {
	args := []string{"tool", "pprof", "-proto"}
	for _, m := range r.mixes() {
		for _, q := range r.queries() {
			r.tell("profiling %s %s", q.name, m.name)
			part := filepath.Join(r.options.Dir, q.name+m.name+".pprof")
			if err := r.profileOf(ctx, q, m, part); err != nil {
				return err
			}
			args = append(args, part)
		}
	}
	merged, err := exec.CommandContext(ctx, "go", args...).Output()
	if err != nil {
		return fmt.Errorf("cannot merge the profiles: %w", err)
	}
	return os.WriteFile(file, merged, 0o600)
}

// profileOf watches the gateway while it is asked a query of a mix.
func (r *rig) profileOf(ctx context.Context, q query, m mix, file string) error {
	variables := q.different(r.ids, r.options.Different)
	if !m.different {
		variables = variables[:1]
	}
	t, _, err := r.prepare(ctx, q, m, variables)
	if err != nil {
		return err
	}
	defer t.stop()
	watched := &target{name: t.name, process: t.watched.process, questions: t.questions}
	connections := r.options.Connections[len(r.options.Connections)/2]
	asked := make(chan error, 1)
	go func() {
		_, err := watched.run(ctx, m, connections, (profileSeconds+1)*time.Second)
		asked <- err
	}()
	err = r.download(ctx, "http://"+watched.process.admin+"/debug/pprof/profile?seconds="+strconv.Itoa(profileSeconds), file)
	return errors.Join(err, <-asked)
}

// download saves what an address answers.
func (r *rig) download(ctx context.Context, url, file string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := r.http.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o600)
}
