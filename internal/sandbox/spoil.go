package sandbox

import (
	"bytes"
	"net"
	"net/http"
)

const (
	foreignBody = `{"message":"upstream unavailable","request":{"retryable":true}}`
	htmlBody    = "<!DOCTYPE html>\n<html><head><title>Service indisponible</title></head>" +
		"<body><h1>Nous serons de retour bientôt</h1></body></html>\n"
	halfBody = `[{"id":1001,"number":"P-20`
)

// runsFirst tells whether the call is served before its answer is spoiled. Half an answer to a read is half of the
// true one.
func (f *Fault) runsFirst(r *http.Request) bool {
	return f == nil || f.After || f.Kind == FaultHalfJSON && r.Method == http.MethodGet
}

// spoil answers in the way of the fault instead of with what the call holds.
func (c *call) spoil(w http.ResponseWriter, f *Fault) {
	served := c.status != 0
	c.status = f.likely()
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	switch f.Kind {
	case FaultStatus:
		c.refuse(fail(c.status, http.StatusText(c.status)))
	case FaultForeignJSON:
		c.replace("application/json", foreignBody)
	case FaultHTML:
		c.replace("text/html; charset=utf-8", htmlBody)
	case FaultEmpty:
		c.replace("application/json", "")
	case FaultHalfJSON:
		c.halve(served)
	case FaultBulk:
		c.bulk(w, f.Megabytes)
		return
	case FaultRedirect:
		w.Header().Set("Location", f.Location)
		c.replace("text/html; charset=utf-8", "")
	case FaultHang:
		<-c.r.Context().Done()
		c.status = 0
		return
	case FaultReset:
		c.status = 0
		cut(w)
		return
	}
	c.send(w)
}

func (c *call) replace(contentType, body string) {
	c.contentType = contentType
	c.buf = append(c.buf[:0], body...)
}

func (c *call) halve(served bool) {
	if !served || len(c.buf) < 4 {
		c.replace(c.contentType, halfBody)
		return
	}
	c.buf = c.buf[:len(c.buf)/2]
}

// bulk writes a long string in pieces, so that a large answer costs the sandbox no memory.
func (c *call) bulk(w http.ResponseWriter, megabytes int) {
	w.Header().Set("Content-Type", c.contentType)
	w.WriteHeader(c.status)
	piece := bytes.Repeat([]byte{'x'}, 1<<16)
	_, err := w.Write([]byte(`{"filler":"`))
	for range megabytes << 4 {
		if err != nil {
			return
		}
		_, err = w.Write(piece)
	}
	_, _ = w.Write([]byte(`"}`))
}

// cut drops the connection unanswered; linger zero makes it a reset, not an orderly end.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
