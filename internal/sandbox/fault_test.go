package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  *Fault
		status int
		kind   string
		valid  bool // whether the body is JSON
		reason string
	}{
		"status":       {&Fault{Status: 500, RetryAfter: "3"}, 500, "application/json", true, "the documented envelope"},
		"foreign JSON": {&Fault{Kind: FaultForeignJSON}, 502, "application/json", true, "somebody else's"},
		"a web page":   {&Fault{Kind: FaultHTML, Status: 200}, 200, "text/html", false, "even with a good status"},
		"nothing":      {&Fault{Kind: FaultEmpty}, 503, "application/json", false, "no body at all"},
		"half":         {&Fault{Kind: FaultHalfJSON}, 200, "application/json", false, "breaks off"},
		"bulk":         {&Fault{Kind: FaultBulk, Megabytes: 2}, 200, "application/json", true, "too much"},
		"redirect":     {&Fault{Kind: FaultRedirect, Location: "https://evil.example/"}, 302, "text/html", false, "elsewhere"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t, func(sw *Switches) { sw.Faults = []*Fault{tc.fault} })
			r := ask(t, s, s.Admin(), "GET", prefix+"projects", "").want(t, tc.status)
			if !strings.HasPrefix(r.header.Get("Content-Type"), tc.kind) {
				t.Errorf("content type %s, want %s", r.header.Get("Content-Type"), tc.kind)
			}
			if json.Valid([]byte(r.body)) != tc.valid {
				t.Errorf("%s: valid JSON is %v in %.80s", tc.reason, !tc.valid, r.body)
			}
			if r.header.Get("Location") != tc.fault.Location || r.header.Get("Retry-After") != tc.fault.RetryAfter {
				t.Errorf("headers %v lack those of the fault", r.header)
			}
			if tc.fault.Megabytes > 0 && len(r.body) < tc.fault.Megabytes<<20 {
				t.Errorf("%d bytes, want %d megabytes", len(r.body), tc.fault.Megabytes)
			}
		})
	}
}

func TestFaultsFireWhenTheyShould(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault  *Fault
		want   string // one letter a call: . answered, x failed
		reason string
	}{
		"always":     {&Fault{}, "xxxxxxxx", "the zero rule"},
		"twice":      {&Fault{Times: 2}, "xx......", "then it has passed"},
		"each third": {&Fault{Every: 3}, "..x..x..", "counted by matching calls"},
		"once, late": {&Fault{Every: 3, Times: 1}, "..x.....", "both hold"},
		"never":      {&Fault{When: On("POST", "")}, "........", "another method"},
		"this road":  {&Fault{When: On("GET", prefix+"projects/{id}")}, "xxxxxxxx", "by the form of the path"},
		"this path":  {&Fault{When: On("", prefix+"projects/1001")}, "xxxxxxxx", "by the path itself"},
		"a prefix":   {&Fault{When: On("", prefix+"proj*")}, "xxxxxxxx", "by its beginning"},
		"another id": {&Fault{When: On("GET", prefix+"projects/1002")}, "........", "not this one"},
		"by chance":  {&Fault{Chance: 0.5, Seed: 4}, "", "the same draws for the same seed"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := pattern(t, tc.fault)
			if tc.fault.Chance > 0 {
				tc.want = pattern(t, &Fault{Chance: tc.fault.Chance, Seed: tc.fault.Seed})
			}
			if got != tc.want || strings.Count(got, "x") != tc.fault.Fired() {
				t.Errorf("%s: calls went %s (%d fired), want %s", tc.reason, got, tc.fault.Fired(), tc.want)
			}
		})
	}
}

func pattern(t *testing.T, f *Fault) string {
	t.Helper()
	s := small(t, func(sw *Switches) { sw.Faults = []*Fault{f} })
	var calls strings.Builder
	for range 8 {
		letter := byte('.')
		if ask(t, s, s.Admin(), "GET", prefix+"projects/1001", "").status == 503 {
			letter = 'x'
		}
		calls.WriteByte(letter)
	}
	return calls.String()
}

func TestFaultAfterTheCallHidesAWriteThatHappened(t *testing.T) {
	t.Parallel()
	s := small(t)
	for number, after := range map[string]bool{"A": false, "B": true} {
		s.Set(func(sw *Switches) { sw.Faults = []*Fault{{Times: 1, After: after}} })
		sent := `{"purchase_order":{"number":"` + number + `","department_id":1}}`
		ask(t, s, s.Admin(), "POST", prefix+"purchase_orders", sent).want(t, 503)
		made := s.data.purchaseOrders.some(0, func(o *purchaseOrder) bool { return o.number == number })
		if made != after {
			t.Errorf("with After %v the order was made: %v", after, made)
		}
	}
}

func TestResetCutsTheConnection(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.Faults = []*Fault{{Kind: FaultReset}} })
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+prefix+"projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(r)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatalf("status %d, want a connection error", resp.StatusCode)
	}
}

func TestBulkStopsWhenTheCallerLeaves(t *testing.T) {
	t.Parallel()
	s := small(t, func(sw *Switches) { sw.Faults = []*Fault{{Kind: FaultBulk, Megabytes: 1 << 20}} })
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+prefix+"projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<20)
	_ = resp.Body.Close() // server.Close would wait for ever if the sandbox went on writing
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare func(*Server)
		reason  string
	}{
		"a hang":  {func(s *Server) { s.Set(func(sw *Switches) { sw.Faults = []*Fault{{Kind: FaultHang}} }) }, "never answers"},
		"latency": {func(s *Server) { s.Set(func(sw *Switches) { sw.Latency = 1 << 60 }) }, "takes years"},
		"a hold":  {func(s *Server) { s.Hold(nil) }, "is never released"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t)
			tc.prepare(s)
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			r := httptest.NewRequestWithContext(ctx, "GET", prefix+"projects", nil)
			s.ServeHTTP(httptest.NewRecorder(), r) // returns, though it "takes years"
			if !errors.Is(ctx.Err(), context.Canceled) || s.Calls()[0].Status != 0 {
				t.Errorf("a call that %s has status %d, want none", tc.reason, s.Calls()[0].Status)
			}
		})
	}
}
