package http1

// This file is one exchange on one connection: write the head, read the answer's head, hand out its body. The context
// ends it at any point by setting a deadline that lies in the past.

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// past is a deadline that ends whatever is under way.
var past = time.Unix(1, 0)

// conn is a connection. One goroutine uses it at a time.
type conn struct {
	net.Conn
	pool *pool
	to   origin
	// header is how long an answer may take to begin, and most how long its head may be.
	header time.Duration
	most   int64
	// end is when the exchange that is under way has to be over, zero for never.
	end time.Time
	// by is when reading fails, as it was last set.
	by time.Time
	// secured is what was agreed on with TLS; nil without.
	secured *tls.ConnectionState
	// answers reads through Read, below.
	answers *bufio.Reader
	// left is how many bytes may still be read.
	left int64
	// ended is set once the server has ended the connection, and late once a read has taken too long: not every error of
	// reading a head tells what it comes from.
	ended, late bool
	// abort ends what is under way.
	abort func()

	// raw, look and seen tell whether the server has said anything (quiet.go).
	raw  syscall.RawConn
	look func(uintptr)
	seen bool

	// kept is set once the connection has been put back, at since.
	kept  bool
	since time.Time
}

// Read is part of io.Reader. It bounds what answers holds of a head.
func (c *conn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooLong
	}
	n, err := c.Conn.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err != nil {
		c.ended = c.ended || errors.Is(err, io.EOF)
		c.late = c.late || errors.Is(err, os.ErrDeadlineExceeded)
	}
	return n, err
}

var errTooLong = errors.New("the head of the answer is too long")

// lostError is how an exchange fails of which no answer has begun, other than by time.
type lostError struct{ error }

// Unwrap is for errors.Is and errors.As.
func (e *lostError) Unwrap() error { return e.error }

// exchange sends a head and returns the answer, whose body gives the connection back.
func (c *conn) exchange(r *http.Request, head []byte, zipped bool) (*http.Response, error) {
	ctx := r.Context()
	stop := context.AfterFunc(ctx, c.abort)
	response, err := c.ask(ctx, r, head)
	if err != nil {
		stop()
		return nil, c.why(ctx, err)
	}
	response.TLS = c.secured
	b := &body{conn: c, from: response.Body, ctx: ctx, stop: stop, keep: !response.Close && response.StatusCode > 199}
	if response.ContentLength == 0 {
		b.release(true)
		return response, nil
	}
	response.Body = b
	if zipped && strings.EqualFold(response.Header.Get("Content-Encoding"), "gzip") {
		response.Header.Del("Content-Encoding")
		response.Header.Del("Content-Length")
		response.ContentLength, response.Uncompressed = -1, true
		response.Body = &unzipped{body: b}
	}
	return response, nil
}

// ask sends a head and reads that of the answer. Answers before the last one, with statuses such as 103, are passed over;
// all of their heads together are bounded, in bytes and in time.
func (c *conn) ask(ctx context.Context, r *http.Request, head []byte) (*http.Response, error) {
	if _, err := c.Write(head); err != nil { // which does not wait: it is short, and nothing else is on its way
		return nil, &lostError{fmt.Errorf("cannot send the request: %w", err)}
	}
	by := c.end
	if c.header > 0 {
		if begun := time.Now().Add(c.header); by.IsZero() || begun.Before(by) {
			by = begun
		}
	}
	if err := c.readBy(ctx, by); err != nil {
		return nil, err
	}
	c.left = c.most
	if _, err := c.answers.Peek(1); err != nil {
		return nil, &lostError{err}
	}
	for {
		response, err := http.ReadResponse(c.answers, r)
		if err != nil && c.left <= 0 {
			return nil, fmt.Errorf("%w: more than %d bytes", errTooLong, c.most)
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read the head of the answer: %w", err)
		}
		if response.StatusCode/100 == 1 && response.StatusCode != http.StatusSwitchingProtocols {
			continue
		}
		c.left = math.MaxInt64
		if err := c.readBy(ctx, c.end); err != nil {
			return nil, err
		}
		return response, nil
	}
}

// readBy sets when reading fails, zero for never; whether that is possible, reading will tell. Its error is the context's,
// whose end may have set a deadline that has now been overwritten.
func (c *conn) readBy(ctx context.Context, at time.Time) error {
	if !c.by.Equal(at) {
		c.by = at
		_ = c.SetReadDeadline(at)
	}
	return ctx.Err()
}

// why tells why no answer came. The context's end wins over what it does to the connection.
func (c *conn) why(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if c.late {
		return c.tooLate()
	}
	return err
}

// tooLate is the error of a read that was not over in time.
func (c *conn) tooLate() error {
	if c.by.Equal(c.end) {
		return errWhole
	}
	return errHeader
}

// settled reports whether the server has said what it was asked, and no more. What it has said may lie, read already, in
// a TLS connection too, from which only another read brings it to light; that one must not wait.
func (c *conn) settled() bool {
	if c.ended || c.answers.Buffered() > 0 {
		return false
	}
	if c.secured == nil {
		return true
	}
	if c.SetReadDeadline(past) != nil {
		return false
	}
	_, err := c.answers.Peek(1)
	c.late, c.by = false, time.Time{}
	return errors.Is(err, os.ErrDeadlineExceeded) && c.SetReadDeadline(c.by) == nil
}

// close ends the connection.
func (c *conn) close() { _ = c.Close() }
