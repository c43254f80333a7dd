package http1

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"
)

// Transport makes plain reads itself and leaves the rest to an [http.Transport]. Make one with [New]; it is safe for
// concurrent use.
type Transport struct {
	general *http.Transport
	pool    pool
	// protocols tells by host what it speaks over TLS: true is HTTP/2 (protocol.go).
	protocols sync.Map

	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	tls       *tls.Config
	handshake time.Duration
	header    time.Duration
	most      int64
	zipped    bool
}

// New returns a transport whose settings are general's, as they are now: how connections are made and TLS is spoken,
// how long its steps may take, how large a head may be, and how long connections are kept, and how many to a host.
func New(general *http.Transport) *Transport {
	t := &Transport{
		general: general, dial: general.DialContext, tls: new(tls.Config),
		handshake: general.TLSHandshakeTimeout, header: general.ResponseHeaderTimeout,
		most: general.MaxResponseHeaderBytes, zipped: !general.DisableCompression,
	}
	if t.dial == nil {
		t.dial = new(net.Dialer).DialContext
	}
	if general.TLSClientConfig != nil {
		t.tls = general.TLSClientConfig.Clone()
	}
	if general.ForceAttemptHTTP2 {
		t.tls.NextProtos = []string{http2, http11}
	}
	if t.most <= 0 {
		t.most = 10 << 20 // as http.Transport
	}
	t.pool.most, t.pool.timeout = general.MaxIdleConnsPerHost, general.IdleConnTimeout
	if t.pool.most == 0 {
		t.pool.most = http.DefaultMaxIdleConnsPerHost
	}
	return t
}

// CloseIdleConnections closes the connections that nobody uses, those of the http.Transport too. http.Client calls it.
func (t *Transport) CloseIdleConnections() {
	t.pool.clear()
	t.general.CloseIdleConnections()
}

// RoundTrip is part of [http.RoundTripper].
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	return t.roundTrip(r, time.Time{})
}

// RoundTripWithin is RoundTrip for an exchange that may take so long, its body included. It does what a context with a
// timeout would do, for less: the bound is set on the connection, and needs no timer of its own.
func (t *Transport) RoundTripWithin(r *http.Request, most time.Duration) (*http.Response, error) {
	return t.roundTrip(r, time.Now().Add(most))
}

// roundTrip makes an exchange that ends at a time, zero for never.
func (t *Transport) roundTrip(r *http.Request, end time.Time) (*http.Response, error) {
	if !t.takes(r) {
		return t.leave(r, end)
	}
	head := heads.Get().(*bytes.Buffer)
	defer heads.Put(head)
	zipped := t.zipped && r.Header.Get("Accept-Encoding") == "" && r.Header.Get("Range") == ""
	if !writeHead(head, r, zipped) {
		return t.leave(r, end)
	}
	ctx := r.Context()
	for ctx.Err() == nil {
		c, err := t.connect(ctx, r.URL, end)
		if errors.Is(err, errHTTP2) {
			t.learn(r.URL.Host, true)
			return t.leave(r, end)
		}
		if err != nil {
			return nil, err
		}
		c.end = end
		response, err := c.exchange(r, head.Bytes(), zipped)
		if err == nil {
			return response, nil
		}
		c.close()
		// A kept connection that ends before an answer begins was closed when the request came: it was not answered, and
		// a read may be sent again.
		if lost, ok := errors.AsType[*lostError](err); !ok {
			return nil, err
		} else if !c.kept {
			return nil, lost.error
		}
	}
	return nil, context.Cause(ctx)
}

// takes reports whether a request is a plain read over HTTP/1.1, without a proxy.
func (t *Transport) takes(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != "" || r.Body != nil && r.Body != http.NoBody || r.ContentLength != 0 ||
		len(r.TransferEncoding) > 0 || len(r.Trailer) > 0 || r.Close || r.Header == nil || r.URL == nil || r.URL.Host == "" ||
		r.Cancel != nil { //nolint:staticcheck // nobody here uses it, and http.Transport knows what to do with it
		return false
	}
	for _, special := range []string{"Connection", "Upgrade", "Expect"} {
		if _, ok := r.Header[special]; ok {
			return false
		}
	}
	if t.general.DisableKeepAlives || r.URL.Scheme != "http" && !t.speaksHTTP1(r.URL) || httptrace.ContextClientTrace(r.Context()) != nil {
		return false
	}
	return !t.proxied(r)
}

// proxied reports whether a proxy stands before the request's host, or nobody can tell.
func (t *Transport) proxied(r *http.Request) bool {
	if t.general.Proxy == nil {
		return false
	}
	proxy, err := t.general.Proxy(r)
	return proxy != nil || err != nil
}

// connect returns a connection that nobody uses: one that was kept, or a new one, made by the time that the exchange ends.
func (t *Transport) connect(ctx context.Context, u *url.URL, end time.Time) (*conn, error) {
	to := origin{u.Scheme, u.Host}
	for {
		c := t.pool.take(to)
		if c == nil {
			return t.open(ctx, u, to, end)
		}
		if c.quiet() {
			return c, nil
		}
		c.close()
	}
}

// until returns a context that ends at a time, zero for never.
func until(ctx context.Context, end time.Time) (context.Context, context.CancelFunc) {
	if end.IsZero() {
		return ctx, func() {}
	}
	return context.WithDeadlineCause(ctx, end, errWhole)
}
