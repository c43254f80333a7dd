//go:build unix

package main

// This file runs the program as it is shipped: two processes, one Redis, one CCUBE.

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/ccube-graphql/ccube-graphql/internal/cache/redistest"
	"github.com/ccube-graphql/ccube-graphql/internal/sandbox"
)

// spawn starts the program as a process, and returns its address once it serves. It ends with SIGTERM, which it has to
// take for an orderly end.
func spawn(t *testing.T, path string, env ...string) string {
	t.Helper()
	cmd := exec.Command(path, "-addr", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), env...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	var printed strings.Builder
	for lines.Scan() {
		printed.WriteString(lines.Text() + "\n")
		if found := servingAt.FindStringSubmatch(lines.Text()); found != nil {
			drained := make(chan struct{})
			go func() {
				defer close(drained)
				_, _ = io.Copy(io.Discard, stderr)
			}()
			t.Cleanup(func() {
				_ = cmd.Process.Signal(syscall.SIGTERM)
				<-drained
				if err := cmd.Wait(); err != nil {
					t.Errorf("after SIGTERM the program ended with %v, want status 0", err)
				}
			})
			return "http://" + found[1]
		}
	}
	_ = cmd.Wait()
	t.Fatalf("the program does not serve:\n%s", printed.String())
	return ""
}

// ask sends an operation as the sandbox's admin and returns the answer's body.
func ask(t *testing.T, address string, box *sandbox.Server, query string) string {
	t.Helper()
	body := strings.NewReader(`{"query": "` + strings.ReplaceAll(query, `"`, `\"`) + `"}`)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/graphql", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", box.Admin().Authorization)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// TestProcessesReadOneAnothersWrites has one process write while another remembers the list: with one Redis between them,
// the other shows the change at once, and is still able to remember.
func TestProcessesReadOneAnothersWrites(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Projects: 5, Seed: 1})
	ccube := httptest.NewServer(box)
	t.Cleanup(ccube.Close)
	redis := redistest.Start(t)
	path := build(t)
	env := []string{"CCUBE_BASE_URL=" + ccube.URL, "REDIS_URL=" + redis.URL, "SNAPSHOT_TTL=1h"}
	one, other := spawn(t, path, env...), spawn(t, path, env...)

	const count = `{ notes(first: 1) { totalCount } }`
	before := ask(t, other, box, count)
	box.ResetCalls()
	if again := ask(t, other, box, count); again != before || box.TotalCalls() != 0 {
		t.Fatalf("nothing is remembered, so nothing is shown here: %d calls, %s", box.TotalCalls(), again)
	}
	written := ask(t, one, box, `mutation { createNote(input: {notableType: PROJECT, notableId: 1001, body: "x"}) { note { id } userErrors { message } } }`)
	if !strings.Contains(written, `"userErrors":[]`) {
		t.Fatalf("the write failed: %s", written)
	}
	if after := ask(t, other, box, count); after == before {
		t.Errorf("after the write the other process still shows %s", after)
	}
}
