package edge

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/ccube-graphql/ccube-graphql/graph"
	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// The headers of the gateway's own.
const (
	// RequestIDHeader names a request, in the answer and in the log.
	RequestIDHeader = "X-Request-Id"
	// ExplainHeader asks, with any value but 0, for extensions.calls: each call to CCUBE that the answer cost.
	ExplainHeader = "X-CCUBE-Explain"
	// StrictHeader asks, with any value but 0, that an error fail the whole answer, by status.
	StrictHeader = "X-CCUBE-Strict"
)

// begun begins what is known of the request, which those further in add to, and gives it an id of our own: one from outside
// could be anything.
func begun(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := &graph.Request{ID: rand.Text()}
		w.Header().Set(RequestIDHeader, request.ID)
		next.ServeHTTP(w, r.WithContext(graph.WithRequest(r.Context(), request)))
	})
}

// recovered turns a panic into an answer that names the request, and logs the stack.
func recovered(log *slog.Logger) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				p := recover()
				if p == nil {
					return
				}
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.LogAttrs(r.Context(), slog.LevelError, "a panic",
					slog.String("id", graph.RequestOf(r.Context()).ID), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
				fail(w, http.StatusInternalServerError, fault.Internal, "the gateway failed at this; its log has the details")
			}()
			next.ServeHTTP(w, r)
		})
	}
}

// fail answers with one error, which names the request.
func fail(w http.ResponseWriter, status int, code fault.Kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"errors":[{"message":%q,"extensions":{"code":%q,"requestId":%q}}]}`,
		message, string(code), w.Header().Get(RequestIDHeader))
}

// headed refuses a request with too many headers, or too long ones. What is far too long the server has refused before.
func headed(maxCount, maxBytes int) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			count, bytes := 0, len(r.Method)+len(r.RequestURI)
			for name, values := range r.Header {
				count += len(values)
				for _, value := range values {
					bytes += len(name) + len(value)
				}
			}
			switch {
			case maxCount > 0 && count > maxCount:
				fail(w, http.StatusRequestHeaderFieldsTooLarge, fault.HeadersTooLarge,
					fmt.Sprintf("the request has more than %d headers (MAX_HEADERS): send fewer", maxCount))
			case maxBytes > 0 && bytes > maxBytes:
				fail(w, http.StatusRequestHeaderFieldsTooLarge, fault.HeadersTooLarge,
					fmt.Sprintf("the request's address and headers have more than %d bytes (MAX_HEADER_BYTES): send a long query by POST", maxBytes))
			default:
				next.ServeHTTP(w, r)
			}
		})
	}
}

// bounded ends a body that is longer than max bytes. One that says that it is not, is not.
func bounded(max int64) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength < 0 || r.ContentLength > max {
				r.Body = http.MaxBytesReader(w, r.Body, max)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// noStore keeps answers, which are one caller's, out of caches on the way.
func noStore(next http.Handler) http.Handler {
	value := []string{"private, no-store"} // one for all answers
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Cache-Control"] = value
		next.ServeHTTP(w, r)
	})
}

// identified finds out who asks. That nobody does, or somebody who cannot be told, is for the operation to judge.
func identified(tenants identity.Tenants) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			request := graph.RequestOf(r.Context())
			request.Caller, request.Err = identity.FromRequest(r.Header, tenants)
			if request.Tenant = request.Caller.Tenant; request.Err != nil {
				request.Tenant, request.TenantErr = tenants.FromRequest(r.Header)
			}
			request.Address = r.RemoteAddr
			request.Explain, request.Strict = isOn(r, explainKey), isOn(r, strictKey)
			request.Fresh = strings.Contains(strings.ToLower(r.Header.Get("Cache-Control")), "no-cache")
			request.Aged = func(age time.Duration) {
				w.Header().Set("Age", strconv.Itoa(int(math.Ceil(age.Seconds()))))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Headers as net/http keeps them. To have it spell them out for each request costs more than to look.
var explainKey, strictKey = http.CanonicalHeaderKey(ExplainHeader), http.CanonicalHeaderKey(StrictHeader)

// isOn reports whether a header that turns something on does so.
func isOn(r *http.Request, key string) bool {
	value := r.Header.Get(key)
	return value != "" && value != "0"
}
