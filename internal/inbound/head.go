package inbound

// This file tells ordinary requests from others, before anything of them is parsed. It may take an ordinary one for another,
// which costs time; never the other way round. So it knows what it lets pass, and nothing else.

import "bytes"

// look is what the bytes of a request have been found to be.
type look int

const (
	// part is a request of which more has to come.
	part look = iota
	// whole is an ordinary request.
	whole
	// other is not ordinary.
	other
)

// inspect looks at what has been read, and returns how long the request is if it is whole; for a part that tells of it, how
// long it will be.
func inspect(read []byte, maxHead int) (look, int) {
	end := bytes.Index(read, []byte("\r\n\r\n"))
	switch {
	case end < 0 && (bytes.Contains(read, []byte("\n\n")) || !begins(read)), end > maxHead:
		return other, 0
	case end < 0:
		return part, 0
	}
	head := end + len("\r\n\r\n")
	length, ordinary := bodyOf(read[:end+len("\r\n")])
	switch total := head + length; {
	case !ordinary:
		return other, 0
	case len(read) < total:
		return part, total
	default:
		return whole, total
	}
}

// begins reports whether an ordinary request can begin so.
func begins(read []byte) bool {
	for _, method := range [...]string{"GET /", "POST /"} {
		if n := min(len(read), len(method)); string(read[:n]) == method[:n] {
			return true
		}
	}
	return false
}

// bodyOf goes through a head, each line of which is complete, and returns how long the body is that it announces.
func bodyOf(head []byte) (length int, ordinary bool) {
	line, rest, ok := nextLine(head)
	if !ok || !begins(line) || !bytes.HasSuffix(line, []byte(" HTTP/1.1")) {
		return 0, false
	}
	length = -1
	hosts := 0
	for len(rest) > 0 {
		if line, rest, ok = nextLine(rest); !ok {
			return 0, false
		}
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || len(name) == 0 || name[0] == ' ' || name[0] == '\t' { // what begins with a space belongs to the line above
			return 0, false
		}
		value = bytes.TrimSpace(value)
		switch {
		case is(name, "Host"):
			hosts++
		case is(name, "Content-Length"):
			if length >= 0 {
				return 0, false
			}
			if length, ok = number(value); !ok {
				return 0, false
			}
		case is(name, "Connection"):
			if !is(value, "keep-alive") {
				return 0, false
			}
		case is(name, "Transfer-Encoding"), is(name, "Expect"), is(name, "Upgrade"), is(name, "Trailer"):
			return 0, false
		}
	}
	switch post := head[0] == 'P'; {
	case hosts != 1, post != (length >= 0): // a GET with a length, or a POST without one
		return 0, false
	}
	return max(length, 0), true
}

// nextLine is the first line, without its end; not ok if it does not end as it should, or returns the carriage within.
func nextLine(head []byte) (line, rest []byte, ok bool) {
	end := bytes.IndexByte(head, '\n')
	if end < 1 || bytes.IndexByte(head[:end], '\r') != end-1 {
		return nil, nil, false
	}
	return head[:end-1], head[end+1:], true
}

// is compares without regard to case.
func is(name []byte, what string) bool {
	return len(name) == len(what) && bytes.EqualFold(name, []byte(what))
}

// number reads a length of at most nine digits.
func number(text []byte) (n int, ok bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = 10*n + int(digit-'0')
	}
	return n, true
}
