package sandbox

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// call is one request on its way: who asks, under which switches, and the answer as it grows.
type call struct {
	encoder
	s           *Server
	sw          *Switches
	r           *http.Request
	body        []byte
	header      http.Header
	who         user
	id          int64
	status      int
	contentType string
}

const jsonType = "application/json; charset=utf-8"

var buffers = sync.Pool{New: func() any { return new([]byte) }}

func newCall(s *Server, w http.ResponseWriter, r *http.Request, body []byte) *call {
	sw := s.switches.Load()
	buf := *buffers.Get().(*[]byte)
	return &call{
		encoder: encoder{buf: buf[:0], older: sw.Older, textMoney: sw.StringMoney},
		s:       s, sw: sw, r: r, body: body, header: w.Header(), contentType: jsonType,
	}
}

// free gives the buffer back, unless a whole list made it so large that keeping it would be a leak.
func (c *call) free() {
	if cap(c.buf) <= 1<<20 {
		buf := c.buf // a pointer into the call would keep all of it
		buffers.Put(&buf)
	}
}

func (c *call) db() *store { return c.s.data }

// run serves the call into the buffer.
func (c *call) run() {
	c.status = http.StatusOK
	if err := c.serve(); err != nil {
		c.refuse(err)
	}
}

// serve goes through the gates in the order a Rails application has them: the road, the format, who, how often, may
// he, and only then the body.
func (c *call) serve() error {
	s, err := c.road()
	if err != nil {
		return err
	}
	if !acceptsJSON(c.r.Header.Values("Accept")) {
		return fail(http.StatusNotAcceptable, "Only application/json is available")
	}
	if c.r.Method == http.MethodGet {
		c.s.mu.RLock()
		defer c.s.mu.RUnlock()
	} else {
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
	}
	if err := c.enter(s); err != nil {
		return err
	}
	return s.handle(c)
}

func (c *call) road() (*stop, error) {
	found, id := find(c.r.URL.Path)
	if found == nil {
		return nil, fail(http.StatusNotFound, "Not found")
	}
	s := found.methods[c.r.Method]
	if s == nil {
		c.header.Set("Allow", found.allow)
		return nil, fail(http.StatusMethodNotAllowed, "Method not allowed")
	}
	c.id = id
	return s, nil
}

func (c *call) enter(s *stop) error {
	if s.open {
		return nil
	}
	if err := c.authenticate(); err != nil {
		return err
	}
	if err := c.admit(); err != nil {
		return err
	}
	if s.adminOnly {
		return c.requireAdmin()
	}
	return nil
}

// refuse replaces what was written so far by an error.
func (c *call) refuse(err error) {
	f, ok := errors.AsType[*failure](err)
	if !ok {
		f = fail(http.StatusInternalServerError, err.Error())
	}
	c.status = f.status
	c.contentType = jsonType
	c.buf = c.buf[:0]
	c.failure(f)
}

func (c *call) send(w http.ResponseWriter) {
	if c.status == http.StatusNoContent {
		w.WriteHeader(c.status)
		return
	}
	c.header.Set("Content-Type", c.contentType)
	c.header.Set("Content-Length", strconv.Itoa(len(c.buf)))
	w.WriteHeader(c.status)
	_, _ = w.Write(c.buf) // the caller has left; there is nobody to tell
}

// created marks the answer to a create.
func (c *call) created() {
	if !c.sw.CreateStatus200 {
		c.status = http.StatusCreated
	}
}

// deleted answers a delete whose body is a message. Shown is whether the reference has it.
func (c *call) deleted(message string, shown bool) {
	if c.noBody(shown) {
		return
	}
	c.object()
	c.text("message", message)
	c.end()
}

// noBody tells whether a delete has nothing to say.
func (c *call) noBody(shown bool) bool {
	if c.sw.DeleteStatus204 {
		c.status = http.StatusNoContent
		return true
	}
	return c.silent(shown)
}

// silent tells whether to send no body because the reference shows none.
func (c *call) silent(shown bool) bool { return !shown && c.sw.SilentWhereUnshown }

func acceptsJSON(accept []string) bool {
	if len(accept) == 0 {
		return true
	}
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			kind, _, _ := strings.Cut(part, ";")
			switch strings.ToLower(strings.TrimSpace(kind)) {
			case "", "*/*", "application/*", "application/json":
				return true
			}
		}
	}
	return false
}

func requestID(order int64) string { return "sandbox-" + strconv.FormatInt(order, 10) }
