package ccube

import (
	"cmp"
	"net"
	"net/http"
	"time"
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

// NewHTTPClient returns a client for calls to CCUBE: it follows no redirect, which would take the credential along, and
// gives up on a host that does not pick up, does not start to answer, or does not come to the end of its headers.
func NewHTTPClient(o TransportOptions) *http.Client {
	dialer := net.Dialer{Timeout: cmp.Or(o.Dial, 5*time.Second), KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    cmp.Or(o.TLS, 5*time.Second),
			ResponseHeaderTimeout:  cmp.Or(o.Header, 15*time.Second),
			MaxIdleConns:           512,
			MaxIdleConnsPerHost:    128,
			IdleConnTimeout:        90 * time.Second,
			MaxResponseHeaderBytes: maxHeader,
		},
	}
}
