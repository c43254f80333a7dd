package http1

// This file tells hosts that speak HTTP/2 from those that do not, which over TLS a handshake decides. To find out with a
// handshake of our own would be to throw it away where the answer is HTTP/2, once for each of the first calls that come
// at the same time. So a host of https:// that nobody knows is the http.Transport's, which copes with both, and its first
// answer tells. The price is small: where that answer is HTTP/1.1, the few connections of those first calls are not used
// again for reads.
//
// What was learned is checked all the time. Handshakes here offer HTTP/2 like any other; where a host now chooses it, the
// connection is closed, and the host is http.Transport's from then on. There each answer tells anew, so a host that
// speaks HTTP/2 no longer is back with the first that it gives.

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// The names of protocols in handshakes.
const (
	http2  = "h2"
	http11 = "http/1.1"
)

// errHTTP2 ends the opening of a connection on which HTTP/2 is spoken.
var errHTTP2 = errors.New("the host speaks HTTP/2")

// speaksHTTP1 reports whether a host of https:// is known to answer with HTTP/1.1.
func (t *Transport) speaksHTTP1(u *url.URL) bool {
	second, known := t.protocols.Load(u.Host)
	return known && second == false && u.Scheme == "https"
}

// learn remembers what a host speaks.
func (t *Transport) learn(host string, second bool) {
	if before, known := t.protocols.Load(host); !known || before != second {
		t.protocols.Store(host, second)
	}
}

// leave has the http.Transport make an exchange that ends at a time, and learns from the answer.
func (t *Transport) leave(r *http.Request, end time.Time) (*http.Response, error) {
	ctx, cancel := until(r.Context(), end)
	if ctx != r.Context() {
		r = r.WithContext(ctx)
	}
	response, err := t.general.RoundTrip(r)
	if err != nil {
		cancel()
		return nil, err
	}
	if response.TLS != nil && r.URL.Scheme == "https" {
		t.learn(r.URL.Host, response.ProtoMajor == 2)
	}
	if !end.IsZero() && response.StatusCode != http.StatusSwitchingProtocols { // whose body is the connection
		response.Body = &bounded{response.Body, cancel}
	}
	return response, nil
}

// bounded is a body that ends with its context, which nobody needs once it has been closed.
type bounded struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close is part of io.Closer.
func (b *bounded) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}
