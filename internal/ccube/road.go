package ccube

// This file is what stands before a tenant's CCUBE: so many calls at once, in turns of their callers, and a breaker. Each
// tenant has its own, so that one whose CCUBE is down, or whose callers are many, is no other's trouble.

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fair"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// road leads to one tenant's CCUBE.
type road struct {
	gate    *fair.Gate[identity.Partition]
	breaker *breaker
	// base is the tenant's address, and wrong why it is none.
	base  *url.URL
	wrong error
}

// to returns the address of a path, query string included, that stands on the road.
func (r *road) to(path string) (*url.URL, error) {
	if r.wrong != nil {
		return nil, r.wrong
	}
	u := *r.base
	path, u.RawQuery, _ = strings.Cut(path, "?")
	u.Path += path
	if u.RawPath != "" {
		u.RawPath += path // what we ask for has nothing that would have to be escaped
	}
	return &u, nil
}

// road returns the tenant's. There are as many as tenants are served.
func (c *Client) road(t identity.Tenant) *road {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.roads == nil {
		c.roads = make(map[identity.Tenant]*road)
	}
	if c.roads[t] == nil {
		r := &road{gate: fair.New[identity.Partition](c.options.InFlight), breaker: newBreaker(c.options.Rest)}
		r.base, r.wrong = url.Parse(t.Base)
		c.roads[t] = r
	}
	return c.roads[t]
}

// BreakerState is what a tenant's circuit breaker does.
type BreakerState int

// The states of a breaker.
const (
	// BreakerClosed lets calls through.
	BreakerClosed BreakerState = iota
	// BreakerTrial lets one call through, to see whether CCUBE answers again.
	BreakerTrial
	// BreakerOpen lets none through.
	BreakerOpen
)

// Breakers returns the state of each tenant's breaker that has been called for, by the tenant's name.
func (c *Client) Breakers() map[string]BreakerState {
	c.mu.Lock()
	defer c.mu.Unlock()
	states := make(map[string]BreakerState, len(c.roads))
	for tenant, road := range c.roads {
		states[tenant.Name] = road.breaker.state()
	}
	return states
}

// pass is the leave to make one call.
type pass struct {
	road   *road
	permit *permit
	leave  func()
	// asked is when the leave was asked for, and start when it was given.
	asked, start time.Time
}

// enter waits until a call may be made, and spends it from the budget. Who is let in tells of it with [pass.done].
func (a *API) enter(ctx context.Context, r *request) (*pass, error) {
	asked := time.Now()
	road := a.road
	if wait := road.breaker.look(); wait > 0 {
		return nil, resting(r, wait) // before it costs anything, or waits
	}
	if err := a.spend(); err != nil {
		return nil, err
	}
	leave, err := road.gate.Enter(ctx, a.caller.Partition)
	if err != nil {
		return nil, err
	}
	permit, wait := road.breaker.enter()
	if wait > 0 {
		leave()
		return nil, resting(r, wait)
	}
	return &pass{road: road, permit: permit, leave: leave, asked: asked, start: time.Now()}, nil
}

// done gives the place to the next, and tells the breaker what became of the call. left tells that its caller has gone
// before anything did.
func (p *pass) done(weight int, left bool) {
	if left {
		p.road.breaker.abandon(p.permit)
	} else {
		p.road.breaker.tell(p.permit, weight)
	}
	p.leave()
}

// weigh tells how bad what became of a call is: 0 where CCUBE has answered, be it with a refusal. broken is why the answer
// did not come, or did not come to its end.
func weigh(status int, broken error) int {
	switch {
	case broken == nil && status < http.StatusInternalServerError, errors.Is(broken, errTooLarge):
		return 0
	case isTimeout(broken):
		return silent
	default:
		return failed
	}
}
