package main

import (
	"errors"
	"os"
	"regexp"
)

// row is a row of README.md's table of settings, which a test holds to the program.
var row = regexp.MustCompile("(?m)^\\| `-[a-z-]+` \\| `([A-Z_]+)` \\|")

// settings are the variables that the gateway takes, and those of Go and the C library that it heeds.
func settings(readme string) (map[string]bool, error) {
	text, err := os.ReadFile(readme)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{"TZ": true, "GOMEMLIMIT": true}
	for _, found := range row.FindAllStringSubmatch(string(text), -1) {
		known[found[1]] = true
	}
	if !known["ADDR"] {
		return nil, errors.New("README.md has no table of settings")
	}
	return known, nil
}
