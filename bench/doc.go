// Package bench measures the gateway against what it cannot be faster than: the latency of a chain of calls, the upstream
// read without a gateway, a page that needs no filter, the JSON that rows were; and its parts alone.
//
// Times are ratios of two medians within one run wherever there is something to hold them to, since absolute times wander
// with the machine; README.md says how to run them and what they were. There is no code here but benchmarks; the program
// that measures the gateway under load, beside floors and peers, is compare.
package bench
