package cache

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBreaker(t *testing.T) {
	t.Parallel()
	const period = 5 * time.Second
	fail := errors.New("no answer")
	synctest.Test(t, func(t *testing.T) { // its clock makes time.Sleep instant
		var log bytes.Buffer
		b := newBreaker(period, slog.New(slog.NewTextHandler(&log, nil)))
		expect := func(want bool, reason string) {
			t.Helper()
			if got := b.allow(); got != want {
				t.Errorf("allow = %t, want %t: %s", got, want, reason)
			}
		}
		lines := func(want int, reason string) {
			t.Helper()
			if got := strings.Count(log.String(), "\n"); got != want {
				t.Errorf("%d lines are logged, want %d: %s\n%s", got, want, reason, &log)
			}
		}
		expect(true, "it begins closed")
		expect(true, "closed, it does not count")
		b.record(nil)
		b.record(fail)
		lines(1, "opening is told")
		expect(false, "one failure opens it")
		time.Sleep(period - time.Millisecond)
		expect(false, "for the whole period")
		time.Sleep(time.Millisecond)
		expect(true, "then there is a trial")
		expect(false, "one at a time")
		b.record(fail)
		expect(false, "a trial that fails opens it again")
		lines(1, "which is the same outage")
		time.Sleep(period)
		expect(true, "the next trial")
		expect(false, "again alone")
		b.record(nil)
		expect(true, "a trial that succeeds closes it")
		expect(true, "for all")
		lines(2, "closing is told")
		b.record(fail)
		lines(3, "a new outage is told anew")
	})
}
