package inbound_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// handlers answer in the ways that there are. Each is asked twice on one connection.
var handlers = map[string]http.HandlerFunc{
	"nothing":             func(http.ResponseWriter, *http.Request) {},
	"a status":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) },
	"a status of its own": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(599) },
	"a second status": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		w.WriteHeader(http.StatusTeapot)
	},
	"a short text": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "short") },
	"in pieces": func(w http.ResponseWriter, _ *http.Request) {
		for range 10 {
			_, _ = io.WriteString(w, "piece")
		}
	},
	"a long text": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 100_000)) },
	"a long text in pieces": func(w http.ResponseWriter, _ *http.Request) {
		for range 1_000 {
			_, _ = io.WriteString(w, strings.Repeat("x", 100))
		}
	},
	"pieces that are sent": func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			_, _ = io.WriteString(w, "piece")
			w.(http.Flusher).Flush()
		}
	},
	"sent before anything is said": func(w http.ResponseWriter, _ *http.Request) {
		_ = http.NewResponseController(w).Flush()
		_, _ = io.WriteString(w, "late")
	},
	"sent, and no more": func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() },
	"a length": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5")
		_, _ = io.WriteString(w, "short")
	},
	"a length, long": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "20000")
		_, _ = io.WriteString(w, strings.Repeat("x", 20_000))
	},
	"a length, sent": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10")
		_, _ = io.WriteString(w, "first")
		w.(http.Flusher).Flush()
		_, _ = io.WriteString(w, "later")
	},
	"less than its length": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "50")
		_, _ = io.WriteString(w, "short")
	},
	"more than its length": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5")
		_, _ = io.WriteString(w, "short")
		_, err := io.WriteString(w, "more")
		if !errors.Is(err, http.ErrContentLength) {
			panic(err)
		}
	},
	"no content": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
		if _, err := io.WriteString(w, "content"); !errors.Is(err, http.ErrBodyNotAllowed) {
			panic(err)
		}
	},
	"not modified": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Etag", `"1"`)
		w.WriteHeader(http.StatusNotModified)
	},
	"a page": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<!DOCTYPE html><p>page") },
	"a page in pieces": func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		_, _ = io.WriteString(w, "<!DOCTYPE html><p>page")
	},
	"a type": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	},
	"encoded": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "gzip")
	},
	"headers": func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["X-Many"] = []string{"1", "2"}
		w.Header().Set("X-Lines", "1\r\nX-Forged: 2")
		w.Header()["X Not A Name"] = []string{"1"}
		w.Header().Set("Date", "my day")
	},
	"headers too late": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.Header().Set("X-Late", "1")
		_, _ = io.WriteString(w, "short")
	},
	"the last": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		_, _ = io.WriteString(w, "short")
	},
	"a panic": func(http.ResponseWriter, *http.Request) { panic("on purpose") },
	"a panic too late": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 10_000))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	},
	"a file": func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "file.css", time.Time{}, strings.NewReader(strings.Repeat("x", 70_000)))
	},
	"a recorder's": func(w http.ResponseWriter, r *http.Request) {
		recorder := httptest.NewRecorder()
		echo(recorder, r)
		w.WriteHeader(recorder.Code)
		_, _ = w.Write(recorder.Body.Bytes())
	},
	"what it was asked": func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) },
	"a minute later, and more time to write it": func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Hour))
		wait(r.Context(), time.Minute)
		_, _ = fmt.Fprint(w, "late: ", r.Context().Err())
	},
	"after ten seconds": func(w http.ResponseWriter, r *http.Request) {
		wait(r.Context(), 10*time.Second)
		_, _ = fmt.Fprint(w, "late: ", r.Context().Err())
	},
}

// wait waits for a time, or the end of the request.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// TestWhatComesMeanwhile: while a handler takes its time, the next request goes on coming, and turns out not to be ordinary.
func TestWhatComesMeanwhile(t *testing.T) {
	t.Parallel()
	const head = "HEAD /next HTTP/1.1\r\nHost: a\r\n\r\n"
	for _, cut := range []int{0, 1, 4, 10, len(head) - 1} {
		lean := agree(t, handlers["after ten seconds"], said{0, post + head[:cut]}, said{time.Second, head[cut : cut+1]}, said{time.Second, head[cut+1:]})
		if lean != 1 {
			t.Errorf("cut at %d, %d requests are taken for ordinary, want 1", cut, lean)
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, handler := range handlers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agree(t, handler, said{0, post}, said{time.Second, get})
		})
	}
}
