package http1

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"time"
)

// open makes a connection by a time, zero for never. The context's own end wins over what dialing makes of it.
func (t *Transport) open(ctx context.Context, u *url.URL, to origin, end time.Time) (*conn, error) {
	ctx, cancel := until(ctx, end)
	defer cancel()
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	plain, err := t.dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, err
	}
	c := &conn{Conn: plain, pool: &t.pool, to: to, header: t.header, most: t.most}
	c.watch(plain)
	if u.Scheme == "https" {
		if err := t.secure(ctx, c, u.Hostname()); err != nil {
			_ = plain.Close()
			return nil, err
		}
	}
	c.answers = bufio.NewReader(c)
	c.abort = func() { _ = c.SetDeadline(past) }
	return c, nil
}

// secure shakes hands, within the time for it.
func (t *Transport) secure(ctx context.Context, c *conn, name string) error {
	config := t.tls
	if config.ServerName == "" {
		config = config.Clone()
		config.ServerName = name
	}
	secured := tls.Client(c.Conn, config)
	shaking := ctx
	if t.handshake > 0 {
		var cancel context.CancelFunc
		shaking, cancel = context.WithTimeoutCause(ctx, t.handshake, errHandshake)
		defer cancel()
	}
	if err := secured.HandshakeContext(shaking); err != nil {
		if shaking.Err() != nil {
			return context.Cause(shaking)
		}
		return err
	}
	state := secured.ConnectionState()
	if state.NegotiatedProtocol == http2 {
		_ = secured.Close()
		return errHTTP2
	}
	c.Conn, c.secured = secured, &state
	return nil
}

// timeoutError is how a step fails that has taken its time, in the form that package net gives to timeouts.
type timeoutError string

// Error is part of error.
func (e timeoutError) Error() string { return string(e) }

// Timeout is part of net.Error.
func (timeoutError) Timeout() bool { return true }

// Temporary is part of net.Error.
func (timeoutError) Temporary() bool { return true }

// Is makes it what context calls a deadline that has passed, as http.Transport's is.
func (timeoutError) Is(err error) bool { return errors.Is(err, context.DeadlineExceeded) }

const (
	errHandshake = timeoutError("the TLS handshake took too long")
	errHeader    = timeoutError("no answer has begun in time")
	errWhole     = timeoutError("the answer took too long")
)
