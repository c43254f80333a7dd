package main

// This file takes out of gqlgen's code what every operation would pay for, and nothing asks for: a map by which a directive
// or a scalar could read input objects by reflection (graphql.UnmarshalInputFromContext), of a closure for each input type.

import (
	"errors"
	"fmt"
	"os"
	"regexp"
)

// unasked is the code that makes the map, and hands it to resolvers.
var unasked = regexp.MustCompile(`\tinputUnmarshalMap := graphql\.BuildUnmarshalerMap\((?s:.*?)\n\t\)\n|\t+ctx = graphql\.WithUnmarshalerMap\(ctx, inputUnmarshalMap\)\n`)

// lean rewrites the file that gqlgen's executor is generated into.
func lean(file string) error {
	code, err := os.ReadFile(file) //nolint:gosec // what gqlgen.yml has generated
	if err != nil {
		return fmt.Errorf("cannot read what has been generated: %w", err)
	}
	if !unasked.Match(code) {
		return errors.New("cannot take out the map of input types: gqlgen writes it otherwise by now, or not at all")
	}
	if err := os.WriteFile(file, unasked.ReplaceAll(code, nil), 0o644); err != nil { //nolint:gosec // as gqlgen writes it
		return fmt.Errorf("cannot write what has been generated: %w", err)
	}
	return nil
}
