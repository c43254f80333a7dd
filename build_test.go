package main

// This file builds the program for the tests that run it as a process.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// built is the folder of the program, built once for all tests that want it. TestMain removes it.
var built = sync.OnceValues(func() (folder string, err error) {
	if folder, err = os.MkdirTemp("", "ccube-graphql"); err != nil {
		return "", err
	}
	isBuilt.Store(true)
	if out, err := exec.Command("go", "build", "-o", folder, ".").CombinedOutput(); err != nil {
		return folder, fmt.Errorf("cannot build the program: %w\n%s", err, out)
	}
	return folder, nil
})

var isBuilt atomic.Bool

// build builds the program and returns where it is.
func build(t *testing.T) string {
	t.Helper()
	folder, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "ccube-graphql")
}

// removeBuilt removes what was built, and ends the tests.
func removeBuilt(code int) {
	if isBuilt.Load() {
		folder, _ := built()
		_ = os.RemoveAll(folder)
	}
	os.Exit(code)
}
