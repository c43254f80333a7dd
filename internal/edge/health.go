package edge

import (
	"net/http"
	"sync/atomic"
)

// health answers that the process runs.
func health(w http.ResponseWriter, _ *http.Request) { status(w, http.StatusOK, "ok") }

// ready answers whether the server takes requests: not any more once it drains.
func ready(draining *atomic.Bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if draining.Load() {
			status(w, http.StatusServiceUnavailable, "draining")
			return
		}
		status(w, http.StatusOK, "ready")
	}
}

func status(w http.ResponseWriter, code int, word string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_, _ = w.Write([]byte(`{"status":"` + word + `"}` + "\n"))
}
