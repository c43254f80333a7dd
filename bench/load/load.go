// Package load asks a server as fast as it answers, over so many connections, and tells how long each answer took.
//
// It is a closed loop: each connection has one request under way, and sends the next as soon as the answer is there. Requests
// are encoded before it starts and answers are only measured, not decoded, since the load shares the machine with what it
// measures; but an answer whose length differs from that of the answer that was verified for the same request fails the
// run, so that nothing wrong is ever counted.
package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how to ask.
type Options struct {
	// Address is the server's, host and port.
	Address string
	// Connections is how many there are at once.
	Connections int
	// Duration is how long new requests are sent.
	Duration time.Duration
	// Requests are asked for in turn, over all connections.
	Requests []Request
}

// Request is one that is asked again and again.
type Request struct {
	// Wire is what is sent ([Encode]).
	Wire []byte
	// Size is how many bytes the answer's body has.
	Size int
}

// Result is what a run has shown.
type Result struct {
	// Took are the times of the answers, the shortest first.
	Took []time.Duration
	// Elapsed is from the first request to the last answer.
	Elapsed time.Duration
}

// Run asks until the duration is over and all answers that were under way are there.
func Run(ctx context.Context, o Options) (Result, error) {
	connections, err := dial(ctx, o)
	if err != nil {
		return Result{}, err
	}
	stop := context.AfterFunc(ctx, func() { hangUp(connections) })
	defer stop()
	defer hangUp(connections)
	var (
		next   atomic.Int64
		took   = make([][]time.Duration, len(connections))
		errs   = make([]error, len(connections))
		askers sync.WaitGroup
	)
	start := time.Now()
	end := start.Add(o.Duration)
	for i, c := range connections {
		askers.Go(func() { took[i], errs[i] = ask(newConversation(c), o.Requests, &next, end) })
	}
	askers.Wait()
	result := Result{Elapsed: time.Since(start)}
	for _, t := range took {
		result.Took = append(result.Took, t...)
	}
	slices.Sort(result.Took)
	return result, errors.Join(errs...)
}

// dial opens all connections before the clock starts.
func dial(ctx context.Context, o Options) ([]net.Conn, error) {
	dialer := net.Dialer{Timeout: 5 * time.Second}
	connections := make([]net.Conn, 0, o.Connections)
	for range o.Connections {
		c, err := dialer.DialContext(ctx, "tcp", o.Address)
		if err != nil {
			hangUp(connections)
			return nil, fmt.Errorf("cannot connect: %w", err)
		}
		connections = append(connections, c)
	}
	return connections, nil
}

func hangUp(connections []net.Conn) {
	for _, c := range connections {
		_ = c.Close()
	}
}

// ask asks over one connection until the end.
func ask(c *conversation, requests []Request, next *atomic.Int64, end time.Time) ([]time.Duration, error) {
	var took []time.Duration
	for now := time.Now(); now.Before(end); {
		r := requests[(next.Add(1)-1)%int64(len(requests))]
		size, err := c.ask(r.Wire)
		if err == nil && size != r.Size {
			err = fmt.Errorf("an answer has %d bytes and not the %d that it had when it was verified", size, r.Size)
		}
		if err != nil {
			return took, err
		}
		done := time.Now()
		took = append(took, done.Sub(now))
		now = done
	}
	return took, nil
}
