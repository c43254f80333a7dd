//go:build unix

// Package redistest runs a real redis-server for a test, and can freeze, kill and restart it.
//
// A fake would answer as its author imagines; the cases that matter here are those where a server does not answer at
// all. Each server is the test's own: on a free port of the loopback address, in a directory that is deleted with the
// test, with a password, without persistence. It ends with the test, and no other process is touched.
package redistest

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// Password is what the servers want, so that a test can look for it where it must not be.
const Password = "redistest-password"

// ready is what redis-server prints when it takes connections.
const ready = "Ready to accept connections"

// Server is a running redis-server. Its methods fail the test instead of returning errors, and must be called from the
// test's own goroutine.
type Server struct {
	// Addr is host:port.
	Addr string
	// URL is the whole address, password included.
	URL string

	t       testing.TB
	program string
	dir     string
	process *exec.Cmd
	drained chan struct{}
}

// Start runs a server until the test ends. Where redis-server is not installed the test is skipped; with the
// environment variable CI it fails, since nobody would notice the gap there.
func Start(t testing.TB) *Server {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal("cannot test Redis: redis-server is not installed, and CI wants it")
	case err != nil:
		t.Skip("redis-server is not installed: install it to run this test")
	}
	s := &Server{t: t, program: program, dir: t.TempDir()}
	t.Cleanup(s.end)
	// Another process may take the port before the server does.
	for range 5 {
		s.Addr = FreeAddr(t)
		if s.run() {
			s.URL = "redis://:" + Password + "@" + s.Addr + "/0"
			return s
		}
	}
	t.Fatal("cannot start redis-server: it ended five times, each on another port")
	return nil
}

// FreeAddr returns an address of the loopback interface that nobody listens at.
func FreeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("cannot find a free port: %v", err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Pause freezes the server: it holds its connections and its port, and answers nothing. It returns once it is frozen.
func (s *Server) Pause() {
	s.t.Helper()
	s.signal(syscall.SIGSTOP)
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(s.process.Process.Pid, &status, syscall.WUNTRACED, nil)
		if err == nil {
			return
		}
		if err != syscall.EINTR {
			s.t.Fatalf("cannot wait until redis-server is frozen: %v", err)
		}
	}
}

// Resume lets a frozen server go on.
func (s *Server) Resume() {
	s.t.Helper()
	s.signal(syscall.SIGCONT)
}

// Kill ends the server, and returns once its port is closed. What it held is lost.
func (s *Server) Kill() {
	s.t.Helper()
	if s.process == nil {
		s.t.Fatal("cannot kill redis-server: it is not running")
	}
	s.end()
}

// Restart runs a killed server again, empty, at the same address.
func (s *Server) Restart() {
	s.t.Helper()
	if s.process != nil {
		s.t.Fatal("cannot restart redis-server: it is still running")
	}
	if !s.run() {
		s.t.Fatalf("cannot restart redis-server at %s", s.Addr)
	}
}

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if s.process == nil {
		s.t.Fatal("cannot signal redis-server: it is not running")
	}
	if err := s.process.Process.Signal(sig); err != nil {
		s.t.Fatalf("cannot send %s to redis-server: %v", sig, err)
	}
}

// run starts the process, and returns false if it ended before it took connections.
func (s *Server) run() bool {
	s.t.Helper()
	host, port, _ := net.SplitHostPort(s.Addr)
	s.process = exec.Command(s.program, "--bind", host, "--port", port, "--dir", s.dir,
		"--requirepass", Password, "--save", "", "--appendonly", "no", "--daemonize", "no")
	out, err := s.process.StdoutPipe()
	if err == nil {
		err = s.process.Start()
	}
	if err != nil {
		s.process = nil
		s.t.Fatalf("cannot run redis-server: %v", err)
	}
	s.drained = make(chan struct{})
	lines := bufio.NewReader(out)
	up := untilReady(lines)
	go func() {
		defer close(s.drained)
		_, _ = io.Copy(io.Discard, lines) // a full pipe would stop the server
	}()
	if !up {
		s.end()
	}
	return up
}

// untilReady reads until the server takes connections, and returns false if its output ends before.
func untilReady(lines *bufio.Reader) bool {
	for {
		line, err := lines.ReadString('\n')
		if strings.Contains(line, ready) {
			return true
		}
		if err != nil {
			return false
		}
	}
}

// end kills the process if there is one, frozen or not.
func (s *Server) end() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	<-s.drained
	_ = s.process.Wait()
	s.process = nil
}
