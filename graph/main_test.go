package graph_test

import (
	"testing"

	"go.uber.org/goleak"
)

// A cache with a time to live has a goroutine that ends when the cache is collected.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/maypok86/otter/v2.periodicCleanUp[...]"))
}
