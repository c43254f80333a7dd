// Package bench measures the gateway against what it cannot be faster than: the latency of a chain of calls, the upstream
// read without a gateway, a page that needs no filter, the JSON that rows were.
//
// Each figure is a ratio of two medians within one run, since absolute times wander with the machine; README.md says how
// to run them and what they were. There is no code here but benchmarks.
package bench
