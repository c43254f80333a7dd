package graph

// This file counts an operation's calls against what its caller's credential may ask for in a minute (RATE_LIMIT).
//
// What the operation asks for is taken before it runs, as it is weighed (cost.go), and settled when it has run: calls that
// were shared or remembered are put back, calls that could not be foreseen are owed. So what is refused has cost CCUBE
// nothing, and over time nobody gets more than the limit.

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/limit"
)

// extCost is the answer's extension that tells what it cost of what its caller may ask for.
const extCost = "cost"

// cost is extensions.cost.
type cost struct {
	// Requested are the calls to CCUBE that the operation asked for, Actual those that were sent.
	Requested      int            `json:"requested"`
	Actual         int            `json:"actual"`
	ThrottleStatus throttleStatus `json:"throttleStatus"`
}

// throttleStatus is how many calls the caller may ask for.
type throttleStatus struct {
	MaximumAvailable   int `json:"maximumAvailable"`
	CurrentlyAvailable int `json:"currentlyAvailable"`
	// RestoreRate is how many come back in a second.
	RestoreRate float64 `json:"restoreRate"`
}

// meter counts one operation. A nil one counts nothing.
type meter struct {
	allowance *limit.Allowance
	taken     limit.Taken
	cost      cost
}

// meter takes what the operation asks for. The error is why it has to wait, or would for ever; it is on the meter then too.
// What needs no credential is not counted, nor is anything without a limit.
func (o *operations) meter(ctx context.Context, request admitted) (*meter, error) {
	if o.allowance == nil || request.Caller.Authorization == "" {
		return nil, nil
	}
	requested := request.requested
	if s := seriesOf(ctx); s != nil && s.reader != nil {
		requested = 0 // a table that has begun is not broken off; what its pages cost is owed
	}
	most := o.allowance.PerMinute()
	m := &meter{allowance: o.allowance}
	m.cost = cost{Requested: requested, ThrottleStatus: throttleStatus{MaximumAvailable: most, RestoreRate: float64(most) / 60}}
	fits := requested <= most
	var enough bool
	if fits {
		m.taken, enough = o.allowance.Take(ctx, request.Caller.Quota(), requested)
	} else {
		m.taken, _ = o.allowance.Take(ctx, request.Caller.Quota(), 0)
	}
	left := m.taken.State
	m.cost.ThrottleStatus.CurrentlyAvailable = left.Available
	switch {
	case !fits:
		return m, fault.New(fault.CostExceeded,
			"the operation asks for %d calls to CCUBE, and a credential may ask for %d in a minute (RATE_LIMIT), so it never fits: "+
				"ask for fewer rows, or for less of each", requested, most)
	case !enough:
		late := fault.New(fault.RateLimited,
			"the operation asks for %d calls to CCUBE, and the credential has %d of %d in a minute left (RATE_LIMIT): wait, or ask for less",
			requested, left.Available, most)
		late.RetryAfter = left.Wait
		return m, late
	}
	return m, nil
}

// settle has the operation have cost so many calls.
func (m *meter) settle(ctx context.Context, actual int) {
	if m == nil {
		return
	}
	m.cost.Actual = actual
	m.cost.ThrottleStatus.CurrentlyAvailable = m.allowance.Settle(ctx, m.taken, actual).Available
}

// on returns the response with extensions.cost. It is a copy, since others may share the response.
func (m *meter) on(response *graphql.Response) *graphql.Response {
	if m == nil || response == nil {
		return response
	}
	told := *response
	told.Extensions = maps.Clone(response.Extensions)
	if told.Extensions == nil {
		told.Extensions = make(map[string]any, 1)
	}
	told.Extensions[extCost] = m.cost
	return &told
}
