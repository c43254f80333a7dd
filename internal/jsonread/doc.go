// Package jsonread reads a JSON text once, from its first byte to its last, and hands over each value where it stands.
//
// It is what package ccube makes rows of CCUBE's answers with, where near half of a request's processor time went. The
// project prefers libraries; but with the fastest one that tells where values stand (jx) a value was found first, then
// looked through for escapes, and what is nested found as a whole before it was entered. Here each byte is looked at once,
// those of strings eight at a time (string.go); an object or array is read by whoever enters it, and one that nobody enters
// is passed over. A page of 100 projects becomes rows in half of the time.
//
// A [Reader] accepts what encoding/json's Valid accepts, nested 10,000 deep at most, and reads texts as encoding/json does:
// bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD. A fuzz target holds it to both. What is passed over
// is checked like what is read. Nothing is allocated, but for what has escapes.
//
// It refuses to build or to convert anything, and to say where a text is broken: what is not JSON is not JSON as a whole, and
// an error that quoted an answer might show what nobody should see.
package jsonread
