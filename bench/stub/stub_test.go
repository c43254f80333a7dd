package stub_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/bench/stub"
)

// serve starts a stub that ends with the test.
func serve(t *testing.T) (*stub.Server, stub.Control) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := stub.New(40)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the stub ended badly: %v", err)
		}
	})
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	t.Cleanup(client.CloseIdleConnections)
	return server, stub.Control{URL: "http://" + listener.Addr().String(), HTTP: client}
}

func get(t *testing.T, c stub.Control, target string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.URL+target, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token whoever,user_email=who@example.com")
	answer, err := c.HTTP.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// TestAnswersAreTheSandboxs, each time: made once, and kept.
func TestAnswersAreTheSandboxs(t *testing.T) {
	t.Parallel()
	server, control := serve(t)
	for _, target := range []string{
		"/api/v2/projects?page=1&per_page=100", "/api/v2/invoices?page=2&per_page=20", "/api/v2/projects/1001", "/api/v2/projects/9",
		"/api/v2/notes?notable_type=Project&notable_id=1002&page=1&per_page=100", "/nothing",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, http.NoBody)
		r.Header.Set("Authorization", server.Sandbox().Admin().Authorization)
		want := httptest.NewRecorder()
		server.Sandbox().ServeHTTP(want, r)
		for range 2 {
			status, body := get(t, control, target)
			if status != want.Code {
				t.Errorf("%s: status %d, want %d", target, status, want.Code)
			}
			if diff := cmp.Diff(want.Body.String(), body); diff != "" && status == http.StatusOK {
				t.Errorf("%s (-sandbox +stub):\n%s", target, diff)
			}
		}
	}
}

func TestCallsAreCountedAndNoted(t *testing.T) {
	t.Parallel()
	_, control := serve(t)
	get(t, control, "/api/v2/projects/1001")
	if err := control.Note(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	get(t, control, "/api/v2/projects/1002")
	get(t, control, "/api/v2/projects/1002")
	for _, want := range []stub.State{
		{Calls: 3, Targets: []string{"/api/v2/projects/1002", "/api/v2/projects/1002"}},
		{Calls: 3}, // what was told is forgotten
	} {
		got, err := control.State(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

func TestAnswersCanWait(t *testing.T) {
	t.Parallel()
	_, control := serve(t)
	const latency = 30 * time.Millisecond
	if err := control.Delay(t.Context(), latency); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	get(t, control, "/api/v2/projects/1001")
	if took := time.Since(start); took < latency {
		t.Errorf("the answer came after %s", took)
	}
}

func TestOnlyReadsAreServed(t *testing.T) {
	t.Parallel()
	_, control := serve(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, control.URL+"/api/v2/projects/1001", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := control.HTTP.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("status %d", answer.StatusCode)
	}
}
