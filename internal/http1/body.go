package http1

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

var errClosed = errors.New("the body of the answer has been closed")

// body is an answer's. At its end it gives the connection back; closed before, it closes the connection.
type body struct {
	conn *conn
	from io.Reader
	ctx  context.Context
	// stop ends the watch on the context, and reports whether that had not ended before.
	stop func() bool
	// keep is set if the connection may be used again.
	keep bool
	// err is what reading has ended with.
	err              error
	released, closed atomic.Bool
}

// Read is part of io.Reader. The context's end wins over what it does to the connection.
func (b *body) Read(p []byte) (int, error) {
	if b.closed.Load() {
		return 0, errClosed
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.from.Read(p)
	if err == nil {
		return n, nil
	}
	b.err = err
	whole := errors.Is(err, io.EOF)
	switch {
	case whole:
	case b.ctx.Err() != nil:
		b.err = context.Cause(b.ctx)
	case b.conn.late:
		b.err = b.conn.tooLate()
	}
	b.release(whole)
	return n, b.err
}

// Close is part of io.Closer. It may be called while another goroutine reads.
func (b *body) Close() error {
	b.closed.Store(true)
	b.release(false)
	return nil
}

// release is done with the connection: it is kept if the answer was read to its end and all is well.
func (b *body) release(whole bool) {
	if b.released.Swap(true) {
		return
	}
	going := b.stop() // or a deadline in the past is being set
	c := b.conn
	if !whole || !b.keep || !going || !c.settled() || !c.pool.put(c) {
		c.close()
	}
}

// unzipped is a body that came compressed because we had said that we take it.
type unzipped struct {
	*body
	reader *gzip.Reader
	err    error
}

// unzippers are kept, since each is 40 kB.
var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// Read is part of io.Reader.
func (u *unzipped) Read(p []byte) (n int, err error) {
	if u.closed.Load() {
		return 0, errClosed
	}
	if u.err != nil {
		return 0, u.err
	}
	if u.reader == nil {
		u.reader = unzippers.Get().(*gzip.Reader)
		err = u.reader.Reset(u.body)
	}
	if err == nil {
		n, err = u.reader.Read(p)
	}
	if u.err = err; err != nil {
		_ = u.reader.Reset(nothing{}) // which lets go of the body
		unzippers.Put(u.reader)
		u.reader = nil
	}
	return n, err
}

// nothing is an empty reader that gzip needs no buffer for.
type nothing struct{}

// Read is part of io.Reader.
func (nothing) Read([]byte) (int, error) { return 0, io.EOF }

// ReadByte is part of io.ByteReader.
func (nothing) ReadByte() (byte, error) { return 0, io.EOF }
