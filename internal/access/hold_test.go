package access

import (
	"slices"
	"testing"
)

// A reader that holds shows one state of a list, whatever becomes of what is remembered; another reader sees the new one.
func TestHold(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason string
		before func(*memory, *Reader)
		fresh  bool
	}{
		"remembered and forgotten": {"an answer may take longer than a snapshot lives", func(m *memory, r *Reader) {
			walking(t, m.upstream, m.request(adaEmail))
			walking(t, m.upstream, r)
		}, false},
		"walked":             {"its own walk counts", func(m *memory, r *Reader) { walking(t, m.upstream, r) }, false},
		"fresh":              {"anew is once, not once a page", func(m *memory, r *Reader) { walking(t, m.upstream, r) }, true},
		"nothing remembered": {"it does not need snapshots", func(m *memory, r *Reader) { r.options.Snapshots = nil; walking(t, m.upstream, r) }, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory(t, 250)
			r := m.request(adaEmail)
			r.options.Hold, r.options.Fresh = true, c.fresh
			c.before(m, r)
			m.pass(3 * ttl)
			m.write()
			m.calls()
			rows, err := NewWalker(r, m.list()).All(t.Context())
			if err != nil || !slices.Equal(idsOf(rows), numbers(1, 250)) {
				t.Errorf("%d rows, %v: %s", len(rows), err, c.reason)
			}
			page, more, err := PageOf(t.Context(), r, m.list(), Window{Offset: 100, Count: 100, Next: true})
			if err != nil || !more || !slices.Equal(idsOf(page), numbers(101, 100)) {
				t.Errorf("the page has %d rows, more %t, %v: %s", len(page), more, err, c.reason)
			}
			if calls := m.calls(); calls != 0 {
				t.Errorf("what is held takes %d calls: %s", calls, c.reason)
			}
			if calls := walking(t, m.upstream, m.request(adaEmail)); calls == 0 {
				t.Error("another reader is shown what this one holds")
			}
		})
	}
}
