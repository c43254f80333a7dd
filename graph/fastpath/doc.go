// Package fastpath writes what lies below a query's root fields: it is the executor of the answers that have many values.
//
// gqlgen's own executor resolves every field of every row by itself: a context, a closure and a marshaler for each value, a
// goroutine for each row. An answer of a hundred rows costs it ten thousand allocations. Here the selection is compiled once
// for a document ([Compile]), and then written row by row into one buffer ([Plan.Write]); what each field of each type does
// is generated from the schema beside gqlgen's own code (fields_gen.go, by tools/gqlgen).
//
// gqlgen keeps the schema, parsing, validation, arguments, root fields, mutations and introspection. The answers are the
// same byte for byte, errors, their paths and null propagation included, which a test with random queries holds
// (graph/differential_test.go). What the generator does not know how to write, such as a field with arguments below the
// root, is no error: [Compile] gives such a root field back, and gqlgen executes it.
//
// Rows are written one after another, in one goroutine. That costs no time, since whatever they show has been read or is
// under way by then: loaders are announced to, level by level, and wait for no resolver.
package fastpath
