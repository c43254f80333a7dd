// Package http1 is an [http.RoundTripper] that makes plain reads over HTTP/1.1 for half of the processor time that
// [http.Transport] takes for them, and leaves everything else to an http.Transport.
//
// An http.Transport gives each connection two goroutines, one that writes and one that reads, so that a body can be sent
// while its answer comes. A GET has no body: here whoever asks writes the few hundred bytes of its head and reads the
// answer, in its own goroutine, so that nothing is handed over. What is parsed is parsed by the standard library:
// http.ReadResponse, crypto/tls, net.
//
// [Transport] promises what http.Transport does for such a read: the same timeouts, bounds, errors and answers, gzip
// taken off, kept connections, and a read sent again where a kept connection turns out to be closed before anything of
// an answer has come. No connection is used twice whose server has said more than it was asked. The tests ask both.
//
// It refuses to judge what it does not know. A request with a body or a method of its own, one that goes through a proxy
// or wants its way traced, a head that is unusually long or not valid: all of that is http.Transport's. So are hosts that
// speak HTTP/2, and hosts of https:// until an answer has shown what they speak (protocol.go).
package http1
