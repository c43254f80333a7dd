package cache

import "sync"

// writers runs work in the background, a bounded number at once, and refuses what is more. It is safe for concurrent
// use.
type writers struct {
	mu      sync.Mutex
	closed  bool
	free    chan struct{}
	running sync.WaitGroup
}

func newWriters(most int) *writers { return &writers{free: make(chan struct{}, most)} }

// start runs work, or returns false when too much is running or the writers are closed.
func (w *writers) start(work func()) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return false
	}
	select {
	case w.free <- struct{}{}:
	default:
		return false
	}
	w.running.Go(func() {
		defer func() { <-w.free }()
		work()
	})
	return true
}

// close takes no more work, and waits for what is running.
func (w *writers) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.running.Wait()
}
