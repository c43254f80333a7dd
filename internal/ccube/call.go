package ccube

// This file is the one road to CCUBE: build the request, send it, read a bounded answer, tell its failure apart.
// begin (reading.go) is the entry for what only looks, write (write.go) the one for what changes something; the chapters'
// files use list, get, create, update and remove on top of them.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

// prefix is where every call but the sign-in stands.
const prefix = "/api/v2/"

// request is one call before it is sent.
type request struct {
	method string
	// path is what follows the tenant's address, query string included.
	path string
	// endpoint is the path without ids and query, for errors and logs.
	endpoint string
	// body is sent as JSON; nil for none.
	body []byte
	// anonymous leaves the credential out: for the sign-in alone.
	anonymous bool
	// until is when whoever asks has to have an answer; zero where that is open.
	until time.Time
	// secrets are what the request holds that no error may repeat, should CCUBE's answer do so.
	secrets []string
}

// writes reports whether the call changes something, so that its outcome matters when the answer is lost.
func (r *request) writes() bool { return r.method != http.MethodGet && !r.anonymous }

// one is a call on one thing.
func one(method, name string, id ID) *request {
	return &request{method: method, path: prefix + name + "/" + id.String(), endpoint: prefix + name + "/{id}"}
}

// answer is what CCUBE answered.
type answer struct {
	status int
	// id is CCUBE's name for the call, empty where it gave none.
	id string
	// body is in memory that is used again after release.
	body   []byte
	memory *bytes.Buffer
}

// bodies is the memory of answers that have been read.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// trusted is how much memory is made ready for an answer on the word of its header, and how much is kept, in bytes.
const trusted = 1 << 20

// release gives back the body, of which nothing may be held any more. An answer that is never released is the garbage
// collector's.
func (a answer) release() {
	if a.memory != nil && a.memory.Cap() <= trusted {
		bodies.Put(a.memory)
	}
}

// send returns CCUBE's answer if it is a success. What fails in a way that passes is tried again, if it may be (retry.go);
// each attempt is a call, counted and told of like any other.
func (a *API) send(ctx context.Context, r *request) (answer, error) {
	for n := 1; ; n++ {
		got, err := a.attempt(ctx, r, n-1)
		pause, again := a.again(r, n, err)
		if !again || !wait(ctx, pause) {
			return got, err
		}
	}
}

// attempt makes one exchange, once it is the caller's turn.
func (a *API) attempt(ctx context.Context, r *request, retry int) (got answer, err error) {
	pass, err := a.enter(ctx, r)
	if err != nil {
		return got, err
	}
	if r.writes() {
		ctx = context.WithoutCancel(ctx) // half a write would be worse than one that nobody waits for
	}
	asking := ctx
	ctx, cancel := a.bound(ctx, r)
	defer cancel()
	ctx, observed := a.observe(ctx, pass, r, retry)
	var broken error
	defer func() {
		pass.done(weigh(got.status, broken), broken != nil && asking.Err() != nil)
		tell(ctx, pass, r, retry, &got, err, observed)
	}()
	var way *way
	if r.writes() {
		ctx, way = watch(ctx)
	}
	var response *http.Response
	response, broken = a.exchange(ctx, r)
	if broken != nil {
		return got, unreachable(ctx, r, way, broken)
	}
	defer func() { _ = response.Body.Close() }()
	got.status, got.id = response.StatusCode, r.idOf(response)
	broken = a.body(&got, response)
	if broken != nil && (isSuccess(response.StatusCode) || ctx.Err() != nil || isTimeout(broken)) {
		got.body = nil
		return got, brokenBody(ctx, r, response, broken)
	}
	if !r.anonymous {
		a.vouch(response.StatusCode)
	}
	if !isSuccess(response.StatusCode) {
		return got, refusal(r, response, got.body) // a broken body too: the status says enough
	}
	return got, nil
}

// call describes a call that has been let in.
func (r *request) call(p *pass, retry int) Call {
	return Call{
		Method: r.method, Path: r.path, Endpoint: r.endpoint, Retry: retry, Source: Sent, Start: p.start, Waited: p.start.Sub(p.asked),
	}
}

// observe tells whoever watches of a call that is about to be made; observed is nil where nobody does. The descriptions of
// calls are large: they live here and in tell, and not on the stack while a call is under way, which would then have to grow.
func (a *API) observe(ctx context.Context, p *pass, r *request, retry int) (_ context.Context, observed func(Call)) {
	if a.client.options.Observe == nil {
		return ctx, nil
	}
	return a.client.options.Observe(ctx, r.call(p, retry))
}

// tell tells of a call that is over.
func tell(ctx context.Context, p *pass, r *request, retry int, got *answer, err error, observed func(Call)) {
	call := r.call(p, retry)
	call.Status, call.Bytes, call.Err, call.Duration = got.status, len(got.body), err, time.Since(call.Start)
	Report(ctx, call)
	if observed != nil {
		observed(call)
	}
}

