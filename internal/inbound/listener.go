package inbound

// This file hands connections over to http.Server: it takes them to come from a listener.
//
// The loop that accepts is half http.Server's as well. An error goes to it, and it decides whether that is the end, or how
// long to wait before the next attempt, say until there are file descriptors again.

import (
	"io"
	"net"
	"sync"
)

// listener is where http.Server gets its connections.
type listener struct {
	net.Listener
	handed chan net.Conn
	failed chan error
	// stopped is closed when no connections are accepted any more, closed when none are handed over either.
	stopped, closed         chan struct{}
	stopAccepting, stopBoth func() error
}

func newListener(from net.Listener) *listener {
	l := &listener{
		Listener: from, handed: make(chan net.Conn), failed: make(chan error),
		stopped: make(chan struct{}), closed: make(chan struct{}),
	}
	l.stopAccepting = sync.OnceValue(func() error {
		close(l.stopped)
		return l.Listener.Close()
	})
	l.stopBoth = sync.OnceValue(func() error {
		close(l.closed)
		return l.stopAccepting()
	})
	return l
}

// accept gives each connection to take, until the listener is stopped.
func (l *listener) accept(take func(net.Conn)) {
	for {
		connection, err := l.Listener.Accept()
		if err == nil {
			take(connection)
			continue
		}
		select { // first, since both may be so: the error is then our own doing
		case <-l.stopped:
			return
		default:
		}
		select {
		case l.failed <- err:
		case <-l.stopped:
			return
		}
	}
}

// Accept is part of net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.handed:
		return connection, nil
	case err := <-l.failed:
		return nil, err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close is part of net.Listener.
func (l *listener) Close() error { return l.stopBoth() }

// stop ends accepting. What is under way can still be handed over.
func (l *listener) stop() error { return l.stopAccepting() }

// handOver gives a connection to http.Server.
func (l *listener) handOver(connection net.Conn) {
	select {
	case l.handed <- connection:
	case <-l.closed:
		_ = connection.Close()
	}
}

// readAhead is a connection of which something has been read, which comes first, and then the connection itself.
type readAhead struct {
	net.Conn
	first io.Reader
}

// Read is part of net.Conn.
func (c *readAhead) Read(b []byte) (int, error) { return c.first.Read(b) }

// CloseWrite has the client see the end of the answer before the connection is closed, as http.Server wants it for some.
func (c *readAhead) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
