package inbound

// This file notices when a client goes away while its request runs: nobody reads the connection then, so somebody has to.
// Most requests are answered before it begins.

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// patience is how long a handler runs until the client is watched, and how long a request that has begun may take to come
// until http.Server takes it over.
const patience = 100 * time.Millisecond

// watch looks at a connection while handlers run, one at a time. Its reader is what the connection is read through.
type watch struct {
	net   net.Conn
	timer *time.Timer

	mu sync.Mutex
	// gone ends the request that runs; nil while none does.
	gone context.CancelFunc
	// reading is closed when the look that is under way ends; nil for none. disturbed has it end.
	reading   chan struct{}
	disturbed bool
	// early is what a client sent before it had its answer, the beginning of its next request.
	early   [1]byte
	isEarly bool
}

// begin is told that a request runs, which gone ends.
func (w *watch) begin(gone context.CancelFunc) {
	w.mu.Lock()
	w.gone = gone
	w.mu.Unlock()
	if w.timer == nil {
		w.timer = time.AfterFunc(patience, w.look)
	} else {
		w.timer.Reset(patience)
	}
}

// look waits for the client to go away, or to say something.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone == nil || w.reading != nil || w.isEarly {
		return
	}
	read := make(chan struct{})
	w.reading, w.disturbed = read, false
	for w.read() {
	}
	w.reading = nil
	close(read)
}

// read looks once, and reports whether to do it again, since only a deadline has passed that was set for other reasons. It
// holds the lock but while it waits.
func (w *watch) read() (again bool) {
	_ = w.net.SetReadDeadline(time.Time{})
	w.mu.Unlock()
	n, err := w.net.Read(w.early[:])
	w.mu.Lock()
	w.isEarly = n == 1
	if w.isEarly || w.disturbed {
		return false
	}
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() {
		return true
	}
	if w.gone != nil {
		w.gone()
	}
	return false
}

// end is told that the request has run, and returns once nobody else reads. It reports whether deadlines have been moved.
func (w *watch) end() (moved bool) {
	if w.timer == nil {
		return false
	}
	w.timer.Stop()
	w.mu.Lock()
	w.gone = nil
	reading := w.reading
	w.disturbed = true
	w.mu.Unlock()
	if reading == nil {
		return false
	}
	_ = w.net.SetReadDeadline(past)
	<-reading
	return true
}

// Read reads the connection, what came early first.
func (w *watch) Read(b []byte) (int, error) {
	if w.isEarly && len(b) > 0 {
		w.isEarly = false
		b[0] = w.early[0]
		return 1, nil
	}
	return w.net.Read(b)
}
