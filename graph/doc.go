// Package graph answers GraphQL operations.
//
// A request walks through it so: [Handler] parses and validates (gqlgen), operation.go finds the caller, gives the
// operation its loaders and shares it with equal ones in flight; a root resolver compiles the selection below it into a
// plan (lookahead.go) and asks the loaders; the loaders announce what lies below, so that the resolvers of relations find
// their answers there or under way; present.go turns every error into one with a code.
//
// A mutation is checked (graph/model), sent once (write.go), and answered with a payload; what the caller can mend comes back
// as user errors in the schema's names (usererror.go).
//
// Resolvers load, map, return. There is one file a noun, the same names as in schema/, loaders/ and internal/ccube.
package graph
