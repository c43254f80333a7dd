package main

// This file holds the documents that make promises to the tests that hold the promises.

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// promising are the documents in which each row of a table is a promise.
var promising = []string{"docs/reliability.md"}

// TestPromisesNameTheirTests: each row names at least one test, fuzz test or benchmark, and all that are named are there.
func TestPromisesNameTheirTests(t *testing.T) {
	t.Parallel()
	there := testFunctions(t)
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z]\\w*)`")
	for _, file := range promising {
		for line := range strings.Lines(document(t, file)) {
			names := named.FindAllStringSubmatch(line, -1)
			for _, name := range names {
				if !there[name[1]] {
					t.Errorf("%s names %s, which is not there", file, name[1])
				}
			}
			if strings.HasPrefix(line, "| ") && len(names) == 0 && !strings.Contains(line, "Held by") && strings.Count(line, "|") == 3 {
				t.Errorf("%s promises what no test holds: %s", file, line)
			}
		}
	}
}

// testFunctions are the names of all tests.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	there := make(map[string]bool)
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)[A-Z]\w*)\(`)
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range function.FindAllSubmatch(text, -1) {
			there[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return there
}
