package sandbox

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

func TestHoldKeepsCallsUntilReleased(t *testing.T) {
	t.Parallel()
	s := small(t)
	synctest.Test(t, func(t *testing.T) {
		release := s.Hold(On("GET", prefix+"projects/{id}"))
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { ask(t, s, s.Admin(), "GET", prefix+"projects/1001", "").want(t, 200) })
		}
		synctest.Wait()
		if s.Waiting() != 3 || s.MaxConcurrent() != 3 {
			t.Errorf("waiting = %d and concurrent = %d, want 3 of both", s.Waiting(), s.MaxConcurrent())
		}
		ask(t, s, s.Admin(), "GET", prefix+"projects", "").want(t, 200) // another road is open
		release()
		release() // once more does no harm
		wg.Wait()
		if s.Waiting() != 0 {
			t.Errorf("waiting = %d after the release", s.Waiting())
		}
		ask(t, s, s.Admin(), "GET", prefix+"projects/1001", "").want(t, 200)
	})
}

func TestCallLog(t *testing.T) {
	t.Parallel()
	s := small(t)
	admin := s.Admin().Email
	ask(t, s, s.Admin(), "GET", prefix+"projects?page=2", "")
	ask(t, s, s.Admin(), "GET", prefix+"projects/1", "")
	ask(t, s, s.Admin(), "POST", prefix+"emails", newEmail)
	ask(t, s, Account{}, "GET", "/boats/12", "")
	want := []Call{
		{1, "GET", prefix + "projects", "page=2", admin, nil, 200},
		{2, "GET", prefix + "projects/1", "", admin, nil, 404},
		{3, "POST", prefix + "emails", "", admin, []byte(newEmail), 201},
		{4, "GET", "/boats/12", "", "", nil, 404},
	}
	if diff := cmp.Diff(want, s.Calls()); diff != "" {
		t.Errorf("calls differ (-want +got):\n%s", diff)
	}
	counts := map[string]int{
		"GET /api/v2/projects": 1, "GET /api/v2/projects/{id}": 1, "POST /api/v2/emails": 1, "GET (no such road)": 1,
	}
	if diff := cmp.Diff(counts, s.CallCounts()); diff != "" {
		t.Errorf("counts differ (-want +got):\n%s", diff)
	}
	s.ResetCalls()
	if len(s.Calls()) != 0 || s.TotalCalls() != 0 || len(s.CallCounts()) != 0 {
		t.Error("a reset leaves calls behind")
	}
}

func TestCallLogIsBounded(t *testing.T) {
	t.Parallel()
	s := small(t)
	const extra = 10
	for range keptCalls + extra {
		s.log.ring, s.log.total = append(s.log.ring, &Call{Order: s.log.total + 1}), s.log.total+1
		if len(s.log.ring) == keptCalls {
			break
		}
	}
	for range extra {
		ask(t, s, Account{}, "GET", "/", "")
	}
	calls := s.Calls()
	if len(calls) != keptCalls || calls[0].Order != extra+1 || calls[keptCalls-1].Order != keptCalls+extra {
		t.Errorf("%d calls from %d, want the latest %d", len(calls), calls[0].Order, keptCalls)
	}
	if s.TotalCalls() != keptCalls+extra {
		t.Errorf("total = %d, want all", s.TotalCalls())
	}
}
