package cache

import (
	"encoding/binary"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ccube-graphql/ccube-graphql/internal/identity"
)

func TestAcceptedLastsAMinute(t *testing.T) {
	t.Parallel()
	alice, bob := identity.Partition{1}, identity.Partition{2}
	cases := map[string]struct {
		reason string
		do     func(*Accepted)
		want   bool
	}{
		"never":    {"a stranger is not accepted", func(*Accepted) {}, false},
		"another":  {"accepting one accepts nobody else", func(a *Accepted) { a.Accept(bob) }, false},
		"now":      {"an accepted caller is", func(a *Accepted) { a.Accept(alice) }, true},
		"59 s ago": {"for a minute", func(a *Accepted) { a.Accept(alice); time.Sleep(59 * time.Second) }, true},
		"61 s ago": {"and no longer", func(a *Accepted) { a.Accept(alice); time.Sleep(61 * time.Second) }, false},
		"again": {"each acceptance counts anew", func(a *Accepted) {
			a.Accept(alice)
			time.Sleep(40 * time.Second)
			a.Accept(alice)
			time.Sleep(40 * time.Second)
		}, true},
		"only asked": {"asking is not being accepted", func(a *Accepted) {
			a.Accept(alice)
			time.Sleep(40 * time.Second)
			a.Recently(alice)
			time.Sleep(40 * time.Second)
		}, false},
		"refused": {"a refusal ends it at once", func(a *Accepted) { a.Accept(alice); a.Refuse(alice) }, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // its clock makes time.Sleep instant
				a := NewAccepted(nil)
				c.do(a)
				if got := a.Recently(alice); got != c.want {
					t.Errorf("Recently = %t, want %t: %s", got, c.want, c.reason)
				}
			})
		})
	}
}

func TestAcceptedIsBounded(t *testing.T) {
	t.Parallel()
	const most = 100
	a := newAccepted(nil, most)
	caller := func(i int) (p identity.Partition) {
		binary.BigEndian.PutUint64(p[:], uint64(i))
		return p
	}
	for i := range 100 * most {
		a.Accept(caller(i))
	}
	kept := 0
	for i := range 100 * most {
		if a.Recently(caller(i)) {
			kept++
		}
	}
	if kept == 0 || kept > most {
		t.Errorf("%d callers are kept, want 1 to %d", kept, most)
	}
}
