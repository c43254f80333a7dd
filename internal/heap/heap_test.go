package heap

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// next is how large the heap may become until the next collection.
func next() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NextGC
}

func TestCollectionsAreSpacedOut(t *testing.T) {
	defer func() { reserve = nil }()
	before := next()
	Space()
	if after := next(); after < before+Reserve {
		t.Errorf("the next collection comes at %d bytes, at %d before", after, before)
	}
}

// Who may use little memory gets the collector's own rhythm: the reserve would count for the limit.
func TestNothingIsReservedOfLittle(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(least - 1))
	if Space(); reserve != nil {
		t.Error("memory has been reserved")
	}
}
