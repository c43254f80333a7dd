package http1

import (
	"bytes"
	"net/http"
	"net/textproto"
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
	host, uri := r.Host, r.URL.RequestURI()
	if host == "" {
		host = r.URL.Host
	}
	if !plain(host) || strings.Contains(host+r.URL.Host, "%") || !httpguts.ValidHostHeader(host) || !plain(r.URL.Host) || !plain(uri) {
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
	w.WriteString(uri)
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

// plain reports whether a part of an address is ASCII without spaces and control characters.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
