package flight_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/ccube-graphql/ccube-graphql/internal/fault"
	"github.com/ccube-graphql/ccube-graphql/internal/flight"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type key struct{}

func TestAskersShareOneRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		var runs, shared atomic.Int32
		release := make(chan struct{})
		work := func(context.Context) (int, error) {
			runs.Add(1)
			<-release
			return 42, nil
		}
		const askers = 100
		var waiting sync.WaitGroup
		for range askers {
			waiting.Go(func() {
				v, s, err := group.Do(t.Context(), "a", work)
				if v != 42 || err != nil {
					t.Errorf("Do = %d, %v", v, err)
				}
				if s {
					shared.Add(1)
				}
			})
		}
		synctest.Wait()
		close(release)
		waiting.Wait()
		if runs.Load() != 1 || shared.Load() != askers-1 {
			t.Errorf("%d runs, %d shared, want 1 and %d", runs.Load(), shared.Load(), askers-1)
		}
	})
}

func TestKeysDoNotShare(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, string]
		release := make(chan struct{})
		var waiting sync.WaitGroup
		for _, k := range []string{"a", "b"} {
			waiting.Go(func() {
				v, shared, err := group.Do(t.Context(), k, func(context.Context) (string, error) { <-release; return k, nil })
				if v != k || shared || err != nil {
					t.Errorf("Do(%q) = %q, %t, %v", k, v, shared, err)
				}
			})
		}
		synctest.Wait()
		close(release)
		waiting.Wait()
	})
}

func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	var group flight.Group[string, int]
	failure := errors.New("no")
	if _, _, err := group.Do(t.Context(), "a", func(context.Context) (int, error) { return 0, failure }); !errors.Is(err, failure) {
		t.Errorf("the error is %v, want the work's own", err)
	}
	v, shared, err := group.Do(t.Context(), "a", func(context.Context) (int, error) { return 2, nil })
	if v != 2 || shared || err != nil {
		t.Errorf("the second run gives %d, %t, %v: the first one's failure was kept", v, shared, err)
	}
}

// The one who started a run and leaves fails nobody else.
func TestAskerWhoLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		release := make(chan struct{})
		work := func(ctx context.Context) (int, error) {
			select {
			case <-release:
				return 42, nil
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		first, leave := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		waiting.Go(func() {
			if _, _, err := group.Do(first, "a", work); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v, want its context's error", err)
			}
		})
		synctest.Wait()
		waiting.Go(func() {
			if v, shared, err := group.Do(t.Context(), "a", work); v != 42 || !shared || err != nil {
				t.Errorf("who stayed got %d, %t, %v", v, shared, err)
			}
		})
		synctest.Wait()
		leave()
		synctest.Wait()
		close(release)
		waiting.Wait()
	})
}

// Work that nobody waits for is stopped, and the next asker starts anew while it is still stopping.
func TestAllLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		stopping, end := make(chan struct{}), make(chan struct{})
		ctx, leave := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		for range 2 {
			waiting.Go(func() {
				_, _, err := group.Do(ctx, "a", func(ctx context.Context) (int, error) {
					<-ctx.Done()
					close(stopping)
					<-end
					return 0, ctx.Err()
				})
				if !errors.Is(err, context.Canceled) {
					t.Errorf("who left got %v, want its context's error", err)
				}
			})
		}
		synctest.Wait()
		leave()
		waiting.Wait()
		<-stopping
		next := func(context.Context) (int, error) { return 7, nil }
		if v, shared, err := group.Do(t.Context(), "a", next); v != 7 || shared || err != nil {
			t.Errorf("the next asker got %d, %t, %v: it joined a run that is being stopped", v, shared, err)
		}
		close(end)
	})
}

// A run that ends after its key was taken by another leaves that one alone.
func TestStoppedRunDoesNotForgetItsSuccessor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		end, release := make(chan struct{}), make(chan struct{})
		ctx, leave := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		waiting.Go(func() {
			_, _, _ = group.Do(ctx, "a", func(context.Context) (int, error) { <-end; return 1, nil })
		})
		synctest.Wait()
		leave()
		synctest.Wait()
		successor := func(context.Context) (int, error) { <-release; return 2, nil }
		waiting.Go(func() { _, _, _ = group.Do(t.Context(), "a", successor) })
		synctest.Wait()
		close(end)
		synctest.Wait()
		waiting.Go(func() {
			if v, shared, _ := group.Do(t.Context(), "a", successor); v != 2 || !shared {
				t.Errorf("the asker got %d, shared %t, want the successor's 2", v, shared)
			}
		})
		synctest.Wait()
		close(release)
		waiting.Wait()
	})
}

func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	var group flight.Group[string, int]
	_, _, err := group.Do(t.Context(), "a", func(context.Context) (int, error) { panic("s3cr3t") })
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Internal || strings.Contains(e.Message, "s3cr3t") || !strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("the error is %v, want INTERNAL with the panic as its cause alone", err)
	}
	if v, _, err := group.Do(t.Context(), "a", func(context.Context) (int, error) { return 1, nil }); v != 1 || err != nil {
		t.Errorf("after the panic the key gives %d, %v", v, err)
	}
}

// Work has the values of the one who started it, and neither its deadline nor its end.
func TestContextOfTheWork(t *testing.T) {
	t.Parallel()
	var group flight.Group[string, any]
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "value"), 1<<40)
	defer cancel()
	v, _, err := group.Do(ctx, "a", func(own context.Context) (any, error) {
		if _, ok := own.Deadline(); ok {
			t.Error("the work has the asker's deadline")
		}
		return own.Value(key{}), own.Err()
	})
	if v != "value" || err != nil {
		t.Errorf("Do = %v, %v", v, err)
	}
}

func TestAskerWithoutTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, _, err := group.Do(ctx, "a", func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v, want the context's", err)
		}
	})
}

// Who joins starts nothing, and counts as an asker: a run that it waits for goes on.
func TestJoin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group flight.Group[string, int]
		if v, ok, err := group.Join(t.Context(), "a"); v != 0 || ok || err != nil {
			t.Errorf("where nothing runs Join = %d, %t, %v", v, ok, err)
		}
		release := make(chan struct{})
		first, leave := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		waiting.Go(func() {
			_, _, _ = group.Do(first, "a", func(ctx context.Context) (int, error) {
				select {
				case <-release:
					return 42, nil
				case <-ctx.Done():
					return 0, ctx.Err()
				}
			})
		})
		synctest.Wait()
		waiting.Go(func() {
			if v, ok, err := group.Join(t.Context(), "a"); v != 42 || !ok || err != nil {
				t.Errorf("Join = %d, %t, %v", v, ok, err)
			}
		})
		waiting.Go(func() {
			if _, ok, err := group.Join(first, "a"); !ok || !errors.Is(err, context.Canceled) {
				t.Errorf("who joined and left got %t, %v", ok, err)
			}
		})
		synctest.Wait()
		leave()
		synctest.Wait()
		close(release)
		waiting.Wait()
	})
}
