package http1_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/http1"
)

// BenchmarkRead makes reads of 2 kB over the loopback interface, one after the other and twenty at once, by an
// http.Transport and by ours. The server is as lean as can be, and takes the same from both.
func BenchmarkRead(b *testing.B) {
	address := answering(b, 2<<10)
	for _, way := range ways {
		for _, parallel := range []int{1, 20} {
			b.Run(way.name+"/"+strconv.Itoa(parallel), func(b *testing.B) {
				transport := way.over(&http.Transport{
					MaxIdleConnsPerHost: parallel, ResponseHeaderTimeout: 15 * time.Second, IdleConnTimeout: time.Minute,
				})
				client := &http.Client{Transport: transport}
				defer client.CloseIdleConnections()
				b.ReportAllocs()
				b.SetParallelism((parallel + 1) / 2) // of two processors
				if parallel == 1 {
					for b.Loop() {
						read(b, client, address)
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						read(b, client, address)
					}
				})
			})
		}
	}
}

// ways are the two transports.
var ways = []struct {
	name string
	over func(*http.Transport) http.RoundTripper
}{
	{"general", func(t *http.Transport) http.RoundTripper { return t }},
	{"lean", func(t *http.Transport) http.RoundTripper { return http1.New(t) }},
}

func read(b *testing.B, client *http.Client, address string) {
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Authorization", "Token s3cr3t,user_email=ada@example.com")
	response, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		b.Fatal(err)
	}
	response.Body.Close()
}

// answering starts a server whose every answer has so many bytes.
func answering(tb testing.TB, size int) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { listener.Close() })
	answer := append([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: 1\r\nContent-Length: "+
		strconv.Itoa(size)+"\r\n\r\n"), bytes.Repeat([]byte("1"), size)...)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for in := bufio.NewReader(c); ; {
					line, err := in.ReadSlice('\n')
					if err != nil {
						return
					}
					if len(line) == 2 {
						if _, err := c.Write(answer); err != nil {
							return
						}
					}
				}
			}()
		}
	}()
	return "http://" + listener.Addr().String() + "/api/v2/projects?page=1&per_page=100"
}
