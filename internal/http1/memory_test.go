package http1_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/memnet"
)

// answer is what a server says to one request, and what it does then.
type answer struct {
	// text is sent once the head of a request has come.
	text string
	// unasked sends it at once, without waiting for a request.
	unasked bool
	// slowly pauses for a second after each byte.
	slowly bool
	then   action
}

// action is what a server does after an answer.
type action int

const (
	listens action = iota // for the next request
	ends                  // the connection
	breaks                // the connection, with a reset
	hangs                 // until its client has gone
	// waits a second, says something that nobody has asked for, and listens.
	chatters
)

// server plays its script, connection by connection, in memory: so that tests can stand in a bubble of their own time.
type server struct {
	// script has what is answered on each connection. A connection that it does not have is refused.
	script [][]answer
	// tls is spoken where it is set; not shaking hands on the connections from silent on, if that is not 0.
	tls    *tls.Config
	silent int

	mu       sync.Mutex
	made     int
	requests []string
	running  sync.WaitGroup
}

// dial is a DialContext.
func (s *server) dial(context.Context, string, string) (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.made
	if n >= len(s.script) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	s.made++
	client, own := link()
	s.running.Go(func() { s.play(n, own) })
	return client, nil
}

func (s *server) play(n int, own *end) {
	defer own.Close()
	var c net.Conn = own
	if s.tls != nil {
		if s.silent > 0 && n >= s.silent {
			_, _ = io.Copy(io.Discard, own)
			return
		}
		c = tls.Server(own, s.tls)
	}
	in := bufio.NewReader(c)
	for _, a := range s.script[n] {
		if !a.unasked && !s.hear(in) {
			return
		}
		if !a.say(c) {
			return
		}
		switch a.then {
		case ends:
			_ = c.Close()
			return
		case breaks:
			own.Reset()
			return
		case hangs:
			_, _ = io.Copy(io.Discard, in)
			return
		case chatters:
			time.Sleep(time.Second)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen")
		case listens:
		}
	}
}

// hear reads the head of a request.
func (s *server) hear(in *bufio.Reader) bool {
	var lines []string
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == "\r\n" {
			break
		}
		lines = append(lines, strings.TrimSuffix(line, "\r\n"))
	}
	slices.Sort(lines[1:])
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, strings.Join(lines, "\n"))
	return true
}

func (a answer) say(c net.Conn) bool {
	if !a.slowly {
		_, err := io.WriteString(c, a.text)
		return err == nil
	}
	for i := range len(a.text) {
		if _, err := c.Write([]byte{a.text[i]}); err != nil {
			return false
		}
		time.Sleep(time.Second)
	}
	return true
}

// certificate is what servers show that speak TLS, for example.com, and what takes it.
var certificate = sync.OnceValues(func() (tls.Certificate, *x509.CertPool) {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return s.TLS.Certificates[0], pool
})

// certify makes the certificate, which cannot be done in a bubble.
func certify(t testing.TB) {
	t.Helper()
	_, _ = certificate()
}

// secure has the server speak TLS if the scheme is https, and lets the client learn, by a first read, that it does not
// speak HTTP/2. It returns how many connections and requests that took.
func (s *server) secure(t *testing.T, client http.RoundTripper, scheme string) int {
	t.Helper()
	if scheme != "https" {
		return 0
	}
	own, _ := certificate()
	s.tls = &tls.Config{Certificates: []tls.Certificate{own}}
	s.script = append([][]answer{say(sized("Connection: close\r\n", "first"))}, s.script...)
	if got := outcome(ask(t.Context(), client, "https://example.com/")); got != "200 first" {
		t.Fatalf("the first read gives %s", got)
	}
	return 1
}

// counts returns how many connections were made, and how many requests came.
func (s *server) counts() (connections, requests int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.made, len(s.requests)
}

// settings are those of the tests, over a server.
func (s *server) settings() *http.Transport {
	_, known := certificate()
	return &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: known}, ForceAttemptHTTP2: true,
		DialContext: s.dial, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
		IdleConnTimeout: 90 * time.Second, MaxIdleConnsPerHost: 100, MaxResponseHeaderBytes: 64 << 10,
	}
}

// end is a connection that can be looked at like a socket.
type end struct{ *memnet.Conn }

// link returns the two ends of a connection.
func link() (client, own *end) {
	there, here := memnet.Pipe()
	return &end{there}, &end{here}
}

// SyscallConn is part of syscall.Conn.
func (e *end) SyscallConn() (syscall.RawConn, error) { return peek{e}, nil }

// peek shows a connection as a descriptor: one on which nothing has come, or none where something has.
type peek struct{ *end }

// silence is a pipe into which nobody writes.
var silence = sync.OnceValue(func() uintptr {
	var ends [2]int
	if err := syscall.Pipe2(ends[:], syscall.O_NONBLOCK|syscall.O_CLOEXEC); err != nil {
		panic(err)
	}
	return uintptr(ends[0])
})

// Control is part of syscall.RawConn.
func (p peek) Control(look func(uintptr)) error {
	if p.Pending() {
		look(^uintptr(0))
	} else {
		look(silence())
	}
	return nil
}

var errNoSocket = errors.New("no socket")

// Read is part of syscall.RawConn.
func (peek) Read(func(uintptr) bool) error { return errNoSocket }

// Write is part of syscall.RawConn.
func (peek) Write(func(uintptr) bool) error { return errNoSocket }

// both runs a test over both transports: what holds for one has to hold for the other.
func both(t *testing.T, test func(t *testing.T, over func(*http.Transport) http.RoundTripper)) {
	t.Helper()
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) { test(t, way.over) })
	}
}
