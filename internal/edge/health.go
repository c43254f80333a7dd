package edge

import (
	"encoding/json"
	"net/http"
	"runtime"
)

// condition is what a probe is told.
type condition struct {
	Status string `json:"status"`
	// Version, Commit and Go are the build's.
	Version string `json:"version,omitempty"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go,omitempty"`
}

// health answers that the process runs.
func health(w http.ResponseWriter, _ *http.Request) { tell(w, http.StatusOK, condition{Status: "ok"}) }

// ready answers whether the server takes requests: not any more once it drains. It tells which build that is, for whoever
// watches a roll-out.
func ready(o Options) http.HandlerFunc {
	is := condition{Status: "ready", Version: o.Version, Commit: o.Commit, Go: runtime.Version()}
	return func(w http.ResponseWriter, _ *http.Request) {
		if !o.Draining.Load() {
			tell(w, http.StatusOK, is)
			return
		}
		drains := is
		drains.Status = "draining"
		tell(w, http.StatusServiceUnavailable, drains)
	}
}

func tell(w http.ResponseWriter, code int, c condition) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(c)
}
