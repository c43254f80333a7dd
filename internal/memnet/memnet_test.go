package memnet_test

import (
	"errors"
	"io"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/memnet"
)

// TestConnections: each line is what a socket does too.
func TestConnections(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]func(t *testing.T, client, server *memnet.Conn){
		"what was written is read before the end": func(t *testing.T, client, server *memnet.Conn) {
			_, _ = io.WriteString(client, "last words")
			_ = client.Close()
			if all, err := io.ReadAll(server); string(all) != "last words" || err != nil {
				t.Errorf("got %q, %v", all, err)
			}
			if _, err := io.WriteString(server, "too late"); !errors.Is(err, syscall.EPIPE) {
				t.Errorf("who writes to nobody gets %v", err)
			}
		},
		"half an end": func(t *testing.T, client, server *memnet.Conn) {
			_ = client.CloseWrite()
			_, _ = io.WriteString(server, "answer")
			_ = server.Close()
			if all, err := io.ReadAll(client); string(all) != "answer" || err != nil {
				t.Errorf("got %q, %v", all, err)
			}
		},
		"a reset": func(t *testing.T, client, server *memnet.Conn) {
			client.Reset()
			if _, err := server.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) || !server.Pending() {
				t.Errorf("got %v, pending %t", err, server.Pending())
			}
		},
		"a deadline that is moved while somebody waits": func(t *testing.T, client, server *memnet.Conn) {
			begin := time.Now()
			_ = server.SetReadDeadline(begin.Add(time.Hour))
			time.AfterFunc(time.Second, func() { _ = server.SetReadDeadline(time.Unix(1, 0)) })
			if _, err := server.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begin) != time.Second {
				t.Errorf("got %v after %s", err, time.Since(begin))
			}
			_ = server.SetReadDeadline(time.Time{})
			time.AfterFunc(time.Minute, func() { _, _ = io.WriteString(client, "x") })
			if n, err := server.Read(make([]byte, 1)); n != 1 || err != nil {
				t.Errorf("without a deadline got %d, %v", n, err)
			}
		},
		"a buffer that is full": func(t *testing.T, client, server *memnet.Conn) {
			_ = client.SetDeadline(time.Now().Add(time.Second))
			n, err := client.Write(make([]byte, 3<<20))
			if n != 1<<20 || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("got %d, %v", n, err)
			}
			_ = client.SetDeadline(time.Time{})
			go func() {
				_, _ = client.Write(make([]byte, 3<<20))
				_ = client.Close()
			}()
			if got, err := io.Copy(io.Discard, server); got != 4<<20 || err != nil {
				t.Errorf("the reader got %d, %v", got, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, server := memnet.Pipe()
				test(t, client, server)
			})
		})
	}
}

func TestAListener(t *testing.T) {
	t.Parallel()
	l := memnet.Listen()
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = io.WriteString(c, c.LocalAddr().String())
		_ = c.Close()
	}()
	client, err := l.Dial()
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(client); string(all) != l.Addr().String() || err != nil {
		t.Errorf("got %q, %v", all, err)
	}
	_ = l.Close()
	if _, err := l.Dial(); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("a listener that is closed gives %v", err)
	}
}
