// Package model holds the types that the graph's are bound to: rows of CCUBE's, seen through GraphQL's eyes.
//
// A model wraps the row that the loaders have read and the plan of what the query selects of it. Its methods are the
// leaf fields; each is a pure function of the row. They tell three things apart: a value, null where CCUBE has none, and
// an error where it could not be read. Fields that cost a call have resolvers, in package graph.
package model