// within is a [Doer] that bounds a read by itself.
type within interface {
	// DoWithin is Do for a read that may take so long, its body included.
	DoWithin(r *http.Request, most time.Duration) (*http.Response, error)
}

// within returns what bounds a call by itself; nil where a context has to.
func (a *API) within(r *request) within {
	if r.writes() {
		return nil
	}
	doer, _ := a.client.options.HTTP.(within)
	return doer
}

// bound returns a context that bounds a call, where the [Doer] does not.
func (a *API) bound(ctx context.Context, r *request) (context.Context, context.CancelFunc) {
	if a.within(r) != nil {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, a.client.options.Timeout)
}

// body reads an answer's body. What follows a 101 is no body, has no end, and heeds no deadline.
func (a *API) body(into *answer, response *http.Response) (err error) {
	if response.StatusCode == http.StatusSwitchingProtocols {
		return nil
	}
	into.memory = bodies.Get().(*bytes.Buffer)
	into.memory.Reset()
	into.body, err = readBounded(into.memory, response.Body, response.ContentLength, a.client.options.MaxBody)
	return err
}

func isSuccess(status int) bool { return status >= 200 && status <= 299 }

// vouch tells what the answer says of the credential. Only a success speaks for it: a refusal may come from something in
// front of CCUBE that has never looked at it.
func (a *API) vouch(status int) {
	switch {
	case status == http.StatusUnauthorized:
		a.client.options.Refused(a.caller.Partition)
	case isSuccess(status):
		a.client.options.Accepted(a.caller.Partition)
	}
}

// exchange sends the request to the tenant's own address, as the caller.
func (a *API) exchange(ctx context.Context, r *request) (*http.Response, error) {
	to, err := a.road.to(r.path)
	if err != nil {
		return nil, err
	}
	request := a.plain.WithContext(ctx)
	request.Method, request.URL, request.Host = r.method, to, to.Host
	if r.body != nil || r.anonymous {
		request.Header = r.headers(request.Header)
	}
	if body := r.reader(); body != nil {
		request.Body, request.ContentLength = body, int64(len(r.body))
	}
	if doer := a.within(r); doer != nil {
		return doer.DoWithin(request, a.client.options.Timeout)
	}
	return a.client.options.HTTP.Do(request)
}

// plain returns what all requests of a caller have. It is made once, and nobody changes it or its headers.
func plain(caller identity.Caller) *http.Request {
	return &http.Request{
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {caller.Authorization.Reveal()}},
	}
}

// headers returns those of a request that has a body, or does without the credential.
func (r *request) headers(plain http.Header) http.Header {
	own := plain.Clone()
	if r.body != nil {
		own.Set("Content-Type", "application/json")
	}
	if r.anonymous {
		own.Del("Authorization")
	}
	return own
}

// reader returns the body in a form that net/http cannot rewind: it sends a request again by itself, when a connection
// that it had kept turns out to be broken, only if the request has no body or one that it can read twice. So a DELETE
// gets a body too, though an empty one.
func (r *request) reader() io.ReadCloser {
	if r.method == http.MethodGet {
		return nil
	}
	return io.NopCloser(struct{ io.Reader }{bytes.NewReader(r.body)})
}

var errTooLarge = errors.New("the body is larger than an answer may be")

// readBounded reads all of a body that is not larger than limit. length is what its header says of its length, if at all.
func readBounded(memory *bytes.Buffer, r io.Reader, length, limit int64) ([]byte, error) {
	memory.Grow(int(min(max(length, 0), trusted)) + bytes.MinRead) // with less it grows to see that nothing follows
	_, err := memory.ReadFrom(io.LimitReader(r, limit+1))
	if err == nil && int64(memory.Len()) > limit {
		return nil, errTooLarge
	}
	return memory.Bytes(), err
}

// name is how errors and logs call the endpoint.
func (r *request) name() string { return r.method + " " + r.endpoint }

// noun is what the endpoint is about, for messages: "/api/v2/work_orders/{id}" is about work orders.
func (r *request) noun() string {
	if r.anonymous {
		return "signing in"
	}
	noun := strings.TrimPrefix(r.endpoint, prefix)
	noun = strings.TrimSuffix(noun, "/{id}")
	return strings.ReplaceAll(strings.TrimPrefix(noun, "projects/"), "_", " ")
}

// unreadable is the failure of an answer that is a success by its status and not by its body.
func unreadable(r *request, got answer, err error) error {
	return &fault.Error{
		Kind: fault.UpstreamError, Status: got.status, Endpoint: r.name(), RequestID: got.id,
		Message: fmt.Sprintf("CCUBE's answer on %s is not the JSON that its reference promises", r.noun()),
		Err:     err,
	}
}
