package inbound_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ccube-graphql/ccube-graphql/internal/inbound"
	"github.com/ccube-graphql/ccube-graphql/internal/memnet"
)

// server is what both servers can do.
type server interface {
	Serve(net.Listener) error
	SetKeepAlivesEnabled(enabled bool)
	Shutdown(context.Context) error
	Close() error
}

// ways are the two servers: what holds for one has to hold for the other.
var ways = [2]struct {
	name string
	of   func(*http.Server) server
}{
	{"general", func(s *http.Server) server { return s }},
	{"lean", func(s *http.Server) server { return inbound.New(s) }},
}

// settings are the server's in these tests.
func settings(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 45 * time.Second,
		IdleTimeout: 90 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
}

// said is what a client says, after a pause.
type said struct {
	after time.Duration
	text  string
}

// conversation is what came of what a client said.
type conversation struct {
	// Answers are what it was answered, and how the connection ended.
	Answers []string
	// Seen are the requests as the handler saw them.
	Seen []string
}

// converse has a client say something on one connection, in a bubble of its own time, and listen until the server ends it. It
// also returns how many requests http.Server had no part in.
func converse(t *testing.T, of func(*http.Server) server, handler http.Handler, says ...said) (c conversation, lean int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		listener := memnet.Listen()
		s := of(settings(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if fmt.Sprintf("%T", w) == "*inbound.response" {
				lean++
			}
			c.Seen = append(c.Seen, describe(r))
			handler.ServeHTTP(w, r)
		})))
		go func() { _ = s.Serve(listener) }()
		client, err := listener.Dial()
		if err != nil {
			t.Fatal(err)
		}
		heard := make(chan []byte)
		go func() {
			all, _ := io.ReadAll(client)
			heard <- all
		}()
		var all strings.Builder
		for _, part := range says {
			time.Sleep(part.after)
			_, _ = io.WriteString(client, part.text)
			all.WriteString(part.text)
		}
		c.Answers = answers(<-heard, all.String())
		_ = client.Close()
		_ = s.Close()
		time.Sleep(time.Second) // http.Server waits a moment for a client that it has refused
		synctest.Wait()
	})
	return c, lean
}

// describe tells of a request all that a handler can see.
func describe(r *http.Request) string {
	var headers []string
	for name, values := range r.Header {
		headers = append(headers, fmt.Sprintf("%s: %q", name, values))
	}
	slices.Sort(headers)
	body, err := io.ReadAll(r.Body)
	_, local := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	_, within := r.Context().Value(http.ServerContextKey).(*http.Server)
	return fmt.Sprintf("%s %s of %q by %s from %s (%s), %d bytes, %v, %q, close %t, has an address %t, a server %t: %q, %v",
		r.Method, r.RequestURI, r.Host, r.Proto, r.RemoteAddr, r.URL, r.ContentLength, r.TransferEncoding, headers, r.Close,
		local, within, brief(body), err)
}

// brief is a text, or what tells a long one from others.
func brief(text []byte) string {
	if len(text) < 100 {
		return string(text)
	}
	return fmt.Sprintf("%s and so on, %d bytes, %x", text[:20], len(text), crc32.ChecksumIEEE(text))
}

// answers reads what was answered to requests of the text.
func answers(heard []byte, requests string) (all []string) {
	in := bufio.NewReader(bytes.NewReader(heard))
	method := http.MethodGet
	if strings.HasPrefix(requests, "HEAD") {
		method = http.MethodHead
	}
	for {
		if _, err := in.Peek(1); err != nil {
			return append(all, "the end")
		}
		answer, err := http.ReadResponse(in, &http.Request{Method: method})
		if err != nil {
			return append(all, "broken: "+err.Error())
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.Header.Get("Date") != "" {
			answer.Header.Set("Date", "some day")
		}
		var headers []string
		for name, values := range answer.Header {
			headers = append(headers, fmt.Sprintf("%s: %q", name, values))
		}
		slices.Sort(headers)
		all = append(all, fmt.Sprintf("%s %s %q, %d bytes, %v, close %t: %s, %v", answer.Proto, answer.Status, headers,
			answer.ContentLength, answer.TransferEncoding, answer.Close, brief(body), err))
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return all
		}
	}
}

// agree has both servers take part in the same conversation, and returns how many requests were served by the lean one alone.
func agree(t *testing.T, handler http.Handler, says ...said) (lean int) {
	t.Helper()
	general, _ := converse(t, ways[0].of, handler, says...)
	own, lean := converse(t, ways[1].of, handler, says...)
	if diff := cmp.Diff(general, own); diff != "" {
		t.Errorf("the two servers differ (-general +lean):\n%s", diff)
	}
	return lean
}

// echo answers with the request's method, address and body length.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = fmt.Fprintf(w, "%s %s", r.Method, r.RequestURI)
})
