package inbound

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// How much of a request is kept until it is whole, in bytes: usually, and at most.
const (
	usual = 4 << 10
	most  = 64 << 10
)

// errOther ends the reading of what is not an ordinary request.
var errOther = errors.New("not an ordinary request")

// conn is a connection. All of it is its own goroutine's, but for what says so.
type conn struct {
	server *Server
	net    net.Conn
	remote string
	ctx    context.Context //nolint:containedctx // it belongs to the connection, and those of requests are made from it
	watch  watch
	// in has what has been read; small is what it is when the request at hand is not long.
	in, small *bufio.Reader
	response  response
	// reads and writes are when they fail.
	reads, writes deadline
	// kept is set once a request has been answered, posted if that was a POST. Others read kept too.
	kept   atomic.Bool
	posted bool
}

func newConn(s *Server, accepted net.Conn) *conn {
	ctx := context.WithValue(context.Background(), http.ServerContextKey, s.http)
	c := &conn{
		server: s, net: accepted, remote: accepted.RemoteAddr().String(),
		ctx: context.WithValue(ctx, http.LocalAddrContextKey, accepted.LocalAddr()),
	}
	c.watch.net = accepted
	c.small = bufio.NewReaderSize(&c.watch, usual)
	c.in = c.small
	c.reads.set, c.writes.set = accepted.SetReadDeadline, accepted.SetWriteDeadline
	c.response = newResponse(c)
	return c
}

// wake ends the wait for another request. Others may call it.
func (c *conn) wake() {
	if c.kept.Load() {
		_ = c.net.SetReadDeadline(past)
	}
}

// serve answers requests one after another, until the connection is over or http.Server's.
func (c *conn) serve() {
	defer c.server.forget(c)
	defer c.recover()
	for {
		length, err := c.await()
		if err == nil {
			err = c.answer(length)
		}
		switch {
		case errors.Is(err, errOther):
			c.handOver()
			return
		case err != nil:
			_ = c.net.Close()
			return
		}
	}
}

// recover closes the connection after a panic, and logs it as http.Server does.
func (c *conn) recover() {
	p := recover()
	if p == nil {
		return
	}
	_ = c.net.Close()
	c.watch.end()
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return
	}
	if c.server.http.ErrorLog != nil {
		c.server.http.ErrorLog.Printf("http: panic serving %v: %v\n%s", c.remote, p, debug.Stack())
	}
}

// handOver gives the connection to http.Server, with what has been read of it.
func (c *conn) handOver() {
	_ = c.net.SetDeadline(time.Time{}) // it sets its own
	c.server.listener.handOver(&readAhead{Conn: c.net, first: c.anew()})
}

// anew reads once more what has been read and not yet answered, and then the connection.
func (c *conn) anew() io.Reader {
	read, _ := c.in.Peek(c.in.Buffered())
	return io.MultiReader(bytes.NewReader(bytes.Clone(read)), &c.watch)
}

// await reads until a whole request is there, and returns how long it is.
func (c *conn) await() (length int, err error) {
	if err := c.first(); err != nil {
		return 0, err
	}
	for hurried := false; ; {
		read, _ := c.in.Peek(c.in.Buffered())
		found, length := inspect(read, cmp.Or(c.server.http.MaxHeaderBytes, http.DefaultMaxHeaderBytes))
		switch {
		case found == whole:
			return length, nil
		case found == other || !c.room(length):
			return 0, errOther
		case !hurried:
			c.reads.within(patience, 0)
			hurried = true
		}
		if _, err := c.in.Peek(len(read) + 1); err != nil { // late, or closed: http.Server knows what to do
			return 0, errOther
		}
	}
}

// first waits for the beginning of a request. As with http.Server, those that follow another have to bring a few bytes at once,
// and may have the end of a line before them if that was a POST, from clients that end a body as a line.
func (c *conn) first() error {
	if c.in.Buffered() == 0 {
		c.in = c.small
	}
	if !c.kept.Load() {
		c.reads.within(cmp.Or(c.server.http.ReadHeaderTimeout, c.server.http.ReadTimeout), 0)
		_, err := c.in.Peek(1)
		return err
	}
	c.reads.within(cmp.Or(c.server.http.IdleTimeout, c.server.http.ReadTimeout), slack)
	if c.server.draining.Load() { // asked only now, so that either this is seen, or the deadline of wake comes later
		return http.ErrServerClosed
	}
	beginning, err := c.in.Peek(len("GET "))
	if err == nil && c.posted {
		_, err = c.in.Discard(len(beginning) - len(bytes.TrimLeft(beginning, "\r\n")))
	}
	return err
}

// room sees to it that more of a request can be kept, which will be so long as far as that is known; not if it is too long.
func (c *conn) room(length int) bool {
	if length <= c.in.Size() && c.in.Buffered() < c.in.Size() {
		return true
	}
	size := max(length, 2*c.in.Size())
	if size > most {
		return false
	}
	read := c.in.Buffered()
	wide := bufio.NewReaderSize(c.anew(), size)
	_, _ = wide.Peek(read)
	_, _ = c.in.Discard(read)
	c.in = wide
	return true
}

// answer has the handler answer the request, which is so long. An error ends the connection.
func (c *conn) answer(length int) error {
	ctx, gone := context.WithCancel(c.ctx)
	defer gone()
	read, _ := c.in.Peek(length)
	r, ok := parse(ctx, read, c.remote)
	if !ok {
		return errOther
	}
	c.writes.within(c.server.http.WriteTimeout, slack)
	c.response.begin(gone)
	c.watch.begin(gone)
	c.server.http.Handler.ServeHTTP(&c.response, r)
	err := c.response.finish()
	if c.watch.end() {
		c.reads.forget()
	}
	_ = r.Body.Close()
	c.kept.Store(true)
	c.posted = r.Method == http.MethodPost
	_, _ = c.in.Discard(length)
	return err
}
