package inbound

// This file makes a request out of an ordinary head. Its lines have been told apart (head.go); what they may hold is judged
// by the functions that net/http judges with. One string is made of all, which the request's parts are parts of.

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// parse returns the request that an ordinary one is, in bytes that stay as they are while it is served; not ok where
// http.Server should judge it.
func parse(ctx context.Context, read []byte, remote string) (_ *http.Request, ok bool) {
	end := bytes.Index(read, []byte("\r\n\r\n"))
	line, rest, _ := strings.Cut(string(read[:end+len("\r\n")]), "\r\n")
	method, line, _ := strings.Cut(line, " ")
	target := strings.TrimSuffix(line, " HTTP/1.1")
	address, err := url.ParseRequestURI(target)
	if err != nil || strings.Contains(target, " ") {
		return nil, false
	}
	header, host, ok := parseHeader(rest)
	if !ok || !httpguts.ValidHostHeader(host) {
		return nil, false
	}
	r := http.Request{
		Method: method, URL: address, RequestURI: target, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Host: host, RemoteAddr: remote, Body: http.NoBody,
	}
	if sent := read[end+len("\r\n\r\n"):]; len(sent) > 0 {
		r.Body, r.ContentLength = &body{rest: sent}, int64(len(sent))
	}
	return r.WithContext(ctx), true
}

// parseHeader parses the lines of a header, each of which is complete.
func parseHeader(lines string) (header http.Header, host string, ok bool) {
	most := strings.Count(lines, "\n")
	header = make(http.Header, most)
	values := make([]string, most) // for all headers, most of which have one
	for lines != "" {
		var line string
		line, lines, _ = strings.Cut(lines, "\r\n")
		name, value, _ := strings.Cut(line, ":")
		value = textproto.TrimString(value)
		if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) {
			return nil, "", false
		}
		key := textproto.CanonicalMIMEHeaderKey(name)
		before, more := header[key]
		switch {
		case key == "Host":
			host = value
		case more:
			header[key] = append(before, value)
		default:
			values[0] = value
			header[key] = values[:1:1]
			values = values[1:]
		}
	}
	if old := header["Pragma"]; len(old) > 0 && old[0] == "no-cache" && header["Cache-Control"] == nil {
		header["Cache-Control"] = []string{"no-cache"} // as http.ReadRequest has it
	}
	return header, host, true
}

// body is a request's, all of which is there.
type body struct {
	rest   []byte
	closed bool
}

// Read is part of io.Reader.
func (b *body) Read(p []byte) (int, error) {
	switch {
	case b.closed:
		return 0, http.ErrBodyReadAfterClose
	case len(b.rest) == 0:
		return 0, io.EOF
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// Close is part of io.Closer. Nothing is read any more then of what the connection needs for the next request.
func (b *body) Close() error {
	b.rest, b.closed = nil, true
	return nil
}
