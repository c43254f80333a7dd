package inbound_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// get and post are ordinary requests.
const (
	get  = "GET /graphql?query=1 HTTP/1.1\r\nHost: gateway.test\r\nAccept: */*\r\n\r\n"
	post = "POST /graphql HTTP/1.1\r\nHost: gateway.test:4000\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n" +
		"Content-Length: 11\r\n\r\n{\"query\":1}"
)

// with is a request with another header.
func with(header string) string {
	return "POST / HTTP/1.1\r\nHost: gateway.test\r\n" + header + "\r\nContent-Length: 2\r\n\r\n{}"
}

// requests are what clients say on one connection, and how many of the requests are ordinary.
var requests = map[string]struct {
	says []said
	lean int
}{
	"a GET":                            {[]said{{0, get}}, 1},
	"a POST":                           {[]said{{0, post}}, 1},
	"one after another":                {[]said{{0, post}, {time.Second, get}, {time.Second, post}}, 3},
	"in one go":                        {[]said{{0, post + get + post}}, 3},
	"no time between":                  {[]said{{0, post}, {0, post}, {0, get}}, 3},
	"names in lower case":              {[]said{{0, "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\nconnection: Keep-Alive\r\n\r\nx"}}, 1},
	"an empty body":                    {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"}}, 1},
	"a header twice":                   {[]said{{0, with("X-A: 1\r\nX-A: 2")}}, 1},
	"an empty header":                  {[]said{{0, with("X-A:")}}, 1},
	"a header that is not UTF-8":       {[]said{{0, with("X-A: \xe9\xff")}}, 1},
	"no-cache by its old name":         {[]said{{0, with("Pragma: no-cache")}}, 1},
	"an address that is escaped":       {[]said{{0, strings.Replace(get, "/graphql", "/a%20b/%2e%2e/ü", 1)}}, 1},
	"two slashes":                      {[]said{{0, strings.Replace(get, "/graphql", "//host/x", 1)}}, 1},
	"a body after half of a second":    {[]said{{0, post[:len(post)-3]}, {time.Second / 2, post[len(post)-3:]}, {time.Second, get}}, 0},
	"a body after a moment":            {[]said{{0, post[:len(post)-3]}, {time.Millisecond, post[len(post)-3:]}, {time.Second, get}}, 2},
	"byte by byte, in a hurry":         {byByte(post, 100*time.Microsecond), 1},
	"byte by byte, at leisure":         {byByte(post, 10*time.Millisecond), 0},
	"a head that never ends":           {[]said{{0, post[:30]}}, 0},
	"a body that never ends":           {[]said{{0, post[:len(post)-1]}}, 0},
	"nothing at all":                   {nil, 0},
	"a long head":                      {[]said{{0, with("X-A: " + strings.Repeat("x", 10<<10))}, {0, get}}, 2},
	"a head that is too long":          {[]said{{0, with("X-A: " + strings.Repeat("x", 40<<10))}, {0, get}}, 0},
	"far too long":                     {[]said{{0, with("X-A: " + strings.Repeat("x", 100<<10))}, {0, get}}, 0},
	"a long body":                      {[]said{{0, long(60 << 10)}, {0, get}}, 2},
	"a very long body":                 {[]said{{0, long(100 << 10)}, {0, get}}, 0},
	"long, then short, then long":      {[]said{{0, long(9<<10) + post + long(20<<10)}, {time.Second, post}, {0, long(7 << 10)}}, 5},
	"what is left of the line":         {[]said{{0, "\r\n" + get}}, 0},
	"what is left of a body":           {[]said{{0, post + "\r\n\r\n" + get}, {time.Second, "\r\n" + post}, {0, "\n"}}, 2},
	"too much left of a body":          {[]said{{0, post + "\r\n\r\n\n" + get}}, 1},
	"HTTP/1.0":                         {[]said{{0, "GET / HTTP/1.0\r\nHost: a\r\n\r\n"}}, 0},
	"HTTP/1.0, kept":                   {[]said{{0, "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"}}, 0},
	"HTTP/2":                           {[]said{{0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}}, 0},
	"HTTP/9":                           {[]said{{0, "GET / HTTP/9.9\r\nHost: a\r\n\r\n"}}, 0},
	"HEAD":                             {[]said{{0, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"OPTIONS":                          {[]said{{0, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"a whole address":                  {[]said{{0, "GET http://b/c HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"no address":                       {[]said{{0, "GET  HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"an address with a space":          {[]said{{0, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"an address that escapes nothing":  {[]said{{0, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"a control character":              {[]said{{0, "GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n"}}, 0},
	"no host":                          {[]said{{0, "GET / HTTP/1.1\r\n\r\n"}}, 0},
	"two hosts":                        {[]said{{0, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"}}, 0},
	"a host that is none":              {[]said{{0, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"}}, 0},
	"two lengths":                      {[]said{{0, with("Content-Length: 2")}, {0, get}}, 0},
	"two lengths that differ":          {[]said{{0, with("Content-Length: 3")}, {0, get}}, 0},
	"a length that is none":            {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}"}}, 0},
	"a length of hexadecimal digits":   {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x2\r\n\r\n{}"}}, 0},
	"a length of too many digits":      {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}"}}, 0},
	"a list of lengths":                {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\n\r\n{}"}}, 0},
	"a length with a space before":     {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\n\r\n{}"}}, 0},
	"a GET with a body":                {[]said{{0, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}" + get}}, 0},
	"a POST without a length":          {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\n\r\n" + get}}, 0},
	"chunks":                           {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + get}}, 0},
	"chunks, and a length":             {[]said{{0, with("Transfer-Encoding: chunked")}, {0, get}}, 0},
	"chunks by a name that hides them": {[]said{{0, with("Transfer-Encoding : chunked")}, {0, get}}, 0},
	"chunks after a bare line end":     {[]said{{0, with("X-A: 1\nTransfer-Encoding: chunked")}, {0, get}}, 0},
	"chunks after a bare return":       {[]said{{0, with("X-A: 1\rTransfer-Encoding: chunked")}, {0, get}}, 0},
	"chunks on a line that goes on":    {[]said{{0, with("X-A: 1\r\n Transfer-Encoding: chunked")}, {0, get}}, 0},
	"bare line ends":                   {[]said{{0, strings.ReplaceAll(get, "\r\n", "\n")}}, 0},
	"a bare line end at the end":       {[]said{{0, strings.Replace(get, "\r\n\r\n", "\r\n\n", 1)}}, 0},
	"no colon":                         {[]said{{0, with("X-A")}}, 0},
	"no name":                          {[]said{{0, with(": a")}}, 0},
	"a name that is none":              {[]said{{0, with("X A: a")}}, 0},
	"a zero in a header":               {[]said{{0, with("X-A: a\x00b")}}, 0},
	"the last one":                     {[]said{{0, with("Connection: close")}, {0, get}}, 0},
	"another protocol":                 {[]said{{0, with("Connection: Upgrade\r\nUpgrade: websocket")}, {0, get}}, 0},
	"who waits to be asked":            {[]said{{0, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"}}, 0},
	"who expects something else":       {[]said{{0, with("Expect: wonders")}, {0, get}}, 0},
	"a trailer":                        {[]said{{0, with("Trailer: X-A")}, {0, get}}, 0},
	"something else entirely":          {[]said{{0, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"}}, 0},
	"ordinary, then not, then again":   {[]said{{0, post + "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}, {0, get}}, 1},
	"not ordinary any more":            {[]said{{0, get}, {time.Second, with("Trailer: X-A")}, {time.Second, post}, {time.Minute, get}}, 1},
}

// long is a request whose body has so many bytes.
func long(n int) string {
	body := strings.Repeat("x", n)
	return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + strconv.Itoa(n) + "\r\n\r\n" + body
}

// byByte says a text one byte at a time.
func byByte(text string, after time.Duration) (says []said) {
	for i := range len(text) {
		says = append(says, said{after, text[i : i+1]})
	}
	return says
}

func TestRequests(t *testing.T) {
	t.Parallel()
	for name, c := range requests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if lean := agree(t, echo, c.says...); lean != c.lean {
				t.Errorf("%d requests are taken for ordinary, want %d", lean, c.lean)
			}
		})
	}
}
