package http1_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// requests are what somebody may ask for, in ways that are taken here and in ways that are not. Whichever transport sends
// it, the server gets the same.
var requests = map[string]struct {
	reason string
	change func(*http.Request)
	// want is what the server gets: its request line, and its headers in order; none where nothing is sent.
	want string
}{
	"a read":        {"with what http.Transport adds", func(*http.Request) {}, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"no method":     {"is GET", func(r *http.Request) { r.Method = "" }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"headers":       {"in their order", headers("X", "1", "X", "2", "Accept", "a/b"), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Accept: a/b|Host: acme.test|User-Agent: Go-http-client/1.1|X: 1|X: 2"},
	"an agent":      {"as it is given", headers("User-Agent", "x"), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: x"},
	"no agent":      {"as it is given", headers("User-Agent", ""), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test"},
	"an encoding":   {"is the caller's to undo", headers("Accept-Encoding", "br"), "GET /a?b=c HTTP/1.1|Accept-Encoding: br|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a range":       {"cannot be unzipped", headers("Range", "bytes=0-1"), "GET /a?b=c HTTP/1.1|Host: acme.test|Range: bytes=0-1|User-Agent: Go-http-client/1.1"},
	"a host":        {"of the caller's own", func(r *http.Request) { r.Host = "other.test:81" }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: other.test:81|User-Agent: Go-http-client/1.1"},
	"no path":       {"is the root", func(r *http.Request) { r.URL.Path, r.URL.RawQuery = "", "" }, "GET / HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"escapes":       {"are made of the path", func(r *http.Request) { r.URL.Path = "/é /?" }, "GET /%C3%A9%20/%3F?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"headers twice": {"that follow from the request are not sent", headers("Host", "x", "Content-Length", "7", "Transfer-Encoding", "chunked", "Trailer", "x"), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a long header": {"is sent", headers("X", strings.Repeat("x", 8000)), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1|X: " + strings.Repeat("x", 8000)},
	"spaces":        {"around a value are not sent", headers("X", " \t1 "), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1|X: 1"},
	"an empty body": {"is none", func(r *http.Request) { r.Body = http.NoBody }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"HEAD":          {"is no plain read", func(r *http.Request) { r.Method = http.MethodHead }, "HEAD /a?b=c HTTP/1.1|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a write":       {"is no read", body(http.MethodPost, "x"), "POST /a?b=c HTTP/1.1|Accept-Encoding: gzip|Content-Length: 1|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a DELETE":      {"is no read", func(r *http.Request) { r.Method = http.MethodDelete }, "DELETE /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a read's body": {"is sent", body(http.MethodGet, "x"), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Content-Length: 1|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"the last":      {"is said to be", func(r *http.Request) { r.Close = true }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Connection: close|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"an upgrade":    {"is asked for", headers("Connection", "Upgrade", "Upgrade", "x"), "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Connection: Upgrade|Host: acme.test|Upgrade: x|User-Agent: Go-http-client/1.1"},
	"a trace": {"is told", func(r *http.Request) {
		*r = *r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{}))
	}, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a zone":         {"is not sent", func(r *http.Request) { r.Host, r.URL.Host = "", "[fe80::1%eth0]" }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: [fe80::1]|User-Agent: Go-http-client/1.1"},
	"a foreign host": {"is sent as ASCII", func(r *http.Request) { r.Host, r.URL.Host = "", "é.test" }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: xn--9ca.test|User-Agent: Go-http-client/1.1"},
	"opaque":         {"addresses are taken as they are", func(r *http.Request) { r.URL.Opaque = "//x/y" }, "GET http://x/y?b=c HTTP/1.1|Accept-Encoding: gzip|Host: acme.test|User-Agent: Go-http-client/1.1"},
	"a broken host":  {"is not sent", func(r *http.Request) { r.Host = "a b\r\nX: y" }, "GET /a?b=c HTTP/1.1|Accept-Encoding: gzip|Host: |User-Agent: Go-http-client/1.1"},

	"a header's line break": {"ends the request", headers("X", "1\r\nY: 2"), ""},
	"an agent's line break": {"ends the request", headers("User-Agent", "1\r\nY: 2"), ""},
	"a header's name":       {"ends the request", headers("X:", "1"), ""},
	"a query's line break":  {"ends the request", func(r *http.Request) { r.URL.RawQuery = "a\r\nb" }, ""},
	"an odd scheme":         {"is nobody's", func(r *http.Request) { r.URL.Scheme = "ftp" }, ""},
	"no host at all":        {"is nobody's", func(r *http.Request) { r.URL.Host = "" }, ""},
	"no address":            {"is nobody's", func(r *http.Request) { r.URL = nil }, ""},
	"no headers at all":     {"is nobody's", func(r *http.Request) { r.Header = nil }, ""},
	"a bad method":          {"is nobody's", func(r *http.Request) { r.Method = "G E T" }, ""},
}

func headers(pairs ...string) func(*http.Request) {
	return func(r *http.Request) {
		for i := 0; i < len(pairs); i += 2 {
			r.Header[pairs[i]] = append(r.Header[pairs[i]], pairs[i+1])
		}
	}
}

func body(method, text string) func(*http.Request) {
	return func(r *http.Request) {
		r.Method, r.Body, r.ContentLength = method, io.NopCloser(strings.NewReader(text)), int64(len(text))
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	certify(t)
	for name, c := range requests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
				synctest.Test(t, func(t *testing.T) {
					s := &server{script: [][]answer{last(empty, ends), last(empty, ends)}}
					client := over(s.settings())
					request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://acme.test/a?b=c", nil)
					if err != nil {
						t.Fatal(err)
					}
					c.change(request)
					want := c.want
					if response, err := client.RoundTrip(request); (err != nil) != (want == "") {
						t.Errorf("the error is %v: %s", err, c.reason)
					} else if err == nil {
						response.Body.Close()
					}
					closeIdle(client)
					s.running.Wait()
					if diff := cmp.Diff(want, strings.ReplaceAll(strings.Join(s.requests, "\n"), "\n", "|")); diff != "" {
						t.Errorf("%s (-want +got):\n%s", c.reason, diff)
					}
				})
			})
		})
	}
}

// A request whose host stands behind a proxy goes to the proxy; one of which nobody can tell is not sent.
func TestProxy(t *testing.T) {
	t.Parallel()
	certify(t)
	both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
		synctest.Test(t, func(t *testing.T) {
			s := &server{script: [][]answer{say(one), say(two)}}
			settings := s.settings()
			settings.Proxy = func(r *http.Request) (*url.URL, error) {
				switch r.URL.Host {
				case "near.test":
					return nil, nil
				case "lost.test":
					return nil, errOwn
				}
				return url.Parse("http://proxy.test:3128")
			}
			client := over(settings)
			for url, want := range map[string]string{
				"http://far.test/a": "GET http://far.test/a HTTP/1.1", "http://near.test/a": "GET /a HTTP/1.1",
			} {
				s.requests = nil
				if response, err := ask(t.Context(), client, url); err != nil {
					t.Errorf("%s: %v", url, err)
				} else {
					_, _ = io.ReadAll(response.Body)
					response.Body.Close()
				}
				if line, _, _ := strings.Cut(strings.Join(s.requests, ""), "\n"); line != want {
					t.Errorf("%s sends %q, want %q", url, line, want)
				}
			}
			if got := outcome(ask(t.Context(), client, "http://lost.test/a")); got != errOwn.Error() {
				t.Errorf("a proxy that nobody knows gives %s", got)
			}
			closeIdle(client)
			s.running.Wait()
		})
	})
}

// What an answer says of its body is what whoever reads it gets.
func TestWhatIsToldOfTheBody(t *testing.T) {
	t.Parallel()
	certify(t)
	type told struct {
		Length       int64
		Uncompressed bool
		Encoding     string
		Headers      int
		Host         string
	}
	for name, c := range map[string]struct {
		answer string
		asks   string
		want   told
	}{
		"of known length":   {answer: one, want: told{Length: 3, Headers: 1}},
		"in chunks":         {answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", want: told{Length: -1}},
		"of none":           {answer: empty, want: told{}},
		"unzipped":          {answer: sized("Content-Encoding: gzip\r\n", zipped("one")), want: told{Length: -1, Uncompressed: true}},
		"as it asked":       {answer: sized("Content-Encoding: gzip\r\n", "123"), asks: "gzip", want: told{Length: 3, Encoding: "gzip", Headers: 2}},
		"in two encodings":  {answer: sized("Content-Encoding: gzip, br\r\n", "123"), want: told{Length: 3, Encoding: "gzip, br", Headers: 2}},
		"till the very end": {answer: "HTTP/1.1 200 OK\r\nX: y\r\n\r\n", want: told{Length: -1, Headers: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
				synctest.Test(t, func(t *testing.T) {
					s := &server{script: [][]answer{last(c.answer, ends)}}
					client := over(s.settings())
					request, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://acme.test", nil)
					if c.asks != "" {
						request.Header.Set("Accept-Encoding", c.asks)
					}
					response, err := client.RoundTrip(request)
					if err != nil {
						t.Fatal(err)
					}
					got := told{
						response.ContentLength, response.Uncompressed, response.Header.Get("Content-Encoding"), len(response.Header),
						response.Request.URL.Host,
					}
					c.want.Host = "acme.test"
					if diff := cmp.Diff(c.want, got); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
					response.Body.Close()
					if _, err := response.Body.Read(make([]byte, 1)); err == nil || c.want.Length != 0 && err == io.EOF {
						t.Errorf("reading what has been closed gives %v", err)
					}
					closeIdle(client)
					s.running.Wait()
				})
			})
		})
	}
}
