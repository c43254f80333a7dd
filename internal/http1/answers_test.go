package http1_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	one   = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
	two   = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo"
	empty = "HTTP/1.1 204 No Content\r\n\r\n"
)

// say answers with texts, one after another.
func say(texts ...string) []answer {
	var list []answer
	for _, text := range texts {
		list = append(list, answer{text: text})
	}
	return list
}

// last answers, and then does something.
func last(text string, then action) []answer { return []answer{{text: text, then: then}} }

// zipped is a text under gzip.
func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

// sized is an answer with headers and a body of its length.
func sized(headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s", headers, len(body), body)
}

// What becomes of answers, by both transports. The outcome is a status and the body, or why there is none; requests are
// how many the server got.
var answers = map[string]struct {
	reason      string
	script      [][]answer
	want        []string
	connections int
	requests    int
}{
	"of known length":           {"the connection is kept", [][]answer{say(one, two)}, []string{"200 one", "200 two"}, 1, 2},
	"in chunks":                 {"likewise", [][]answer{say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\non\r\n1\r\ne\r\n0\r\n\r\n", two)}, []string{"200 one", "200 two"}, 1, 2},
	"with a trailer":            {"which is read too", [][]answer{say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\none\r\n0\r\nX-Sum: 7\r\n\r\n", two)}, []string{"200 one X-Sum=7", "200 two"}, 1, 2},
	"204":                       {"no body follows", [][]answer{say(empty, two)}, []string{"204 ", "200 two"}, 1, 2},
	"304 with a length":         {"no body follows", [][]answer{say("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", two)}, []string{"304 ", "200 two"}, 1, 2},
	"of no bytes":               {"the connection is kept", [][]answer{say(sized("", ""), two)}, []string{"200 ", "200 two"}, 1, 2},
	"until the end":             {"the connection is the length", [][]answer{last("HTTP/1.1 200 OK\r\n\r\none", ends), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"of 1.0":                    {"which keeps no connection", [][]answer{say("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\none", two), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"of 1.0, kept":              {"unless it says so", [][]answer{say("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\none", two)}, []string{"200 one", "200 two"}, 1, 2},
	"with the last word":        {"Connection: close is heeded", [][]answer{say(sized("Connection: close\r\n", "one"), two), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"a redirect":                {"nobody follows it here", [][]answer{say("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")}, []string{"302 "}, 1, 1},
	"a failure":                 {"is an answer", [][]answer{say("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy", two)}, []string{"503 busy", "200 two"}, 1, 2},
	"after hints":               {"103 and 100 announce", [][]answer{say("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"+one, two)}, []string{"200 one", "200 two"}, 1, 2},
	"101 that nobody asked for": {"is the last of its connection", [][]answer{say("HTTP/1.1 101 Switching Protocols\r\n\r\n", two), say(two)}, []string{"101 ", "200 two"}, 2, 2},

	"hints without an end": {"are bounded together", [][]answer{last(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 3000), hangs)}, []string{"bad"}, 1, 1},
	"a long header":        {"is bounded", [][]answer{last("HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 65<<10)+"\r\n\r\n", hangs)}, []string{"bad"}, 1, 1},
	"many headers":         {"are bounded", [][]answer{last("HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", 12<<10), hangs)}, []string{"bad"}, 1, 1},
	"a fitting header":     {"stays", [][]answer{say(sized("X: "+strings.Repeat("x", 60<<10)+"\r\n", "one"), two)}, []string{"200 one", "200 two"}, 1, 2},
	"a long body":          {"has no bound here", [][]answer{say(sized("", strings.Repeat("x", 80<<10)), two)}, []string{"200 " + strings.Repeat("x", 80<<10), "200 two"}, 1, 2},
	"no HTTP":              {"is refused", [][]answer{last("SSH-2.0-OpenSSH\r\n\r\n", hangs)}, []string{"bad"}, 1, 1},
	"two lengths":          {"are refused", [][]answer{last("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\none", hangs)}, []string{"bad"}, 1, 1},
	"a bad chunk":          {"is refused", [][]answer{last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", hangs)}, []string{"200 …bad"}, 1, 1},

	"no answer":              {"nothing was kept, so it is not sent again", [][]answer{last("", ends), say(two)}, []string{"EOF", "200 two"}, 2, 2},
	"a reset":                {"likewise", [][]answer{last("", breaks), say(two)}, []string{"broken", "200 two"}, 2, 2},
	"nobody there":           {"is told", nil, []string{"broken"}, 0, 0},
	"half a head":            {"is cut", [][]answer{last("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", ends), say(two)}, []string{"cut", "200 two"}, 2, 2},
	"half a line":            {"is no header", [][]answer{last("HTTP/1.1 200 OK\r\nContent-", ends), say(two)}, []string{"bad", "200 two"}, 2, 2},
	"half a body":            {"is cut", [][]answer{last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", ends), say(two)}, []string{"200 half…cut", "200 two"}, 2, 2},
	"half of the chunks":     {"are cut", [][]answer{last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", ends), say(two)}, []string{"200 half…cut", "200 two"}, 2, 2},
	"closed when kept":       {"a new connection is made", [][]answer{last(one, ends), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"reset when kept":        {"a new connection is made", [][]answer{last(one, breaks), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"kept, then closed":      {"under the request: sent again", [][]answer{{{text: one}, {then: ends}}, say(two)}, []string{"200 one", "200 two"}, 2, 3},
	"kept, then reset":       {"under the request: sent again", [][]answer{{{text: one}, {then: breaks}}, say(two)}, []string{"200 one", "200 two"}, 2, 3},
	"kept, then half a head": {"an answer had begun: not sent again", [][]answer{{{text: one}, {text: "HTTP/1.1 200 OK\r\n", then: ends}}, say(two)}, []string{"200 one", "cut"}, 1, 2},

	"more than was asked":        {"nobody gets it", [][]answer{say(one+two, "HTTP/1.1 200 OK\r\n\r\n"), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"more than was asked, apart": {"nobody gets it", [][]answer{{{text: one}, {text: two, unasked: true}, {text: "HTTP/1.1 200 OK\r\n\r\n"}}, say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"bytes after the body":       {"nobody gets them", [][]answer{say(one+"x", two), say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"bytes after no body":        {"nobody gets them", [][]answer{say(empty+"HTTP/1.1 200 OK\r\n", two), say(two)}, []string{"204 ", "200 two"}, 2, 2},
	"later, unasked":             {"nobody gets it", [][]answer{{{text: one, then: chatters}, {text: two}}, say(two)}, []string{"200 one", "200 two"}, 2, 2},
	"much after a long body":     {"nobody gets it", [][]answer{say(sized("", strings.Repeat("x", 9000))+one, two), say(two)}, []string{"200 " + strings.Repeat("x", 9000), "200 two"}, 2, 2},
	"408 to a kept connection":   {"is no answer", [][]answer{{{text: one}, {text: "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", unasked: true, then: ends}}, say(two)}, []string{"200 one", "200 two"}, 2, 2},

	"under gzip":            {"is unzipped", [][]answer{say(sized("Content-Encoding: gzip\r\n", zipped("one")), two)}, []string{"200 one (unzipped)", "200 two"}, 1, 2},
	"under GZIP, in chunks": {"is unzipped", [][]answer{say(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(zipped("one")), zipped("one")), two)}, []string{"200 one (unzipped)", "200 two"}, 1, 2},
	"under no gzip":         {"is bad", [][]answer{say(sized("Content-Encoding: gzip\r\n", "no gzip at all")), say(two)}, []string{"200 …bad", "200 two"}, 2, 2},
	"under half a gzip":     {"is cut", [][]answer{say(sized("Content-Encoding: gzip\r\n", zipped("one")[:20]), two)}, []string{"200 one…cut", "200 two"}, 1, 2},
	"under gzip, no bytes":  {"is empty", [][]answer{say(sized("Content-Encoding: gzip\r\n", ""), two)}, []string{"200 ", "200 two"}, 1, 2},
	"gzip and more":         {"is bad", [][]answer{say(sized("Content-Encoding: gzip\r\n", zipped("one")+"and more of it")), say(two)}, []string{"200 one…bad", "200 two"}, 2, 2},
	"under something else":  {"stays as it is", [][]answer{say(sized("Content-Encoding: br\r\n", "one"), two)}, []string{"200 one", "200 two"}, 1, 2},
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	certify(t)
	for name, c := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, scheme := range []string{"http", "https"} {
				t.Run(scheme, func(t *testing.T) {
					both(t, func(t *testing.T, over func(*http.Transport) http.RoundTripper) {
						synctest.Test(t, func(t *testing.T) {
							s := &server{script: c.script}
							client := over(s.settings())
							before := s.secure(t, client, scheme)
							var got []string
							for range c.want {
								got = append(got, outcome(ask(t.Context(), client, scheme+"://example.com/one")))
								time.Sleep(2 * time.Second) // for what comes unasked, and for http.Transport's readers
							}
							closeIdle(client)
							s.running.Wait()
							if diff := cmp.Diff(c.want, got); diff != "" {
								t.Errorf("%s (-want +got):\n%s", c.reason, diff)
							}
							connections, requests := s.counts()
							if connections-before != c.connections || requests-before != c.requests {
								t.Errorf("%d connections and %d requests, want %d and %d: %s",
									connections-before, requests-before, c.connections, c.requests, c.reason)
							}
						})
					})
				})
			}
		})
	}
}

func ask(ctx context.Context, client http.RoundTripper, url string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return client.RoundTrip(request)
}

func closeIdle(client http.RoundTripper) {
	client.(interface{ CloseIdleConnections() }).CloseIdleConnections()
}

// outcome tells an answer in one line.
func outcome(response *http.Response, err error) string {
	if err != nil {
		return class(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	line := fmt.Sprintf("%d %s", response.StatusCode, body)
	if err != nil {
		line += "…" + class(err)
	}
	if response.Uncompressed && err == nil {
		line += " (unzipped)"
	}
	var names []string
	for name := range response.Trailer {
		names = append(names, " "+name+"="+response.Trailer.Get(name))
	}
	slices.Sort(names)
	return line + strings.Join(names, "")
}

// class tells why there is no answer, as far as anybody acts on it.
func class(err error) string {
	timeout, ok := errors.AsType[net.Error](err)
	_, network := errors.AsType[*net.OpError](err)
	switch {
	case slices.Contains([]error{context.Canceled, context.DeadlineExceeded, errOwn}, err): // as it is, not wrapped
		return err.Error()
	case ok && timeout.Timeout():
		return "timeout"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "cut"
	case errors.Is(err, io.EOF):
		return "EOF"
	case network:
		return "broken"
	}
	return "bad"
}
