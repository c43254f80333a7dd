package edge

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// compressed answers with gzip where the client takes it. What is flushed goes out at once, compressed as far as it got.
//
// An attacker who could have text of his own put beside a secret, and see how long the answer is, might guess the secret
// (BREACH). Nobody can here: a page of another site cannot send a caller's credential.
func compressed() middleware {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false))
	if err != nil {
		return func(next http.Handler) http.Handler { return next } // only for options that exclude each other
	}
	return func(next http.Handler) http.Handler {
		compressing := wrap(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if len(r.Header[acceptEncoding]) > 0 {
				compressing.ServeHTTP(w, r)
				return
			}
			w.Header()["Vary"] = varies // as an answer that is compressed says
			next.ServeHTTP(w, r)
		})
	}
}

const acceptEncoding = "Accept-Encoding"

var varies = []string{acceptEncoding}
