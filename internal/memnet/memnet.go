// Package memnet is a network in memory, for tests that stand in a bubble of their own time (testing/synctest), in which a
// socket would never be idle.
//
// Its connections behave as sockets on one machine do: what is written is there to be read at once, and kept as far as the
// buffer goes, whose end makes the writer wait; a reader sees the end of a connection only after all that was written, but a
// reset at once; deadlines can be moved while somebody waits.
package memnet

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// buffer is how many bytes wait to be read in each direction before their writer waits.
const buffer = 1 << 20

// Conn is one end of a connection. It is safe for concurrent use.
type Conn struct{ in, out *stream }

// Pipe returns the two ends of a connection.
func Pipe() (client, server *Conn) {
	there, back := newStream(), newStream()
	return &Conn{in: back, out: there}, &Conn{in: there, out: back}
}

// stream is one direction of a connection.
type stream struct {
	mu      sync.Mutex
	changed *sync.Cond
	data    []byte
	// ended tells the reader that no more comes, and gone the writer that nobody reads.
	ended, gone error
	read, write deadline
}

// deadline is when one side of a stream waits no longer.
type deadline struct {
	at    time.Time
	timer *time.Timer
}

func (d *deadline) over() bool { return !d.at.IsZero() && !time.Now().Before(d.at) }

func newStream() *stream {
	s := new(stream)
	s.changed = sync.NewCond(&s.mu)
	return s
}

// change makes a change, and tells who waits.
func (s *stream) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.changed.Broadcast()
}

func (s *stream) set(d *deadline, at time.Time) {
	s.change(func() {
		d.stop()
		if d.at = at; !at.IsZero() {
			d.timer = time.AfterFunc(time.Until(at), func() { s.change(func() {}) })
		}
	})
}

func (d *deadline) stop() {
	if d.timer != nil {
		d.timer.Stop()
	}
}

func failed(op string, err error) error { return &net.OpError{Op: op, Net: "tcp", Err: err} }

// Read is part of net.Conn.
func (c *Conn) Read(p []byte) (int, error) {
	s := c.in
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.gone != nil:
			return 0, failed("read", s.gone)
		case s.read.over():
			return 0, failed("read", os.ErrDeadlineExceeded)
		case len(s.data) > 0:
			n := copy(p, s.data)
			s.data = s.data[n:]
			s.changed.Broadcast()
			return n, nil
		case s.ended == io.EOF: //nolint:errorlint // it is what Close has set
			return 0, io.EOF
		case s.ended != nil:
			return 0, failed("read", s.ended)
		}
		s.changed.Wait()
	}
}

// Write is part of net.Conn.
func (c *Conn) Write(p []byte) (n int, err error) {
	s := c.out
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.ended != nil:
			return n, failed("write", net.ErrClosed)
		case s.gone != nil:
			return n, failed("write", syscall.EPIPE)
		case s.write.over():
			return n, failed("write", os.ErrDeadlineExceeded)
		}
		part := min(len(p)-n, buffer-len(s.data))
		s.data = append(s.data, p[n:n+part]...)
		s.changed.Broadcast()
		if n += part; n == len(p) {
			return n, nil
		}
		s.changed.Wait()
	}
}

// Close is part of net.Conn.
func (c *Conn) Close() error {
	c.leave(io.EOF)
	return nil
}

// Reset ends the connection as a process does that has died.
func (c *Conn) Reset() { c.leave(syscall.ECONNRESET) }

func (c *Conn) leave(as error) {
	c.end(as)
	c.in.change(func() {
		c.in.gone = net.ErrClosed
		c.in.read.stop()
	})
}

func (c *Conn) end(as error) {
	c.out.change(func() {
		if c.out.ended == nil {
			c.out.ended = as
		}
		c.out.write.stop()
	})
}

// CloseWrite has the other end see that no more comes.
func (c *Conn) CloseWrite() error {
	c.end(io.EOF)
	return nil
}

// Pending reports whether there is something to be read, the end among it.
func (c *Conn) Pending() bool {
	c.in.mu.Lock()
	defer c.in.mu.Unlock()
	return len(c.in.data) > 0 || c.in.ended != nil
}

// SetDeadline is part of net.Conn.
func (c *Conn) SetDeadline(at time.Time) error {
	_ = c.SetReadDeadline(at)
	return c.SetWriteDeadline(at)
}

// SetReadDeadline is part of net.Conn.
func (c *Conn) SetReadDeadline(at time.Time) error {
	c.in.set(&c.in.read, at)
	return nil
}

// SetWriteDeadline is part of net.Conn.
func (c *Conn) SetWriteDeadline(at time.Time) error {
	c.out.set(&c.out.write, at)
	return nil
}

// LocalAddr is part of net.Conn.
func (c *Conn) LocalAddr() net.Addr { return address }

// RemoteAddr is part of net.Conn.
func (c *Conn) RemoteAddr() net.Addr { return address }

// address is everybody's.
var address = &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80}
