package http1

import (
	"bytes"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/http/httpguts"
)

// longestHead is how long a head may be to be sent from here. A server may answer, and stop reading, while it is being
// sent; a head that the kernel takes in one piece is sent by then. CCUBE's have some 300 bytes.
const longestHead = 4 << 10

// defaultAgent is what http.Transport calls itself.
const defaultAgent = "Go-http-client/1.1"

// heads are the buffers that heads of requests are written to.
var heads = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// notOurs are headers that are not written as they stand in a request: they follow from the rest of it.
var notOurs = map[string]bool{
	"Host": true, "User-Agent": true, "Content-Length": true, "Transfer-Encoding": true, "Trailer": true,
}

// usual is how many headers a request has at most, as a rule.
const usual = 8

// writeHead writes the head of a GET as http.Transport would. It reports false for one that is not plain, and with which
// http.Transport therefore has to decide what to do.
func writeHead(w *bytes.Buffer, r *http.Request, zipped bool) bool {
	w.Reset()
	host := r.Host
	if host == "" {
		host = r.URL.Host
	}
	if !plain(host) || strings.Contains(host, "%") || !httpguts.ValidHostHeader(host) ||
		host != r.URL.Host && (!plain(r.URL.Host) || strings.Contains(r.URL.Host, "%")) {
		return false
	}
	path, query := target(r.URL)
	if !plain(path) || !plain(query) {
		return false
	}
	names := make([]string, 0, usual)
	for name, values := range r.Header {
		if !httpguts.ValidHeaderFieldName(name) {
			return false
		}
		if !notOurs[name] {
			names = append(names, name)
		}
		for _, value := range values {
			if !httpguts.ValidHeaderFieldValue(value) {
				return false
			}
		}
	}
	agent := defaultAgent
	if own, ok := r.Header["User-Agent"]; ok {
		agent = strings.Join(own[:min(1, len(own))], "")
	}
	w.WriteString("GET ")
	w.WriteString(path)
	if query != "" {
		w.WriteByte('?')
		w.WriteString(query)
	}
	w.WriteString(" HTTP/1.1\r\nHost: ")
	w.WriteString(host)
	if agent != "" {
		w.WriteString("\r\nUser-Agent: ")
		w.WriteString(agent)
	}
	w.WriteString("\r\n")
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.Header[name] {
			w.WriteString(name)
			w.WriteString(": ")
			w.WriteString(textproto.TrimString(value))
			w.WriteString("\r\n")
		}
	}
	if zipped {
		w.WriteString("Accept-Encoding: gzip\r\n")
	}
	w.WriteString("\r\n")
	return w.Len() <= longestHead
}

// target returns the path and the query of a request line. A path that has nothing to be escaped is taken as it is.
func target(u *url.URL) (path, query string) {
	if u.Opaque != "" || u.RawPath != "" || u.ForceQuery || u.Path == "" || strings.ContainsFunc(u.Path, escaped) {
		return u.RequestURI(), ""
	}
	return u.Path, u.RawQuery
}

// escaped reports whether a character of a path may have to be escaped.
func escaped(c rune) bool {
	return (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '/' && c != '_' && c != '-'
}

// plain reports whether a part of an address is ASCII without spaces and control characters.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
