//go:build unix

package http1

import (
	"errors"
	"net"
	"syscall"
)

// watch prepares quiet.
func (c *conn) watch(plain net.Conn) {
	if s, ok := plain.(syscall.Conn); ok {
		c.raw, _ = s.SyscallConn()
	}
	c.look = func(descriptor uintptr) {
		var b [1]byte
		_, err := syscall.Read(int(descriptor), b[:])
		c.seen = !errors.Is(err, syscall.EAGAIN)
	}
}

// quiet reports whether nothing has come on a kept connection. An http.Transport has a goroutine that waits for it to be
// closed, or for an answer to something that nobody asked; here a read that does not wait looks when it is taken out. What
// it reads is lost, as the connection is then. Without it the next answer would be the answer to nobody's question.
func (c *conn) quiet() bool {
	if c.raw == nil {
		return true // no socket; that it is closed, asking will tell
	}
	return c.raw.Control(c.look) == nil && !c.seen
}
