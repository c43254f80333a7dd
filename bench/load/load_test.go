package load_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/bench/load"
)

// run asks a handler, over so many connections, for a moment.
func run(t *testing.T, connections int, sizes []int, h http.HandlerFunc) (load.Result, error) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	address := strings.TrimPrefix(server.URL, "http://")
	var requests []load.Request
	for i, size := range sizes {
		header := http.Header{"X-Number": {string(rune('0' + i))}}
		requests = append(requests, load.Request{Wire: load.Encode("POST", address, "/ask", header, []byte(`{"a":1}`)), Size: size})
	}
	return load.Run(t.Context(), load.Options{Address: address, Connections: connections, Duration: 20 * time.Millisecond, Requests: requests})
}

func TestRunCountsEveryAnswer(t *testing.T) {
	t.Parallel()
	var asked [2]atomic.Int64
	result, err := run(t, 3, []int{5, 100_000}, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || r.URL.Path != "/ask" || string(body) != `{"a":1}` {
			t.Errorf("%s %s %q is not what was to be asked", r.Method, r.URL, body)
		}
		if r.Header.Get("X-Number") == "0" {
			asked[0].Add(1)
			_, _ = io.WriteString(w, "12345")
			return
		}
		asked[1].Add(1)
		for range 10 { // more than the server holds back: the answer is chunked
			_, _ = io.WriteString(w, strings.Repeat("x", 10_000))
			w.(http.Flusher).Flush()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	first, second := asked[0].Load(), asked[1].Load()
	if n := int64(len(result.Took)); n != first+second || n == 0 {
		t.Errorf("%d times for %d answers", n, first+second)
	}
	if first < second || first > second+1 {
		t.Errorf("the first request was sent %d times and the second %d: they do not take turns", first, second)
	}
	if result.Rate() <= 0 || result.Quantile(0.5) <= 0 || result.Quantile(0.99) < result.Quantile(0.5) {
		t.Errorf("%.1f a second, half within %s, 99 of 100 within %s", result.Rate(), result.Quantile(0.5), result.Quantile(0.99))
	}
}

func TestAWrongAnswerFailsTheRun(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"another length": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "1234") }, "4 bytes"},
		"a status":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "503"},
		"a broken connection": {func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := run(t, 1, []int{5}, c.answer); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one that tells of %s", err, c.want)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	if _, err := load.Run(t.Context(), load.Options{Address: address, Connections: 1}); err == nil {
		t.Error("asking nobody is no error")
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := 1; i <= 100; i++ {
		hundred = append(hundred, time.Duration(i))
	}
	for _, c := range []struct {
		reason string
		took   []time.Duration
		part   float64
		want   time.Duration
	}{
		{"half of an even number is the lower of the two in the middle", hundred, 0.5, 50},
		{"99 of 100", hundred, 0.99, 99},
		{"all", hundred, 1, 100},
		{"none is the smallest that there is", hundred, 0, 1},
		{"one is all of them", []time.Duration{7}, 0.99, 7},
		{"nothing was measured", nil, 0.5, 0},
		{"99 of 10 is the last", hundred[:10], 0.99, 10},
	} {
		if got := (load.Result{Took: c.took}).Quantile(c.part); got != c.want {
			t.Errorf("%s: %d, want %d", c.reason, got, c.want)
		}
	}
}
