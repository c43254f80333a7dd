// Package inbound serves ordinary requests over HTTP/1.1 for two thirds of the processor time that [http.Server] takes for
// them, and leaves everything else to an http.Server.
//
// An http.Server reads on while a handler runs, in a goroutine of its own, so that it notices at once when a client goes
// away; it arms five timers for a request, and sends a long answer in two pieces. Most answers of a gateway are there before any
// of that has been of use. Here one goroutine reads a request, runs the handler and writes the answer in one piece. Only for a
// handler that takes its time does somebody begin to watch the client (watch.go), and deadlines are moved when
// they come near. What a line may hold is judged with the functions that net/http judges with.
//
// [Server] promises what http.Server does for such a request: the same answers, contexts that end when the client goes away,
// timeouts and bounds, and a shutdown that lets what runs finish. The tests ask both, and a fuzz target compares them.
//
// It refuses to judge what it does not know. An ordinary request is a GET or POST of HTTP/1.1 with one Host and a body of
// known length, that comes in one go and is not unusually long (head.go). With the first that is not, the connection is
// http.Server's, with all bytes that have been read, and stays so: it alone answers what is malformed, slow, chunked or upgraded.
// Handlers get neither trailers nor the connection itself (http.Hijacker).
package inbound
