package stub

// This file is how a benchmark in another process talks to the stub: over its own port, under a path that CCUBE has not.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const prefix = "/stub/"

// State is what the stub tells of itself.
type State struct {
	// Calls is how many have been made.
	Calls int64
	// Targets are those of the calls since the last time that it was asked, where it notes them.
	Targets []string
}

// control does what a benchmark wants, and answers the state.
func (s *Server) control(target string) []byte {
	u, err := url.Parse(target)
	if err != nil {
		return wire(http.StatusBadRequest, nil)
	}
	wanted := u.Query()
	if text := wanted.Get("latency"); text != "" {
		wait, err := time.ParseDuration(text)
		if err != nil {
			return wire(http.StatusBadRequest, nil)
		}
		s.latency.Store(int64(wait))
	}
	if text := wanted.Get("note"); text != "" {
		s.noting.Store(text == "true")
	}
	s.mu.Lock()
	state := State{Calls: s.calls.Load(), Targets: s.noted}
	s.noted = nil
	s.mu.Unlock()
	body, err := json.Marshal(state)
	if err != nil {
		return wire(http.StatusInternalServerError, nil)
	}
	return wire(http.StatusOK, body)
}

// Control commands a stub in another process.
type Control struct {
	// URL is the stub's address.
	URL string
	// HTTP asks it.
	HTTP *http.Client
}

// State returns what the stub tells of itself.
func (c Control) State(ctx context.Context) (State, error) { return c.command(ctx, "state") }

// Delay has each call wait so long from now on.
func (c Control) Delay(ctx context.Context, latency time.Duration) error {
	_, err := c.command(ctx, "delay?latency="+latency.String())
	return err
}

// Note has the stub note targets, or not, from now on.
func (c Control) Note(ctx context.Context, on bool) error {
	_, err := c.command(ctx, "note?note="+strconv.FormatBool(on))
	return err
}

func (c Control) command(ctx context.Context, command string) (state State, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+prefix+command, http.NoBody)
	if err != nil {
		return state, err
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		return state, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return state, fmt.Errorf("the stub answers %s to %s", answer.Status, command)
	}
	err = json.NewDecoder(answer.Body).Decode(&state)
	return state, err
}
