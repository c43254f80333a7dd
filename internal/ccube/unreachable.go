package ccube

// This file tells apart the ways in which an answer does not come: nobody there, too late, broken off, too large. After
// a write the question is another one: whether CCUBE has carried it out.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

// unreachable tells why no answer came. The context's own end wins over what the transport makes of it; a refusal that
// the [Doer] words itself, such as a breaker's, goes on as it is. way is that of a write; nil else.
func unreachable(ctx context.Context, r *request, way *way, err error) error {
	if own, ok := errors.AsType[*fault.Error](err); ok {
		return own
	}
	kind := fault.UpstreamUnavailable
	var timeout net.Error
	switch {
	case r.writes() && !way.unsent():
		kind = fault.UnknownOutcome
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		kind = fault.UpstreamTimeout
	}
	return &fault.Error{Kind: kind, Endpoint: r.name(), Message: speak(kind, r, ""), Err: withoutURL(err)}
}

// way is how far a request has come. The transport tells it, from goroutines of its own.
type way struct{ asked, connected atomic.Bool }

// watch returns a context under which a request's way is followed.
func watch(ctx context.Context) (context.Context, *way) {
	w := new(way)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { w.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) },
	}), w
}

// unsent reports whether the request certainly did not leave: a connection was asked for and there was none. Later
// events would say more of a request that was sent, and could come too late to say it of one that is being sent.
func (w *way) unsent() bool { return w.asked.Load() && !w.connected.Load() }

// withoutURL drops the address that net/http puts before its errors.
func withoutURL(err error) error {
	if w, ok := err.(*url.Error); ok { //nolint:errorlint // what lies deeper is not net/http's
		return w.Err
	}
	return err
}

// brokenBody tells why an answer could not be read to its end.
func brokenBody(ctx context.Context, r *request, response *http.Response, err error) error {
	if r.writes() {
		return lost(r, response.StatusCode, err)
	}
	if errors.Is(err, errTooLarge) {
		return &fault.Error{
			Kind: fault.UpstreamError, Status: response.StatusCode, Endpoint: r.name(), RequestID: r.idOf(response),
			Message: fmt.Sprintf("CCUBE's answer on %s is larger than the gateway takes (UPSTREAM_MAX_BODY)", r.noun()),
			Err:     err,
		}
	}
	return unreachable(ctx, r, nil, err)
}

// lost is the failure of a write that was sent and whose answer does not tell what came of it.
func lost(r *request, status int, err error) error {
	return &fault.Error{
		Kind: fault.UnknownOutcome, Status: status, Endpoint: r.name(),
		Message: speak(fault.UnknownOutcome, r, ""), Err: err,
	}
}
