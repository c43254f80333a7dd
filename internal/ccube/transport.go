package ccube

import (
	"cmp"
	"math"
	"net"
	"net/http"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/http1"
)

// maxHeader bounds the headers of an answer, interim ones included.
const maxHeader = 64 << 10

// TransportOptions bound the steps of a call, each of which lies inside of [Options.Timeout]. The zero value has sensible
// ones.
type TransportOptions struct {
	// Dial bounds the making of a connection. 5 seconds where zero.
	Dial time.Duration
	// TLS bounds its handshake. 5 seconds where zero.
	TLS time.Duration
	// Header bounds the wait for the head of the answer, once the request is sent. 15 seconds where zero.
	Header time.Duration
}

// HTTPClient makes exchanges, and nothing that an http.Client does around them: it follows no redirect, which would take the
// credential along, and keeps no cookie. It is safe for concurrent use.
type HTTPClient struct{ *http1.Transport }

// Do makes one exchange.
func (c *HTTPClient) Do(r *http.Request) (*http.Response, error) { return c.RoundTrip(r) }

// DoWithin makes one exchange that may take so long, the answer's body included.
func (c *HTTPClient) DoWithin(r *http.Request, most time.Duration) (*http.Response, error) {
	return c.RoundTripWithin(r, most)
}

// NewHTTPClient returns a client for calls to CCUBE: it gives up on a host that does not pick up, does not start to answer,
// or does not come to the end of its headers. Reads over HTTP/1.1 go by package http1, all else by an http.Transport.
//
// Connections are as many as calls have been under way at once, which [Options.InFlight] bounds. All of them are kept for
// a while, however many: with fewer, each burst of calls would end by closing what the next one has to make again.
func NewHTTPClient(o TransportOptions) *HTTPClient {
	dialer := net.Dialer{Timeout: cmp.Or(o.Dial, 5*time.Second), KeepAlive: 30 * time.Second}
	return &HTTPClient{http1.New(&http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    cmp.Or(o.TLS, 5*time.Second),
		ResponseHeaderTimeout:  cmp.Or(o.Header, 15*time.Second),
		MaxIdleConnsPerHost:    math.MaxInt,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	})}
}
