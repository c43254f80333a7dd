package inbound

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// piece is how much of a body is gathered until it is sent, in bytes. A longer one goes out as it is.
const piece = 4 << 10

// framing is how a client knows where a body ends.
type framing int

const (
	// undecided is it until the first piece goes out: if that is all, its length is declared.
	undecided framing = iota
	// declared is a Content-Length.
	declared
	// chunked is Transfer-Encoding: chunked.
	chunked
	// bare is an answer without a body.
	bare
)

// errLast ends a connection after an answer.
var errLast = errors.New("the last answer of a connection")

// response is the answer to one request after another. It is an http.ResponseWriter.
type response struct {
	conn   *conn
	header http.Header
	// gone ends the request, once nobody reads the answer any more.
	gone context.CancelFunc

	// status is 0 until it is known. From then on head has the lines of the header, until it is sent.
	status  int
	head    bytes.Buffer
	sent    bool
	framing framing
	// left is what is missing of a declared length, in bytes, less than 0 once too much has been written.
	left int
	// untyped says that the body's type has to be found out.
	untyped bool
	// last says that the connection ends with this answer.
	last    bool
	pending []byte
	err     error

	// size is a chunk's. vector has the pieces that go out at once, of which rest have not yet.
	size         []byte
	vector, rest net.Buffers
}

func newResponse(c *conn) response { return response{conn: c, header: make(http.Header)} }

// begin forgets the answer before.
func (w *response) begin(gone context.CancelFunc) {
	clear(w.header)
	w.head.Reset()
	w.gone, w.status, w.sent, w.framing, w.left, w.untyped, w.last = gone, 0, false, undecided, 0, false, false
	w.pending = w.pending[:0]
}

// Header is part of http.ResponseWriter.
func (w *response) Header() http.Header { return w.header }

// WriteHeader is part of http.ResponseWriter. What informs before the answer is left out, as it may be.
func (w *response) WriteHeader(status int) {
	if w.status != 0 || status < http.StatusOK {
		return
	}
	w.status = status
	w.put(statusLine(status))
	_ = w.header.WriteSubset(&w.head, ours) // a buffer takes everything
	if w.header["Date"] == nil {
		var date [len(http.TimeFormat)]byte
		w.put("Date: ")
		w.head.Write(time.Now().UTC().AppendFormat(date[:0], http.TimeFormat))
		w.put("\r\n")
	}
	w.frame()
}

// statusLine is the first line of an answer.
func statusLine(status int) string {
	if status == http.StatusOK {
		return "HTTP/1.1 200 OK\r\n"
	}
	text := http.StatusText(status)
	if text == "" {
		text = "status code " + strconv.Itoa(status)
	}
	return "HTTP/1.1 " + strconv.Itoa(status) + " " + text + "\r\n"
}

// ours are the headers that the server itself sends.
var ours = map[string]bool{"Content-Length": true, "Transfer-Encoding": true, "Connection": true, "Trailer": true}

// put adds to the head.
func (w *response) put(texts ...string) {
	for _, text := range texts {
		w.head.WriteString(text)
	}
}

// frame finds out how the body will end, as far as the header tells.
func (w *response) frame() {
	w.last = w.conn.server.draining.Load() || strings.EqualFold(first(w.header["Connection"]), "close")
	if w.last {
		w.put("Connection: close\r\n")
	}
	if w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		w.framing = bare
		return
	}
	w.untyped = first(w.header["Content-Type"]) == "" && first(w.header["Content-Encoding"]) == ""
	if n, err := strconv.ParseUint(first(w.header["Content-Length"]), 10, 62); err == nil {
		w.framing, w.left = declared, int(n)
		w.length(w.left)
	}
}

// first is the value of a header, whose name need not be spelt out.
func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// length declares the body's length.
func (w *response) length(n int) {
	var digits [20]byte
	w.put("Content-Length: ")
	w.head.Write(strconv.AppendInt(digits[:0], int64(n), 10))
	w.put("\r\n")
}

// Write is part of http.ResponseWriter.
func (w *response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	switch {
	case w.err != nil:
		return 0, w.err
	case w.framing == bare:
		return 0, http.ErrBodyNotAllowed
	case w.framing == declared && len(b) > w.left:
		w.left = -1 // so that nothing fits any more, and the connection ends
		return 0, http.ErrContentLength
	}
	w.left -= len(b)
	if len(w.pending)+len(b) <= piece {
		w.pending = append(w.pending, b...)
		return len(b), nil
	}
	if w.send(b, false); w.err != nil {
		return 0, w.err
	}
	return len(b), nil
}

// Flush is part of http.Flusher: it sends what has been written so far.
func (w *response) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController.
func (w *response) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.send(nil, false)
	return w.err
}

// SetWriteDeadline is for http.ResponseController.
func (w *response) SetWriteDeadline(at time.Time) error {
	w.conn.writes.forget()
	return w.conn.net.SetWriteDeadline(at)
}

// finish sends what has not been sent. An error says that the connection is over.
func (w *response) finish() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.send(nil, true)
	switch {
	case w.err != nil:
		return w.err
	case w.framing == declared && w.left != 0:
		return errLast // the client waits for more, or would take what follows for part of this
	case w.last:
		return errLast
	}
	return nil
}

// send sends the head if it has not been sent, what is pending, and b. The last of it ends the body.
func (w *response) send(b []byte, last bool) {
	if w.err != nil {
		return
	}
	out := w.vector[:0]
	body := len(w.pending) + len(b)
	if !w.sent {
		w.sent = true
		w.complete(b, body, last)
		out = append(out, w.head.Bytes())
	}
	if w.framing == chunked && body > 0 {
		w.size = append(strconv.AppendInt(w.size[:0], int64(body), 16), "\r\n"...)
		out = append(out, w.size, w.pending, b, newline)
	} else {
		out = append(out, w.pending, b)
	}
	if w.framing == chunked && last {
		out = append(out, lastChunk)
	}
	w.write(out)
	w.pending = w.pending[:0]
}

// complete adds to the head what only the first piece of the body tells.
func (w *response) complete(b []byte, body int, last bool) {
	if w.untyped && body > 0 {
		first := w.pending
		if len(first) == 0 {
			first = b
		}
		w.put("Content-Type: ", http.DetectContentType(first), "\r\n")
	}
	if w.framing == undecided {
		if last {
			w.framing = declared
			w.left = 0
			w.length(body)
		} else {
			w.framing = chunked
			w.put("Transfer-Encoding: chunked\r\n")
		}
	}
	w.put("\r\n")
}

// The ends of chunks.
var newline, lastChunk = []byte("\r\n"), []byte("0\r\n\r\n")

// write writes the pieces that are not empty, by one call of the system.
func (w *response) write(pieces net.Buffers) {
	w.vector = pieces // kept for its array
	pieces = slices.DeleteFunc(pieces, func(piece []byte) bool { return len(piece) == 0 })
	if len(pieces) == 0 {
		return
	}
	w.rest = pieces
	if _, w.err = w.rest.WriteTo(w.conn.net); w.err != nil {
		w.gone()
	}
}
