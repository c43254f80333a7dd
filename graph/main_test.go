package graph_test

import (
	"testing"

	"go.uber.org/goleak"
)

// A cache's cleaner ends when the cache is collected, which nothing forces at the end of a test.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/maypok86/otter/v2.periodicCleanUp[...]"))
}
