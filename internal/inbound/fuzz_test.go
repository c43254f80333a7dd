package inbound_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzConversations has a client say whatever it likes, in two parts on one connection, and both servers answer. They must agree on
// everything: what the handler is shown, what is answered, and where the connection ends.
func FuzzConversations(f *testing.F) {
	for _, c := range requests {
		var all string
		for _, part := range c.says {
			all += part.text
		}
		if len(all) < 2000 {
			f.Add(all, get, uint16(len(all)), uint8(1))
			f.Add(post, all, uint16(20), uint8(0))
			f.Add(all, post, uint16(len(all)/2), uint8(90))
		}
	}
	f.Fuzz(func(t *testing.T, first, second string, at uint16, pause uint8) {
		all := first + second
		cut := min(int(at), len(all))
		t.Logf("%q, cut at %d, pause %d", all, cut, pause)
		agree(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, _ := io.Copy(w, r.Body)
			if pause%2 == 1 { // so that the rest comes while the handler runs
				wait(r.Context(), time.Second)
			}
			_, _ = io.WriteString(w, strings.Repeat("x", int(n)*int(n)))
		}), said{0, all[:cut]}, said{time.Duration(pause) * 10 * time.Millisecond, all[cut:]})
	})
}
