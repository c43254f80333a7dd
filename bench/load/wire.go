package load

// This file is as much of HTTP/1.1 as a client needs that keeps its connection and wants to know only how long the answer is.

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
)

// Encode returns a request as it goes over the wire. GET has no body.
func Encode(method, host, target string, header http.Header, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, target, host)
	_ = header.Write(&b) // a buffer takes everything
	if method != http.MethodGet {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// conversation is one connection.
type conversation struct {
	connection net.Conn
	reader     *bufio.Reader
}

func newConversation(c net.Conn) *conversation {
	return &conversation{connection: c, reader: bufio.NewReaderSize(c, 32<<10)}
}

// ask sends a request and reads the answer; it returns how many bytes the body has. Any status but 200 is an error.
func (c *conversation) ask(wire []byte) (int, error) {
	if _, err := c.connection.Write(wire); err != nil {
		return 0, err
	}
	status, err := c.line()
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return 0, fmt.Errorf("the answer is %q", status)
	}
	length, err := c.head()
	if err != nil {
		return 0, err
	}
	if length == chunked {
		return c.chunks()
	}
	return c.reader.Discard(length)
}

// chunked is in place of a length that is not known before the end.
const chunked = -1

var errUnbounded = errors.New("the answer has neither a length nor chunks")

// head reads the header up to the empty line and returns the body's length.
func (c *conversation) head() (int, error) {
	length, known := 0, false
	for {
		line, err := c.line()
		if err != nil {
			return 0, err
		}
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, err
			}
			known = true
		case bytes.EqualFold(name, []byte("Transfer-Encoding")) && bytes.EqualFold(value, []byte("chunked")):
			length, known = chunked, true
		}
	}
	if !known {
		return 0, errUnbounded
	}
	return length, nil
}

// chunks skips a chunked body and returns its length.
func (c *conversation) chunks() (int, error) {
	total := 0
	for {
		line, err := c.line()
		if err != nil {
			return total, err
		}
		text, _, _ := bytes.Cut(line, []byte(";"))
		size, err := strconv.ParseInt(string(text), 16, 32)
		if err != nil {
			return total, err
		}
		if _, err := c.reader.Discard(int(size)); err != nil {
			return total, err
		}
		total += int(size)
		if end, err := c.line(); err != nil || len(end) > 0 { // no trailers are expected
			return total, errors.Join(err, io.ErrUnexpectedEOF)
		}
		if size == 0 {
			return total, nil
		}
	}
}

// line reads a line without its end. It holds until the next read.
func (c *conversation) line() ([]byte, error) {
	line, err := c.reader.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}
