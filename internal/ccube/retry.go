package ccube

// This file says what is tried again: a read that met a broken connection, or a failure that says itself that it will
// pass, while there is time. A write is sent once, whatever becomes of it.

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
)

const (
	// firstPause is how long is waited before a read is tried again, about; twice as long before each further time.
	firstPause = 100 * time.Millisecond
	// longestPause is where that ends.
	longestPause = time.Second
	// longestRetryAfter is how long CCUBE may ask to wait. If it asks for longer, so may the caller be told.
	longestRetryAfter = 10 * time.Second
)

// passing are the statuses of failures that pass.
var passing = map[int]bool{
	http.StatusTooManyRequests:    true,
	http.StatusBadGateway:         true,
	http.StatusServiceUnavailable: true,
	http.StatusGatewayTimeout:     true,
}

// again reports whether a call that has failed for the nth time is tried again, and after which pause.
func (a *API) again(r *request, n int, err error) (pause time.Duration, ok bool) {
	if err == nil || r.method != http.MethodGet || n > a.client.options.Retries || a.spent() {
		return 0, false
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !passing[f.Status] && !isBroken(f.Err) || f.RetryAfter > longestRetryAfter {
		return 0, false
	}
	pause = f.RetryAfter + jittered(min(firstPause<<(n-1), longestPause))
	return pause, r.until.IsZero() || pause < time.Until(r.until)
}

// jittered is half of d at least, and all of it at most, so that what failed together does not come back together.
func jittered(d time.Duration) time.Duration {
	return d/2 + rand.N(d/2+1) //nolint:gosec // nobody gains by guessing a pause
}

// isBroken reports whether a connection could not be made, or broke, as opposed to one on which nothing comes.
func isBroken(err error) bool {
	_, network := errors.AsType[*net.OpError](err)
	return !isTimeout(err) && (network || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF))
}

// isTimeout reports whether something took longer than it may.
func isTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}

// wait waits, and reports whether the context has not ended meanwhile.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
