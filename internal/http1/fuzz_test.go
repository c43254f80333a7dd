package http1_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// FuzzAnswers has a server say whatever it likes to two reads, and asks both transports what they make of it. They must
// agree on everything: status, headers, body, trailer, why there is none, after what time, and on the connections that it
// took.
func FuzzAnswers(f *testing.F) {
	for name, c := range answers {
		if len(c.script) > 0 && len(c.script[0]) > 0 && len(c.script[0][0].text) < 1000 && name != "101 that nobody asked for" {
			a := c.script[0][0]
			f.Add([]byte(a.text), []byte(two), uint8(a.then), uint8(0))
			f.Add([]byte(one), []byte(a.text), uint8(listens), uint8(a.then))
		}
	}
	certify(f)
	f.Fuzz(func(t *testing.T, first, second []byte, then, afterwards uint8) {
		script := [][]answer{
			{{text: string(first), then: action(then % 5)}, {text: string(second), then: action(afterwards % 5)}, {text: one}},
			{{text: string(second), then: action(afterwards % 5)}, {text: one}}, {{text: one}, {text: one}}, {{text: one}, {text: one}},
		}
		var got [2][]string
		for i, way := range ways {
			synctest.Test(t, func(t *testing.T) {
				s := &server{script: script}
				client := way.over(s.settings())
				for range 3 {
					got[i] = append(got[i], everything(t, client)...)
				}
				closeIdle(client)
				s.running.Wait()
				connections, requests := s.counts()
				got[i] = append(got[i], fmt.Sprint(connections, " connections, ", requests, " requests"))
			})
		}
		if diff := cmp.Diff(got[0], got[1]); diff != "" {
			t.Errorf("the two transports differ (-general +lean):\n%s", diff)
		}
	})
}

// everything tells of a read all that there is to tell.
func everything(t *testing.T, client http.RoundTripper) []string {
	t.Helper()
	begin := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	response, err := ask(ctx, client, "http://acme.test/")
	got := []string{fmt.Sprint("head after ", time.Since(begin))}
	if err == nil {
		got = append(got, fmt.Sprint(response.Status, response.Proto, response.ContentLength, response.TransferEncoding, response.Close,
			response.Uncompressed))
		var headers []string
		for name, values := range response.Header {
			headers = append(headers, fmt.Sprintf("%s: %q", name, values))
		}
		slices.Sort(headers)
		got = append(got, headers...)
		if response.StatusCode == http.StatusSwitchingProtocols {
			response.Body.Close() // there http.Transport hands over the connection
			time.Sleep(5 * time.Second)
			return got
		}
	}
	got = append(got, outcome(response, err), fmt.Sprint("body after ", time.Since(begin)))
	time.Sleep(5 * time.Second) // for http.Transport's readers
	return got
}
