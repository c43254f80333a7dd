package telemetry

import "sync"

// The labels of operations that have no name of their own in the metrics.
const (
	anonymous = "anonymous"
	other     = "other"
)

// names are the operations' names that have series of their own: the first so many that have succeeded. Clients choose
// names, and each costs memory here and in Prometheus for as long as the process lives; so one that has never succeeded
// has none, and beyond the bound there is only "other". It is safe for concurrent use.
type names struct {
	most int

	mu    sync.RWMutex
	known map[string]bool
}

func newNames(most int) *names { return &names{most: most, known: make(map[string]bool, most)} }

// label is what an operation is called in the metrics.
func (n *names) label(name string, succeeded bool) string {
	if name == "" {
		return anonymous
	}
	n.mu.RLock()
	known, full := n.known[name], len(n.known) >= n.most
	n.mu.RUnlock()
	switch {
	case known:
		return name
	case full || !succeeded || name == anonymous || name == other:
		return other
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.known) >= n.most && !n.known[name] {
		return other
	}
	n.known[name] = true
	return name
}
