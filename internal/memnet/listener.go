package memnet

import (
	"net"
	"sync"
	"syscall"
)

// Listener accepts connections. It is safe for concurrent use.
type Listener struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

// Listen returns a listener.
func Listen() *Listener {
	return &Listener{dialled: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial connects to it, as soon as somebody accepts.
func (l *Listener) Dial() (*Conn, error) {
	client, server := Pipe()
	select {
	case l.dialled <- server:
		return client, nil
	case <-l.closed:
		return nil, failed("dial", syscall.ECONNREFUSED)
	}
}

// Accept is part of net.Listener.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.dialled:
		return c, nil
	case <-l.closed:
		return nil, failed("accept", net.ErrClosed)
	}
}

// Close is part of net.Listener.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr is part of net.Listener.
func (l *Listener) Addr() net.Addr { return address }
