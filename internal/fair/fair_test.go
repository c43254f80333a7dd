package fair_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/ccube-graphql/ccube-graphql/internal/fair"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// line is the order in which places were given.
type line struct {
	mu    sync.Mutex
	names []string
}

func (l *line) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = append(l.names, name)
}

// wait has somebody wait for a place, and hold it until next is told.
func (l *line) wait(t *testing.T, g *fair.Gate[string], who string, next <-chan struct{}) {
	go func() {
		leave, err := g.Enter(t.Context(), who)
		if err != nil {
			t.Errorf("%s: %v", who, err)
			return
		}
		l.add(who)
		<-next
		leave()
	}()
	synctest.Wait() // so that who comes later waits behind
}

// Whoever wants one place waits for one turn of the others, however many places each of them wants.
func TestTurnsAreTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, l, next := fair.New[string](1), new(line), make(chan struct{})
		for range 100 {
			l.wait(t, g, "many", next)
		}
		l.wait(t, g, "one", next)
		l.wait(t, g, "another", next)
		l.wait(t, g, "one", next)
		for range 103 {
			next <- struct{}{}
			synctest.Wait()
		}
		for i, want := range []string{"many", "many", "one", "another", "many", "one", "many"} {
			if l.names[i] != want {
				t.Fatalf("place %d went to %s, want %s: %v", i, l.names[i], want, l.names[:8])
			}
		}
	})
}

func TestPlacesThatNobodyWantsAreAnybodys(t *testing.T) {
	t.Parallel()
	g := fair.New[string](3)
	for range 3 {
		if _, err := g.Enter(t.Context(), "one"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhoHasLeftIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := fair.New[string](1)
		leave, err := g.Enter(t.Context(), "first")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() {
			_, err := g.Enter(ctx, "second")
			gone <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the context's error", err)
		}
		leave()
		if leave, err = g.Enter(t.Context(), "third"); err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

func TestWhoHasLeftIsNotLetIn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := fair.New[string](1).Enter(ctx, "one"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

// No place is lost or made, however askers come, go and give up.
func TestPlacesStayAsManyAsThereAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		places := rapid.IntRange(1, 4).Draw(rt, "places")
		steps := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 60).Draw(rt, "steps")
		synctest.Test(t, func(t *testing.T) {
			g := fair.New[int](places)
			var mu sync.Mutex
			var inside []func()
			var waiting []context.CancelFunc
			for i, step := range steps {
				mu.Lock()
				switch {
				case step < 3 && len(inside) > 0:
					inside[0]()
					inside = inside[1:]
				case step < 5 && len(waiting) > 0:
					waiting[len(waiting)-1]()
					waiting = waiting[:len(waiting)-1]
				default:
					ctx, cancel := context.WithCancel(t.Context())
					waiting = append(waiting, cancel)
					go func() {
						if leave, err := g.Enter(ctx, i%3); err == nil {
							mu.Lock()
							defer mu.Unlock()
							inside = append(inside, leave)
						}
					}()
				}
				mu.Unlock()
				synctest.Wait()
				if len(inside) > places {
					t.Errorf("%d are inside, of %d", len(inside), places)
				}
			}
			for _, cancel := range waiting {
				cancel()
			}
			synctest.Wait()
			for _, leave := range inside {
				leave()
			}
			for range places { // all of them are there, at once
				if _, err := g.Enter(t.Context(), 0); err != nil {
					t.Error(err)
				}
			}
		})
	})
}
