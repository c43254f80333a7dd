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
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
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
			own.reset()
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

// end is one end of a connection in memory. What is written never blocks, as little data does not on a socket.
type end struct {
	in, out *stream
}

// link returns the two ends of a connection.
func link() (client, own *end) {
	there, back := newStream(), newStream()
	return &end{in: back, out: there}, &end{in: there, out: back}
}

// stream is one direction of a connection.
type stream struct {
	mu   sync.Mutex
	came *sync.Cond
	data []byte
	// ended tells the reader that no more comes, and gone the writer that nobody reads.
	ended, gone error
	until       time.Time
	timer       *time.Timer
}

func newStream() *stream {
	s := new(stream)
	s.came = sync.NewCond(&s.mu)
	return s
}

func (s *stream) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.came.Broadcast()
}

func broken(op string, err error) error { return &net.OpError{Op: op, Net: "tcp", Err: err} }

// Read is part of net.Conn.
func (e *end) Read(p []byte) (int, error) {
	s := e.in
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.gone != nil:
			return 0, broken("read", s.gone)
		case !s.until.IsZero() && !time.Now().Before(s.until):
			return 0, broken("read", os.ErrDeadlineExceeded)
		case len(s.data) > 0:
			n := copy(p, s.data)
			s.data = s.data[n:]
			return n, nil
		case errors.Is(s.ended, io.EOF):
			return 0, io.EOF
		case s.ended != nil:
			return 0, broken("read", s.ended)
		}
		s.came.Wait()
	}
}

// Write is part of net.Conn.
func (e *end) Write(p []byte) (n int, err error) {
	e.out.change(func() {
		switch {
		case e.out.ended != nil:
			err = broken("write", net.ErrClosed)
		case e.out.gone != nil:
			err = broken("write", syscall.EPIPE)
		default:
			n = len(p)
			e.out.data = append(e.out.data, p...)
		}
	})
	return n, err
}

// Close is part of net.Conn.
func (e *end) Close() error { return e.leave(io.EOF) }

// reset ends the connection as a server does that has died.
func (e *end) reset() { _ = e.leave(syscall.ECONNRESET) }

func (e *end) leave(as error) error {
	e.out.change(func() {
		if e.out.ended == nil {
			e.out.ended = as
		}
	})
	e.in.change(func() {
		e.in.gone = net.ErrClosed
		if e.in.timer != nil {
			e.in.timer.Stop()
		}
	})
	return nil
}

// SetDeadline is part of net.Conn.
func (e *end) SetDeadline(at time.Time) error { return e.SetReadDeadline(at) }

// SetReadDeadline is part of net.Conn.
func (e *end) SetReadDeadline(at time.Time) error {
	e.in.change(func() {
		if e.in.timer != nil {
			e.in.timer.Stop()
		}
		if e.in.until = at; !at.IsZero() {
			e.in.timer = time.AfterFunc(time.Until(at), func() { e.in.change(func() {}) })
		}
	})
	return nil
}

// SetWriteDeadline is part of net.Conn.
func (e *end) SetWriteDeadline(time.Time) error { return nil }

// LocalAddr is part of net.Conn.
func (e *end) LocalAddr() net.Addr { return &net.TCPAddr{} }

// RemoteAddr is part of net.Conn.
func (e *end) RemoteAddr() net.Addr { return &net.TCPAddr{} }

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
	p.in.mu.Lock()
	something := len(p.in.data) > 0 || p.in.ended != nil
	p.in.mu.Unlock()
	if something {
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
